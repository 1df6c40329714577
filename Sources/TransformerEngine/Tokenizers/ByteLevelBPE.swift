/// GPT-2's byte-level byte-pair encoding, built from a model file's own vocabulary and merges.
///
/// A byte that has no token in the vocabulary is dropped, as the reference tokenizer does.
public struct ByteLevelBPE: Tokenizer {
  /// What a vocabulary file says beside its tokens and merges.
  struct Options: Sendable {
    var preTokenizer = PreTokenizer.digitsThenGPT2
    /// A word that is a token needs no merging (Llama 3).
    var ignoresMerges = false
    /// A space is put before a text that doesn't begin with one.
    var addsPrefixSpace = false
    var specialTokens = SpecialTokens()
    var added = AddedTokens()
  }

  let options: Options
  let merges: PairTable
  /// The token of each single byte; -1 where there is none.
  let byteTokens: [Int32]
  /// Tokens by their bytes.
  let pieces: PieceTable
  let cache = SharedWordCache()
  private let tokens: TokenBytes

  /// A tokenizer of these tokens and merges (`left right`, most frequent first), both written in
  /// GPT-2's alphabet, which has a printable character for each byte; it cuts texts as SmolLM2's.
  ///
  /// - Throws: `EngineError.malformed` when a merge isn't two tokens that make a third.
  public init(vocabulary: [String], merges: [String], file: String) throws(EngineError) {
    try self.init(
      vocabulary: vocabulary, merges: merges.map(Self.parts), options: Options(), file: file)
  }

  /// The two tokens of a merge that is written with a space between them; the right one is empty
  /// where there is no space.
  static func parts(_ merge: String) -> (left: Substring, right: Substring) {
    guard let space = merge.utf8.dropFirst().firstIndex(of: 0x20) else { return (merge[...], "") }
    return (merge[..<space], merge[merge.utf8.index(after: space)...])
  }

  init(
    vocabulary: [String], merges: [(left: Substring, right: Substring)], options: Options,
    file: String
  ) throws(EngineError) {
    guard vocabulary.count <= VocabularyLimits.tokenCountMax,
      merges.count <= VocabularyLimits.mergeCountMax
    else {
      throw .malformed(file: file, reason: "\(vocabulary.count) tokens, \(merges.count) merges")
    }
    self.options = options
    let added = options.added.tokens
    var tokens = TokenBytes()
    var pieces = PieceTable(capacity: vocabulary.count)
    for (index, text) in vocabulary.enumerated() {
      let token = Int32(index)
      guard added.contains(token) else {
        let bytes = ByteAlphabet.read(text)
        tokens.append(bytes)
        pieces.insert(bytes, token)
        continue
      }
      // The names of added tokens aren't written in the alphabet.
      tokens.append(text.utf8)
    }
    // Texts that are written twice go to the token that isn't added.
    for token in added.sorted() where Int(token) < vocabulary.count {
      pieces.insert(Array(vocabulary[Int(token)].utf8), token)
    }
    var pairs = PairTable(capacity: merges.count)
    var both: [UInt8] = []
    for (rank, merge) in merges.enumerated() {
      both.removeAll(keepingCapacity: true)
      ByteAlphabet.append(merge.left, to: &both)
      let cut = both.count
      ByteAlphabet.append(merge.right, to: &both)
      let (left, right, token) = both.withUnsafeBufferPointer { both in
        (
          pieces.find(UnsafeBufferPointer(rebasing: both[..<cut])),
          pieces.find(UnsafeBufferPointer(rebasing: both[cut...])), pieces.find(both)
        )
      }
      guard cut < both.count, let left, let right, let token else {
        throw .malformed(file: file, reason: "merge \(rank) isn't of tokens")
      }
      pairs.insert(left, right, rank: UInt32(rank), token: token)
    }
    self.merges = pairs
    byteTokens = (0...255).map { pieces.find([UInt8($0)]) ?? -1 }
    self.pieces = pieces
    self.tokens = tokens
  }

  /// How many tokens there are.
  public var vocabularySize: Int { tokens.count }

  /// The tokens with a meaning of their own.
  public var specialTokens: SpecialTokens { options.specialTokens }

  /// The bytes of `token`; none when there is no such token.
  public func bytes(of token: Int32) -> [UInt8] { tokens[token] }

  /// The token that is exactly `text`, white space included; nil when it takes more than one.
  public func token(for text: String) -> Int32? { pieces.find(text) }
}
