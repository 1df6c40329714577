/// What two meanings don't have in common, and what follows from it.
struct MeaningDifference {
  /// What words alone tell.
  enum Verdict: Hashable {
    case same
    case different
    /// For the sentence model to decide: the words that are left on either side.
    case open(left: String, right: String)
  }

  let verdict: Verdict

  /// Compares two meanings; symmetric but for the order of `open`.
  init(_ one: ComparedMeaning, _ other: ComparedMeaning) {
    verdict = Self.verdict(one, other)
  }

  private static func verdict(_ one: ComparedMeaning, _ other: ComparedMeaning) -> Verdict {
    guard one.relations == other.relations, one.negationCount == other.negationCount,
      one.numbers == other.numbers
    else { return .different }
    if OppositeWords.exclude(one.bases, other.bases) { return .different }
    let (left, right) = rests(of: one, other)
    if left.isEmpty && right.isEmpty {
      return examplesAgree(one, other) && ordersAgree(one, other) ? .same : .different
    }
    guard !left.isEmpty, !right.isEmpty, Set(left.map(\.form)) != Set(right.map(\.form)),
      !left.contains(where: isFixed),
      !right.contains(where: isFixed), !isNegation(left, right)
    else { return .different }
    return .open(
      left: left.map(\.surface).joined(separator: " "),
      right: right.map(\.surface).joined(separator: " "))
  }

  /// What is left of two meanings without what their parts share.
  private static func rests(of one: ComparedMeaning, _ other: ComparedMeaning)
    -> (left: [ComparedMeaning.Word], right: [ComparedMeaning.Word])
  {
    var left: [ComparedMeaning.Word] = []
    var right: [ComparedMeaning.Word] = []
    for (mine, yours) in zip(one.parts, other.parts) {
      left += mine.filter { word in !yours.contains { isShared(word, $0) } }
      right += yours.filter { word in !mine.contains { isShared(word, $0) } }
    }
    // A quoted `of` is found among the small words that carry nothing unquoted.
    left.removeAll { $0.isQuoted && isFiller($0, in: other) }
    right.removeAll { $0.isQuoted && isFiller($0, in: one) }
    return (left, right)
  }

  /// Whether two words are one: by form, or as one that is quoted on one side only.
  private static func isShared(_ one: ComparedMeaning.Word, _ other: ComparedMeaning.Word) -> Bool {
    if one.isQuoted && other.isQuoted { return one.surface == other.surface }
    return one.form == other.form || one.surface == other.surface
  }

  private static func isFiller(_ word: ComparedMeaning.Word, in meaning: ComparedMeaning) -> Bool {
    MeaningWords.fillers.contains(word.surface) && meaning.surfaces.contains(word.surface)
  }

  /// Whether the examples of both don't speak against each other.
  private static func examplesAgree(_ one: ComparedMeaning, _ other: ComparedMeaning) -> Bool {
    one.examples.isEmpty || other.examples.isEmpty
      || one.examples.contains { example in
        other.examples.contains { isShared(example, $0) }
      }
  }

  /// Whether the order of the words, where it tells who does what to whom, is the same.
  ///
  /// In another order but with the same small words the roles have changed (`sons of kings`); with
  /// others, or with a start or end, it is another way to say it (`storms at sea`, `sea storms`).
  private static func ordersAgree(_ one: ComparedMeaning, _ other: ComparedMeaning) -> Bool {
    one.isList || other.isList || zip(one.words, other.words).allSatisfy(isShared)
      || one.connectives != other.connectives || one.words.contains { $0.form.hasPrefix("<") }
  }

  /// Words that have no like but themselves.
  private static func isFixed(_ word: ComparedMeaning.Word) -> Bool {
    word.isQuoted || word.isName || word.form.hasPrefix("<")
      || word.form.contains(where: \.isNumber) || MeaningWords.fillers.contains(word.surface)
      || MeaningWords.closedClass.contains(word.surface)
  }

  /// Whether a word is left on one side with a prefix that denies it on the other.
  private static func isNegation(_ left: [ComparedMeaning.Word], _ right: [ComparedMeaning.Word])
    -> Bool
  {
    let mine = Set(left.flatMap { [$0.form, $0.surface] })
    let yours = Set(right.flatMap { [$0.form, $0.surface] })
    return MeaningWords.negatingPrefixes.contains { prefix in
      mine.contains { yours.contains(prefix + $0) } || yours.contains { mine.contains(prefix + $0) }
    }
  }
}
