import ArenaTypes

/// A score that an explanation brought along, on a scale of its own.
public struct SourceScore: Hashable, Sendable, Codable {
  /// What was measured, such as `ev_correlation_score`.
  public let name: String
  /// The value.
  public let value: Double

  /// A score of these parts.
  public init(name: String, value: Double) {
    self.name = name
    self.value = value
  }
}

/// An explanation as its file has it.
struct ImportedExplanation: Hashable {
  let text: String
  let author: String
  let score: SourceScore?
}

/// What a file says of a unit besides texts and words.
struct ImportedFacts {
  var density: Double?
  var promoted: [String] = []
  var suppressed: [String] = []
}

/// A text with a unit's activation on each token, as its file has it.
struct ImportedText {
  let tokens: [String]
  let values: [Float]
  /// Whether it was drawn from the whole corpus without regard to the unit.
  let isRandom: Bool

  init(_ record: JSONRecord, values key: String, isRandom: Bool) throws(JSONFault) {
    tokens = TokenTexts.plain(try record.texts("tokens"))
    values = try record.floats(key)
    self.isRandom = isRandom
    guard tokens.count == values.count else {
      throw JSONFault(reason: "has \(values.count) values for \(tokens.count) tokens").under(key)
    }
  }

  init(tokens: [String], values: [Float], isRandom: Bool) {
    self.tokens = tokens
    self.values = values
    self.isRandom = isRandom
  }
}

extension ImportedText {
  /// The fewest tokens of the piece around the peak.
  static let peakTokenCountMin = 8
  /// How many tokens before the peak its piece keeps, where there are so many.
  private static let reachBefore = 40

  /// The pieces of the text that can be excerpts.
  ///
  /// Each has at most `Excerpt.tokenCountMax` tokens of one document. The first holds the peak; the
  /// others have 16 tokens or more.
  func pieces() -> [ImportedText] {
    let spans = documents()
    let peak = spans.joined().max { (values[$0], $1) < (values[$1], $0) }
    guard let peak, let home = spans.first(where: { $0.contains(peak) }) else { return [] }
    let length = Excerpt.tokenCountMax
    let latest = max(home.lowerBound, home.upperBound - length)
    let start = min(latest, max(home.lowerBound, peak - Self.reachBefore))
    let piece = start..<min(home.upperBound, start + length)
    guard piece.count >= Self.peakTokenCountMin else { return [] }
    var ranges = [piece]
    let rest =
      spans.filter { $0 != home }
      + [home.lowerBound..<piece.lowerBound, piece.upperBound..<home.upperBound]
    for span in rest.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      for from in stride(from: span.lowerBound, to: span.upperBound, by: length) {
        let part = from..<min(span.upperBound, from + length)
        if part.count >= ExcerptCutter.tokenCountMin { ranges.append(part) }
      }
    }
    return ranges.map { range in
      ImportedText(
        tokens: Array(tokens[range]), values: Array(values[range]), isRandom: isRandom)
    }
  }

  /// The runs of tokens between those that begin or end documents.
  ///
  /// Such tokens are attention sinks: what a unit does on them says nothing of the text.
  private func documents() -> [Range<Int>] {
    var spans: [Range<Int>] = []
    var start = 0
    for (index, token) in tokens.enumerated() where TokenTexts.borders.contains(token) {
      if start < index { spans.append(start..<index) }
      start = index + 1
    }
    if start < tokens.count { spans.append(start..<tokens.count) }
    return spans
  }
}

/// Tokens as the sources write them.
enum TokenTexts {
  /// Tokens that begin, end or pad documents.
  static let borders: Set<String> = [
    "<|endoftext|>", "<|begin_of_text|>", "<|end_of_text|>", "<bos>", "<eos>", "<pad>", "<s>",
    "</s>", "[CLS]", "[SEP]", "[PAD]",
  ]

  /// The tokens as text: SentencePiece's `▁` and byte-level BPE's `Ġ` and `Ċ` become white space.
  ///
  /// Only where a token begins with one, so that a text that speaks of such letters keeps them.
  static func plain(_ tokens: [String]) -> [String] {
    func all(_ marks: [(String, String)]) -> [String] {
      tokens.map { token in marks.reduce(token) { $0.replacing($1.0, with: $1.1) } }
    }
    if tokens.contains(where: { $0.hasPrefix("\u{2581}") }) { return all([("\u{2581}", " ")]) }
    if tokens.contains(where: { $0.hasPrefix("\u{0120}") }) {
      return all([("\u{0120}", " "), ("\u{010A}", "\n")])
    }
    return tokens
  }
}

/// Numbers the tokens of imported texts, whose model's own numbers are not known.
struct TokenNumbers {
  private var numbers: [String: Int32] = [:]
  /// The tokens in the order of their numbers.
  private(set) var tokens: [String] = []

  /// The number of a token, the next one for a new token.
  mutating func number(of token: String) -> Int32 {
    if let known = numbers[token] { return known }
    let number = Int32(tokens.count)
    numbers[token] = number
    tokens.append(token)
    return number
  }
}
