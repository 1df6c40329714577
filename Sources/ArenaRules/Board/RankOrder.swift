public import ArenaTypes

/// One line of a board.
public struct BoardEntry: Hashable, Sendable, Codable {
  /// Whose it is.
  public let player: PlayerID
  /// The name shown; it plays no part in the order.
  public let name: String
  /// The points.
  public var points: Int
  /// When the points were reached; of equals the earlier stands higher.
  public var finishedAt: Timestamp
  /// When the player joined.
  public let joinedAt: Timestamp

  /// An entry of these parts.
  public init(
    player: PlayerID, name: String, points: Int, finishedAt: Timestamp, joinedAt: Timestamp
  ) {
    self.player = player
    self.name = name
    self.points = points
    self.finishedAt = finishedAt
    self.joinedAt = joinedAt
  }
}

/// What has a place in a total order of its own, apart from being equal or not.
protocol Ranked: Hashable, Sendable {
  /// Whether it stands before `other`.
  func precedes(_ other: Self) -> Bool
}

extension BoardEntry: Ranked {
  /// Points downwards, then earlier finish, then earlier join, then the player's id: a total order.
  func precedes(_ other: BoardEntry) -> Bool {
    if points != other.points { return points > other.points }
    if finishedAt != other.finishedAt { return finishedAt < other.finishedAt }
    if joinedAt != other.joinedAt { return joinedAt < other.joinedAt }
    return player < other.player
  }
}

/// An entry with its place.
public struct PlacedEntry: Hashable, Sendable, Codable {
  /// The place, from 1.
  public let rank: Int
  /// Who stands there.
  public let entry: BoardEntry
}
