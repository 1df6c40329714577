extension GGUFFile {
  /// The tokenizer that the file describes (`tokenizer.ggml.*`): byte-level BPE, SentencePiece's BPE
  /// or WordPiece.
  ///
  /// - Throws: `EngineError` when entries are missing, contradict each other, or are for a tokenizer
  ///   that this engine doesn't have.
  public func tokenizer() throws(EngineError) -> any Tokenizer {
    switch try string("tokenizer.ggml.model") {
    case "gpt2": return try ByteLevelBPE(self)
    case "llama": return try SentencePieceBPE(self)
    case "bert": return try WordPiece(self)
    case let model: throw .unsupported(file: contents.name, reason: "tokenizer \(model)")
    }
  }
}

extension ByteLevelBPE {
  /// Pre-tokenizers by llama.cpp's names (llama-vocab.cpp).
  private static let preTokenizers: [String: PreTokenizer] = [
    "gpt-2": .gpt2, "phi-2": .gpt2, "mpt": .gpt2, "olmo": .gpt2,
    "smollm": .digitsThenGPT2, "starcoder": .digitsThenGPT2, "refact": .digitsThenGPT2,
    "command-r": .digitsThenGPT2, "codeshell": .digitsThenGPT2, "exaone": .digitsThenGPT2,
    "llama-bpe": .llama3, "llama3": .llama3, "llama-v3": .llama3, "falcon3": .llama3,
    "qwen2": .qwen2, "deepseek-r1-qwen": .qwen2, "stablelm2": .qwen2,
  ]

  /// Reads `tokenizer.ggml.tokens` and `tokenizer.ggml.merges`.
  ///
  /// - Throws: `EngineError` when they are missing, contradict each other, or are for a tokenizer
  ///   that this engine doesn't have.
  public init(_ file: GGUFFile) throws(EngineError) {
    let model = try file.string("tokenizer.ggml.model")
    let pre = try file.string("tokenizer.ggml.pre")
    guard model == "gpt2", let preTokenizer = Self.preTokenizers[pre] else {
      throw .unsupported(
        file: file.contents.name, reason: "tokenizer \(model) with pre-tokenizer \(pre)")
    }
    let vocabulary = try file.strings("tokenizer.ggml.tokens")
    var special = SpecialTokens(file, vocabularySize: vocabulary.count)
    if preTokenizer == .llama3, file.metadata["tokenizer.ggml.add_bos_token"] == nil {
      special.addsBegin = true
    }
    let options = Options(
      preTokenizer: preTokenizer, ignoresMerges: preTokenizer == .llama3, specialTokens: special,
      added: try AddedTokens(file, vocabulary: vocabulary))
    let merges = try file.strings("tokenizer.ggml.merges")
    try self.init(
      vocabulary: vocabulary, merges: merges.map(Self.parts), options: options,
      file: file.contents.name)
  }
}

extension SentencePieceBPE {
  /// Reads `tokenizer.ggml.tokens`, `tokenizer.ggml.scores` and `tokenizer.ggml.token_type`.
  ///
  /// - Throws: `EngineError` when they are missing or contradict each other.
  public init(_ file: GGUFFile) throws(EngineError) {
    let vocabulary = try file.strings("tokenizer.ggml.tokens")
    var options = Options()
    options.specialTokens = SpecialTokens(file, vocabularySize: vocabulary.count)
    // What llama.cpp takes for granted where a file doesn't say.
    for (name, path, token) in [
      ("bos", \SpecialTokens.begin, 1), ("eos", \.end, 2), ("unknown", \.unknown, 0),
    ] as [(String, WritableKeyPath<SpecialTokens, Int32?>, Int32)]
    where file.metadata["tokenizer.ggml.\(name)_token_id"] == nil && token < vocabulary.count {
      options.specialTokens[keyPath: path] = token
    }
    options.specialTokens.addsBegin =
      file.metadata["tokenizer.ggml.add_bos_token"] != .bool(false)
    options.added = try AddedTokens(file, vocabulary: vocabulary)
    if file.metadata["tokenizer.ggml.add_space_prefix"] == .bool(false) { options.prefix = .none }
    options.byteTokens = try Self.byteTokens(file, vocabulary)
    // Each unknown character is a token of its own there.
    options.fusesUnknown = false
    try self.init(
      vocabulary: vocabulary, scores: file.numbers("tokenizer.ggml.scores"), options: options,
      file: file.contents.name)
  }

  /// The tokens of type 6, named `<0x00>` to `<0xFF>`.
  private static func byteTokens(
    _ file: GGUFFile, _ vocabulary: [String]
  ) throws(EngineError) -> [Int32] {
    guard case .array(let types) = file.metadata["tokenizer.ggml.token_type"] else {
      throw .malformed(
        file: file.contents.name, reason: "tokenizer.ggml.token_type isn't one for each token")
    }
    var tokens = [Int32](repeating: -1, count: 256)
    for (index, (text, type)) in zip(vocabulary, types).enumerated() where type == .integer(6) {
      guard let byte = byte(named: text) else {
        throw .malformed(file: file.contents.name, reason: "byte token \(index) is named \(text)")
      }
      tokens[Int(byte)] = Int32(index)
    }
    return tokens
  }

  /// The byte of a name such as `<0x0A>`; nil for other texts.
  static func byte(named text: String) -> UInt8? {
    guard text.utf8.count == 6, text.hasPrefix("<0x"), text.hasSuffix(">") else { return nil }
    return UInt8(text.dropFirst(3).dropLast(), radix: 16)
  }
}

extension WordPiece {
  /// Reads `tokenizer.ggml.tokens`, where pieces that begin a word are written with ▁ before and
  /// others as they are.
  ///
  /// - Throws: `EngineError.malformed` when they are missing or lack `[UNK]`, `[CLS]` or `[SEP]`.
  public init(_ file: GGUFFile) throws(EngineError) {
    let vocabulary = try file.strings("tokenizer.ggml.tokens").map { text in
      if text.unicodeScalars.first == "\u{2581}" {
        String(text.unicodeScalars.dropFirst())
      } else if text.hasPrefix("["), text.hasSuffix("]") {
        text
      } else {
        Self.continuation + text
      }
    }
    try self.init(vocabulary: vocabulary, options: Options(), file: file.contents.name)
  }
}
