import ArenaTypes
import Testing

@testable import TransformerEngine

/// Units of all kinds against what plain loops make of the residual stream and the weights.
@Suite struct CaptureTests {
  let model: LanguageModel
  let sequences: [[Int32]] = [[504, 2365, 6354, 16438, 27003, 690], [30], [], [260, 23790, 2767]]

  init() throws { model = try Models.llama.get() }

  private func random(_ count: Int, seed: UInt64) -> [Float] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in Float.random(in: -1...1, using: &generator) }
  }

  private func dot(_ left: some Sequence<Float>, _ right: some Sequence<Float>) -> Double {
    zip(left, right).reduce(0) { $0 + Double($1.0) * Double($1.1) }
  }

  @Test func `a mix of units costs one pass and gives what each gives alone`() throws {
    let direction = ResidualDirection(layer: 4, vector: random(576, seed: 1))
    let mixed = CaptureRequest(
      neurons: [NeuronIndex(layer: 5, neuron: 3), NeuronIndex(layer: 2, neuron: 1535)],
      mlpLayers: [3], heads: [HeadIndex(layer: 5, head: 8), HeadIndex(layer: 0, head: 0)],
      patterns: [HeadIndex(layer: 1, head: 4)], residualLayers: [6, 0], directions: [direction])
    let together = try model.capture(mixed, of: sequences)
    #expect(together.map(\.tokenCount) == sequences.map(\.count))
    let neurons = try model.capture(CaptureRequest(neurons: mixed.neurons), of: sequences)
    let layers = try model.capture(CaptureRequest(mlpLayers: [3]), of: sequences)
    let heads = try model.capture(CaptureRequest(heads: mixed.heads), of: sequences)
    let patterns = try model.capture(CaptureRequest(patterns: mixed.patterns), of: sequences)
    let streams = try model.capture(CaptureRequest(residualLayers: [6, 0]), of: sequences)
    let directions = try model.capture(CaptureRequest(directions: [direction]), of: sequences)
    for (index, capture) in together.enumerated() {
      expectEqual(capture.neurons, neurons[index].neurons)
      expectEqual(capture.mlp[3], layers[index].mlp[3])
      expectEqual(capture.heads, heads[index].heads)
      expectEqual(capture.directions, directions[index].directions)
      for layer in [0, 6] {
        expectEqual(capture.residuals[layer], streams[index].residuals[layer])
      }
      let head = HeadIndex(layer: 1, head: 4)
      expectEqual(capture.patterns[head], patterns[index].patterns[head])
    }
  }

  private func expectEqual(_ found: ActivationMatrix?, _ expected: ActivationMatrix?) {
    guard let found, let expected else {
      Issue.record("nothing captured")
      return
    }
    #expect(found.tokenCount == expected.tokenCount && found.neuronCount == expected.neuronCount)
    let limit = 1e-5 * (1 + expected.values.map(abs).reduce(0, max))
    #expect(zip(found.values, expected.values).allSatisfy { abs($0 - $1) < limit })
  }

  @Test func `directions are dot products with the stream, before each block and after the last`()
    throws
  {
    let layers = [0, 7, 30]
    let directions = layers.map {
      ResidualDirection(layer: $0, vector: random(576, seed: UInt64($0)))
    }
    let found = try model.capture(
      CaptureRequest(residualLayers: layers, directions: directions), of: sequences)
    for capture in found {
      for (column, direction) in directions.enumerated() {
        let stream = try #require(capture.residuals[direction.layer])
        for token in 0..<capture.tokenCount {
          let expected = dot(stream.row(token), direction.vector)
          #expect(abs(Double(capture.directions[token, column]) - expected) < 1e-3)
        }
      }
    }
  }

  @Test func `attention sums to one, sees nothing of what is to come, and looks at the sink`()
    throws
  {
    let heads = (0..<9).map { HeadIndex(layer: 12, head: $0) }
    let found = try model.capture(CaptureRequest(patterns: heads), of: sequences)
    var sinkShare: Float = 0
    for (capture, sequence) in zip(found, sequences) {
      #expect(capture.patterns.count == 9)
      for (_, pattern) in capture.patterns {
        #expect(pattern.tokenCount == sequence.count && pattern.neuronCount == sequence.count + 1)
        for token in 0..<sequence.count {
          let row = pattern.row(token)
          #expect(abs(row.reduce(0, +) - 1) < 1e-5)
          #expect(row.dropFirst(token + 2).allSatisfy { $0 == 0 })
          #expect(row.allSatisfy { $0 >= 0 })
          sinkShare += pattern[token, 0]
        }
      }
    }
    #expect(sinkShare > 0.3 * 9 * 10)
  }

  @Test func `the heads' parts of a block add up to what attention adds`() throws {
    let place = ActivationPlace(layer: 3, site: .attentionHeads)
    let plan = try CapturePlan(
      CaptureRequest(heads: (0..<9).map { HeadIndex(layer: 3, head: $0) }), model)
    #expect(plan.end == place)
    let found = try model.capture(plan.request, of: [sequences[0]])[0].heads
    var mixed: [Float] = []
    model.threads.run { pool in
      let pass = DecoderPass(
        model, PackedBatch([[model.sink] + sequences[0]]), pool: pool)
      pass.run(Recorder(end: place) { mixed = $0 })
    }
    let output = model.weights.layers[3].attn_output.weight
    let rows = (0..<576).map(output.row)
    for token in 0..<sequences[0].count {
      for head in 0..<9 {
        let values = mixed[(token + 1) * 576 + head * 64..<(token + 1) * 576 + (head + 1) * 64]
        let squares = rows.reduce(0) { sum, row in
          let value = dot(row[head * 64..<(head + 1) * 64], values)
          return sum + value * value
        }
        #expect(abs(Double(found[token, head]) - squares.squareRoot()) < 1e-4)
      }
    }
  }

  private struct Recorder: DecoderPass.Observer {
    let place: ActivationPlace
    let record: ([Float]) -> Void

    init(end: ActivationPlace, record: @escaping ([Float]) -> Void) {
      place = end
      self.record = record
    }

    var end: ActivationPlace? { place }
    func wants(_ place: ActivationPlace) -> Bool { place == self.place }
    func chosenNeurons(layer: Int) -> DecoderWeights.Linear? { nil }
    func see(
      _ place: ActivationPlace, rows: Range<Int>, values: UnsafePointer<Float>, width: Int
    ) {
      record(Array(UnsafeBufferPointer(start: values, count: rows.count * width)))
    }
    func patternHeads(layer: Int) -> [Int] { [] }
    func seePatterns(layer: Int, _ patterns: FloatBuffer) {}
  }

  @Test func `what the model doesn't have is refused, and nothing asked gives nothing`() throws {
    let wrong = [
      CaptureRequest(heads: [HeadIndex(layer: 0, head: 9)]),
      CaptureRequest(heads: [HeadIndex(layer: 30, head: 0)]),
      CaptureRequest(patterns: [HeadIndex(layer: -1, head: 0)]),
      CaptureRequest(residualLayers: [31]), CaptureRequest(mlpLayers: [-1]),
      CaptureRequest(neurons: [NeuronIndex(layer: 0, neuron: -1)]),
      CaptureRequest(directions: [ResidualDirection(layer: 0, vector: [1])]),
      CaptureRequest(directions: [ResidualDirection(layer: 31, vector: random(576, seed: 1))]),
      CaptureRequest(
        directions: [ResidualDirection(layer: 0, vector: Array(repeating: .nan, count: 576))]),
    ]
    for request in wrong {
      #expect(throws: EngineError.self) { try model.capture(request, of: [[1]]) }
    }
    #expect(try model.capture(CaptureRequest(), of: []).isEmpty)
    let nothing = try model.capture(CaptureRequest(), of: [[1, 2]])[0]
    #expect(nothing.tokenCount == 2 && nothing.neurons.values.isEmpty && nothing.mlp.isEmpty)
    #expect(CaptureRequest().isEmpty && !wrong[0].isEmpty)
  }
}
