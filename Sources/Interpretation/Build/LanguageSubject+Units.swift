public import ArenaTypes
import TransformerEngine

extension LanguageSubject {
  /// The units of `kind` in `layer`; nil where the model has none.
  public func group(_ kind: UnitKind, layer: Int) -> UnitGroup? {
    let sizes = model.configuration
    let isBlock = (0..<sizes.layerCount).contains(layer)
    let count: Int? =
      switch kind {
      case .mlp: isBlock ? sizes.feedForwardSize : nil
      case .head: isBlock ? sizes.headCount : nil
      case .residual(let name): directionSet(name, layer: layer)?.vectors.count
      case .feature(let name): dictionary(name, layer: layer)?.featureCount
      }
    return count.map { UnitGroup(layer: layer, kind: kind, count: $0) }
  }

  private func directionSet(_ name: String, layer: Int) -> DirectionSet? {
    directions.first { $0.name == name && $0.layer == layer }
  }

  private func dictionary(_ name: String, layer: Int) -> SparseDictionary? {
    dictionaries.first { $0.name == name && $0.configuration.layer == layer }
  }

  /// Runs texts through the model once and hands over the activations of groups of units.
  public func captureActivations(
    of batch: [[Int32]], groups: [UnitGroup],
    _ body: (_ text: Int, _ group: Int, _ activations: UnsafeBufferPointer<Float>) -> Void
  ) throws(InterpretationError) {
    let request = try request(for: groups)
    let captures = try InterpretationError.wrap { () throws(EngineError) in
      try model.capture(request, of: batch)
    }
    for (text, capture) in captures.enumerated() {
      var heads = 0
      var directions = 0
      for (position, group) in groups.enumerated() {
        switch group.kind {
        case .mlp:
          capture.mlp[group.layer]?.values.withUnsafeBufferPointer { body(text, position, $0) }
        case .feature(let name):
          dictionary(name, layer: group.layer).flatMap { capture.dictionaries[$0] }?.values
            .withUnsafeBufferPointer { body(text, position, $0) }
        case .head:
          Self.columns(heads..<heads + group.count, of: capture.heads)
            .withUnsafeBufferPointer { body(text, position, $0) }
          heads += group.count
        case .residual:
          Self.columns(directions..<directions + group.count, of: capture.directions)
            .withUnsafeBufferPointer { body(text, position, $0) }
          directions += group.count
        }
      }
    }
  }

  private func request(for groups: [UnitGroup]) throws(InterpretationError) -> CaptureRequest {
    var request = CaptureRequest()
    for group in groups {
      guard self.group(group.kind, layer: group.layer) == group else {
        throw .engine("\(name) has no units of kind \(group.kind.rawValue) in layer \(group.layer)")
      }
      switch group.kind {
      case .mlp: request.mlpLayers.append(group.layer)
      case .head:
        request.heads += (0..<group.count).map { HeadIndex(layer: group.layer, head: $0) }
      case .residual(let name):
        request.directions += (directionSet(name, layer: group.layer)?.vectors ?? []).map {
          ResidualDirection(layer: group.layer, vector: $0)
        }
      case .feature(let name):
        if let found = dictionary(name, layer: group.layer) { request.dictionaries.append(found) }
      }
    }
    return request
  }

  /// Some columns of a matrix, row-major.
  private static func columns(_ range: Range<Int>, of matrix: ActivationMatrix) -> [Float] {
    if range == 0..<matrix.neuronCount { return matrix.values }
    return (0..<matrix.tokenCount).flatMap { token in
      let start = token * matrix.neuronCount
      return matrix.values[(start + range.lowerBound)..<(start + range.upperBound)]
    }
  }

  /// A short request: with those of others where there is a queue.
  private func capture(
    _ request: CaptureRequest, of tokenIDs: [Int32]
  ) throws(InterpretationError) -> Capture? {
    if let queue {
      return try InterpretationError.wrap { () throws(InferenceRefusal) in
        try queue.results(of: .capture(request, of: [tokenIDs])).first
      }
    }
    return try InterpretationError.wrap { () throws(EngineError) in
      try model.capture(request, of: [tokenIDs]).first
    }
  }

  /// A piece of a text that goes on from what was read before: with those of others where there is a
  /// queue.
  func read(
    _ request: CaptureRequest, of piece: [Int32], after prefix: SequencePrefix?
  ) throws(InterpretationError) -> CapturedPiece {
    let read: [CapturedPiece]
    if let queue {
      read = try InterpretationError.wrap { () throws(InferenceRefusal) in
        try queue.results(of: .reading(request, of: [piece], after: [prefix]))
      }
    } else {
      read = try InterpretationError.wrap { () throws(EngineError) in
        try model.read(request, of: [piece], after: [prefix])
      }
    }
    guard let first = read.first else { throw .engine("nothing was read") }
    return first
  }

