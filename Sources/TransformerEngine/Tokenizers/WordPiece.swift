/// BERT's WordPiece tokenizer (google-research/bert, tokenization.py), as Hugging Face's tokenizers
/// have it.
///
/// Words are cleaned and split off by ``BERTWords``; each is then cut greedily into the longest
/// pieces of the vocabulary.
public struct WordPiece: Tokenizer {
  /// What a vocabulary file says beside its pieces.
  struct Options: Sendable {
    var words = BERTWords.Options()
    /// Words of more scalars than this become `[UNK]`.
    var wordScalarCountMax = 100
    /// Added tokens beside the five that BERT has.
    var added: [AddedTokens.Entry] = []
    /// The name of the token for what the vocabulary can't express.
    var unknown = "[UNK]"
  }

  /// What is said before a piece that goes on with a word.
  static let continuation = "##"

  let options: Options
  /// Pieces that begin a word.
  let initial: PieceTable
  /// Pieces that go on with one, without their `##`.
  let continuing: PieceTable
  /// Bytes of the longest piece.
  let pieceByteCountMax: Int
  let added: AddedTokens
  let cache = SharedWordCache()
  private let tokens: TokenBytes
  /// The token for what the vocabulary can't express.
  public let unknown: Int32
  /// The token that begins each text.
  public let classify: Int32
  /// The token that ends each text.
  public let separator: Int32
  private let padding: Int32?

  /// Reads a `vocab.txt`: one piece a line, its number from 0 being its id.
  ///
  /// - Throws: `EngineError.malformed` when it isn't UTF-8 or lacks `[UNK]`, `[CLS]` or `[SEP]`.
  public init(vocabulary file: FileContents) throws(EngineError) {
    guard let text = String(validating: file.bytes, as: UTF8.self) else {
      throw .malformed(file: file.name, reason: "it isn't UTF-8")
    }
    var lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    let pieces = lines.map { String(Substring($0.last == 0x0D ? $0.dropLast() : $0)) }
    try self.init(vocabulary: pieces, options: Options(), file: file.name)
  }

  /// A tokenizer of these pieces, those that go on with a word written with `##`.
  init(vocabulary: [String], options: Options, file: String) throws(EngineError) {
    guard vocabulary.count <= VocabularyLimits.tokenCountMax else {
      throw .malformed(file: file, reason: "\(vocabulary.count) pieces")
    }
    var initial = PieceTable(capacity: vocabulary.count)
    var continuing = PieceTable(capacity: vocabulary.count)
    var tokens = TokenBytes()
    var longest = 0
    for (index, piece) in vocabulary.enumerated() {
      let bytes = Array(piece.utf8)
      longest = max(longest, bytes.count)
      // Of two pieces with one text the last counts, as in the reference.
      if bytes.starts(with: Self.continuation.utf8) {
        continuing.replace(Array(bytes.dropFirst(2)), Int32(index))
        tokens.append(bytes.dropFirst(2))
      } else {
        initial.replace(bytes, Int32(index))
        tokens.append([0x20] + bytes)
      }
    }
    guard let unknown = initial.find(options.unknown), let classify = initial.find("[CLS]"),
      let separator = initial.find("[SEP]")
    else {
      throw .malformed(file: file, reason: "it lacks \(options.unknown), [CLS] or [SEP]")
    }
    var entries = options.added
    for name in [options.unknown, "[CLS]", "[SEP]", "[PAD]", "[MASK]"] {
      guard let token = initial.find(name), !entries.contains(where: { $0.token == token }) else {
        continue
      }
      entries.append(AddedTokens.Entry(text: name, token: token, isControl: true))
    }
    added = AddedTokens(entries)
    self.unknown = unknown
    self.classify = classify
    self.separator = separator
    padding = initial.find("[PAD]")
    self.initial = initial
    self.continuing = continuing
    self.options = options
    self.tokens = tokens
    pieceByteCountMax = longest
  }

  /// How many tokens there are.
  public var vocabularySize: Int { tokens.count }

  /// `[CLS]`, `[SEP]`, `[UNK]` and `[PAD]`.
  public var specialTokens: SpecialTokens {
    SpecialTokens(
      begin: classify, end: separator, unknown: unknown, padding: padding, addsBegin: true)
  }

  /// The token's letters, after a space where it begins a word.
  public func bytes(of token: Int32) -> [UInt8] { tokens[token] }

  /// The text of `tokens` together, a space between words; how they were written isn't known.
  public func decode(_ tokens: some Sequence<Int32>) -> String {
    String(decoding: tokens.flatMap(bytes).drop { $0 == 0x20 }, as: UTF8.self)
  }

  /// The token that is exactly `text`, a word or a word's beginning; nil when it takes more than one.
  public func token(for text: String) -> Int32? { initial.find(text) }
}
