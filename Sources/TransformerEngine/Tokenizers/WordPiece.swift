/// BERT's uncased WordPiece tokenizer (google-research/bert, tokenization.py).
///
/// Controls are dropped, ideographs stand alone, accents are stripped, letters lowered, punctuation
/// split off; each word is then cut greedily into the longest pieces of the vocabulary.
public struct WordPiece: Tokenizer {
  /// Words of more scalars than this become `[UNK]`, as in the reference.
  public static let wordScalarCountMax = 100

  /// Pieces that begin a word.
  private let initial: [String: Int32]
  /// Pieces that go on with one, without their `##`.
  private let continuing: [String: Int32]
  /// All pieces, as they are written.
  private let pieces: [String]
  private let added: AddedTokens
  /// The token for what the vocabulary can't express.
  public let unknown: Int32
  /// The token that begins each text.
  public let classify: Int32
  /// The token that ends each text.
  public let separator: Int32
  /// How many tokens there are.
  public var vocabularySize: Int { pieces.count }

  /// Reads a `vocab.txt`: one piece a line, its number from 0 being its id.
  ///
  /// - Throws: `EngineError.malformed` when it isn't UTF-8 or lacks `[UNK]`, `[CLS]` or `[SEP]`.
  public init(vocabulary file: FileContents) throws(EngineError) {
    guard let text = String(validating: file.bytes, as: UTF8.self) else {
      throw .malformed(file: file.name, reason: "it isn't UTF-8")
    }
    var lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    guard lines.count < Int32.max else {
      throw .malformed(file: file.name, reason: "\(lines.count) pieces")
    }
    var initial: [String: Int32] = [:]
    var continuing: [String: Int32] = [:]
    for (index, line) in lines.enumerated() {
      let line = line.last == 0x0D ? line.dropLast() : line
      // Compared as bytes: `##` and a combining mark are a single Character.
      if line.starts(with: [0x23, 0x23]) {
        continuing[String(Substring(line.dropFirst(2)))] = Int32(index)
      } else {
        initial[String(Substring(line))] = Int32(index)
      }
    }
    guard let unknown = initial["[UNK]"], let classify = initial["[CLS]"],
      let separator = initial["[SEP]"]
    else { throw .malformed(file: file.name, reason: "it lacks [UNK], [CLS] or [SEP]") }
    self.unknown = unknown
    self.classify = classify
    self.separator = separator
    self.initial = initial
    self.continuing = continuing
    pieces = lines.map { String(Substring($0.last == 0x0D ? $0.dropLast() : $0)) }
    added = AddedTokens(
      ["[UNK]", "[CLS]", "[SEP]", "[PAD]", "[MASK]"].compactMap { name in
        initial[name].map { AddedTokens.Entry(text: name, token: $0, isControl: true) }
      })
  }

  /// `[CLS]`, `[SEP]`, `[UNK]` and `[PAD]`.
  public var specialTokens: SpecialTokens {
    SpecialTokens(
      begin: classify, end: separator, unknown: unknown, padding: initial["[PAD]"], addsBegin: true)
  }

  /// The tokens of `text` between `[CLS]` and `[SEP]`, cut to `countMax` in all.
  ///
  /// - Complexity: O(n) in the text's length.
  public func sequence(of text: String, countMax: Int = .max) -> [Int32] {
    var tokens = [classify]
    let room = max(countMax, 2) - 1
    for word in Self.words(of: text) {
      if tokens.count >= room { break }
      append(word, to: &tokens)
    }
    if tokens.count > room { tokens.removeSubrange(room...) }
    tokens.append(separator)
    return tokens
  }

  /// The tokens of `text`, without `[CLS]` and `[SEP]`.
  ///
  /// - Complexity: O(n) in the text's length.
  public func encode(_ text: String, allowsSpecial: Bool) -> [Int32] {
    var text = text
    var tokens: [Int32] = []
    text.withUTF8 { bytes in
      added.forEachPart(of: bytes, allowsControl: allowsSpecial) { part in
        switch part {
        case .token(let token): tokens.append(token)
        case .text(let range):
          for word in Self.words(of: String(decoding: bytes[range], as: UTF8.self)) {
            append(word, to: &tokens)
          }
        }
      }
    }
    return tokens
  }

