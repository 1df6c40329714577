import ArenaTypes
import Testing

@testable import TransformerEngine

/// Dictionaries of random weights against plain loops in double precision.
@Suite struct SparseDictionaryTests {
  typealias Configuration = SparseDictionary.Configuration

  static let featureCount = 70
  static let width = 576
  let model: LanguageModel
  let tokens: [Int32] = [504, 2365, 6354, 16438, 27003, 690, 260]

  init() throws { model = try Models.llama.get() }

  /// Weights by their names in the files.
  private struct Weights {
    var encoder: [[Double]]
    var bias: [Double]
    var removed: [Double]
    var thresholds: [Double]

    init(seed: UInt64) {
      var generator = SeededGenerator(seed: seed)
      func row(_ count: Int, _ scale: Float) -> [Double] {
        (0..<count).map { _ in Double(Float.random(in: -scale...scale, using: &generator)) }
      }
      encoder = (0..<featureCount).map { _ in row(width, 0.05) }
      bias = row(featureCount, 0.3)
      removed = row(width, 0.5)
      thresholds = row(featureCount, 1)
    }

    /// The file as SAELens writes it, or as sparsify does.
    func file(isTransposed: Bool) throws -> SafetensorsFile {
      var writer = SafetensorsWriter()
      if isTransposed {
        let columns = (0..<width).flatMap { column in encoder.map { Float($0[column]) } }
        writer.add("W_enc", [width, featureCount], columns)
      } else {
        writer.add("encoder.weight", [featureCount, width], encoder.flatMap { $0.map(Float.init) })
      }
      writer.add(isTransposed ? "b_enc" : "encoder.bias", [featureCount], bias.map(Float.init))
      writer.add("b_dec", [width], removed.map(Float.init))
      writer.add("threshold", [featureCount], thresholds.map(Float.init))
      writer.add(
        "W_dec", [featureCount, 4], (0..<featureCount * 4).map { Float($0) })
      return try writer.file()
    }

    func prepared(_ x: [Double], _ preparation: SparseDictionary.Preparation) -> [Double] {
      let mean = x.reduce(0, +) / Double(x.count)
      let squares = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      switch preparation {
      case .none: return x
      case .centred: return x.map { $0 - mean }
      case .normalised:
        return x.map { ($0 - mean) / (squares / Double(x.count) + 1e-5).squareRoot() }
      case .standardised:
        return x.map { ($0 - mean) / ((squares / Double(x.count - 1)).squareRoot() + 1e-5) }
      }
    }

    func features(_ x: [Double], _ configuration: Configuration) -> [Double] {
      let input = zip(prepared(x, configuration.preparation), removed).map {
        configuration.subtractsDecoderBias ? $0 - $1 : $0
      }
      let before = zip(encoder, bias).map { row, bias in
        zip(row, input).reduce(bias) { $0 + $1.0 * $1.1 }
      }
      switch configuration.activation {
      case .relu: return before.map { max($0, 0) }
      case .jumpReLU: return zip(before, thresholds).map { $0 > $1 ? max($0, 0) : 0 }
      case .topK(let count):
        let limit = before.sorted(by: >)[count - 1]
        return before.map { $0 >= limit ? max($0, 0) : 0 }
      }
    }
  }

  static let configurations: [Configuration] = [
    Configuration(layer: 2, site: .residual),
    Configuration(layer: 2, site: .residual, activation: .topK(5)),
    Configuration(layer: 2, site: .residualMiddle, activation: .topK(69)),
    Configuration(layer: 2, site: .residual, activation: .jumpReLU, subtractsDecoderBias: false),
    Configuration(layer: 1, site: .mlpInput, subtractsDecoderBias: false),
    Configuration(layer: 1, site: .mlpOutput), Configuration(layer: 1, site: .attentionOutput),
    Configuration(layer: 1, site: .residualMiddle, preparation: .normalised),
    Configuration(layer: 1, site: .residual, activation: .jumpReLU, preparation: .standardised),
    Configuration(layer: 0, site: .attentionHeads, preparation: .centred),
    Configuration(layer: 30, site: .residual, activation: .topK(70)),
  ]

