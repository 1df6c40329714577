public import ArenaTypes

/// The rules that a player's text must keep, apart from its length.
///
/// Pure and quick: no model is asked.
public struct TextChecks: Sendable {
  private let explicitWords: ExplicitWords

  /// Checks with `explicitWords` as the list of explicit words.
  public init(explicitWords: ExplicitWords = .standard) { self.explicitWords = explicitWords }

  /// How many tokens or words in a row make a copy.
  public static let copiedTokenCount = 5

  /// Whether `text` repeats five tokens in a row of a clue.
  ///
  /// The tokens are looked for as they stand, and once more without what is no letter or digit, so
  /// that neither case, accents, white space nor punctuation hide a copy. Tokens that hold fewer than
  /// three words are no copy: `in 1976` is five.
  /// - Complexity: O(*n* x *m*) in the lengths of the text and the clues.
  public func copies(_ text: String, from clues: [ClueExcerpt]) -> Bool {
    let words = Words.of(text)
    guard words.count >= 3 else { return false }
    let joined = " " + words.joined(separator: " ") + " "
    let literal = Self.folded(text)
    return clues.contains { clue in
      let tokens = clue.excerpt.tokens
      let runs = Self.runs(of: tokens).contains { Self.holds(literal, Self.folded($0)) }
      let spoken = tokens.filter { token in token.contains { $0.isLetter || $0.isNumber } }
      return runs
        || Self.runs(of: spoken).contains { run in
          joined.contains(" " + Words.of(run).joined(separator: " ") + " ")
        } || sharesRun(words, Words.of(tokens.joined()))
    }
  }

  /// The texts of all runs of five tokens that hold three words or more.
  private static func runs(of tokens: [String]) -> [String] {
    guard tokens.count >= copiedTokenCount else { return [] }
    return (0...(tokens.count - copiedTokenCount)).compactMap { start in
      let run = tokens[start..<(start + copiedTokenCount)].joined()
      return Words.of(run).count >= 3 ? run : nil
    }
  }

  /// Whether `text` holds `part`, not in the middle of a word or number.
  private static func holds(_ text: String, _ part: String) -> Bool {
    func isInside(_ left: Character?, _ right: Character?) -> Bool {
      guard let left, let right else { return false }
      return (left.isLetter || left.isNumber) && (right.isLetter || right.isNumber)
    }
    return text.ranges(of: part).contains { range in
      !isInside(text[..<range.lowerBound].last, part.first)
        && !isInside(part.last, text[range.upperBound...].first)
    }
  }

  /// The text in lower case, with single spaces and none at its ends.
  private static func folded(_ text: String) -> String {
    text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private func sharesRun(_ left: [String], _ right: [String]) -> Bool {
    let length = Self.copiedTokenCount
    guard left.count >= length, right.count >= length else { return false }
    var runs: Set<ArraySlice<String>> = []
    for start in 0...(right.count - length) { runs.insert(right[start..<(start + length)]) }
    return (0...(left.count - length)).contains { runs.contains(left[$0..<($0 + length)]) }
  }

  /// Whether `text` is a mere list of the clues' peak words: three or more of them, making up at
  /// least 60 % of its words.
  ///
  /// What only introduces a list (`words such as`) doesn't count as words.
  public func isPeakWordList(_ text: ExplanationText, peakWords: [String]) -> Bool {
    let peaks = Set(peakWords.flatMap { Words.stems(of: $0) })
    let introductions: Set<String> = [
      "the", "a", "word", "words", "such", "as", "like", "including", "token", "tokens", "terms",
    ]
    let words = text.meanings.flatMap { meaning in
      Words.of(meaning).drop { introductions.contains($0) && !peaks.contains(WordStem.of($0)) }
    }
    let hits = words.filter { peaks.contains(WordStem.of($0)) }.count
    return hits >= 3 && hits * 10 >= words.count * 6
  }

  /// The words of `taboo` that `text` uses, in the order of `taboo`.
  ///
  /// A word is used if the text has it in any inflection, case or spelling with accents or
  /// look-alike letters, or spelt in pieces (`st orm`).
  public func tabooWords(in text: String, taboo: [String]) -> [String] {
    let words = Words.of(text)
    var forms = Set(words.map(WordStem.of))
    for pieceCount in 2...max(2, min(words.count, 12)) where words.count >= pieceCount {
      for start in 0...(words.count - pieceCount) {
        forms.insert(WordStem.of(words[start..<(start + pieceCount)].joined()))
      }
    }
    return taboo.filter { word in
      let stems = Words.stems(of: word)
      return !stems.isEmpty && stems.allSatisfy(forms.contains)
    }
  }

  /// Whether `text` holds a word of the lists of explicit words, be it blocked or reviewed.
  public func isExplicit(_ text: some StringProtocol) -> Bool { explicitWords.matches(text) }

  /// How a player's `text` is to be treated by its words alone.
  public func explicitLevel(of text: some StringProtocol) -> ExplicitLevel {
    explicitWords.level(of: text)
  }
}
