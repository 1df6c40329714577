/// The clock and the timers of whoever runs on one queue.
///
/// A scheduler belongs to its queue: every call is made there, and every action runs there. Nothing
/// else in the server reads a clock, so a test that turns a `ManualScheduler` turns all of it.
public protocol Scheduler: AnyObject {
  /// The current moment of the server's clock.
  var now: Timestamp { get }

  /// Runs `action` on the queue, once, at `deadline` or as soon after it as the queue is free.
  ///
  /// Actions with the same deadline run in the order in which they were scheduled. A deadline in the
  /// past runs on the queue's next turn, never inside this call.
  @discardableResult
  func schedule(at deadline: Timestamp, _ action: @escaping () -> Void) -> TimerToken

  /// Forgets a timer. Cancelling one that has run or was cancelled does nothing.
  func cancel(_ token: TimerToken)
}

extension Scheduler {
  /// Runs `action` after `delay`, as `schedule(at:_:)` does.
  @discardableResult
  public func schedule(after delay: Duration, _ action: @escaping () -> Void) -> TimerToken {
    schedule(at: now + delay, action)
  }
}

/// Names a timer of one scheduler.
public struct TimerToken: Hashable, Sendable {
  /// The scheduler's own number for the timer.
  public let rawValue: UInt64
  /// Wraps a scheduler's number.
  public init(rawValue: UInt64) { self.rawValue = rawValue }
}
