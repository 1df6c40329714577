import ArenaTypes

/// A unit as one campaign asks about it.
struct UnitKey: Hashable, Sendable {
  let campaign: CampaignID
  let unit: UnitID
}

/// An explanation that a player wrote, as others may meet it.
struct PlayerText: Hashable, Sendable {
  let explanation: Explanation
  let score: Score?
  /// What its author was called when it was last read.
  let authorName: String
  /// Whether pick rounds may show it: scored, and neither hidden nor explicit.
  let isShown: Bool

  /// The player who wrote it; nil where it was no player.
  var author: PlayerID? {
    if case .player(let player) = explanation.author { player } else { nil }
  }
}
