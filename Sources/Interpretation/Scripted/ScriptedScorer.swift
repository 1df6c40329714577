public import ArenaTypes

/// A scorer without a model: the simulated side of the `Scorer` seam.
///
/// Scores are those of its script and otherwise follow from the text and the unit alone, so a
/// simulation that is run twice gives the same results.
public struct ScriptedScorer: Scorer {
  /// Its name; no real score carries it.
  public let name = "scripted/1"
  private let scores: [String: Double]
  private let knownUnits: Set<UnitID>?
  private let failure: InterpretationError?

  /// A scorer that gives `scores[text]`, else a value that follows from text and unit.
  ///
  /// - Parameters:
  ///   - scores: Values from 0 to 100 by explanation text.
  ///   - knownUnits: The units that exist; nil for all.
  ///   - failure: What every call throws, to simulate a broken engine.
  public init(
    scores: [String: Double] = [:], knownUnits: Set<UnitID>? = nil,
    failure: InterpretationError? = nil
  ) {
    self.scores = scores
    self.knownUnits = knownUnits
    self.failure = failure
  }

  /// The scripted score with an interval of 18 points to either side.
  public func score(_ text: ExplanationText, unit: UnitID) throws(InterpretationError) -> Score {
    try check(unit)
    var generator = SeededGenerator(seed: 1).forked(for: "\(unit)|\(text)")
    let value = scores[text.description] ?? (generator.nextUnit() * 1_000).rounded() / 10
    return Score(
      value: value, low: max(0, value - 18), high: min(100, value + 18), cap: nil, scorer: name)
  }

  /// Values that follow from the text and the token alone.
  public func predict(_ text: ExplanationText, unit: UnitID, on excerpts: [Excerpt])
    throws(InterpretationError) -> [[Float]]
  {
    try check(unit)
    return excerpts.map { excerpt in
      excerpt.tokenIDs.map { token in
        var generator = SeededGenerator(seed: UInt64(bitPattern: Int64(token)))
          .forked(for: text.description)
        return Float(generator.nextUnit())
      }
    }
  }

  private func check(_ unit: UnitID) throws(InterpretationError) {
    if let failure { throw failure }
    if let knownUnits, !knownUnits.contains(unit) { throw .unknownUnit(unit) }
  }
}

/// A probe without a model: words are tokens, and activations follow from the word and the unit.
public struct ScriptedProbe: ActivationProbe {
  private let activations: [String: Float]
  private let failure: InterpretationError?

  /// A probe in which the word `w` activates any unit by `activations[w]`, else by 0 to 8.
  ///
  /// - Parameter failure: What every call throws, to simulate a broken engine.
  public init(activations: [String: Float] = [:], failure: InterpretationError? = nil) {
    self.activations = activations
    self.failure = failure
  }

  /// The scripted activations; a token is a word with the spaces before it.
  public func activations(of text: String, unit: UnitID, tokenCountMax: Int)
    throws(InterpretationError) -> ProbedText
  {
    if let failure { throw failure }
    let words = text.split(separator: " ").map(String.init)
    if words.isEmpty { throw .emptyText }
    if words.count > tokenCountMax {
      throw .tooManyTokens(count: words.count, max: tokenCountMax)
    }
    var tokenIDs: [Int32] = []
    var values: [Float] = []
    for word in words {
      var generator = SeededGenerator(seed: 2).forked(for: word)
      tokenIDs.append(Int32(generator.next() % 49_152))
      var forUnit = generator.forked(for: unit.rawValue)
      values.append(activations[word] ?? Float(forUnit.nextUnit() * 8))
    }
    let tokens = words.enumerated().map { $0.offset == 0 ? $0.element : " " + $0.element }
    return ProbedText(tokens: tokens, tokenIDs: tokenIDs, activations: values)
  }
}

/// A comparator without a model: two texts say the same where they are equal after normalisation.
public struct ScriptedComparator: TextComparator {
  /// A comparator.
  public init() {}

  /// Whether the normalised texts are equal.
  public func saysTheSame(_ first: ExplanationText, _ second: ExplanationText)
    throws(InterpretationError) -> Bool
  {
    NormalisedText(first) == NormalisedText(second)
  }
}
