public import ArenaTypes

/// Tells whether two explanations say the same, by their words or by their meaning.
///
/// Each meaning is reduced to the words that say something, in one form for inflections, synonyms
/// and phrasings (`ComparedMeaning`), and words that both have are left out. Nothing left: the same.
/// Words left on one side only say more than the other does: not the same. Words left on both sides
/// are given to the sentence model, which has to find them, and both texts, alike. It never decides
/// where a number, a quoted token, a name, a negation, an order (`after`) or one of a pair of
/// opposites differs: antonyms are close in every embedding (`before a noun`, `after a noun`: 0.91).
public struct MeaningComparator: TextComparator {
  /// From this cosine on two texts may be one.
  public static let cosineMin: Float = 0.65
  /// From this cosine on the words left on both sides are the same in other words.
  ///
  /// High, for `vehicles` and `cars` are at 0.88 and `upstairs` and `downstairs` at 0.86: of the pairs
  /// that differ in no listed word, four of ten between 0.80 and 0.90 were different.
  public static let leftoverCosineMin: Float = 0.90

  private let embedder: any SentenceEmbedder

  /// A comparator over a sentence model.
  public init(embedder: any SentenceEmbedder) { self.embedder = embedder }

  /// Whether each meaning of either text has its like in the other.
  ///
  /// - Complexity: O(*n* x *m*) in the numbers of meanings; the sentence model is asked at most once
  ///   for each pair of meanings.
  public func saysTheSame(_ first: ExplanationText, _ second: ExplanationText)
    throws(InterpretationError) -> Bool
  {
    if NormalisedText(first) == NormalisedText(second) { return true }
    let left = first.meanings.map { ($0, ComparedMeaning($0)) }
    let right = second.meanings.map { ($0, ComparedMeaning($0)) }
    var hasLike = (left: left.map { _ in false }, right: right.map { _ in false })
    for (row, one) in left.enumerated() {
      for (column, other) in right.enumerated() where try isLike(one, other) {
        hasLike.left[row] = true
        hasLike.right[column] = true
      }
    }
    return (hasLike.left + hasLike.right).allSatisfy { $0 }
  }

  private func isLike(_ one: (String, ComparedMeaning), _ other: (String, ComparedMeaning))
    throws(InterpretationError) -> Bool
  {
    switch MeaningDifference(one.1, other.1).verdict {
    case .same: return true
    case .different: return false
    case .open(let left, let right):
      let vectors = try embedder.embed([one.0, other.0, left, right])
      guard vectors.count == 4 else { return false }
      return Vectors.dot(vectors[0], vectors[1]) >= Self.cosineMin
        && Vectors.dot(vectors[2], vectors[3]) >= Self.leftoverCosineMin
    }
  }
}
