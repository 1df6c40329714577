/// The sizes of a Llama model, read from its GGUF metadata (`llama.*`).
public struct LlamaConfiguration: Sendable, Hashable {
  /// Transformer blocks.
  public let layerCount: Int
  /// Floats of a position in the residual stream.
  public let hiddenSize: Int
  /// Neurons of an MLP layer.
  public let feedForwardSize: Int
  /// Query heads.
  public let headCount: Int
  /// Key and value heads, each serving headCount / keyValueHeadCount query heads.
  public let keyValueHeadCount: Int
  /// Floats of a head.
  public let headSize: Int
  /// Tokens of the vocabulary.
  public let vocabularySize: Int
  /// The most positions that the model was trained for, the sink included.
  public let contextLength: Int
  /// What RMS normalisation adds to the mean square.
  public let rmsEpsilon: Float
  /// The base of the rotary frequencies.
  public let rotaryBase: Double

  /// Reads the sizes.
  ///
  /// - Throws: `EngineError` when one is missing or out of all reason, they contradict each other,
  ///   or the model needs what this engine lacks (scaled rotary positions).
  public init(_ file: GGUFFile) throws(EngineError) {
    let name = file.contents.name
    let architecture = try file.string("general.architecture")
    guard architecture == "llama" else {
      throw .unsupported(file: name, reason: "architecture \(architecture); llama is needed")
    }
    layerCount = try file.integer("llama.block_count", in: 1...1024)
    hiddenSize = try file.integer("llama.embedding_length", in: 1...65_536)
    feedForwardSize = try file.integer("llama.feed_forward_length", in: 1...262_144)
    headCount = try file.integer("llama.attention.head_count", in: 1...1024)
    keyValueHeadCount = try file.integer("llama.attention.head_count_kv", in: 1...1024)
    contextLength = try file.integer("llama.context_length", in: 2...1 << 20)
    vocabularySize = try file.integer("llama.vocab_size", in: 1...1 << 22)
    rmsEpsilon = Float(try file.number("llama.attention.layer_norm_rms_epsilon"))
    rotaryBase = try file.number("llama.rope.freq_base")
    headSize = try file.integer("llama.rope.dimension_count", in: 32...1024)
    guard headSize * headCount == hiddenSize, headCount % keyValueHeadCount == 0 else {
      throw .unsupported(
        file: name,
        reason: "\(headCount) heads of \(headSize) with \(keyValueHeadCount) key heads")
    }
    guard headSize % 32 == 0, rotaryBase > 1, rmsEpsilon >= 0 else {
      throw .unsupported(file: name, reason: "head size \(headSize), base \(rotaryBase)")
    }
    if let scaling = file.metadata["llama.rope.scaling.type"], scaling != .string("none") {
      throw .unsupported(file: name, reason: "scaled rotary positions")
    }
  }

  /// Floats of a position's keys (and of its values).
  var keyValueSize: Int { keyValueHeadCount * headSize }
  /// Floats of a position's queries, keys and values together.
  var attentionInputSize: Int { hiddenSize + 2 * keyValueSize }
}
