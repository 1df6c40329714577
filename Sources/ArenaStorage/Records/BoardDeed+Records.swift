public import ArenaRules
public import ArenaTypes

/// A player's side of a finished duel between people, as boards need it.
public struct DuelLine: Hashable, Sendable {
  /// When the duel ended.
  public let at: Timestamp
  /// The campaign that its units came from.
  public let campaign: CampaignID
  /// Its format, such as `pick`.
  public let format: String
  /// The points at the end.
  public let points: Int
  /// The rating before; nil where the duel moved none.
  public let ratingBefore: Double?
  /// The rating after; nil where the duel moved none.
  public let ratingAfter: Double?
  /// Whether a moderator voided it after its end.
  public let isVoided: Bool

  /// A line of these parts.
  public init(
    at: Timestamp, campaign: CampaignID, format: String, points: Int, ratingBefore: Double?,
    ratingAfter: Double?, isVoided: Bool
  ) {
    self.at = at
    self.campaign = campaign
    self.format = format
    self.points = points
    self.ratingBefore = ratingBefore
    self.ratingAfter = ratingAfter
    self.isVoided = isVoided
  }
}

extension DuelResultRecord {
  /// The duel for a player; nil for who didn't play, for duels with a program, and for those that ended
  /// as void.
  public func line(of player: PlayerID) -> DuelLine? {
    guard outcome != .void, !seats.contains(where: \.isBot),
      let seat = seats.first(where: { $0.player == player })
    else { return nil }
    return DuelLine(
      at: endedAt, campaign: campaign, format: format, points: seat.points,
      ratingBefore: isRated ? seat.ratingBefore : nil,
      ratingAfter: isRated ? seat.ratingAfter : nil, isVoided: voidedBecause != nil)
  }
}

extension BoardDeed {
  /// What of a player's duels counts on boards.
  ///
  /// A duel that was voided after its end doesn't, and its step is taken back from the ratings after
  /// it, as it is from the player's own.
  ///
  /// - Parameter lines: All of the player's, by moment.
  /// - Complexity: O(*n*).
  public static func deeds(of lines: [DuelLine]) -> [BoardDeed] {
    var ratings: [String: Double] = [:]
    return lines.compactMap { line in
      var rating = line.ratingAfter
      if let before = line.ratingBefore, let after = line.ratingAfter {
        let kept = ratings[line.format] ?? before
        // Exactly what was reached, as long as nothing is taken back.
        let moved = line.isVoided ? kept : after + (kept - before)
        ratings[line.format] = moved
        rating = moved
      }
      guard !line.isVoided else { return nil }
      return BoardDeed(
        at: line.at,
        .duel(campaign: line.campaign, format: line.format, points: line.points, rating: rating))
    }
  }
}

extension FinalBoardRecord.Entry {
  /// What of a line counts on the boards of its contest's series.
  public func deed(in contest: ContestID, opensAt: Timestamp) -> BoardDeed {
    BoardDeed(
      at: opensAt,
      .contest(
        series: BoardDeed.series(of: contest), points: points, joinedAt: joinedAt,
        finishedAt: finishedAt ?? joinedAt))
  }
}
