import ArenaTypes

/// How a contest ends.
extension Contest {
  /// Ends all runs and goes as far towards the final board as nothing is owed.
  mutating func close(now: Timestamp, because reason: String?) -> [ContestEvent] {
    state = .closing
    var events: [ContestEvent] = [.stateChanged(state: .closing, closesAt: closesAt)]
    events += absorb(rule.endAll(moment(now)))
    pausedAt = nil
    closing = Closing(step: .scoring, until: now + closingMilliseconds, reason: reason)
    return events + goOnClosing(now: now)
  }

  private var closingMilliseconds: Int64 { setup.plan?.closingMilliseconds ?? 0 }

  /// Takes the steps of closing that nothing keeps any more, or whose time is up.
  mutating func goOnClosing(now: Timestamp) -> [ContestEvent] {
    guard var closing else { return [] }
    var events: [ContestEvent] = []
    if closing.step == .scoring {
      if rule.isWaiting {
        guard now >= closing.until else { return [] }
        let (lostCount, changes) = rule.stopWaiting(moment(now))
        closing.lostCount = lostCount
        events += absorb(changes)
      }
      closing.step = .settling
      closing.until = now + closingMilliseconds
      events += rule.beginSettling()
      self.closing = closing
    }
    guard !rule.isSettling || now >= closing.until else { return events }
    return events + finish(closing, now: now)
  }

  private mutating func finish(_ closing: Closing, now: Timestamp) -> [ContestEvent] {
    let (unsettledCount, changes) = rule.endSettling(moment(now))
    var events = absorb(changes)
    self.closing = nil
    state = .final
    let result = ContestResult(
      at: now, playerCount: rule.runCount, endedBecause: closing.reason,
      lostCount: closing.lostCount, unsettledCount: unsettledCount)
    self.result = result
    events.append(.stateChanged(state: .final, closesAt: closesAt))
    events.append(.final(result: result))
    return events
  }
}
