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

/// A scheduler whose clock stands still until it is told to move.
public final class ManualScheduler: Scheduler {
  /// The current moment.
  public private(set) var now: Timestamp
  private var nextToken: UInt64 = 0
  private var timers: [(deadline: Timestamp, token: TimerToken, action: () -> Void)] = []

  /// A scheduler at `now`, without timers.
  public init(now: Timestamp) { self.now = now }

  /// The deadline of the next timer, if there is one.
  public var nextDeadline: Timestamp? { timers.first?.deadline }

  /// Inserts the timer behind all with the same or an earlier deadline.
  ///
  /// - Complexity: O(n) in the number of waiting timers.
  @discardableResult
  public func schedule(at deadline: Timestamp, _ action: @escaping () -> Void) -> TimerToken {
    nextToken += 1
    let token = TimerToken(rawValue: nextToken)
    let position = timers.firstIndex { $0.deadline > deadline } ?? timers.endIndex
    timers.insert((deadline, token, action), at: position)
    return token
  }

  /// Removes the timer, if it is still waiting.
  public func cancel(_ token: TimerToken) {
    timers.removeAll { $0.token == token }
  }

  /// Moves the clock to `target`, running each timer that falls due at its own deadline.
  public func advance(to target: Timestamp) {
    while let next = timers.first, next.deadline <= target {
      timers.removeFirst()
      now = max(now, next.deadline)
      next.action()
    }
    now = max(now, target)
  }

  /// Moves the clock by `duration`, as `advance(to:)` does.
  public func advance(by duration: Duration) { advance(to: now + duration) }
}
