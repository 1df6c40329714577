import ArenaTypes

/// Tells of trouble that comes in thousands, once a second.
extension ShardCore {
  /// Counts a connection that was turned away; the first is told at once, those after it together.
  func noteShed() {
    shedUntold += 1
    guard !isTellingOfShed else { return }
    isTellingOfShed = true
    tellOfShed()
  }

  private func tellOfShed() {
    guard shedUntold > 0 else {
      isTellingOfShed = false
      return
    }
    log.shedding(count: shedUntold)
    shedUntold = 0
    scheduler.schedule(after: .seconds(1)) { [weak self] in self?.tellOfShed() }
  }
}
