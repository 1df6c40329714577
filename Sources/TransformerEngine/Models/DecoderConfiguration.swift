/// The sizes of a decoder-only transformer, and what its blocks are made of.
public struct DecoderConfiguration: Sendable, Hashable {
  /// A family of decoders.
  public enum Architecture: String, Sendable, Hashable, CaseIterable {
    /// RMS norms, rotary positions, grouped key heads, and neurons silu(gate) * up; no biases.
    case llama
    /// Layer norms, learned positions, and neurons gelu_new(up); biases everywhere.
    case gpt2
  }

  /// The family.
  public let architecture: Architecture
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
  /// What normalisation adds to the mean square or the variance.
  public let normEpsilon: Float
  /// How positions turn queries and keys; nil where positions have embeddings instead.
  public let rotary: RotaryPositions?

  /// Whether a neuron is a product of a gate and a linear part, and so can be negative at will.
  public var isGated: Bool { architecture == .llama }

  /// Floats of all heads of a position.
  var attentionSize: Int { headCount * headSize }
  /// Floats of a position's keys (and of its values).
  var keyValueSize: Int { keyValueHeadCount * headSize }
  /// Floats of a position's queries, keys and values together.
  var attentionInputSize: Int { attentionSize + 2 * keyValueSize }
  /// Floats that go into a layer of neurons: gates, then linear parts.
  var neuronInputSize: Int { isGated ? 2 * feedForwardSize : feedForwardSize }
}

extension DecoderConfiguration {
  /// Reads the sizes from a GGUF file's metadata (`llama.*`).
  ///
  /// - Throws: `EngineError` when one is missing or out of all reason, they contradict each other,
  ///   or the model needs what this engine lacks.
  init(_ file: GGUFFile) throws(EngineError) {
    let name = file.contents.name
    let given = try file.string("general.architecture")
    guard let architecture = Architecture(rawValue: given), architecture == .llama else {
      throw .unsupported(file: name, reason: "architecture \(given); llama is needed")
    }
    self.architecture = architecture
    layerCount = try file.integer("llama.block_count", in: 1...1024)
    hiddenSize = try file.integer("llama.embedding_length", in: 1...65_536)
    feedForwardSize = try file.integer("llama.feed_forward_length", in: 1...262_144)
    headCount = try file.integer("llama.attention.head_count", in: 1...1024)
    keyValueHeadCount = try file.integer("llama.attention.head_count_kv", in: 1...1024)
    contextLength = try file.integer("llama.context_length", in: 2...1 << 20)
    vocabularySize = try file.integer("llama.vocab_size", in: 1...1 << 22)
    normEpsilon = Float(try file.number("llama.attention.layer_norm_rms_epsilon"))
    let base = try file.number("llama.rope.freq_base")
    headSize = try file.integer("llama.rope.dimension_count", in: 32...1024)
    guard headSize * headCount == hiddenSize, headCount % keyValueHeadCount == 0 else {
      throw .unsupported(
        file: name,
        reason: "\(headCount) heads of \(headSize) with \(keyValueHeadCount) key heads")
    }
    guard headSize % 32 == 0, base > 1, normEpsilon >= 0 else {
      throw .unsupported(file: name, reason: "head size \(headSize), base \(base)")
    }
    if let scaling = file.metadata["llama.rope.scaling.type"], scaling != .string("none") {
      throw .unsupported(file: name, reason: "scaled rotary positions")
    }
    rotary = RotaryPositions(base: base, size: headSize, turnsHalves: false)
  }
}
