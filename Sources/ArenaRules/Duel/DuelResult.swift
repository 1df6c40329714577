public import ArenaTypes

/// How a duel ended.
public struct DuelResult: Hashable, Sendable, Codable {
  /// Who won.
  public enum Outcome: Hashable, Sendable, Codable {
    /// One did; carries the seat.
    case winner(seat: Int)
    /// Nobody: the points were equal to the end.
    case draw
    /// The duel doesn't count.
    case void
  }

  /// Why it ended.
  public enum Reason: Hashable, Sendable, Codable {
    /// All rounds were played.
    case points
    /// A player gave up.
    case resigned
    /// A player, or both, were away for too long.
    case absent
    /// A moderator ended it; carries why.
    case moderator(text: String)
  }

  /// Who won.
  public let outcome: Outcome
  /// Why it ended.
  public let reason: Reason
  /// The points of each seat.
  public let totals: [Int]
  /// The points of each seat, a round each.
  public let roundPoints: [[Int]]
  /// How the ratings of the seats changed; empty if the duel moves none.
  public let ratings: [RatingChange]
  /// When it ended.
  public let at: Timestamp
}

/// A rating before and after.
public struct RatingChange: Hashable, Sendable, Codable {
  /// Before the duel, as it stood at its end: the deviation has grown with the idle days.
  public let before: Rating
  /// After the duel.
  public let after: Rating
}