  /// Texts that go on from beginnings: with those of others where there is a queue.
  func capture(
    _ request: CaptureRequest, of texts: [[Int32]], after prefixes: [SequencePrefix]
  ) throws(InterpretationError) -> [Capture] {
    if let queue {
      return try InterpretationError.wrap { () throws(InferenceRefusal) in
        try queue.results(of: .capture(request, of: texts, after: prefixes))
      }
    }
    return try InterpretationError.wrap { () throws(EngineError) in
      try model.capture(request, of: texts, prefixes: prefixes)
    }
  }

  /// The unit of that name.
  ///
  /// - Throws: `unknownUnit` where the model, its dictionaries and its directions have none.
  public func unit(_ id: UnitID) throws(InterpretationError) -> ModelUnit {
    guard let parts = id.parts, let group = group(parts.kind, layer: parts.layer),
      parts.index < group.count
    else { throw .unknownUnit(id) }
    switch parts.kind {
    case .mlp: return .neuron(NeuronIndex(layer: parts.layer, neuron: parts.index))
    case .head: return .head(HeadIndex(layer: parts.layer, head: parts.index))
    case .residual(let name):
      let vector = directionSet(name, layer: parts.layer)?.vectors[parts.index] ?? []
      return .direction(ResidualDirection(layer: parts.layer, vector: vector))
    case .feature(let name):
      guard let dictionary = dictionary(name, layer: parts.layer) else { throw .unknownUnit(id) }
      return .feature(FeatureIndex(dictionary: dictionary, feature: parts.index))
    }
  }

  /// The activations of one unit on one text, as the model has them; one each token.
  ///
  /// - Throws: `unknownUnit` where there is no such unit.
  func activations(of id: UnitID, on tokenIDs: [Int32]) throws(InterpretationError) -> [Float] {
    let unit = try unit(id)
    return try capture(unit.request, of: tokenIDs).map(ModelUnit.values) ?? []
  }
}

extension LanguageSubject {
  /// The tokens whose logits a unit raises and lowers most; none for heads, which write what they
  /// read elsewhere, and for features that write into something else than the stream.
  public func tokenEffects(of index: Int, in group: UnitGroup, sign: Int, count: Int)
    throws(InterpretationError) -> (promoted: [Int32], suppressed: [Int32])
  {
    guard let direction = try outputDirection(of: index, in: group),
      direction.count == model.configuration.hiddenSize
    else { return ([], []) }
    let effects = try InterpretationError.wrap { () throws(EngineError) in
      try model.tokenEffects(of: direction.map { $0 * Float(sign) }, count: count)
    }
    return (effects.promoted.map(\.token), effects.suppressed.map(\.token))
  }

  private func outputDirection(of index: Int, in group: UnitGroup) throws(InterpretationError)
    -> [Float]?
  {
    try InterpretationError.wrap { () throws(EngineError) -> [Float]? in
      switch group.kind {
      case .mlp:
        try model.outputDirection(of: NeuronIndex(layer: group.layer, neuron: index))
      case .head: nil
      case .residual(let name): directionSet(name, layer: group.layer)?.vectors[index]
      case .feature(let name):
        try dictionary(name, layer: group.layer)?.outputDirection(of: index)
      }
    }
  }

  /// What each unit of a group reads and writes, as a row of length 1.
  ///
  /// Neurons: gate, where there is one, up and down weights. Features: their row of the encoder.
  public func weightRows(of group: UnitGroup) throws(InterpretationError) -> [Float] {
    try InterpretationError.wrap { () throws(EngineError) -> [Float] in
      var rows: [Float] = []
      for index in 0..<group.count {
        switch group.kind {
        case .mlp: rows += try neuronRow(NeuronIndex(layer: group.layer, neuron: index))
        case .head: return []
        case .residual(let name):
          rows += Vectors.normalised(directionSet(name, layer: group.layer)?.vectors[index] ?? [])
        case .feature(let name):
          rows += Vectors.normalised(
            try dictionary(name, layer: group.layer)?.inputDirection(of: index) ?? [])
        }
      }
      return rows
    }
  }

  private func neuronRow(_ neuron: NeuronIndex) throws(EngineError) -> [Float] {
    let input = try model.inputDirections(of: neuron)
    let output = try model.outputDirection(of: neuron)
    // Each part has its own length, so that none of them outweighs the others.
    return Vectors.normalised(
      (input.gate.map(Vectors.normalised) ?? []) + Vectors.normalised(input.up)
        + Vectors.normalised(output))
  }
}
