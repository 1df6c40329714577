/// What an `InferenceQueue` takes on at most.
public struct InferenceLimits: Sendable, Hashable {
  /// The most requests that wait.
  ///
  /// Default 4,096: with their closures some 2 MB.
  public var requestCountMax = 4_096
  /// The most tokens that wait, of all requests together.
  ///
  /// Default 262,144: 1 MB, and some minutes of work on two cores.
  public var waitingTokenCountMax = 262_144
  /// The rows of a pass; a longer sequence is a pass of its own.
  ///
  /// Default 240, as in the model's own batches: enough that expanding the weights is a small part of
  /// the work.
  public var passRowCountMax = LanguageModel.batchRowCount
  /// The most bytes of buffers that a pass may need; what needs more is refused.
  ///
  /// Default 64 MiB: a sequence of some 5,000 tokens of SmolLM2.
  public var passByteCountMax = 64 << 20
  /// The most bytes of results of a pass; it takes fewer sequences where theirs would be more.
  ///
  /// Default 16 MiB: 80 times the probabilities of 49,152 tokens.
  public var resultByteCountMax = 16 << 20
  /// The most bytes of kept beginnings.
  ///
  /// Default 8 MiB: 180 tokens of SmolLM2 at 46 KB each; the scorer's prompts have 12.
  public var prefixByteCountMax = 8 << 20

  /// The defaults.
  public init() {}

  /// The most bytes that a queue with these limits holds, the model and handed-over results aside.
  ///
  /// A pass that steps back for a more urgent one keeps its buffers, so there may be one of each
  /// priority.
  public var byteCountMax: Int {
    4 * waitingTokenCountMax
      + InferencePriority.allCases.count * (passByteCountMax + resultByteCountMax)
      + prefixByteCountMax
  }
}
