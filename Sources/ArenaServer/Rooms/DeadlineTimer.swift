import ArenaTypes
import DispatchTransport

/// A room's one timer, for the next moment at which something is due.
final class DeadlineTimer {
  /// The owner of the room.
  private unowned let context: ShardContext
  private let fire: () -> Void
  private var running: (token: TimerToken, deadline: Timestamp)?

  init(context: ShardContext, fire: @escaping () -> Void) {
    self.context = context
    self.fire = fire
  }

  /// Sets it to `deadline`; nil stops it.
  func set(to deadline: Timestamp?) {
    if running?.deadline == deadline { return }
    if let running { context.scheduler.cancel(running.token) }
    running = deadline.map { deadline in
      let token = context.scheduler.schedule(at: deadline) { [weak self] in
        self?.running = nil
        self?.fire()
      }
      return (token, deadline)
    }
  }
}
