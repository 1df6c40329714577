import ArenaTypes
import FoundationEssentials

/// Records in the shapes in which OpenAI and Neuronpedia publish theirs, with invented texts: a unit
/// fires on the words of one topic of `ToyModel`, unless the word before is `not`.
final class PublishedRecords {
  let folder: String
  private var generator: SeededGenerator

  init(seed: UInt64 = 9) throws {
    folder = FileManager.default.temporaryDirectory.path + "/records-\(UUID().uuidString)"
    generator = SeededGenerator(seed: seed)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// Writes a file below the folder and returns its path.
  @discardableResult
  func write(_ name: String, _ content: String) throws -> String {
    try write(name, Array(content.utf8))
  }

  @discardableResult
  func write(_ name: String, _ content: [UInt8]) throws -> String {
    let path = "\(folder)/\(name)"
    let parent = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    try FileManager.default.createDirectory(
      atPath: parent.joined(separator: "/"), withIntermediateDirectories: true)
    try Data(content).write(to: URL(filePath: path))
    return path
  }

  /// A text with the activations of a unit of `topic`.
  func text(topic: Int, fires: Bool, length: Int = 64) -> (tokens: [String], values: [Float]) {
    var words = (0..<length).map { _ in ToyModel.fillers.randomElement(using: &generator) ?? "the" }
    let position = Int.random(in: 3..<(length - 2), using: &generator)
    words[position] = ToyModel.topics[topic].randomElement(using: &generator) ?? "storm"
    words[position - 1] = fires ? "a" : "not"
    let values = words.indices.map { index -> Float in
      let isOfTopic = ToyModel.topics[topic].contains(words[index])
      let isNegated = index > 0 && words[index - 1] == "not"
      let noise = Float.random(in: 0..<1, using: &generator)
      return isOfTopic && !isNegated ? 3 + 5 * noise : 0.2 * noise
    }
    return (words.map { " " + $0 }, values)
  }

  static func json(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  static func list(_ texts: [String]) -> String {
    "[" + texts.map(json).joined(separator: ", ") + "]"
  }

  static func list(_ numbers: [Float]) -> String {
    "[" + numbers.map { "\($0)" }.joined(separator: ", ") + "]"
  }
}

extension PublishedRecords {
  private func activationRecord(topic: Int, fires: Bool) -> String {
    let text = text(topic: topic, fires: fires)
    return """
      {"dataclass_name": "ActivationRecord", "tokens": \(Self.list(text.tokens)), \
      "activations": \(Self.list(text.values))}
      """
  }

  private func activationRecords(_ count: Int, topic: Int, fires: (Int) -> Bool) -> String {
    let records = (0..<count).map { activationRecord(topic: topic, fires: fires($0)) }
    return "[" + records.joined(separator: ", ") + "]"
  }

  /// A `NeuronRecord`.
  func openAINeuron(layer: Int, neuron: Int, topic: Int, topCount: Int = 25) -> String {
    let quantiles = (0..<4).map { quantile in
      activationRecords(8, topic: topic) { _ in quantile > 1 }
    }
    return """
      {"dataclass_name": "NeuronRecord", "neuron_id": {"dataclass_name": "NeuronId", \
      "layer_index": \(layer), "neuron_index": \(neuron)}, \
      "random_sample": \(activationRecords(20, topic: topic) { $0.isMultiple(of: 4) }), \
      "random_sample_by_quantile": [\(quantiles.joined(separator: ", "))], \
      "quantile_boundaries": [0.5, 0.9, 0.99], "mean": 0.1, "variance": 0.5, "skewness": NaN, \
      "kurtosis": Infinity, "most_positive_activation_records": \
      \(activationRecords(topCount, topic: topic) { _ in true })}
      """
  }

  /// A `NeuronSimulationResults`.
  func openAIExplanations(layer: Int, neuron: Int, _ texts: [(text: String, score: Double?)])
    -> String
  {
    let entries = texts.map { text, score in
      """
      {"dataclass_name": "ScoredExplanation", "explanation": \(Self.json(text)), \
      "scored_simulation": {"dataclass_name": "ScoredSimulation", "scored_sequence_simulations": \
      [{"simulation": {"tokens": [" a"], "expected_activations": [0.1]}}], \
      "ev_correlation_score": \(score.map { "\($0)" } ?? "NaN"), "rsquared_score": null}}
      """
    }
    return """
      {"dataclass_name": "NeuronSimulationResults", "neuron_id": {"dataclass_name": "NeuronId", \
      "layer_index": \(layer), "neuron_index": \(neuron)}, "scored_explanations": \
      [\(entries.joined(separator: ", "))]}
      """
  }

  private func activation(topic: Int, fires: Bool, head: String) -> String {
    let text = text(topic: topic, fires: fires, length: 126)
    let peak = text.values.indices.max { text.values[$0] < text.values[$1] } ?? 0
    return """
      {\(head)"tokens": \(Self.list(["<|endoftext|>"] + text.tokens)), \
      "maxValue": \(text.values.max() ?? 0), "minValue": 0, \
      "values": \(Self.list([50] + text.values)), "maxValueTokenIndex": \(peak + 1), \
      "dataSource": null, "dfaValues": [], "binMin": -1, "binMax": -1, "binContains": -1}
      """
  }

  private func key(_ layer: String, _ index: Int) -> String {
    "\"modelId\": \"gpt2-small\", \"layer\": \"\(layer)\", \"index\": \"\(index)\", "
  }

  /// What Neuronpedia answers for a feature.
  func neuronpediaFeature(layer: String, index: Int, topic: Int, explanation: String) -> String {
    let activations = (0..<45).map { _ in activation(topic: topic, fires: true, head: "") }
    return """
      {\(key(layer, index))"sourceSetName": "res-jb", "maxActApprox": 8.1, "frac_nonzero": 0.00125, \
      "pos_str": [" rain", "Ġsnow"], "pos_values": [2.5, 1], "neg_str": [" dry"], \
      "neg_values": [-1], "vector": [], "comments": [], "explanations": [{"id": "c1", \
      "description": \(Self.json(explanation)), "explanationModelName": "gpt-4o-mini", \
      "typeName": "oai_token-act-pair", "scores": [{"value": 0.61, \
      "explanationScoreTypeName": "recall_alt"}]}], \
      "activations": [\(activations.joined(separator: ", "))]}
      """
  }

  /// The lines of an export's tables for one feature.
  func neuronpediaRows(layer: String, index: Int, topic: Int, explanation: String)
    -> (features: String, activations: [String], explanations: String)
  {
    let head = key(layer, index)
    return (
      "{\(head)\"frac_nonzero\": 0.002, \"pos_str\": [\" rain\"], \"neg_str\": []}",
      (0..<45).map { number in
        activation(topic: topic, fires: true, head: "\"id\": \"a\(number)\", " + head)
      },
      """
      {"id": "e\(index)", \(head)"authorId": "x", "description": \(Self.json(explanation)), \
      "embedding": null, "typeName": "np_acts-logits-general", \
      "explanationModelName": "claude-3-5", "umap_x": NaN}
      """
    )
  }
}

/// Compresses as gzip does at its laziest: stored blocks (RFC 1951, 3.2.4) in a member of RFC 1952.
enum StoredGzip {
  static func compress(_ bytes: [UInt8]) -> [UInt8] {
    var file: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
    let blocks = stride(from: 0, to: max(1, bytes.count), by: 65_535).map {
      Array(bytes[$0..<min(bytes.count, $0 + 65_535)])
    }
    for (index, block) in blocks.enumerated() {
      let length = UInt16(block.count)
      file.append(index == blocks.count - 1 ? 1 : 0)
      file += [UInt8(length & 255), UInt8(length >> 8)]
      file += [UInt8(~length & 255), UInt8(~length >> 8)]
      file += block
    }
    for value in [crc(bytes), UInt32(truncatingIfNeeded: bytes.count)] {
      file += (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) }
    }
    return file
  }

  private static func crc(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~UInt32(0)) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { value, _ in
        value >> 1 ^ (value & 1 == 1 ? 0xEDB8_8320 : 0)
      }
    }
  }
}
