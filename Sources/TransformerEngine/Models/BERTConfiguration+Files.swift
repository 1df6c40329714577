extension BERTConfiguration {
  /// What a file may say; far above public encoders.
  private enum Limits {
    static let layerCount = 1...256
    static let size = 2...65_536
    static let headCount = 1...1024
    static let vocabularySize = 1...1 << 22
    static let positionCount = 2...1 << 20
  }

  /// Reads the sizes from a GGUF file's metadata (`bert.*`).
  ///
  /// - Throws: `EngineError` when one is missing or out of all reason, or the file isn't an encoder
  ///   with mean pooling.
  init(_ file: GGUFFile) throws(EngineError) {
    func unsupported(_ reason: String) -> EngineError {
      .unsupported(file: file.contents.name, reason: reason)
    }
    let architecture = try file.string("general.architecture")
    guard architecture == "bert" else { throw unsupported("architecture \(architecture)") }
    // 1 is the mean in llama.cpp's `llama_pooling_type`; older files say nothing.
    guard [nil, .integer(1)].contains(file.metadata["bert.pooling_type"]) else {
      throw unsupported("pooling other than the mean")
    }
    let positions = try file.integer("bert.context_length", in: Limits.positionCount)
    guard let words = file.tensors["token_embd.weight"], words.dimensions.count == 2,
      Limits.vocabularySize.contains(words.dimensions[1])
    else { throw .malformed(file: file.contents.name, reason: "no tensor token_embd.weight") }
    self.init(
      layerCount: try file.integer("bert.block_count", in: Limits.layerCount),
      hiddenSize: try file.integer("bert.embedding_length", in: Limits.size),
      feedForwardSize: try file.integer("bert.feed_forward_length", in: Limits.size),
      headCount: try file.integer("bert.attention.head_count", in: Limits.headCount),
      vocabularySize: words.dimensions[1], positionCount: positions, tokenCountMax: positions,
      normEpsilon: Float(try file.number("bert.attention.layer_norm_epsilon")))
  }

  /// Reads the sizes from a checkpoint's `config.json`, as transformers writes it.
  ///
  /// - Parameter tokenCountMax: Where texts are cut; nil for all positions that there are.
  /// - Throws: `EngineError` when one is missing or out of all reason, or the model needs what this
  ///   engine lacks.
  init(_ json: JSONValue, tokenCountMax: Int?, file: String) throws(EngineError) {
    func integer(_ key: String, _ range: ClosedRange<Int>) throws(EngineError) -> Int {
      guard let value = json[key]?.integer, range.contains(value) else {
        throw .malformed(file: file, reason: "\(key) isn't an integer in \(range)")
      }
      return value
    }
    guard json["model_type"]?.string == "bert", json["hidden_act"]?.string ?? "gelu" == "gelu",
      json["position_embedding_type"]?.string ?? "absolute" == "absolute"
    else { throw .unsupported(file: file, reason: "not a BERT with gelu and absolute positions") }
    let positions = try integer("max_position_embeddings", Limits.positionCount)
    self.init(
      layerCount: try integer("num_hidden_layers", Limits.layerCount),
      hiddenSize: try integer("hidden_size", Limits.size),
      feedForwardSize: try integer("intermediate_size", Limits.size),
      headCount: try integer("num_attention_heads", Limits.headCount),
      vocabularySize: try integer("vocab_size", Limits.vocabularySize),
      positionCount: positions, tokenCountMax: min(tokenCountMax ?? positions, positions),
      normEpsilon: Float(json["layer_norm_eps"]?.number ?? 1e-12))
  }
}
