public import TransformerEngine

/// One unit of a language model, of any kind.
public enum ModelUnit: Hashable, Sendable {
  /// A neuron of an MLP layer.
  case neuron(NeuronIndex)
  /// An attention head; its activation is the length of what it adds to the residual stream.
  case head(HeadIndex)
  /// A direction of the residual stream.
  case direction(ResidualDirection)
  /// A feature of a sparse dictionary.
  case feature(FeatureIndex)

  /// What reads this unit.
  public var request: CaptureRequest {
    switch self {
    case .neuron(let index): CaptureRequest(neurons: [index])
    case .head(let index): CaptureRequest(heads: [index])
    case .direction(let direction): CaptureRequest(directions: [direction])
    case .feature(let index): CaptureRequest(features: [index])
    }
  }

  /// The raw activations of this unit on each text, one a token.
  ///
  /// - Throws: `engine` where the model has no such unit, or a text is too long.
  public func activations(
    on texts: [[Int32]], in model: LanguageModel
  ) throws(InterpretationError) -> [[Float]] {
    let request = request
    let captures = try InterpretationError.wrap { () throws(EngineError) in
      try model.capture(request, of: texts)
    }
    return captures.map(Self.values)
  }

  /// What the `request` of one unit has read, one value a token.
  static func values(in capture: Capture) -> [Float] {
    [capture.neurons, capture.heads, capture.directions, capture.features].flatMap(\.values)
  }
}

// MARK: Siblings

extension ModelUnit {
  /// The units that this one is compared with: all of its kind and layer; a direction stands alone.
  struct Siblings {
    /// How many there are, this one included.
    let count: Int
    /// This one's place among them.
    let own: Int
    /// What reads them all.
    let request: CaptureRequest

    /// [tokens, count], row-major.
    func values(in capture: Capture) -> [Float] {
      let matrices =
        [capture.heads, capture.directions] + capture.mlp.values + capture.dictionaries.values
      return matrices.flatMap(\.values)
    }
  }

  func siblings(in model: LanguageModel) -> Siblings {
    switch self {
    case .neuron(let index):
      return Siblings(
        count: model.configuration.feedForwardSize, own: index.neuron,
        request: CaptureRequest(mlpLayers: [index.layer]))
    case .head(let index):
      let heads = (0..<model.configuration.headCount).map {
        HeadIndex(layer: index.layer, head: $0)
      }
      return Siblings(
        count: heads.count, own: index.head, request: CaptureRequest(heads: heads))
    case .direction: return Siblings(count: 1, own: 0, request: request)
    case .feature(let index):
      return Siblings(
        count: index.dictionary.featureCount, own: index.feature,
        request: CaptureRequest(dictionaries: [index.dictionary]))
    }
  }

  /// The sibling at a place.
  func sibling(_ place: Int) -> ModelUnit {
    switch self {
    case .neuron(let index): .neuron(NeuronIndex(layer: index.layer, neuron: place))
    case .head(let index): .head(HeadIndex(layer: index.layer, head: place))
    case .direction: self
    case .feature(let index):
      .feature(FeatureIndex(dictionary: index.dictionary, feature: place))
    }
  }
}

// MARK: Weights

extension ModelUnit {
  /// A direction of the residual stream that a unit reads.
  public struct Input: Sendable, Hashable {
    /// `gate` or `up` of a neuron, `encoder` of a feature, `direction` of a direction.
    public let name: String
    /// [hiddenSize].
    public let direction: [Float]
  }

  /// What the unit reads; nothing for heads, which read by way of other tokens, and for features that
  /// read something else than the stream.
  ///
  /// - Throws: `engine` where the model has no such unit.
  public func inputs(in model: LanguageModel) throws(InterpretationError) -> [Input] {
    try InterpretationError.wrap { () throws(EngineError) -> [Input] in
      switch self {
      case .neuron(let index):
        let (gate, up) = try model.inputDirections(of: index)
        let gates = gate.map { [Input(name: "gate", direction: $0)] } ?? []
        return gates + [Input(name: "up", direction: up)]
      case .head: return []
      case .direction(let direction):
        return [Input(name: "direction", direction: direction.vector)]
      case .feature(let index):
        let direction = try index.dictionary.inputDirection(of: index.feature)
        let isOfStream = direction.count == model.configuration.hiddenSize
        return isOfStream ? [Input(name: "encoder", direction: direction)] : []
      }
    }
  }

  /// The one direction of the residual stream that the unit writes, [hiddenSize]; nil for heads, and
  /// for features whose dictionary has no decoder or writes elsewhere.
  ///
  /// - Throws: `engine` where the model has no such unit.
  public func output(in model: LanguageModel) throws(InterpretationError) -> [Float]? {
    try InterpretationError.wrap { () throws(EngineError) -> [Float]? in
      switch self {
      case .neuron(let index): return try model.outputDirection(of: index)
      case .head: return nil
      case .direction(let direction): return direction.vector
      case .feature(let index):
        let direction = try index.dictionary.outputDirection(of: index.feature)
        return direction?.count == model.configuration.hiddenSize ? direction : nil
      }
    }
  }

  /// What the unit reads and writes as one row of length 1; empty where that can't be compared.
  func weights(in model: LanguageModel) throws(InterpretationError) -> [Float] {
    var parts = try inputs(in: model).map(\.direction)
    if case .direction = self {} else if let output = try output(in: model) { parts.append(output) }
    // Each part has its own length, so that none of them outweighs the others.
    return Vectors.normalised(parts.flatMap(Vectors.normalised))
  }
}
