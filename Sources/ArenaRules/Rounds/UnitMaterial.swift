public import ArenaTypes

/// What a round needs to know of a unit; the shell makes it from a campaign.
public struct UnitMaterial: Hashable, Sendable, Codable {
  /// The unit that is asked about.
  public let unit: UnitID
  /// The clues that may be shown, in order of preference: where a player hides explicit text, the
  /// shell has already left such clues out.
  public let clues: [ExcerptID]
  /// The reveal excerpts that may be shown after the round.
  public let reveals: [ExcerptID]
  /// The pairs of explanations that a pick round may ask about.
  public let pairs: [ExplanationPair]
  /// The mean of the unit's top-20 peaks in the corpus: what 100 points of a fire round are.
  public let top20MeanPeak: Double
  /// Whether the unit's peaks are a handful of words, so that a list of them explains it.
  public let isLexical: Bool
  /// What an odd-one-out round shows; nil where none is to be asked.
  public let oddOneOut: OddOneOutMaterial?
  /// What a predict round shows; nil where none is to be asked.
  public let predict: PredictMaterial?

  /// The material of these parts.
  public init(
    unit: UnitID, clues: [ExcerptID], reveals: [ExcerptID], pairs: [ExplanationPair],
    top20MeanPeak: Double, isLexical: Bool, oddOneOut: OddOneOutMaterial? = nil,
    predict: PredictMaterial? = nil
  ) {
    self.unit = unit
    self.clues = clues
    self.reveals = reveals
    self.pairs = pairs
    self.top20MeanPeak = top20MeanPeak
    self.isLexical = isLexical
    self.oddOneOut = oddOneOut
    self.predict = predict
  }

  /// Whether a round of `kind` can be made from this material.
  ///
  /// A pick round needs a pair whose answer is known, even where an open pair could be drawn.
  public func canBeAsked(as kind: RoundKind) -> Bool {
    switch kind {
    case .pick: !clues.isEmpty && pairs.contains { $0.basis != .open }
    case .write: !clues.isEmpty
    case .oddOneOut: oddOneOut?.isAskable ?? false
    case .predict: predict?.excerpts.contains(where: \.hasBoth) ?? false
    case .fire: !clues.isEmpty && top20MeanPeak > 0
    }
  }
}

/// Two explanations of one unit, and what is known of which is better.
public struct ExplanationPair: Hashable, Sendable, Codable {
  /// Who or what decided a pair.
  public enum Basis: String, Hashable, Sendable, Codable, CaseIterable {
    /// Readers who judged the pair blind on held-out excerpts.
    case readers
    /// How the unit was made: it is a function of the text, and fires where the right one says.
    case construction
    /// Enough people's choices.
    case people
    /// The scorer, where its calibrated chance of agreeing with people is 0.9 or more.
    case scorer
    /// Nothing yet: no answer is known.
    case open
  }

  /// The better explanation; in an open pair, just one of the two.
  public let better: ExplanationID
  /// The other one.
  public let worse: ExplanationID
  /// What the order stands on.
  public let basis: Basis
  /// Whether the answer was known before anybody played, so that it tells how reliable a player is;
  /// never for a client before the reveal.
  public var isGold: Bool { gold ?? false }
  /// Nil in all other pairs, so that journals of old read as they did.
  private let gold: Bool?

  /// A pair of these parts.
  public init(
    better: ExplanationID, worse: ExplanationID, basis: Basis, isGold: Bool = false
  ) {
    self.better = better
    self.worse = worse
    self.basis = basis
    gold = isGold ? true : nil
  }

  /// Whether it holds both of `options`, in any order.
  public func holds(_ options: [ExplanationID]) -> Bool {
    options == [better, worse] || options == [worse, better]
  }
}
