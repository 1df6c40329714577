import ArenaTypes

/// A shard's clock, read once a turn, and its timers.
final class ShardScheduler: Scheduler {
  private var clock: ShardClock
  private var wheel: TimerWheel

  init(wallClock: @escaping ShardClock.WallClock) {
    clock = ShardClock(wallClock: wallClock)
    wheel = TimerWheel(now: clock.now)
  }

  var now: Timestamp { clock.now }

  /// Milliseconds of a clock that nobody sets, from a start that means nothing.
  var monotonicMilliseconds: Int64 { clock.monotonic }

  @discardableResult
  func schedule(at deadline: Timestamp, _ action: @escaping () -> Void) -> TimerToken {
    wheel.insert(at: deadline, action)
  }

  func cancel(_ token: TimerToken) { wheel.remove(token) }

  /// Forgets all timers.
  func removeAll() { wheel = TimerWheel(now: now) }

  /// Nanoseconds of the monotonic clock when it was last read.
  var nanoseconds: Int64 { clock.nanoseconds }

  /// Brings the clock up to date.
  func readClock() { clock.update() }

  /// Runs what is due.
  func runDue() {
    while let action = wheel.popDue(now: clock.now) { action() }
  }

  /// Milliseconds until the wheel wants a turn, at least 0; nil if nothing waits.
  var millisecondsToNext: Int64? {
    wheel.nextWakeUp.map { max(0, ($0 - now).wholeMilliseconds) }
  }
}
