public import ArenaTypes

/// What an `InferenceQueue` has done since its start.
public struct InferenceCounters: Sendable, Hashable {
  /// Requests that wait.
  public var waitingRequestCount = 0
  /// Tokens that wait, of all requests together.
  public var waitingTokenCount = 0
  /// Passes.
  public var passCount = 0
  /// Passes that several requests shared.
  public var sharedPassCount = 0
  /// Times that a pass stepped back for a more urgent one.
  public var interruptionCount = 0
  /// Passes that ended early, since nobody wanted their results any more.
  public var abandonedPassCount = 0
  /// Requests that were done.
  public var finishedCount = 0
  /// Requests that did not fit, or gave their place to a more urgent one.
  public var busyCount = 0
  /// Requests that were cancelled.
  public var cancelledCount = 0
  /// Requests whose turn did not come in time.
  public var lateCount = 0
  /// Requests that the model could not do.
  public var failedCount = 0
  /// Beginnings that were found computed.
  public var prefixHitCount = 0
  /// Beginnings that had to be computed.
  public var prefixMissCount = 0
  /// Rows of each pass.
  public var rows = CountHistogram(bounds: [8, 16, 32, 64, 96, 128, 192, 256, 512, 1_024, 4_096])
  /// Requests that had a share of each pass.
  public var requests = CountHistogram(bounds: [1, 2, 3, 4, 6, 8, 12, 16, 32, 64, 128])
  /// How long requests waited until their first sequence was begun, by priority.
  public var waiting = InferencePriority.allCases.map { _ in DurationHistogram.slow }
  /// How long passes took, interruptions aside.
  public var working = DurationHistogram.slow

  /// Nothing done yet.
  public init() {}
}
