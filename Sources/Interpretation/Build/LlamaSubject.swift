import ArenaTypes
public import TransformerEngine

/// The engine's Llama as the model whose units a campaign explains.
public struct LlamaSubject: SubjectModel {
  /// The model itself.
  public let llama: LlamaModel
  /// The model's name, as in `UnitID`.
  public let name: String
  /// The SHA-256 of the model's file, in lower-case hexadecimal.
  public let digest: String
  /// What sort of model it is.
  public let architecture = "Llama, SwiGLU feed-forward"

  /// `llama`, called `name`.
  public init(_ llama: LlamaModel, name: String, digest: String) {
    self.llama = llama
    self.name = name
    self.digest = digest
  }

  /// The number of its layers.
  public var layerCount: Int { llama.configuration.layerCount }
  /// The number of feed-forward neurons of a layer.
  public var neuronCount: Int { llama.configuration.feedForwardSize }
  /// The number of tokens of its vocabulary.
  public var vocabularyCount: Int { llama.configuration.vocabularySize }

  /// The tokens of a text.
  public func tokenIDs(of text: String) throws(InterpretationError) -> [Int32] {
    llama.tokenizer.encode(text)
  }

  /// The text of each token by itself.
  public func pieces(of tokenIDs: [Int32]) -> [String] {
    tokenIDs.map { llama.tokenizer.text(of: $0) }
  }

  /// Runs texts through the model and hands over the activations of feed-forward neurons.
  public func captureActivations(
    of batch: [[Int32]], layers: [Int],
    _ body: (_ text: Int, _ layer: Int, _ activations: UnsafeBufferPointer<Float>) -> Void
  ) throws(InterpretationError) {
    let results = try InterpretationError.wrap { () throws(EngineError) in
      try llama.mlpActivations(of: batch, layers: layers)
    }
    for (index, matrices) in results.enumerated() {
      for layer in layers {
        matrices[layer]?.values.withUnsafeBufferPointer { body(index, layer, $0) }
      }
    }
  }

  /// The log-probabilities of the token after each prompt.
  public func nextTokenLogProbabilities(after prompts: [[Int32]])
    throws(InterpretationError) -> [[Float]]
  {
    try InterpretationError.wrap { () throws(EngineError) in
      try llama.nextTokenLogProbabilities(after: prompts)
    }
  }

  /// The tokens whose logits a neuron raises and lowers most.
  public func tokenEffects(layer: Int, neuron: Int, sign: Int, count: Int)
    throws(InterpretationError) -> (promoted: [Int32], suppressed: [Int32])
  {
    let effects = try InterpretationError.wrap { () throws(EngineError) in
      try llama.tokenEffects(
        of: NeuronIndex(layer: layer, neuron: neuron), polarity: Float(sign), count: count)
    }
    return (effects.promoted.map(\.token), effects.suppressed.map(\.token))
  }

  /// What a layer's neurons read and write, each row of length 1.
  public func neuronWeights(layer: Int) throws(InterpretationError) -> [Float] {
    try InterpretationError.wrap { () throws(EngineError) in
      var rows: [Float] = []
      for neuron in 0..<neuronCount {
        let index = NeuronIndex(layer: layer, neuron: neuron)
        let input = try llama.inputDirections(of: index)
        let output = try llama.outputDirection(of: index)
        // Each third has its own length, so that none of them outweighs the others.
        let row =
          Vectors.normalised(input.gate ?? []) + Vectors.normalised(input.up)
          + Vectors.normalised(output)
        rows += Vectors.normalised(row)
      }
      return rows
    }
  }
}

/// The engine's sentence encoder.
public struct MiniLMEmbedder: SentenceEmbedder {
  private let encoder: SentenceEncoder

  /// An embedder over `encoder`.
  public init(_ encoder: SentenceEncoder) { self.encoder = encoder }

  /// The encoder's tokenizer.
  public var tokenizer: WordPiece { encoder.tokenizer }

  /// The number of components of an embedding.
  public var dimension: Int { encoder.dimension }

  /// The embeddings of texts, each of length 1.
  public func embed(_ texts: [String]) throws(InterpretationError) -> [[Float]] {
    encoder.embed(texts)
  }
}

extension InterpretationError {
  /// Turns the engine's errors into this layer's.
  static func wrap<Value>(_ body: () throws(EngineError) -> Value)
    throws(InterpretationError) -> Value
  {
    do {
      return try body()
    } catch {
      throw .engine(error.description)
    }
  }
}
