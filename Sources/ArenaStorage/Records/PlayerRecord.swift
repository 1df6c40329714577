public import ArenaTypes

/// A player's identity and settings.
public struct PlayerRecord: Hashable, Sendable, Codable {
  /// Who it is.
  public var id: PlayerID
  /// What others see.
  public var name: String
  /// The hash of the secret by which the player comes back; unique, and all that is kept of it.
  public var secretHash: [UInt8]
  /// When the player first came.
  public var createdAt: Timestamp
  /// When the player was last connected.
  public var lastSeenAt: Timestamp
  /// Whether texts marked as explicit are shown.
  public var showsExplicit: Bool
  /// The rounds played to their end, in duels and contests.
  public var roundsPlayed: Int
  /// Whatever else the player's room keeps; the store doesn't look into it.
  public var extra: [UInt8]
  /// Where the player says that it is at home.
  public var territory: Territory?

  /// A player of these parts.
  public init(
    id: PlayerID, name: String, secretHash: [UInt8], createdAt: Timestamp, lastSeenAt: Timestamp,
    showsExplicit: Bool = false, roundsPlayed: Int = 0, extra: [UInt8] = [],
    territory: Territory? = nil
  ) {
    self.id = id
    self.name = name
    self.secretHash = secretHash
    self.createdAt = createdAt
    self.lastSeenAt = lastSeenAt
    self.showsExplicit = showsExplicit
    self.roundsPlayed = roundsPlayed
    self.extra = extra
    self.territory = territory
  }
}

/// A player's rating in one duel format (Glicko-2, on Glicko's scale).
public struct RatingRecord: Hashable, Sendable, Codable {
  /// Whose rating.
  public var player: PlayerID
  /// The duel format, such as `pick`.
  public var format: String
  /// The rating; 1500 for a newcomer.
  public var rating: Double
  /// The rating deviation.
  public var deviation: Double
  /// The volatility.
  public var volatility: Double
  /// When it last changed.
  public var updatedAt: Timestamp

  /// A rating of these parts.
  public init(
    player: PlayerID, format: String, rating: Double, deviation: Double, volatility: Double,
    updatedAt: Timestamp
  ) {
    self.player = player
    self.format = format
    self.rating = rating
    self.deviation = deviation
    self.volatility = volatility
    self.updatedAt = updatedAt
  }
}
