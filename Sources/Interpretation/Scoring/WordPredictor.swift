public import ArenaTypes

/// Expects a unit to fire on the words that its explanation has in it.
///
/// The simplest judge there is, to see what is gained by better ones. Words are compared by their
/// stems; those that say nothing by themselves don't count.
public struct WordPredictor: TokenPredictor {
  /// The name of its scores.
  public let name = "words/1"
  /// Words are compared at once.
  public let readsTextOnce = true

  /// A predictor.
  public init() {}

  /// 1 on each token of a word that the explanation has.
  public func predictions(_ text: ExplanationText, on excerpts: [Excerpt])
    throws(InterpretationError) -> [[Float]]
  {
    let wanted = Set(text.meanings.flatMap { Words.stems(of: $0) }).subtracting(Self.empty)
    return excerpts.map { excerpt in
      excerpt.tokens.indices.map { index in
        let word = TokenWindow.word(in: excerpt.tokens, at: index)
        return word.map { wanted.contains(WordStem.of($0)) } ?? false ? 1 : 0
      }
    }
  }

  /// No model reads anything.
  public func tokenCount(of text: ExplanationText, on excerpts: [Excerpt])
    throws(InterpretationError) -> Int?
  { 0 }

  private static let empty: Set<String> = Set(
    """
    a an the of in on to for and or with by from at as that which is are be it its this these those \
    such like word words token tokens name names after before
    """.split(whereSeparator: \.isWhitespace).map { WordStem.of(String($0)) })
}
