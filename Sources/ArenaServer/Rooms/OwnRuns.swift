import ArenaTypes

/// The contests in which a player has a run going on.
struct OwnRuns: Sendable {
  /// The one whose clock the player must watch: a race, or a live contest.
  private(set) var timed: ContestID?
  /// All of them.
  private(set) var all: Set<ContestID> = []

  /// Notes that a run goes on, or no longer does.
  mutating func note(_ contest: ContestID, isOver: Bool, isTimed: Bool) {
    if isOver {
      all.remove(contest)
      if timed == contest { timed = nil }
    } else {
      all.insert(contest)
      if isTimed { timed = contest }
    }
  }
}
