public import ArenaTypes

/// A player who has not read the clues: tells the better of two texts by their looks alone.
///
/// A logistic regression on differences between the two texts: length, words, commas, quotes,
/// generality and the words that explanations often share. It is trained on all units but those it is
/// tested on, so its accuracy is what a diligent cheat could reach with the campaign's own file at
/// hand, short of learning the answers by heart.
public struct TextGuesser: Sendable {
  /// A pair whose answer is known.
  public struct Pair: Hashable, Sendable {
    /// The unit; pairs of one unit are never in both training and test.
    public let unit: UnitID
    /// The better text.
    public let better: ExplanationText
    /// The worse text.
    public let worse: ExplanationText

    /// A pair of texts of `unit`.
    public init(unit: UnitID, better: ExplanationText, worse: ExplanationText) {
      self.unit = unit
      self.better = better
      self.worse = worse
    }
  }

  /// How often a guesser is right.
  public struct Accuracy: Hashable, Sendable {
    /// What it looks at.
    public let name: String
    /// The share of pairs that it gets right; ties count half.
    public let share: Double
  }

  /// How many texts must hold a word for it to count.
  static let wordCountMin = 4
  static let foldCount = 5
  static let stepCount = 120
  static let stepSize = 0.5
  static let decay = 0.02

  /// The differences that a single glance could use, in the order of `glanceValues`.
  static let glanceNames = [
    "characters", "words", "longest word", "mean word length", "commas", "quotes", "or/and",
    "digits", "capitals", "words like 'word' or 'phrase'", "general words", "prepositions",
    "plurals", "-ing words", "gerund first", "meanings", "hyphens", "such as/like",
  ]

  private static let metaWords: Set<String> = [
    "word", "words", "phrase", "phrases", "term", "terms", "sentence", "sentences", "name", "names",
    "verb", "verbs", "noun", "nouns", "adjective", "adjectives", "token", "tokens",
  ]
  private static let generalWords: Set<String> = [
    "any", "anything", "things", "thing", "something", "general", "all", "kind", "kinds", "type",
    "types", "various", "many", "people", "someone", "being", "etc", "other", "often", "usually",
  ]
  private static let prepositions: Set<String> = [
    "of", "in", "on", "to", "for", "from", "with", "by", "at", "about", "before", "after", "into",
    "between", "through", "during", "against", "without",
  ]

  /// What a text looks like.
  static func glanceValues(of text: ExplanationText) -> [Double] {
    let whole = text.description
    let words = Words.of(whole)
    func share(_ set: Set<String>) -> Double { Double(words.count { set.contains($0) }) }
    let lengths = words.map { Double($0.count) }
    return [
      Double(whole.count), Double(words.count), lengths.max() ?? 0,
      lengths.reduce(0, +) / Double(max(1, words.count)),
      Double(whole.count { $0 == "," }), Double(whole.count { "\"'“”‘’".contains($0) }),
      share(["or", "and"]), Double(whole.count(where: \.isNumber)),
      Double(whole.dropFirst().count(where: \.isUppercase)), share(metaWords),
      share(generalWords), share(prepositions),
      Double(words.count { $0.hasSuffix("s") && !$0.hasSuffix("ss") }),
      Double(words.count { $0.hasSuffix("ing") }),
      words.first?.hasSuffix("ing") == true ? 1 : 0, Double(text.meanings.count),
      Double(whole.count { $0 == "-" }), share(["like", "such", "as", "including"]),
    ]
  }

  /// How often each single difference, read in its better direction, tells the better text.
  public static func glances(_ pairs: [Pair]) -> [Accuracy] {
    glanceNames.indices.map { index in
      let score = pairs.reduce(0.0) { sum, pair in
        let better = glanceValues(of: pair.better)[index]
        let worse = glanceValues(of: pair.worse)[index]
        return sum + (better > worse ? 1 : better < worse ? 0 : 0.5)
      }
      let share = score / Double(max(1, pairs.count))
      return Accuracy(name: glanceNames[index], share: max(share, 1 - share))
    }
  }

