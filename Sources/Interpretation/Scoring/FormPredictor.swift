public import ArenaTypes

/// Expects a unit to fire where a word has the form that an explanation names in so many words.
///
/// No model reads anything: what features of form tell by themselves, to compare with. The judge has
/// them too, and learnt what to make of them.
public struct FormPredictor: TokenPredictor {
  /// Which forms are looked for.
  public enum Feature: String, Sendable, CaseIterable {
    /// Beginnings, endings and insides of words, and marks.
    case affixes
    /// Where a word stands, and how it is written.
    case places
  }

  /// `affixes/1` or `places/1`.
  public let name: String
  /// Words are compared at once.
  public let readsTextOnce = true
  private let feature: Feature

  /// A predictor by `feature` alone.
  public init(_ feature: Feature) {
    self.feature = feature
    name = feature.rawValue + "/1"
  }

  /// On each token the share of what is named that holds for its word; of several meanings the largest.
  public func predictions(_ text: ExplanationText, on excerpts: [Excerpt])
    throws(InterpretationError) -> [[Float]]
  {
    let meanings = text.meanings.map(NamedForm.init)
    return excerpts.map { excerpt in
      let words = JudgeWord.words(of: excerpt.tokens.joined())
      let values = words.indices.map { index in
        meanings.reduce(Float(0)) { max($0, $1.value(of: index, in: words, by: feature)) }
      }
      return Self.owners(of: excerpt.tokens, among: words).map { $0.map { values[$0] } ?? 0 }
    }
  }

  /// No model reads anything.
  public func tokenCount(of text: ExplanationText, on excerpts: [Excerpt])
    throws(InterpretationError) -> Int?
  { 0 }

  /// The word that each token's first sign belongs to; nil for white space.
  private static func owners(of tokens: [String], among words: [JudgeWord]) -> [Int?] {
    var position = 0
    var word = 0
    return tokens.map { token in
      let blank = token.unicodeScalars.prefix(while: \.isSpaceSign).reduce(0) {
        $0 + UTF8.width($1)
      }
      let start = position + blank
      position += token.utf8.count
      guard start < position else { return nil }
      while word < words.count, words[word].range.upperBound <= start { word += 1 }
      return word < words.count ? word : nil
    }
  }
}

/// What an explanation says of a word's form.
struct NamedForm {
  private let naming: JudgeNaming
  private let neighbourNaming: JudgeNaming?
  private let isAfter: Bool
  private let conditions: [(JudgeWord) -> Bool]

  /// What `meaning` names.
  init(_ meaning: String) {
    naming = JudgeNaming(meaning)
    let words = JudgeWord.words(of: meaning).map(\.key)
    let all = Set(words)
    func names(_ some: Set<String>) -> Bool { !all.isDisjoint(with: some) }
    var conditions: [(JudgeWord) -> Bool] = []
    let isOfSentence = names(["sentence", "sentences", "clause", "line", "lines", "text", "entry"])
    if isOfSentence, names(["first", "begin", "begins", "beginning", "start", "starts", "opening"])
    {
      conditions.append { $0.sentenceIndex == 0 || $0.before == .lineBreak }
    }
    if isOfSentence, names(["last", "end", "ends", "ending", "final", "closing"]) {
      conditions.append { $0.sentenceRemaining <= 1 }
    }
    if names(["capital", "capitals", "capitalised", "capitalized", "uppercase", "proper"]) {
      conditions.append {
        [.capitalised, .capitals, .oneCapital, .mixed].contains($0.casing) && $0.sentenceIndex > 0
      }
    }
    if names(["digit", "digits", "number", "numbers", "numeral", "numerals", "year", "years"]) {
      conditions.append { $0.casing == .digits }
    }
    if names(["quotation", "quotations", "quoted", "quotes"]) { conditions.append(\.isQuoted) }
    if names(["parenthesis", "parentheses", "bracket", "brackets", "parenthetical"]) {
      conditions.append(\.isEnclosed)
    }
    if names(["again", "repeated", "repetition", "repeat", "repeats"]) {
      conditions.append { $0.seenCount > 0 }
    }
    self.conditions = conditions
    // Only what stands behind the preposition is said of the neighbour.
    let preposition = words.firstIndex {
      ["after", "before", "following", "preceding"].contains($0)
    }
    isAfter = preposition.map { ["after", "following"].contains(words[$0]) } ?? false
    neighbourNaming = preposition.map { place in
      let range = JudgeWord.words(of: meaning)[place].range
      return JudgeNaming(String(decoding: meaning.utf8.dropFirst(range.upperBound), as: UTF8.self))
    }
  }

  /// How much of what is named holds for the word at `index`, 0 to 1.
  func value(of index: Int, in words: [JudgeWord], by feature: FormPredictor.Feature) -> Float {
    switch feature {
    case .affixes:
      return [.suffix, .prefix, .inside, .mark].contains(naming.match(words[index].key)) ? 1 : 0
    case .places:
      var held = conditions.map { $0(words[index]) }
      if let neighbourNaming {
        let neighbour = isAfter ? index - 1 : index + 1
        held.append(
          words.indices.contains(neighbour)
            && [.quoted, .plain, .stem, .function, .mark].contains(
              neighbourNaming.match(words[neighbour].key))
        )
      }
      return held.isEmpty ? 0 : Float(held.count { $0 }) / Float(held.count)
    }
  }
}
