import ArenaTypes
import Dispatch
import Testing

@testable import TransformerEngine

/// A text that is read piece by piece, by the model and by the queue.
@Suite struct ReadingTests {
  let model: LanguageModel
  let tokens: [Int32] = (0..<23).map { Int32($0 * 397 % 40_000 + 200) }

  init() throws { model = try Models.llama.get() }

  private func direction(_ layer: Int) -> ResidualDirection {
    var generator = SeededGenerator(seed: UInt64(layer))
    return ResidualDirection(
      layer: layer, vector: (0..<576).map { _ in Float.random(in: -1...1, using: &generator) })
  }

  /// Units that are read at the start of the model, in its midst and at its end.
  private var requests: [CaptureRequest] {
    [
      CaptureRequest(neurons: [NeuronIndex(layer: 14, neuron: 700)]),
      CaptureRequest(heads: [HeadIndex(layer: 9, head: 3)]),
      CaptureRequest(directions: [direction(0)]), CaptureRequest(directions: [direction(30)]),
      CaptureRequest(
        neurons: [NeuronIndex(layer: 0, neuron: 5)], heads: [HeadIndex(layer: 0, head: 1)],
        patterns: [HeadIndex(layer: 0, head: 2)]),
    ]
  }

  private func values(_ capture: Capture) -> [Float] {
    [capture.neurons, capture.heads, capture.directions].flatMap(\.values)
  }

  private func expectClose(_ found: [Float], _ expected: [Float]) {
    let limit = 1e-4 * (1 + expected.map(abs).reduce(0, max))
    #expect(found.count == expected.count)
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) < limit })
  }

  @Test(arguments: [[23], [1, 22], [8, 8, 7], Array(repeating: 1, count: 23)])
  func `pieces give what the whole text gives, at any place of the model`(cuts: [Int]) throws {
    for request in requests where request.neurons.count + request.heads.count < 2 {
      let whole = values(try model.capture(request, of: [tokens])[0])
      var (found, start): ([Float], Int) = ([], 0)
      var prefix: SequencePrefix?
      for count in cuts {
        let read = try model.read(
          request, of: [Array(tokens[start..<start + count])], after: [prefix])
        found += values(read[0].capture)
        prefix = read[0].prefix
        start += count
      }
      expectClose(found, whole)
    }
  }

  @Test func `a beginning of what was read can be gone on from, and several texts in one pass`()
    throws
  {
    for request in requests {
      let read = try model.read(request, of: [tokens, Array(tokens[5...])], after: [nil, nil])
      let endings = [Array(tokens[4..<9]), Array(tokens[12...])]
      let found = try model.capture(
        request, of: endings, prefixes: [read[0].prefix.first(2), read[1].prefix.first(3)])
      for (capture, text) in zip(
        found, [Array(tokens[..<2]) + endings[0], Array(tokens[5..<8]) + endings[1]])
      {
        let whole = try model.capture(request, of: [text])[0]
        for (part, all) in [
          (capture.neurons, whole.neurons), (capture.heads, whole.heads),
          (capture.directions, whole.directions),
        ] {
          expectClose(part.values, Array(all.values.suffix(part.values.count)))
        }
      }
    }
  }

  @Test func `what is not deep enough, or too long, is refused`() throws {
    let shallow = try model.read(requests[4], of: [tokens], after: [nil])[0].prefix
    #expect(throws: EngineError.self) {
      try model.read(requests[0], of: [tokens], after: [shallow])
    }
    #expect(throws: EngineError.self) {
      try model.capture(requests[0], of: [tokens], prefixes: [shallow])
    }
    #expect(throws: EngineError.self) {
      try model.read(requests[4], of: [[]], after: [shallow])
    }
    #expect(throws: EngineError.self) {
      try model.read(requests[4], of: [tokens, tokens], after: [shallow])
    }
    let long = [Int32](repeating: 200, count: model.tokenCountMax)
    #expect(throws: EngineError.self) {
      try model.read(requests[4], of: [long], after: [shallow])
    }
  }

  @Test func `the queue gives the same, and shares passes among texts that go as deep`() throws {
    let queue = InferenceQueue(model: model, encoder: nil)
    defer { queue.stop() }
    let one = CaptureRequest(neurons: [NeuronIndex(layer: 6, neuron: 1)])
    let other = CaptureRequest(neurons: [NeuronIndex(layer: 6, neuron: 2)])
    let expected = try [one, other].map { values(try model.capture($0, of: [tokens])[0]) }
    let results = Locked<[Float]>([])
    let ended = DispatchSemaphore(value: 0)
    let terms = InferenceTerms(priority: .medium, patience: .milliseconds(200))
    let start = Array(tokens[..<10])
    let end = Array(tokens[10...])
    try queue.submit(.reading(one, of: [start], after: [nil]), terms: terms) { event in
      guard case .part(_, let pieces) = event else { return }
      results.withLock { $0 += values(pieces[0].capture) }
      _ = try? queue.submit(
        .reading(one, of: [end], after: [pieces[0].prefix]),
        terms: InferenceTerms(priority: .medium)
      ) { event in
        switch event {
        case .part(_, let pieces): results.withLock { $0 += values(pieces[0].capture) }
        case .finished, .refused: ended.signal()
        }
      }
    }
    let read = try queue.results(of: .reading(other, of: [tokens], after: [nil]), terms: terms)
    expectClose(values(read[0].capture), expected[1])
    #expect(ended.wait(timeout: .now() + .seconds(20)) == .success)
    #expect(queue.counters.sharedPassCount == 1)
    expectClose(results.withLock { $0 }, expected[0])

    let without = try queue.results(
      of: .capture(
        other, of: [Array(end.dropFirst()), end],
        after: [read[0].prefix.first(10), read[0].prefix.first(10)]))
    expectClose(values(without[1]), Array(values(read[0].capture).suffix(end.count)))
    let shorter = try model.capture(other, of: [start + end.dropFirst()])[0]
    expectClose(values(without[0]), Array(values(shorter).suffix(end.count - 1)))
    #expect(throws: InferenceRefusal.self) {
      try queue.results(of: .capture(requests[0], of: [end], after: [read[0].prefix]))
    }
  }
}