  /// The accuracy of the regression on units that it has not seen.
  public static func accuracy(of pairs: [Pair], seed: UInt64 = 1) -> Accuracy {
    let margins = margins(of: pairs, seed: seed)
    let right = margins.reduce(0.0) { $0 + ($1 > 0 ? 1 : $1 < 0 ? 0 : 0.5) }
    return Accuracy(
      name: "regression on all of them and on words, cross-validated",
      share: right / Double(max(1, pairs.count)))
  }

  /// For each pair how clearly the regression, trained without the pair's unit, prefers the better
  /// text; negative where it is wrong.
  static func margins(of pairs: [Pair], seed: UInt64) -> [Double] {
    let vocabulary = commonWords(in: pairs)
    let features = standardised(pairs.map { difference($0, vocabulary: vocabulary) })
    var generator = SeededGenerator(seed: seed)
    let units = Set(pairs.map(\.unit)).sorted().shuffled(using: &generator)
    let foldOfUnit = Dictionary(
      uniqueKeysWithValues: units.enumerated().map { ($1, $0 % foldCount) })
    let folds = pairs.map { foldOfUnit[$0.unit] ?? 0 }
    var margins = [Double](repeating: 0, count: pairs.count)
    for fold in 0..<foldCount {
      let weights = train(features.indices.filter { folds[$0] != fold }.map { features[$0] })
      for index in pairs.indices where folds[index] == fold {
        margins[index] = zip(weights, features[index]).reduce(0) { $0 + $1.0 * $1.1 }
      }
    }
    return margins
  }

  /// Words that stand in several texts.
  private static func commonWords(in pairs: [Pair]) -> [String] {
    var counts: [String: Int] = [:]
    for pair in pairs {
      for text in [pair.better, pair.worse] {
        for word in Set(Words.of(text.description)) { counts[word, default: 0] += 1 }
      }
    }
    return counts.filter { $0.value >= wordCountMin }.keys.sorted()
  }

  private static func difference(_ pair: Pair, vocabulary: [String]) -> [Double] {
    let better = Set(Words.of(pair.better.description))
    let worse = Set(Words.of(pair.worse.description))
    let looks = zip(glanceValues(of: pair.better), glanceValues(of: pair.worse)).map { $0 - $1 }
    return looks
      + vocabulary.map { (better.contains($0) ? 1 : 0) - (worse.contains($0) ? 1 : 0) }
  }

  private static func standardised(_ rows: [[Double]]) -> [[Double]] {
    guard let width = rows.first?.count else { return rows }
    // Differences have no mean to take off: swapping the texts turns their sign.
    let scales = (0..<width).map { column in
      let square = rows.reduce(0) { $0 + $1[column] * $1[column] } / Double(rows.count)
      return square > 0 ? square.squareRoot() : 1
    }
    return rows.map { zip($0, scales).map { $0 / $1 } }
  }

  /// Weights that make `sum(weight * difference)` positive; gradient descent without an intercept,
  /// which a swap of the two texts would turn around.
  private static func train(_ rows: [[Double]]) -> [Double] {
    guard let width = rows.first?.count else { return [] }
    // Most differences are zero: a text shares few of the common words.
    let sparse = rows.map { row in
      row.enumerated().filter { $0.element != 0 }.map { (column: $0.offset, value: $0.element) }
    }
    var weights = [Double](repeating: 0, count: width)
    for _ in 0..<stepCount {
      var gradient = weights.map { -decay * $0 }
      for row in sparse {
        var margin = 0.0
        for entry in row { margin += weights[entry.column] * entry.value }
        let push = (1 - logistic(margin)) / Double(rows.count)
        for entry in row { gradient[entry.column] += push * entry.value }
      }
      for column in 0..<width { weights[column] += stepSize * gradient[column] }
    }
    return weights
  }
}
