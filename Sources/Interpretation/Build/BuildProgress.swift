/// Tells how far a campaign's build, or an evaluation, has come.
public struct BuildProgress: Sendable {
  /// What is being done.
  public enum Stage: String, Sendable, CaseIterable {
    /// Reading and cutting the corpus.
    case cutting
    /// Running a sample through the model, to find promising neurons.
    case surveying
    /// Comparing the surroundings of peaks.
    case comparing
    /// Running the whole corpus through the model, recording the promising neurons.
    case recording
    /// Drawing excerpts and measuring how well units hold together.
    case drawing
    /// Embedding what scores are made from.
    case profiling
    /// Reading records to learn of which units they speak, in KiB.
    case reading
    /// Reading the texts of the units wanted, in KiB.
    case importing
    /// Proposing machine explanations.
    case proposing
    /// Scoring explanations.
    case scoring
    /// Predicting activations from explanations.
    case predicting
    /// Scoring on campaigns that are wrong on purpose.
    case checking
  }

  private let handler: @Sendable (Stage, Int, Int) -> Void

  /// Progress that calls `handler` with the stage, the steps done and the steps in all.
  public init(_ handler: @escaping @Sendable (_ stage: Stage, _ done: Int, _ total: Int) -> Void) {
    self.handler = handler
  }

  /// Progress that nobody wants to know.
  public static let silent = BuildProgress { _, _, _ in }

  func report(_ stage: Stage, _ done: Int, _ total: Int) { handler(stage, done, total) }
}
