import ArenaTypes

/// The world's clock as one life of the server has it: when that life is over, so are its timers.
final class LeasedScheduler: Scheduler {
  private let clock: ManualScheduler
  private var nextToken: UInt64 = 0
  private var timers: [UInt64: (token: TimerToken, action: () -> Void)] = [:]
  private var isOver = false

  init(_ clock: ManualScheduler) { self.clock = clock }

  var now: Timestamp { clock.now }

  @discardableResult
  func schedule(at deadline: Timestamp, _ action: @escaping () -> Void) -> TimerToken {
    nextToken += 1
    let number = nextToken
    guard !isOver else { return TimerToken(rawValue: number) }
    let token = clock.schedule(at: deadline) { [weak self] in
      self?.timers.removeValue(forKey: number)?.action()
    }
    timers[number] = (token, action)
    return TimerToken(rawValue: number)
  }

  func cancel(_ token: TimerToken) {
    guard let timer = timers.removeValue(forKey: token.rawValue) else { return }
    clock.cancel(timer.token)
  }

  /// Forgets all timers, and takes no more.
  func end() {
    isOver = true
    for timer in timers.values { clock.cancel(timer.token) }
    timers = [:]
  }
}
