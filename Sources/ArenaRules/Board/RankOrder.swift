public import ArenaTypes

/// One line of a board.
public struct BoardEntry: Hashable, Sendable {
  /// Whose it is.
  public let player: PlayerID
  /// The name shown; it plays no part in the order.
  public let name: String
  /// When the points were reached; of equals the earlier stands higher.
  public var finishedAt: Timestamp
  /// When the player joined.
  public let joinedAt: Timestamp
  // Four bytes each, so that an entry takes 56.
  private var exactPoints: Int32
  private let territoryNumber: UInt32

  /// The points, from -2,147,483,648 to 2,147,483,647; what is beyond counts as the nearest of these.
  public var points: Int {
    get { Int(exactPoints) }
    set { exactPoints = Int32(clamping: newValue) }
  }
  /// Where the player says that it is at home; it plays no part in the order.
  public var territory: Territory? { Territory(number: territoryNumber) }

  /// An entry of these parts.
  public init(
    player: PlayerID, name: String, points: Int, finishedAt: Timestamp, joinedAt: Timestamp,
    territory: Territory? = nil
  ) {
    self.player = player
    self.name = name
    self.finishedAt = finishedAt
    self.joinedAt = joinedAt
    exactPoints = Int32(clamping: points)
    territoryNumber = territory?.number ?? 0
  }
}

extension BoardEntry: Ranked {
  /// Points downwards above finishing times in seconds of 1,024 ms since 2004.
  var digest: UInt64 {
    let points = UInt64(~(UInt32(bitPattern: exactPoints) ^ 1 << 31))
    let seconds = UInt32(clamping: (finishedAt.millisecondsSinceEpoch - 1 << 40) >> 10)
    return points << 32 | UInt64(seconds)
  }

  /// Points downwards, then earlier finish, then earlier join, then the player's id: a total order.
  func precedes(_ other: BoardEntry) -> Bool {
    if exactPoints != other.exactPoints { return exactPoints > other.exactPoints }
    if finishedAt != other.finishedAt { return finishedAt < other.finishedAt }
    if joinedAt != other.joinedAt { return joinedAt < other.joinedAt }
    return player < other.player
  }
}

extension BoardEntry: Codable {
  private enum CodingKeys: String, CodingKey {
    case player, name, points, finishedAt, joinedAt, territory
  }

  /// Decodes from an object; one without a territory has none.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      player: try container.decode(PlayerID.self, forKey: .player),
      name: try container.decode(String.self, forKey: .name),
      points: try container.decode(Int.self, forKey: .points),
      finishedAt: try container.decode(Timestamp.self, forKey: .finishedAt),
      joinedAt: try container.decode(Timestamp.self, forKey: .joinedAt),
      territory: try container.decodeIfPresent(Territory.self, forKey: .territory))
  }

  /// Encodes as an object.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(player, forKey: .player)
    try container.encode(name, forKey: .name)
    try container.encode(points, forKey: .points)
    try container.encode(finishedAt, forKey: .finishedAt)
    try container.encode(joinedAt, forKey: .joinedAt)
    try container.encodeIfPresent(territory, forKey: .territory)
  }
}

/// An entry with its place.
public struct PlacedEntry: Hashable, Sendable, Codable {
  /// The place, from 1.
  public let rank: Int
  /// Who stands there.
  public let entry: BoardEntry
}
