import ArenaTypes
import Testing

@testable import Interpretation
@testable import TransformerEngine

/// Units of every kind of a small model: what they read and write, their like, and why they fire.
@Suite struct UnitTests {
  let model: LanguageModel
  let dictionary: SparseDictionary
  let neuron = ModelUnit.neuron(NeuronIndex(layer: 1, neuron: 5))
  let head = ModelUnit.head(HeadIndex(layer: 0, head: 1))
  let direction: ModelUnit
  let texts: [[Int32]] = [[3, 14, 15, 59, 26], [5], [], [9, 7, 9]]

  init() throws {
    let path = "Tests/TransformerEngineTests/Fixtures/models/llama-blocks.gguf"
    model = try LanguageModel(
      file: GGUFFile(path: Repository.path(path)),
      threads: EngineThreads(count: 1, niceValue: 0))
    // Feature 0 writes what token 7 is, 1 and 2 are the same, 3 never fires, 4 is the opposite of 1.
    let embedding = try model.embedding(of: 7)
    var rows: [[Float]] = []
    for row in 0..<5 {
      rows.append(
        (0..<32).map { (column: Int) -> Float in
          let number = (column * 7 + row * 3) % 11
          return Float(number) / 11 - 0.5
        })
    }
    rows[2] = rows[1]
    rows[4] = rows[1].map { -$0 }
    let bias: [Float] = [0.1, 0.2, 0.2, -1e6, 0.2]
    dictionary = SparseDictionary(
      name: "made-up", configuration: .init(layer: 1, site: .residual),
      encoder: try PackedMatrix(Array(rows.joined()), rows: 5, columns: 32),
      bias: FloatBuffer(bias), thresholds: nil,
      decoder: try PackedMatrix(
        embedding + Array(rows[1...].joined()), rows: 5, columns: 32))
    direction = .direction(ResidualDirection(layer: 2, vector: embedding))
  }

  private func feature(_ index: Int) -> ModelUnit {
    .feature(FeatureIndex(dictionary: dictionary, feature: index))
  }

  private var units: [ModelUnit] { [neuron, head, direction, feature(1)] }

  @Test func `each unit is read as its layer is`() throws {
    for unit in units {
      let siblings = unit.siblings(in: model)
      let captures = try model.capture(siblings.request, of: texts)
      let alone = try unit.activations(on: texts, in: model)
      #expect(alone.map(\.count) == texts.map(\.count))
      for (capture, alone) in zip(captures, alone) {
        let all = siblings.values(in: capture)
        #expect(all.count == alone.count * siblings.count)
        for (token, value) in alone.enumerated() {
          #expect(abs(all[token * siblings.count + siblings.own] - value) < 1e-4, "\(unit)")
        }
      }
      #expect(unit.sibling(siblings.own) == unit)
    }
  }

