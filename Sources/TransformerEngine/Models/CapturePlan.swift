/// A request, checked against a model and sorted by the places where its units are read.
struct CapturePlan {
  /// What becomes of the values at a place.
  enum Reading {
    /// All of them.
    case all
    /// These columns of them.
    case columns([Int])
    /// Their products with the rows of a matrix.
    case directions(PackedMatrix)
    /// A dictionary's features; nil for all.
    case features(SparseDictionary.Encoder)
    /// The length of what each of these heads adds to the stream.
    case headLengths([Int])
  }

  /// A reading, and the columns of which output it fills.
  struct Step {
    let reading: Reading
    let output: Int
    let columns: [Int]
  }

  /// Outputs that every request has; those of whole layers and dictionaries follow.
  enum Output {
    static let neurons = 0, heads = 1, directions = 2, features = 3, count = 4
  }

  let request: CaptureRequest
  /// The columns of each output.
  private(set) var widths: [Int]
  private(set) var steps: [ActivationPlace: [Step]] = [:]
  /// Heads whose attention is wanted, by layer, each once.
  let patterns: [Int: [Int]]
  /// The last place needed; nil when nothing is wanted.
  let end: ActivationPlace?
  /// The rows of ffn_gate_up of the only neurons needed at `end`; nil for all.
  private(set) var chosen: DecoderWeights.Linear?

  /// Outputs of `request.mlpLayers`, `.residualLayers` and `.dictionaries`.
  let mlpOutputs: Range<Int>
  let residualOutputs: Range<Int>
  let dictionaryOutputs: Range<Int>

  init(_ request: CaptureRequest, _ model: LanguageModel) throws(EngineError) {
    try model.check(request)
    let sizes = model.configuration
    self.request = request
    let mlp = Output.count
    let residual = mlp + request.mlpLayers.count
    let dictionary = residual + request.residualLayers.count
    mlpOutputs = mlp..<residual
    residualOutputs = residual..<dictionary
    dictionaryOutputs = dictionary..<dictionary + request.dictionaries.count
    widths = [
      request.neurons.count, request.heads.count, request.directions.count, request.features.count,
    ]
    widths += request.mlpLayers.map { _ in sizes.feedForwardSize }
    widths += request.residualLayers.map { _ in sizes.hiddenSize }
    widths += request.dictionaries.map(\.featureCount)
    patterns = Dictionary(grouping: Set(request.patterns).sorted(), by: \.layer).mapValues {
      $0.map(\.head)
    }
    var places = request.neurons.map { ActivationPlace(layer: $0.layer, site: .neurons) }
    places += request.mlpLayers.map { ActivationPlace(layer: $0, site: .neurons) }
    places += (request.heads + request.patterns).map {
      ActivationPlace(layer: $0.layer, site: .attentionHeads)
    }
    places += request.residualLayers.map { ActivationPlace(layer: $0, site: .residual) }
    places += request.directions.map { ActivationPlace(layer: $0.layer, site: .residual) }
    places += (request.features.map(\.dictionary) + request.dictionaries).map(\.place)
    if request.nextTokenLogits {
      places.append(ActivationPlace(layer: sizes.layerCount, site: .residual))
    }
    end = places.max()
    addLayers()
    addUnits()
    try addDirections(sizes)
    try addFeatures()
    try chooseNeurons(model)
  }

  private mutating func add(
    _ reading: Reading, at place: ActivationPlace, to output: Int, _ columns: [Int]
  ) {
    steps[place, default: []].append(Step(reading: reading, output: output, columns: columns))
  }

  private mutating func addLayers() {
    for (output, layer) in zip(mlpOutputs, request.mlpLayers) {
      add(.all, at: ActivationPlace(layer: layer, site: .neurons), to: output, [])
    }
    for (output, layer) in zip(residualOutputs, request.residualLayers) {
      add(.all, at: ActivationPlace(layer: layer, site: .residual), to: output, [])
    }
  }

  private mutating func addUnits() {
    let neurons = Dictionary(grouping: request.neurons.indices) { request.neurons[$0].layer }
    for (layer, columns) in neurons {
      add(
        .columns(columns.map { request.neurons[$0].neuron }),
        at: ActivationPlace(layer: layer, site: .neurons), to: Output.neurons, columns)
    }
    let heads = Dictionary(grouping: request.heads.indices) { request.heads[$0].layer }
    for (layer, columns) in heads {
      add(
        .headLengths(columns.map { request.heads[$0].head }),
        at: ActivationPlace(layer: layer, site: .attentionHeads), to: Output.heads, columns)
    }
  }

  private mutating func addDirections(_ sizes: DecoderConfiguration) throws(EngineError) {
    let directions = Dictionary(grouping: request.directions.indices) {
      request.directions[$0].layer
    }
    for (layer, columns) in directions {
      let matrix = try PackedMatrix(
        columns.flatMap { request.directions[$0].vector }, rows: columns.count,
        columns: sizes.hiddenSize)
      add(
        .directions(matrix), at: ActivationPlace(layer: layer, site: .residual),
        to: Output.directions, columns)
    }
  }

  private mutating func addFeatures() throws(EngineError) {
    let features = Dictionary(grouping: request.features.indices) {
      request.features[$0].dictionary
    }
    for (dictionary, columns) in features {
      let encoder = try dictionary.encoder(of: columns.map { request.features[$0].feature })
      add(.features(encoder), at: dictionary.place, to: Output.features, columns)
    }
    for (output, dictionary) in zip(dictionaryOutputs, request.dictionaries) {
      add(.features(try dictionary.encoder(of: nil)), at: dictionary.place, to: output, [])
    }
  }

  /// Where a pass ends with some neurons, only those are computed.
  private mutating func chooseNeurons(_ model: LanguageModel) throws(EngineError) {
    guard let end, end.site == .neurons, let last = steps[end], last.count == 1,
      case .columns(let neurons) = last[0].reading
    else { return }
    let sizes = model.configuration
    let inputs = model.weights.layers[end.layer].ffn_gate_up
    let rows = neurons + (sizes.isGated ? neurons.map { $0 + sizes.feedForwardSize } : [])
    chosen = DecoderWeights.Linear(
      weight: try inputs.weight.rows(rows),
      bias: inputs.bias.map { bias in FloatBuffer(rows.map { bias.pointer[$0] }) })
    steps[end] = [
      Step(
        reading: .columns(Array(neurons.indices)), output: last[0].output,
        columns: last[0].columns)
    ]
  }
}
