import ArenaTypes

/// What the engine has done since its start.
struct EngineCounters: Sendable {
  /// Jobs that wait.
  var queuedCount = 0
  /// The most that have waited at once.
  var queuedCountMax = 0
  /// Jobs that run.
  var runningCount = 0
  /// Jobs that were refused or displaced since the queue was full.
  var refusedCount = 0
  /// Jobs that nobody wanted any more.
  var cancelledCount = 0
  /// Jobs that the engine could not do.
  var failedCount = 0
  /// How long jobs waited for their turn.
  var waiting = DurationHistogram.slow
  /// How long they took.
  var working = DurationHistogram.slow
}
