import ArenaTypes

/// An explanation without what does not change its meaning: case, spacing, punctuation, plural,
/// inflection and the order of its meanings.
struct NormalisedText: Hashable {
  /// The meanings, each as its stems joined by spaces, sorted.
  let meanings: [String]

  init(_ text: ExplanationText) {
    // A list of bare function words or signs ("the", "," or "of") has nothing left to compare once
    // articles are dropped; then the text itself is compared.
    meanings = text.meanings.map { meaning in
      let stems = Words.stems(of: meaning)
      let content = stems.filter { !Self.articles.contains($0) }
      if !content.isEmpty { return content.joined(separator: " ") }
      return stems.isEmpty ? meaning : stems.joined(separator: " ")
    }.sorted()
  }

  private static let articles: Set<String> = ["a", "an", "the"]
}