  /// The token's letters, after a space where it begins a word.
  public func bytes(of token: Int32) -> [UInt8] {
    guard token >= 0, Int(token) < vocabularySize else { return [] }
    let piece = pieces[Int(token)].utf8
    return piece.starts(with: [0x23, 0x23]) ? Array(piece.dropFirst(2)) : [0x20] + piece
  }

  /// The text of `tokens` together, a space between words; how they were written isn't known.
  public func decode(_ tokens: some Sequence<Int32>) -> String {
    String(decoding: tokens.flatMap(bytes).drop { $0 == 0x20 }, as: UTF8.self)
  }

  /// The token that is exactly `text`, a word or a word's beginning; nil when it takes more than one.
  public func token(for text: String) -> Int32? { initial[text] }

  private func append(_ word: [Unicode.Scalar], to tokens: inout [Int32]) {
    guard word.count <= Self.wordScalarCountMax else { return tokens.append(unknown) }
    var pieces: [Int32] = []
    var start = 0
    while start < word.count {
      guard let (piece, end) = longestPiece(of: word, from: start) else {
        return tokens.append(unknown)
      }
      pieces.append(piece)
      start = end
    }
    tokens += pieces
  }

  private func longestPiece(of word: [Unicode.Scalar], from start: Int) -> (Int32, Int)? {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: word[start...])
    var end = word.count
    while end > start {
      if let piece = (start == 0 ? initial : continuing)[String(text)] { return (piece, end) }
      text.removeLast()
      end -= 1
    }
    return nil
  }
}

extension WordPiece {
  /// Cleans `text` and splits it at white space, around punctuation and around ideographs.
  static func words(of text: String) -> [[Unicode.Scalar]] {
    var words: [[Unicode.Scalar]] = []
    var word: [Unicode.Scalar] = []
    func endWord() {
      if !word.isEmpty { words.append(word) }
      word.removeAll(keepingCapacity: true)
    }
    for scalar in text.unicodeScalars {
      if isSpace(scalar) {
        endWord()
      } else if isIdeograph(scalar) {
        endWord()
        words.append([scalar])
      } else if !isDropped(scalar) {
        for lowered in fold(scalar) {
          guard isPunctuation(lowered) else {
            word.append(lowered)
            continue
          }
          endWord()
          words.append([lowered])
        }
      }
    }
    endWord()
    return words
  }

  /// Without accents, in lower case.
  private static func fold(_ scalar: Unicode.Scalar) -> String.UnicodeScalarView {
    var plain = String.UnicodeScalarView()
    AccentFolding.append(scalar, to: &plain)
    var lowered = String.UnicodeScalarView()
    for scalar in plain {
      lowered.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
    }
    return lowered
  }

  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace
  }

  /// `_clean_text`: nothing, the replacement character, controls.
  private static func isDropped(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value == 0 || scalar.value == 0xFFFD { return true }
    switch scalar.properties.generalCategory {
    case .control, .format, .privateUse, .unassigned, .surrogate: return true
    default: return false
    }
  }

  /// `_is_chinese_char`: the CJK blocks.
  private static func isIdeograph(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0xF900...0xFAFF, 0x20000...0x2A6DF, 0x2A700...0x2CEAF,
      0x2F800...0x2FA1F:
      true
    default: false
    }
  }

  /// `_is_punctuation`: all of ASCII's signs, and Unicode's category P.
  private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 33...47, 58...64, 91...96, 123...126: return true
    case 0..<128: return false
    default: break
    }
    switch scalar.properties.generalCategory {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
      .initialPunctuation, .finalPunctuation, .otherPunctuation:
      return true
    default: return false
    }
  }
}
