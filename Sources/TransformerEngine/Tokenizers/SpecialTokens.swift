/// The tokens of a vocabulary that have a meaning of their own; nil where it has none.
public struct SpecialTokens: Sendable, Hashable {
  /// Begins a text (`<s>`, `[CLS]`).
  public var begin: Int32?
  /// Ends a text (`</s>`, `<|endoftext|>`, `[SEP]`).
  public var end: Int32?
  /// Stands for what the vocabulary can't express.
  public var unknown: Int32?
  /// Fills up shorter sequences of a batch.
  public var padding: Int32?
  /// Whether the model was trained with `begin` before each text, as its file says.
  public var addsBegin = false

  /// Special tokens.
  public init(
    begin: Int32? = nil, end: Int32? = nil, unknown: Int32? = nil, padding: Int32? = nil,
    addsBegin: Bool = false
  ) {
    self.begin = begin
    self.end = end
    self.unknown = unknown
    self.padding = padding
    self.addsBegin = addsBegin
  }
}

extension SpecialTokens {
  /// Reads `tokenizer.ggml.*_token_id`; ids outside of the vocabulary count as missing, as in
  /// llama.cpp.
  init(_ file: GGUFFile, vocabularySize: Int) {
    func token(_ name: String) -> Int32? {
      guard case .integer(let value) = file.metadata["tokenizer.ggml.\(name)_token_id"],
        value >= 0, value < vocabularySize
      else { return nil }
      return Int32(exactly: value)
    }
    self.init(
      begin: token("bos"), end: token("eos"), unknown: token("unknown"), padding: token("padding"),
      addsBegin: file.metadata["tokenizer.ggml.add_bos_token"] == .bool(true))
  }
}

extension AddedTokens {
  /// The control (3), user-defined (4) and unknown (2) tokens of `tokenizer.ggml.token_type`.
  ///
  /// - Throws: `EngineError.malformed` when there isn't one type a token.
  init(_ file: GGUFFile, vocabulary: [String]) throws(EngineError) {
    guard let types = file.metadata["tokenizer.ggml.token_type"] else {
      self.init()
      return
    }
    guard case .array(let values) = types, values.count == vocabulary.count else {
      throw .malformed(
        file: file.contents.name, reason: "tokenizer.ggml.token_type isn't one for each token")
    }
    var entries: [Entry] = []
    for (index, value) in values.enumerated() {
      guard [.integer(2), .integer(3), .integer(4)].contains(value) else { continue }
      entries.append(
        Entry(text: vocabulary[index], token: Int32(index), isControl: value != .integer(4)))
    }
    self.init(entries)
  }
}