  @Test func `units that the model doesn't have are refused`() throws {
    let wrong: [ModelUnit] = [
      .neuron(NeuronIndex(layer: 2, neuron: 0)), .neuron(NeuronIndex(layer: 0, neuron: 64)),
      .head(HeadIndex(layer: 0, head: 4)), .head(HeadIndex(layer: -1, head: 0)),
      .direction(ResidualDirection(layer: 3, vector: [Float](repeating: 1, count: 32))),
      .direction(ResidualDirection(layer: 0, vector: [1])), feature(5), feature(-1),
    ]
    for unit in wrong {
      #expect(throws: InterpretationError.self) { try unit.activations(on: [[1]], in: model) }
      #expect(throws: InterpretationError.self) {
        try UnitCompany(of: unit, in: model, texts: [])
      }
      #expect(throws: InterpretationError.self) {
        try UnitAttribution(of: unit, in: model, tokens: [1, 2])
      }
    }
    for unit in [wrong[0], wrong[1], wrong[6], wrong[7]] {
      #expect(throws: InterpretationError.self) { try UnitPortrait(of: unit, in: model) }
    }
  }

  @Test func `a portrait shows what a unit reads, writes and is like`() throws {
    let writer = try UnitPortrait(of: feature(0), in: model, count: 3)
    #expect(writer.written.first?.token == 7)
    #expect(abs((writer.written.first?.cosine ?? 0) - 1) < 1e-5)
    #expect(writer.readings.map(\.name) == ["encoder"] && writer.effects?.promoted.count == 3)
    let same = try UnitPortrait(of: feature(1), in: model)
    #expect(same.neighbours.count == 4 && same.neighbours.first?.index == 2)
    #expect(abs((same.neighbours.first?.cosine ?? 0) - 1) < 1e-5)
    #expect(same.neighbours.last?.index == 4)

    let negative = try UnitPortrait(of: neuron, in: model, polarity: .negative, count: 4)
    #expect(negative.readings.map(\.name) == ["gate", "up"] && negative.neighbours.count == 4)
    let positive = try UnitPortrait(of: neuron, in: model, count: 4)
    #expect(negative.effects?.promoted.map(\.token) == positive.effects?.suppressed.map(\.token))

    let mixer = try UnitPortrait(of: head, in: model)
    #expect(mixer.readings.isEmpty && mixer.written.isEmpty && mixer.effects == nil)
    #expect(mixer.neighbours.isEmpty)
    let pointer = try UnitPortrait(of: direction, in: model, count: 1)
    #expect(pointer.readings.first?.tokens.map(\.token) == [7] && pointer.neighbours.isEmpty)
  }

  @Test func `cosines are those of plain loops`() throws {
    let direction = (0..<32).map { Float($0 % 5) - 2 }
    func product(_ left: [Float], _ right: [Float]) -> Double {
      zip(left, right).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }
    for vectors in [LanguageModel.TokenVectors.embeddings, .outputs] {
      let matrix = vectors == .embeddings ? model.weights.token_embd : model.weights.output
      let cosines = (0..<61).map { (token: Int) -> Double in
        let row = matrix.row(token)
        let lengths = product(row, row) * product(direction, direction)
        return product(row, direction) / lengths.squareRoot()
      }
      let found = try model.tokens(nearest: direction, among: vectors, count: 61)
      #expect(found.map(\.token).sorted() == (0..<61).map { Int32($0) })
      for entry in found {
        #expect(abs(Double(entry.cosine) - cosines[Int(entry.token)]) < 1e-5)
      }
      #expect(zip(found, found.dropFirst()).allSatisfy { $0.cosine >= $1.cosine })
    }
    #expect(throws: EngineError.self) {
      try model.tokens(nearest: [1], among: .outputs, count: 1)
    }
    let zero = [Float](repeating: 0, count: 32)
    #expect(try model.tokens(nearest: zero, among: .outputs, count: 2).map(\.cosine) == [0, 0])
  }

  @Test func `units that fire together are found`() throws {
    let company = try UnitCompany(of: feature(1), in: model, texts: texts, count: 4)
    #expect(company.tokenCount == 9 && company.companions.count == 4)
    #expect(company.companions[0].index == 2)
    #expect(abs(company.companions[0].correlation - 1) < 1e-9)
    let silent = try #require(company.companions.first { $0.index == 3 })
    #expect(silent.correlation == 0)
    let nothing = try UnitCompany(of: feature(1), in: model, texts: [])
    #expect(nothing.tokenCount == 0 && nothing.companions.allSatisfy { $0.correlation == 0 })
    #expect(try UnitCompany(of: direction, in: model, texts: texts).companions.isEmpty)
  }

  @Test(arguments: 0..<4)
  func `shares are what leaving a token out changes`(kind: Int) throws {
    let unit = units[kind]
    let tokens = texts[0]
    let found = try UnitAttribution(of: unit, in: model, tokens: tokens, target: 3)
    let all = try unit.activations(on: [tokens], in: model)[0]
    #expect(found.target == 3 && abs(found.activation - all[3]) < 1e-4)
    #expect(found.shares.count == 3)
    for (left, share) in found.shares.enumerated() {
      var shorter = tokens
      shorter.remove(at: left)
      let without = try unit.activations(on: [shorter], in: model)[0][2]
      #expect(abs(share - (all[3] - without)) < 2e-4)
    }
    let strongest = try UnitAttribution(of: unit, in: model, tokens: tokens)
    #expect(abs(strongest.activation) >= (all.map(abs).max() ?? 0) - 1e-4)
  }

  @Test func `what can't be attributed is refused`() throws {
    #expect(throws: InterpretationError.emptyText) {
      try UnitAttribution(of: neuron, in: model, tokens: [])
    }
    #expect(throws: InterpretationError.self) {
      try UnitAttribution(of: neuron, in: model, tokens: Array(repeating: 1, count: 257))
    }
    #expect(throws: InterpretationError.self) {
      try UnitAttribution(of: neuron, in: model, tokens: [1, 2], target: 2)
    }
  }
}
