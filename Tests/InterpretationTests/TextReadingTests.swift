import ArenaTypes
import Testing
import TransformerEngine

@testable import Interpretation

/// Texts that are read and attributed piece by piece, by units of every kind of a small model.
@Suite struct TextReadingTests {
  let subject: LanguageSubject
  let tokens = (0..<60).map { Int32(($0 * 7 + 3) % 61) }
  let units: [ModelUnit]

  init() throws {
    let path = "Tests/TransformerEngineTests/Fixtures/models/llama-blocks.gguf"
    let model = try LanguageModel(
      file: GGUFFile(path: Repository.path(path)),
      threads: EngineThreads(count: 1, niceValue: 0))
    subject = LanguageSubject(model, name: "small", digest: "")
    let vector = try model.embedding(of: 7)
    let dictionary = try SparseDictionary(
      file: SafetensorsFile(
        FileContents(
          DrawnTensors.bytes([
            ("W_enc", [32, 4], 1), ("b_enc", [4], 2), ("W_dec", [4, 32], 3),
          ]), name: "drawn")),
      name: "drawn", configuration: .init(layer: 1, site: .residual))
    units = [
      .neuron(NeuronIndex(layer: 1, neuron: 5)), .head(HeadIndex(layer: 0, head: 1)),
      .direction(ResidualDirection(layer: 2, vector: vector)),
      .direction(ResidualDirection(layer: 0, vector: vector)),
      .feature(FeatureIndex(dictionary: dictionary, feature: 2)),
    ]
  }

  private func firings(_ unit: ModelUnit) -> [Firing] {
    [Firing(polarity: .positive, rest: 0), Firing(polarity: .negative, rest: 0)]
      + (units.firstIndex(of: unit) == 1 ? [Firing(polarity: .positive, rest: 0.01)] : [])
  }

  @Test(arguments: [1, 31, 32, 33, 60])
  func `all pieces together are the activations of the whole text`(count: Int) throws {
    let text = Array(tokens.prefix(count))
    for unit in units {
      let expected = try unit.activations(on: [text], in: subject.model)[0]
      for firing in firings(unit) {
        var reading = ModelReading(text, unit: unit, firing: firing, subject: subject)
        #expect(reading.tokens == subject.pieces(of: text) && reading.target == nil)
        var found: [Float] = []
        while let piece = try reading.next() {
          #expect(piece.start == found.count && piece.values.count <= 32)
          found += piece.values
        }
        #expect(reading.isFinished && found.count == count)
        #expect(zip(found, expected).allSatisfy { abs($0 - firing($1)) < 1e-4 })
      }
    }
  }

  @Test(arguments: [0, 1, 20, 59])
  func `what a token adds is the difference that leaving it out makes`(token: Int) throws {
    for unit in units {
      for firing in firings(unit) {
        var attribution = try ModelAttribution(
          tokens, at: token, unit: unit, firing: firing, subject: subject)
        var found = [Float?](repeating: nil, count: token)
        var starts: [Int] = []
        while let piece = try attribution.next() {
          starts.append(piece.start)
          for (place, value) in zip(piece.start..., piece.values) {
            #expect(found[place] == nil)
            found[place] = value
          }
        }
        #expect(attribution.isFinished)
        // The nearest tokens come first, and rows of a pass are bounded.
        #expect(starts == starts.sorted(by: >) && (token < 59 || starts.count > 5))
        let expected = try UnitAttribution(
          of: unit, in: subject.model, tokens: tokens, target: token)
        let whole = firing(expected.activation)
        #expect(abs((attribution.target?.activation ?? 9) - whole) < 1e-4)
        for (share, value) in zip(expected.shares, found) {
          let without = firing(expected.activation - share)
          #expect(abs((value ?? 9) - (whole - without)) < 1e-4)
        }
      }
    }
  }

  @Test func `a token that the text doesn't have is refused`() {
    for token in [60, 255, -1] {
      #expect(throws: InterpretationError.noSuchToken(token, count: 60)) {
        try ModelAttribution(
          tokens, at: token, unit: units[0], firing: Firing(polarity: .positive, rest: 0),
          subject: subject)
      }
    }
  }

  @Test func `a probe without pieces reads and attributes in one`() throws {
    let probe = ScriptedProbe(activations: ["storm": 7, "quiet": -1])
    let unit = UnitID(rawValue: "scripted/0/mlp/0")
    var reading = try probe.reading(of: "storm quiet storm", unit: unit, tokenCountMax: 3)
    #expect(try reading.next() == TextPiece(start: 0, values: [7, -1, 7]))
    #expect(try reading.isFinished && reading.next() == nil)
    var attribution = try probe.attribution(
      of: "storm quiet storm", unit: unit, at: 2, tokenCountMax: 3)
    #expect(attribution.target == TextTarget(token: 2, activation: 7))
    #expect(try attribution.next() == TextPiece(start: 0, values: [0, 0]))
    #expect(throws: InterpretationError.tooManyTokens(count: 3, max: 2)) {
      try probe.reading(of: "storm quiet storm", unit: unit, tokenCountMax: 2)
    }
    #expect(throws: InterpretationError.noSuchToken(3, count: 3)) {
      try probe.attribution(of: "storm quiet storm", unit: unit, at: 3, tokenCountMax: 3)
    }
    #expect(throws: InterpretationError.self) {
      try AbsentProbe().reading(of: "storm", unit: unit, tokenCountMax: 3)
    }
  }
}

/// The real model over the shipped campaign, through a queue as a server has it.
@Suite(.enabled(if: RealModels.shared != nil, "needs the models: make models"), .serialized)
struct ServedReadingTests {
  @Test(arguments: [
    "", " ", "\u{0}\u{7}", "\u{202E}abc\u{2066}", "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467} ok",
    "e\u{301}\u{301}\u{301}", "<|endoftext|>", String(repeating: "storm ", count: 40),
  ])
  func `any text is read as the probe reads it at once`(text: String) throws {
    let models = try #require(RealModels.shared)
    let campaign = try #require(RealModels.campaign)
    let queue = models.makeQueue()
    defer { queue.stop() }
    let probe = try ModelProbe(
      campaign: campaign, subject: models.served(by: queue).subject)
    let unit = campaign.units[9].id
    if text.isEmpty {
      #expect(throws: InterpretationError.emptyText) {
        try probe.reading(of: text, unit: unit, tokenCountMax: 256)
      }
      return
    }
    let whole = try probe.activations(of: text, unit: unit, tokenCountMax: 256)
    var reading = try probe.reading(of: text, unit: unit, tokenCountMax: 256)
    #expect(reading.tokens == whole.tokens)
    var found: [Float] = []
    while let piece = try reading.next() { found += piece.values }
    #expect(found.count == whole.tokens.count)
    for (one, other) in zip(found, whole.activations) {
      #expect(abs(one - other) < 1e-3 * max(1, abs(other)))
    }
    var attribution = try probe.attribution(
      of: text, unit: unit, at: whole.tokens.count - 1, tokenCountMax: 256)
    while try attribution.next() != nil {}
    let activation = attribution.target?.activation ?? 99
    #expect(abs(activation - (whole.activations.last ?? 0)) < 1e-3 * max(1, abs(activation)))
  }
}
