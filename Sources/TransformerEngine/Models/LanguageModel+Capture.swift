extension LanguageModel {
  /// Reads the units of `request` while each of `sequences` runs once through the model.
  ///
  /// The pass stops after the last place that is needed, and where that is some neurons of a layer,
  /// only those are computed.
  ///
  /// - Parameter prefixes: What each sequence goes on from, which then has at least one token; empty
  ///   where all stand alone.
  /// - Returns: A capture for each sequence, in order.
  /// - Throws: `EngineError.outOfRange` for an unknown token or unit, a sequence too long, or where
  ///   there are not as many prefixes as sequences.
  public func capture(
    _ request: CaptureRequest, of sequences: [[Int32]], prefixes: [SequencePrefix?] = []
  ) throws(EngineError) -> [Capture] {
    let plan = try CapturePlan(request, self)
    let inputs = try self.inputs(sequences, after: prefixes)
    try check(prefixes, depth: request.depth(in: configuration))
    var captures: [Capture] = []
    forEachBatch(inputs, prefixes: prefixes) { pass in
      let run = CaptureRun(plan, pass)
      if plan.end != nil { pass.run(run) }
      captures += run.captures()
    }
    return captures
  }

  /// Checks that the model has every unit of `request`.
  func check(_ request: CaptureRequest) throws(EngineError) {
    try check(request.neurons)
    try check(request.mlpLayers.map { NeuronIndex(layer: $0, neuron: 0) })
    for head in request.heads + request.patterns {
      guard (0..<configuration.layerCount).contains(head.layer),
        (0..<configuration.headCount).contains(head.head)
      else { throw .outOfRange("layer \(head.layer), head \(head.head)") }
    }
    for layer in request.residualLayers + request.directions.map(\.layer)
    where !(0...configuration.layerCount).contains(layer) { throw .outOfRange("layer \(layer)") }
    for direction in request.directions
    where direction.vector.count != configuration.hiddenSize
      || !direction.vector.allSatisfy(\.isFinite)
    {
      throw .outOfRange(
        "a direction of \(direction.vector.count) numbers; \(configuration.hiddenSize) finite ones "
          + "are needed")
    }
    for dictionary in Set(request.features.map(\.dictionary) + request.dictionaries) {
      try check(dictionary)
    }
    for index in request.features
    where !(0..<index.dictionary.featureCount).contains(index.feature) {
      throw .outOfRange("feature \(index.feature) of \(index.dictionary.featureCount)")
    }
  }

  /// Checks that `dictionary` reads what this model has.
  ///
  /// - Throws: `EngineError.outOfRange` when it was made for a model of other sizes.
  public func check(_ dictionary: SparseDictionary) throws(EngineError) {
    let place = dictionary.place
    let layerCount = configuration.layerCount + (place.site == .residual ? 1 : 0)
    guard (0..<layerCount).contains(place.layer),
      dictionary.inputSize == place.site.width(in: configuration)
    else {
      throw .outOfRange(
        "dictionary \(dictionary.name) reads \(dictionary.inputSize) numbers of "
          + "\(place.site) at layer \(place.layer), which this model doesn't have")
    }
  }
}
