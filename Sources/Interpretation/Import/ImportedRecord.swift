import ArenaTypes

/// A record of a known format, told by its members.
///
/// - OpenAI's automated-interpretability: `NeuronRecord` (activations.py) and
///   `NeuronSimulationResults` (explanations.py), one file a neuron.
/// - Neuronpedia: what `/api/feature/MODEL/LAYER/INDEX` answers, and the rows of the exports' tables
///   `features`, `activations`, `explanations` and `source` (export-data.py).
enum ImportedRecord {
  case openAINeuron(JSONRecord)
  case openAIExplanations(JSONRecord)
  case neuronpediaFeature(JSONRecord)
  case neuronpediaActivation(JSONRecord)
  case neuronpediaExplanation(JSONRecord)
  case neuronpediaSource(JSONRecord)

  /// What `record` is.
  ///
  /// - Throws: Where it is nothing known.
  init(_ record: JSONRecord) throws(JSONFault) {
    if record.has("neuron_id") {
      self =
        record.has("scored_explanations") ? .openAIExplanations(record) : .openAINeuron(record)
      return
    }
    guard record.has("modelId") else {
      throw JSONFault(reason: "has neither neuron_id nor modelId: it is no record of a known kind")
    }
    switch true {
    case record.has("setName"): self = .neuronpediaSource(record)
    case record.has("tokens"): self = .neuronpediaActivation(record)
    case record.has("description"): self = .neuronpediaExplanation(record)
    default: self = .neuronpediaFeature(record)
    }
  }

  /// The unit that the record speaks of; nil for one that speaks of all.
  ///
  /// - Parameter model: The model's name, which OpenAI's records leave out.
  func unit(model: String) throws(JSONFault) -> UnitID? {
    switch self {
    case .openAINeuron(let record), .openAIExplanations(let record):
      let id = try record.record("neuron_id")
      do throws(JSONFault) {
        return UnitID(
          model: model, layer: try id.index("layer_index"), kind: .mlp,
          index: try id.index("neuron_index"))
      } catch {
        throw error.under("neuron_id")
      }
    case .neuronpediaFeature(let record), .neuronpediaActivation(let record),
      .neuronpediaExplanation(let record):
      return try Self.neuronpediaUnit(record)
    case .neuronpediaSource: return nil
    }
  }

  /// `layer` is a number for the model's own neurons, else number, hyphen and dictionary.
  private static func neuronpediaUnit(_ record: JSONRecord) throws(JSONFault) -> UnitID {
    let model = try record.text("modelId")
    guard UnitKind.isName(model) else { throw JSONFault(reason: "is no name").under("modelId") }
    let layer = try record.text("layer")
    let parts = layer.split(separator: "-", maxSplits: 1)
    guard let first = parts.first, let number = Int(first), (0..<10_000).contains(number) else {
      throw JSONFault(reason: "does not begin with the number of a layer").under("layer")
    }
    guard parts.count == 2 else {
      return UnitID(
        model: model, layer: number, kind: .mlp, index: try record.index("index"))
    }
    guard UnitKind.isName(parts[1]) else {
      throw JSONFault(reason: "names no dictionary that can be kept").under("layer")
    }
    let id = UnitID(
      model: model, layer: number, kind: .feature(dictionary: String(parts[1])),
      index: try record.index("index"))
    guard id.parts != nil else { throw JSONFault(reason: "has too long a name") }
    return id
  }

  /// How many texts with activations the record holds; only their presence is looked at.
  var hasTexts: Bool {
    switch self {
    case .openAINeuron(let record): record.has("most_positive_activation_records")
    case .neuronpediaActivation: true
    case .neuronpediaFeature(let record): record.has("activations")
    case .openAIExplanations, .neuronpediaExplanation, .neuronpediaSource: false
    }
  }
}

