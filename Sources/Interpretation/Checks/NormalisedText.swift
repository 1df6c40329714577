public import ArenaTypes

/// An explanation without what does not change its meaning: case, spacing, punctuation, articles,
/// plural, inflection and the order of its meanings.
public struct NormalisedText: Hashable, Sendable {
  /// The meanings, each as its words in order; quoted tokens as they stand.
  let meanings: [String]

  /// What is left of `text`.
  public init(_ text: ExplanationText) {
    // A list of bare function words or signs ("the", "," or "of") has nothing left to compare once
    // articles are dropped; then the text itself is compared.
    meanings = text.meanings.map { meaning in
      let words = MeaningToken.all(in: meaning).compactMap(Self.form)
      return words.isEmpty ? meaning : words.joined(separator: " ")
    }.sorted()
  }

  private static func form(of token: MeaningToken) -> String? {
    switch token {
    case .word(let word, _): ["a", "an", "the"].contains(word) ? nil : MeaningWords.base(of: word)
    case .quoted(let text): "\"\(text)\""
    case .relation(let relation): "<\(relation.rawValue)>"
    case .separator: nil
    }
  }
}
