/// A unit that is a function of the text, with true and false explanations of it.
struct SyntheticRule: Sendable {
  /// A false explanation, and the function of the text that it describes.
  struct Rival: Sendable {
    let kind: String
    let text: String
    let pattern: WordPattern
  }

  /// What makes the unit fire.
  let pattern: WordPattern
  let explanation: String
  let paraphrase: String
  let kind: LabelledUnit.Kind
  /// Whether four words or fewer make up all peaks.
  let isLexical: Bool
  let rivals: [Rival]
  /// What sort of function it is.
  var group: Group?

  /// Sorts of functions of the text.
  enum Group: String, CaseIterable {
    case topics, affixes, places
    case singleWords = "single words"
    case numbersAndCase = "numbers and case"
    case wordsBesideWords = "words beside words"
  }

  /// The unit's strength where the pattern matches, on the last token of the item.
  static let strength: Float = 8
  /// The unit's strength on the tokens of the item before the last one.
  static let weakStrength: Float = 2

  /// The activations on each of a text's tokens.
  static func activations(
    of pattern: WordPattern, on text: SyntheticText, tokenCount: Int
  ) -> [Float] {
    var activations = [Float](repeating: 0, count: tokenCount)
    for (index, item) in text.items.enumerated() where pattern.matches(text, index) {
      for token in item.tokens.dropLast() {
        activations[token] = max(activations[token], weakStrength)
      }
      if let last = item.tokens.last { activations[last] = strength }
    }
    return activations
  }

  /// A rival whose tokens overlap more than this with the truth's (intersection over union) is no rival.
  private static let rivalOverlapMax = 0.75

  /// The rivals whose tokens, on these texts, are clearly others than the truth's.
  func clearRivals(on excerpts: [SyntheticExcerpt]) -> [Rival] {
    rivals.filter { rival in
      var (both, either) = (0, 0)
      for text in excerpts.lazy.map(\.text) {
        for index in text.items.indices {
          let isTrue = pattern.matches(text, index)
          let isRival = rival.pattern.matches(text, index)
          if isTrue && isRival { both += 1 }
          if isTrue || isRival { either += 1 }
        }
      }
      return Double(both) <= Self.rivalOverlapMax * Double(max(1, either))
    }
  }

  /// A rule about form.
  static func form(
    _ explanation: String, or paraphrase: String, _ pattern: WordPattern, lexical: Bool = false,
    against rivals: [Rival]
  ) -> SyntheticRule {
    SyntheticRule(
      pattern: pattern, explanation: explanation, paraphrase: paraphrase, kind: .form,
      isLexical: lexical, rivals: rivals)
  }

  /// A rule about what words mean: all of `words`, set against some of them, more than them, and others.
  ///
  /// - Parameters:
  ///   - part: A description of the first words, as many as `partCount`.
  ///   - more: A description of `words` and `others` together.
  ///   - neighbour: A description of `others`.
  static func topic(
    _ explanation: String, or paraphrase: String, _ words: String, part: String,
    _ partCount: Int, more: String, neighbour: String, _ others: String
  ) -> SyntheticRule {
    let all = words.split(separator: " ").map(String.init)
    let listed = all.suffix(5)
    return SyntheticRule(
      pattern: .words(words), explanation: explanation, paraphrase: paraphrase, kind: .meaning,
      isLexical: false,
      rivals: [
        Rival(kind: "list", text: listed.joined(separator: ", "), pattern: .word(Set(listed))),
        Rival(kind: "too_narrow", text: part, pattern: .word(Set(all.prefix(partCount)))),
        Rival(kind: "too_broad", text: more, pattern: .words(words) || .words(others)),
        Rival(kind: "neighbour", text: neighbour, pattern: .words(others)),
      ])
  }

  /// A rule that fires on one word, whatever stands around it.
  static func oneWord(
    _ word: String, near: String, _ others: String, broad: String
  ) -> SyntheticRule {
    let forms = WordPattern.word([word])
    return SyntheticRule(
      pattern: forms, explanation: "the word \"\(word)\"", paraphrase: word, kind: .meaning,
      isLexical: true,
      rivals: [
        Rival(kind: "neighbour", text: near, pattern: .words(others)),
        Rival(kind: "too_broad", text: broad, pattern: forms || .words(others)),
        Rival(
          kind: "wrong_context", text: "\"\(word)\" at the end of a sentence",
          pattern: forms && .before(.mark([".", "!", "?"]))),
        Rival(
          kind: "too_narrow", text: "\"the \(word)\"",
          pattern: forms && .after(.word(["the"]))),
      ])
  }
}

extension [SyntheticRule] {
  /// The same rules, said to be of a group.
  func of(_ group: SyntheticRule.Group) -> [SyntheticRule] {
    map { rule in
      var rule = rule
      rule.group = group
      return rule
    }
  }
}

extension SyntheticRule.Rival {
  static func list(_ text: String, _ pattern: WordPattern) -> SyntheticRule.Rival {
    SyntheticRule.Rival(kind: "list", text: text, pattern: pattern)
  }

  static func broad(_ text: String, _ pattern: WordPattern) -> SyntheticRule.Rival {
    SyntheticRule.Rival(kind: "too_broad", text: text, pattern: pattern)
  }

  static func narrow(_ text: String, _ pattern: WordPattern) -> SyntheticRule.Rival {
    SyntheticRule.Rival(kind: "too_narrow", text: text, pattern: pattern)
  }

  static func context(_ text: String, _ pattern: WordPattern) -> SyntheticRule.Rival {
    SyntheticRule.Rival(kind: "wrong_context", text: text, pattern: pattern)
  }

  static func neighbour(_ text: String, _ pattern: WordPattern) -> SyntheticRule.Rival {
    SyntheticRule.Rival(kind: "neighbour", text: text, pattern: pattern)
  }
}