extension ImportedRecord {
  /// Whose record it is.
  var origin: String {
    switch self {
    case .openAINeuron, .openAIExplanations: "openai/automated-interpretability"
    case .neuronpediaFeature, .neuronpediaActivation, .neuronpediaExplanation, .neuronpediaSource:
      "neuronpedia.org"
    }
  }

  /// Calls `body` with each text of the record.
  func eachText(_ body: (ImportedText) throws(JSONFault) -> Void) throws(JSONFault) {
    switch self {
    case .openAINeuron(let record):
      func take(_ text: JSONRecord, isRandom: Bool) throws(JSONFault) {
        try body(try ImportedText(text, values: "activations", isRandom: isRandom))
      }
      try record.each("most_positive_activation_records") { text throws(JSONFault) in
        try take(text, isRandom: false)
      }
      try record.eachOfLists("random_sample_by_quantile") { text throws(JSONFault) in
        try take(text, isRandom: false)
      }
      try record.each("random_sample") { text throws(JSONFault) in
        try take(text, isRandom: true)
      }
    case .neuronpediaActivation(let record):
      try body(try ImportedText(record, values: "values", isRandom: false))
    case .neuronpediaFeature(let record):
      try record.each("activations") { text throws(JSONFault) in
        try body(try ImportedText(text, values: "values", isRandom: false))
      }
    case .openAIExplanations, .neuronpediaExplanation, .neuronpediaSource: break
    }
  }

  /// What the record says in words of its unit.
  func explanations() throws(JSONFault) -> [ImportedExplanation] {
    var found: [ImportedExplanation] = []
    switch self {
    case .openAIExplanations(let record):
      try record.each("scored_explanations") { entry throws(JSONFault) in
        let simulation =
          entry.has("scored_simulation") ? try entry.record("scored_simulation") : nil
        let value = try simulation?.numberIfAny("ev_correlation_score")
        found.append(
          ImportedExplanation(
            text: try entry.text("explanation"), author: "openai/automated-interpretability",
            score: value.map { SourceScore(name: "ev_correlation_score", value: $0) }))
      }
    case .neuronpediaExplanation(let record):
      found.append(try Self.neuronpediaExplanation(record))
    case .neuronpediaFeature(let record):
      try record.each("explanations") { entry throws(JSONFault) in
        found.append(try Self.neuronpediaExplanation(entry))
      }
    case .openAINeuron, .neuronpediaActivation, .neuronpediaSource: break
    }
    return found
  }

  private static func neuronpediaExplanation(_ record: JSONRecord) throws(JSONFault)
    -> ImportedExplanation
  {
    var score: SourceScore?
    try record.each("scores") { entry throws(JSONFault) in
      guard let value = try entry.numberIfAny("value") else { return }
      let name = try entry.textIfAny("explanationScoreTypeName") ?? "score"
      // Several scores of one kind are several judges; the best speaks for the explanation.
      if score.map({ value > $0.value }) ?? true { score = SourceScore(name: name, value: value) }
    }
    if score == nil, let value = try record.numberIfAny("scoreV2"), value != 0 {
      score = SourceScore(name: "scoreV2", value: value)
    }
    let author = try record.textIfAny("explanationModelName")
    return ImportedExplanation(
      text: try record.text("description"), author: author ?? "neuronpedia", score: score)
  }

  /// What the record says of its unit besides texts and words.
  func facts() throws(JSONFault) -> ImportedFacts {
    guard case .neuronpediaFeature(let record) = self else { return ImportedFacts() }
    let density = try record.numberIfAny("frac_nonzero")
    return ImportedFacts(
      density: density.flatMap { (0...1).contains($0) && $0 > 0 ? $0 : nil },
      promoted: TokenTexts.plain(try record.textsIfAny("pos_str")),
      suppressed: TokenTexts.plain(try record.textsIfAny("neg_str")))
  }

  /// The texts that the units of a source were shown.
  func corpus() throws(JSONFault) -> String? {
    guard case .neuronpediaSource(let record) = self else { return nil }
    return try record.textIfAny("dataset")
  }
}
