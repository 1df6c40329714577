import ArenaTypes

/// A line of a board as a recount gives it.
struct CountedLine: Hashable {
  let player: PlayerID
  var name: String
  var points = 0
  var finishedAt: Timestamp
  var joinedAt: Timestamp
  var territory: Territory?

  /// What clients see of it.
  var entry: LineTopics.Entry {
    LineTopics.Entry(player: player, points: points, finishedAt: finishedAt)
  }

  func precedes(_ other: CountedLine) -> Bool {
    if points != other.points { return points > other.points }
    if finishedAt != other.finishedAt { return finishedAt < other.finishedAt }
    if joinedAt != other.joinedAt { return joinedAt < other.joinedAt }
    return player < other.player
  }

  /// Whether it stands on the board of a territory, or of everybody.
  func isOf(_ wanted: Territory?) -> Bool {
    guard let wanted else { return true }
    return territory == wanted || territory?.country == wanted
  }
}
