/// SentencePiece's byte-pair encoding, as of Llama 1 and 2 and their like: spaces are written ▁,
/// pairs of any tokens merge, and what has no token is written byte by byte.
public struct SentencePieceBPE: Tokenizer {
  /// Where a space is put before a text.
  enum Prefix: Sendable {
    /// Nowhere.
    case none
    /// Before each stretch of text between added tokens.
    case always
    /// Before each stretch that doesn't begin with a space.
    case unlessSpace
    /// Before the whole text, unless it begins with a space or an added token.
    case first
  }

  /// Where a text is cut before pairs are merged.
  enum Cut: Sendable {
    /// Nowhere.
    case none
    /// Before each space.
    case beforeSpaces
    /// Before the first of some spaces; no different from `none` where no token spans such a place.
    case beforeWords
  }

  /// What a vocabulary file says beside its tokens and merges.
  struct Options: Sendable {
    var prefix = Prefix.always
    var cut = Cut.none
    /// Tokens that follow each other and are all unknown become one.
    var fusesUnknown = true
    var specialTokens = SpecialTokens()
    var added = AddedTokens()
    /// Tokens that stand for single bytes; -1 where there is none.
    var byteTokens = [Int32](repeating: -1, count: 256)
  }

  /// ▁, U+2581.
  static let space: [UInt8] = [0xE2, 0x96, 0x81]

  let options: Options
  let merges: PairTable
  /// Tokens by their bytes, spaces written ▁; also characters that only parts of tokens are, with
  /// numbers behind the last token's.
  let pieces: PieceTable
  let cache = SharedWordCache()
  /// Those characters, in order.
  let characters: [[UInt8]]
  private let tokens: TokenBytes

  /// A vocabulary whose merges are given.
  init(
    vocabulary: [String], merges: [(left: Substring, right: Substring)], options: Options,
    file: String
  ) throws(EngineError) {
    let pieces = try Self.pieces(vocabulary, options, capacity: vocabulary.count, file: file)
    guard merges.count <= VocabularyLimits.mergeCountMax else {
      throw .malformed(file: file, reason: "\(merges.count) merges")
    }
    var pairs = PairTable(capacity: merges.count)
    for (rank, merge) in merges.enumerated() {
      guard let left = pieces.find(String(merge.left)),
        let right = pieces.find(String(merge.right)),
        let token = pieces.find(String(merge.left + merge.right))
      else { throw .malformed(file: file, reason: "merge \(rank) isn't of tokens") }
      pairs.insert(left, right, rank: UInt32(rank), token: token)
    }
    self.init(vocabulary, [], pieces, pairs, options)
  }

  /// A vocabulary whose tokens have scores: of all pairs that make a token, the one whose token has
  /// the highest score is merged first (llama.cpp, llm_tokenizer_spm; SentencePiece, bpe_model.cc).
  init(
    vocabulary: [String], scores: [Double], options: Options, file: String
  ) throws(EngineError) {
    guard scores.count == vocabulary.count else {
      throw .malformed(file: file, reason: "\(scores.count) scores of \(vocabulary.count) tokens")
    }
    var scalars: Set<UInt32> = []
    for text in vocabulary { scalars.formUnion(text.unicodeScalars.lazy.map(\.value)) }
    var pieces = try Self.pieces(
      vocabulary, options, capacity: vocabulary.count + scalars.count, file: file)
    var characters: [[UInt8]] = []
    for scalar in scalars.sorted() {
      var bytes: [UInt8] = []
      UTF8Scalar.append(scalar, to: &bytes)
      if pieces.find(bytes) != nil { continue }
      pieces.insert(bytes, Int32(vocabulary.count + characters.count))
      characters.append(bytes)
    }
    let merged = ScoredMerges(vocabulary, scores, pieces)
    self.init(vocabulary, characters, pieces, merged.pairs, options)
  }

  private init(
    _ vocabulary: [String], _ characters: [[UInt8]], _ pieces: PieceTable, _ pairs: PairTable,
    _ options: Options
  ) {
    var options = options
    if options.cut == .none, pieces.find(Self.space).map({ $0 < vocabulary.count }) == true,
      !vocabulary.contains(where: Self.spansWords)
    {
      options.cut = .beforeWords
    }
    self.options = options
    self.pieces = pieces
    self.characters = characters
    merges = pairs
    var tokens = TokenBytes()
    let added = options.added.tokens
    var bytes: [Int32: UInt8] = [:]
    for (byte, token) in options.byteTokens.enumerated() where token >= 0 {
      bytes[token] = UInt8(byte)
    }
    for (index, text) in vocabulary.enumerated() {
      if let byte = bytes[Int32(index)] {
        tokens.append([byte])
      } else if added.contains(Int32(index)) {
        tokens.append(text.utf8)
      } else {
        tokens.append(Self.plain(text))
      }
    }
    self.tokens = tokens
  }

  /// Whether a ▁ stands behind something else.
  private static func spansWords(_ text: String) -> Bool {
    var isBehindSpace = true
    for scalar in text.unicodeScalars {
      if scalar == "\u{2581}", !isBehindSpace { return true }
      isBehindSpace = scalar == "\u{2581}"
    }
    return false
  }

  /// The tokens that texts are made of: neither control tokens nor bytes, whose names a text could
  /// spell.
  private static func pieces(
    _ vocabulary: [String], _ options: Options, capacity: Int, file: String
  ) throws(EngineError) -> PieceTable {
    guard vocabulary.count <= VocabularyLimits.tokenCountMax else {
      throw .malformed(file: file, reason: "\(vocabulary.count) tokens")
    }
    var pieces = PieceTable(capacity: capacity)
    let bytes = Set(options.byteTokens)
    for (index, text) in vocabulary.enumerated() {
      let token = Int32(index)
      if !options.added.isControl(token), !bytes.contains(token), !text.isEmpty {
        pieces.insert(Array(text.utf8), token)
      }
    }
    return pieces
  }

  /// `text` with spaces for ▁.
  private static func plain(_ text: String) -> [UInt8] {
    var out: [UInt8] = []
    for scalar in text.unicodeScalars {
      UTF8Scalar.append(scalar == "\u{2581}" ? 0x20 : scalar.value, to: &out)
    }
    return out
  }

  /// How many tokens there are.
  public var vocabularySize: Int { tokens.count }

  /// The tokens with a meaning of their own.
  public var specialTokens: SpecialTokens { options.specialTokens }

  /// The bytes of `token`; none when there is no such token.
  public func bytes(of token: Int32) -> [UInt8] { tokens[token] }

  /// The text of `tokens` together, without the space that ``encode(_:allowsSpecial:)`` puts before.
  public func decode(_ tokens: some Sequence<Int32>) -> String {
    let bytes = tokens.flatMap { self.tokens[$0] }
    let isPrefixed = options.prefix != .none && bytes.first == 0x20
    return String(decoding: isPrefixed ? bytes[1...] : bytes[...], as: UTF8.self)
  }

  /// The token that is exactly `text`, white space included; nil when it takes more than one.
  public func token(for text: String) -> Int32? {
    var written: [UInt8] = []
    for byte in text.utf8 {
      if byte == 0x20 { written += Self.space } else { written.append(byte) }
    }
    guard let token = pieces.find(written), token < vocabularySize else { return nil }
    return token
  }
}
