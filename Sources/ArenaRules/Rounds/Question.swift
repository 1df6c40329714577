public import ArenaTypes

/// What a round shows while it runs; it holds nothing that must stay hidden until the reveal.
public struct Question: Hashable, Sendable, Codable {
  /// What is asked.
  public let kind: RoundKind
  /// The unit that is asked about.
  public let unit: UnitID
  /// The clues shown, the same for both players.
  public let clues: [ExcerptID]
  /// The two explanations of a pick round, `a` first; empty in other kinds.
  public let options: [ExplanationID]
  /// How many tries a player has.
  public let tryCount: Int

  /// A question of these parts.
  public init(
    kind: RoundKind, unit: UnitID, clues: [ExcerptID], options: [ExplanationID] = [],
    tryCount: Int = 1
  ) {
    self.kind = kind
    self.unit = unit
    self.clues = clues
    self.options = options
    self.tryCount = tryCount
  }

  /// How many clues a question shows at most.
  public static let clueCountMax = 5
  /// How many tries a fire round has.
  public static let fireTryCountMax = FireRound.tryCountMax
}

/// One of the two explanations of a pick round.
public enum Side: String, Hashable, Sendable, Codable, CaseIterable {
  /// The first one shown.
  case a
  /// The second one shown.
  case b
}

/// What a player answers.
public enum Answer: Hashable, Sendable, Codable {
  /// In a pick round: the better explanation.
  case pick(side: Side)
  /// In a write round: an explanation.
  case write(text: ExplanationText)
  /// In a fire round: one try.
  case fire(text: String)
  /// In a fire round: no further try is wanted.
  case done
}
