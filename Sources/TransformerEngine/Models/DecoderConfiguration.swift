/// The sizes of a decoder-only transformer, and what its blocks are made of.
public struct DecoderConfiguration: Sendable, Hashable {
  /// A family of decoders.
  public enum Architecture: String, Sendable, Hashable, CaseIterable {
    /// RMS norms, rotary positions, grouped key heads, and neurons silu(gate) * up.
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
  /// Floats of a head, an even number.
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
  /// What a file may say; far above public models that fit into memory here.
  enum Limits {
    static let layerCount = 1...1024
    static let hiddenSize = 2...65_536
    static let feedForwardSize = 1...262_144
    static let headCount = 1...1024
    static let headSize = 2...1024
    static let contextLength = 2...1 << 20
    static let vocabularySize = 1...1 << 22
  }

  /// Checks what each reader of sizes leaves to be checked.
  ///
  /// - Throws: `EngineError.unsupported` when sizes contradict each other.
  func check(file: String) throws(EngineError) {
    func unsupported(_ reason: String) -> EngineError { .unsupported(file: file, reason: reason) }
    guard Limits.headSize.contains(headSize), headSize % 2 == 0,
      headCount % keyValueHeadCount == 0, Limits.hiddenSize.contains(attentionSize),
      architecture == .llama || (attentionSize == hiddenSize && keyValueHeadCount == headCount)
    else {
      throw unsupported(
        "\(headCount) heads of \(headSize) with \(keyValueHeadCount) key heads, "
          + "hidden size \(hiddenSize)")
    }
    guard Limits.vocabularySize.contains(vocabularySize) else {
      throw unsupported("\(vocabularySize) tokens")
    }
    guard normEpsilon >= 0, normEpsilon < 1 else { throw unsupported("epsilon \(normEpsilon)") }
    guard let rotary else { return }
    guard rotary.base > 1, rotary.base < 1e12, rotary.size % 2 == 0,
      (2...headSize).contains(rotary.size)
    else { throw unsupported("rotary base \(rotary.base), \(rotary.size) dimensions") }
    guard rotary.frequencies.allSatisfy({ $0.isFinite && $0 >= 0 && $0 < 1e6 }),
      rotary.magnitude.isFinite
    else { throw unsupported("the scaling of its rotary positions") }
  }
}
