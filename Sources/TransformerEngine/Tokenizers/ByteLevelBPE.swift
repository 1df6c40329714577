/// GPT-2's byte-level byte-pair encoding, built from a model file's own vocabulary and merges.
///
/// A byte that has no token in the vocabulary is dropped, as the reference tokenizer does.
public struct ByteLevelBPE: Tokenizer {
  /// A pair's place in the order of merging, and what it becomes.
  struct Merge: Sendable {
    let rank: UInt32
    let token: Int32
  }

  let merges: [UInt64: Merge]
  /// The token of each single byte; -1 where there is none.
  let byteTokens: [Int32]
  /// All tokens' bytes, one after another; token t's are [offsets[t], offsets[t + 1]).
  private let tokenBytes: [UInt8]
  private let offsets: [Int]
  private let tokensByText: [String: Int32]
  /// The tokens with a meaning of their own.
  public let specialTokens: SpecialTokens
  let added: AddedTokens

  /// Reads `tokenizer.ggml.tokens` and `tokenizer.ggml.merges`.
  ///
  /// - Throws: `EngineError` when they are missing, contradict each other, or are for another kind
  ///   of tokenizer than SmolLM2's.
  public init(_ file: GGUFFile) throws(EngineError) {
    let model = try file.string("tokenizer.ggml.model")
    let pre = try file.string("tokenizer.ggml.pre")
    guard model == "gpt2", pre == "smollm" else {
      throw .unsupported(
        file: file.contents.name, reason: "tokenizer \(model) with pre-tokenizer \(pre)")
    }
    let vocabulary = try file.strings("tokenizer.ggml.tokens")
    try self.init(
      vocabulary: vocabulary, merges: file.strings("tokenizer.ggml.merges"),
      specialTokens: SpecialTokens(file, vocabularySize: vocabulary.count),
      added: AddedTokens(file, vocabulary: vocabulary), file: file.contents.name)
  }

  /// A tokenizer of these tokens and merges (`left right`, most frequent first), both written in
  /// GPT-2's alphabet, which has a printable character for each byte.
  ///
  /// - Throws: `EngineError.malformed` when a merge isn't two tokens that make a third.
  public init(vocabulary: [String], merges: [String], file: String) throws(EngineError) {
    try self.init(
      vocabulary: vocabulary, merges: merges, specialTokens: SpecialTokens(), added: AddedTokens(),
      file: file)
  }

  init(
    vocabulary: [String], merges: [String], specialTokens: SpecialTokens, added: AddedTokens,
    file: String
  ) throws(EngineError) {
    guard vocabulary.count < Int32.max else {
      throw .malformed(file: file, reason: "the vocabulary has \(vocabulary.count) tokens")
    }
    var tokensByText: [String: Int32] = [:]
    tokensByText.reserveCapacity(vocabulary.count)
    for (index, text) in vocabulary.enumerated() where tokensByText[text] == nil {
      tokensByText[text] = Int32(index)
    }
    var pairs: [UInt64: Merge] = [:]
    pairs.reserveCapacity(merges.count)
    for (rank, merge) in merges.enumerated() {
      let parts = merge.split(separator: " ", maxSplits: 1)
      guard parts.count == 2, let left = tokensByText[String(parts[0])],
        let right = tokensByText[String(parts[1])],
        let token = tokensByText[String(parts[0] + parts[1])]
      else { throw .malformed(file: file, reason: "merge \(rank) isn't of tokens") }
      let key = Self.key(left, right)
      if pairs[key] == nil { pairs[key] = Merge(rank: UInt32(rank), token: token) }
    }
    self.merges = pairs
    self.specialTokens = specialTokens
    self.added = added
    self.tokensByText = tokensByText
    byteTokens = (0...255).map { byte in
      tokensByText[String(ByteAlphabet.character(for: UInt8(byte)))] ?? -1
    }
    var bytes: [UInt8] = []
    var offsets = [0]
    offsets.reserveCapacity(vocabulary.count + 1)
    for text in vocabulary {
      ByteAlphabet.append(text, to: &bytes)
      offsets.append(bytes.count)
    }
    tokenBytes = bytes
    self.offsets = offsets
  }

  static func key(_ left: Int32, _ right: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
  }

  /// How many tokens there are.
  public var vocabularySize: Int { offsets.count - 1 }

  /// The bytes of `token`; none when there is no such token.
  public func bytes(of token: Int32) -> [UInt8] {
    guard token >= 0, Int(token) < vocabularySize else { return [] }
    return Array(tokenBytes[offsets[Int(token)]..<offsets[Int(token) + 1]])
  }

  /// The token that is exactly `text`, white space included; nil when it takes more than one.
  public func token(for text: String) -> Int32? {
    tokensByText[ByteAlphabet.written(text)]
  }
}
