public import ArenaTypes

/// What a round shows while it runs; it holds nothing that must stay hidden until the reveal.
public struct Question: Hashable, Sendable, Codable {
  /// What is asked.
  public let kind: RoundKind
  /// The unit that is asked about.
  public let unit: UnitID
  /// The clues shown with their activations, the same for both players; none in odd-one-out and
  /// predict rounds.
  public let clues: [ExcerptID]
  /// The two explanations of a pick round, `a` first, or the one of a predict round; empty in other
  /// kinds.
  public let options: [ExplanationID]
  /// The excerpts that an odd-one-out or predict round asks about, shown as texts alone; nil in other
  /// kinds.
  ///
  /// Their names tell which pool they are of, so they stay on the server until the reveal.
  public let excerpts: [ShownExcerpt]?
  /// How many tries a player has.
  public let tryCount: Int

  /// A question of these parts.
  public init(
    kind: RoundKind, unit: UnitID, clues: [ExcerptID], options: [ExplanationID] = [],
    excerpts: [ShownExcerpt]? = nil, tryCount: Int = 1
  ) {
    self.kind = kind
    self.unit = unit
    self.clues = clues
    self.options = options
    self.excerpts = excerpts
    self.tryCount = tryCount
  }

  /// How many clues a question shows at most.
  public static let clueCountMax = 5
  /// How many tries a fire round has.
  public static let fireTryCountMax = FireRound.tryCountMax
}

/// An excerpt that a question asks about, and the part of it that is shown before it is opened.
public struct ShownExcerpt: Hashable, Sendable, Codable {
  /// The excerpt.
  public let excerpt: ExcerptID
  /// The position of the first token that is shown at once.
  public let from: Int
  /// The position behind the last token that is shown at once.
  public let to: Int

  /// The tokens `from ..< to` of an excerpt.
  public init(excerpt: ExcerptID, from: Int, to: Int) {
    self.excerpt = excerpt
    self.from = from
    self.to = to
  }
}

/// One of the two explanations of a pick round.
public enum Side: String, Hashable, Sendable, Codable, CaseIterable {
  /// The first one shown.
  case a
  /// The second one shown.
  case b
}

/// What a player takes for the odd one of four excerpts.
public enum OddChoice: Hashable, Sendable, Codable {
  /// The excerpt at that place in the question, from 0.
  case excerpt(index: Int)
  /// None: all four fire the unit.
  case allTheSame
}

/// What a player answers.
public enum Answer: Hashable, Sendable, Codable {
  /// In a pick round: the better explanation.
  case pick(side: Side)
  /// In a write round: an explanation.
  case write(text: ExplanationText)
  /// In an odd-one-out round: the odd one.
  case oddOneOut(choice: OddChoice)
  /// In a predict round: the positions of the tokens on which the unit is expected to fire, in any
  /// order, none twice.
  case predict(tokens: [Int])
  /// In a fire round: one try.
  case fire(text: String)
  /// In a fire round: no further try is wanted.
  case done
}
