public import ArenaTypes

/// How a duel ended.
public struct DuelResultRecord: Hashable, Sendable, Codable {
  /// Who won.
  public enum Outcome: Hashable, Sendable, Codable {
    /// The player with the most points, or who was left alone.
    case won(PlayerID)
    /// Nobody, after sudden death.
    case draw
    /// Nobody: the duel doesn't count.
    case void
  }

  /// One side of the duel.
  public struct Seat: Hashable, Sendable, Codable {
    /// Who sat there.
    public var player: PlayerID
    /// The name that was shown.
    public var name: String
    /// Whether it was a program.
    public var isBot: Bool
    /// The points at the end.
    public var points: Int
    /// The rating before; nil where the duel moved none.
    public var ratingBefore: Double?
    /// The rating after; nil where the duel moved none.
    public var ratingAfter: Double?

    /// A seat of these parts.
    public init(
      player: PlayerID, name: String, isBot: Bool, points: Int, ratingBefore: Double? = nil,
      ratingAfter: Double? = nil
    ) {
      self.player = player
      self.name = name
      self.isBot = isBot
      self.points = points
      self.ratingBefore = ratingBefore
      self.ratingAfter = ratingAfter
    }
  }

  /// Which duel.
  public var duel: DuelID
  /// Its format, such as `pick`.
  public var format: String
  /// The campaign that its units came from.
  public var campaign: CampaignID
  /// When its countdown ended.
  public var startedAt: Timestamp
  /// When it was decided.
  public var endedAt: Timestamp
  /// Whether it moved ratings.
  public var isRated: Bool
  /// Who won.
  public var outcome: Outcome
  /// Why it ended, such as `points` or `resigned`.
  public var reason: String
  /// The sides, in their order in the duel.
  public var seats: [Seat]
  /// Why a moderator voided it after its end, which moved its ratings back; nil where none did.
  public var voidedBecause: String?

  /// A result of these parts.
  public init(
    duel: DuelID, format: String, campaign: CampaignID, startedAt: Timestamp, endedAt: Timestamp,
    isRated: Bool, outcome: Outcome, reason: String, seats: [Seat],
    voidedBecause: String? = nil
  ) {
    self.voidedBecause = voidedBecause
    self.duel = duel
    self.format = format
    self.campaign = campaign
    self.startedAt = startedAt
    self.endedAt = endedAt
    self.isRated = isRated
    self.outcome = outcome
    self.reason = reason
    self.seats = seats
  }
}