  @Test(arguments: configurations)
  func `features are those of plain loops`(configuration: Configuration) throws {
    let weights = Weights(seed: 7)
    for isTransposed in [true, false] {
      let dictionary = try SparseDictionary(
        file: weights.file(isTransposed: isTransposed), name: "test", configuration: configuration)
      #expect(dictionary.featureCount == Self.featureCount && dictionary.inputSize == Self.width)
      let chosen = [69, 3, 0, 3]
      let found = try model.capture(
        CaptureRequest(
          features: chosen.map { FeatureIndex(dictionary: dictionary, feature: $0) },
          dictionaries: [dictionary]),
        of: [tokens])[0]
      let all = try #require(found.dictionaries[dictionary])
      let inputs = values(at: dictionary.place)
      for token in tokens.indices {
        let expected = weights.features(inputs[token], configuration)
        let scale = 1e-4 * (1 + expected.reduce(0, max))
        #expect(Plain.worst(all.row(token), expected) < scale)
        #expect(Plain.worst(found.features.row(token), chosen.map { expected[$0] }) < scale)
      }
    }
  }

  /// What the model has at a place, a row for each token.
  private func values(at place: ActivationPlace) -> [[Double]] {
    let collector = Collector(place: place)
    model.threads.run { pool in
      DecoderPass(model, PackedBatch([[model.sink] + tokens]), pool: pool).run(collector)
    }
    return collector.rows.dropFirst().map { $0.map(Double.init) }
  }

  private final class Collector: DecoderPass.Observer {
    let place: ActivationPlace
    var rows: [[Float]] = []

    init(place: ActivationPlace) { self.place = place }

    var end: ActivationPlace? { place }
    func wants(_ place: ActivationPlace) -> Bool { place == self.place }
    func chosenNeurons(layer: Int) -> DecoderWeights.Linear? { nil }
    func see(
      _ place: ActivationPlace, rows: Range<Int>, values: UnsafePointer<Float>, width: Int
    ) {
      for row in 0..<rows.count {
        self.rows.append(Array(UnsafeBufferPointer(start: values + row * width, count: width)))
      }
    }
    func patternHeads(layer: Int) -> [Int] { [] }
    func seePatterns(layer: Int, _ patterns: FloatBuffer) {}
  }

  @Test func `a feature's directions are the rows of the file`() throws {
    let weights = Weights(seed: 3)
    let dictionary = try SparseDictionary(
      file: weights.file(isTransposed: true), name: "test", configuration: Self.configurations[0])
    #expect(try dictionary.inputDirection(of: 69) == weights.encoder[69].map(Float.init))
    #expect(try dictionary.outputDirection(of: 2) == [8, 9, 10, 11])
    #expect(throws: EngineError.self) { try dictionary.inputDirection(of: 70) }
    #expect(throws: EngineError.self) { try dictionary.outputDirection(of: -1) }
  }

  @Test func `a damaged dictionary, or one for another model, is refused`() throws {
    func dictionary(
      _ tensors: [(String, [Int], [Float])],
      _ configuration: Configuration = Self.configurations[0]
    ) throws -> SparseDictionary {
      var writer = SafetensorsWriter()
      for (name, shape, values) in tensors { writer.add(name, shape, values) }
      return try SparseDictionary(file: writer.file(), name: "test", configuration: configuration)
    }
    let encoder = ("W_enc", [2, 3], [Float](repeating: 1, count: 6))
    let bias = ("b_enc", [3], [Float](repeating: 1, count: 3))
    let wrong: [[(String, [Int], [Float])]] = [
      [], [bias], [encoder], [encoder, ("b_enc", [2], [1, 1])],
      [("W_enc", [6], [1, 1, 1, 1, 1, 1]), bias], [("W_enc", [0, 3], []), bias],
      [("W_enc", [2, 3], [1, 1, 1, .nan, 1, 1]), bias],
      [encoder, bias, ("b_dec", [3], [1, 1, 1])], [encoder, bias, ("W_dec", [2, 1], [1, 1])],
    ]
    for tensors in wrong {
      #expect(throws: EngineError.self) { try dictionary(tensors) }
    }
    for activation in [.jumpReLU, .topK(0), .topK(4), .topK(-1)] as [SparseDictionary.Activation] {
      let configuration = Configuration(layer: 0, site: .residual, activation: activation)
      #expect(throws: EngineError.self) { try dictionary([encoder, bias], configuration) }
    }
    let small = try dictionary([encoder, bias])
    #expect(throws: EngineError.self) {
      try model.capture(CaptureRequest(dictionaries: [small]), of: [[1]])
    }
    for (layer, site) in [(30, .mlpInput), (31, .residual), (-1, .residual), (0, .neurons)]
      as [(Int, ActivationSite)]
    {
      let foreign = try SparseDictionary(
        file: Weights(seed: 1).file(isTransposed: false), name: "test",
        configuration: Configuration(layer: layer, site: site))
      #expect(throws: EngineError.self) { try model.check(foreign) }
    }
  }
}
