import ArenaTypes
import Testing

@testable import TransformerEngine

/// Passes that are asked between their layers whether they shall go on, and sequences that go on
/// from beginnings of their own.
@Suite struct LayerCheckTests {
  let model: LanguageModel

  init() throws { model = try Models.llama.get() }

  /// Tokens from all over the vocabulary.
  private func tokens(_ count: Int, seed: Int = 0) -> [Int32] {
    (0..<count).map { Int32((seed * 577 + $0 * 131) % 40_000 + 200) }
  }

  @Test func `sequences of one batch go on from their own beginnings`() throws {
    let beginnings = [tokens(9), tokens(31, seed: 1)]
    let prefixes = try beginnings.map { try model.prefix($0) }
    let endings = [tokens(4, seed: 2), tokens(1, seed: 3), tokens(7, seed: 4), []]
    let found = try model.nextTokenLogProbabilities(
      after: endings, prefixes: [prefixes[0], prefixes[1], prefixes[0], nil], of: [198, 30, 2365])
    let whole = try model.nextTokenLogProbabilities(
      after: [
        beginnings[0] + endings[0], beginnings[1] + endings[1], beginnings[0] + endings[2], [],
      ], of: [198, 30, 2365])
    for (found, expected) in zip(found.joined(), whole.joined()) {
      #expect(abs(found - expected) < 1e-3)
    }
    #expect(throws: EngineError.self) {
      try model.nextTokenLogProbabilities(after: endings, prefixes: [nil], of: nil)
    }
  }

  @Test func `a pass that shall not go on ends at the next layer`() throws {
    let asked = Locked(0)
    let rows = try EngineThreads.layerCheck.withValue({
      asked.withLock { asked in
        asked += 1
        return asked < 5
      }
    }) {
      try model.nextTokenLogProbabilities(after: [tokens(300)], of: [7])
    }
    // What comes of it means nothing, but it has its shape, and the model is as good as before.
    #expect(rows.map(\.count) == [1])
    #expect(asked.withLock { $0 } > 5)
    let after = try model.nextTokenLogProbabilities(after: [tokens(3)], of: [7])
    #expect(after[0][0].isFinite)
  }

  @Test func `what runs between two layers changes nothing`() throws {
    let slow = [tokens(150), tokens(60, seed: 1)]
    let quick = [tokens(12, seed: 2)]
    let neurons = [NeuronIndex(layer: 9, neuron: 77), NeuronIndex(layer: 4, neuron: 1_000)]
    let slowAlone = try model.mlpActivations(of: slow, neurons: neurons)
    let quickAlone = try model.mlpActivations(of: quick, neurons: neurons)
    let between = Locked<[[ActivationMatrix]]>([])
    let calls = Locked(0)
    let model = model
    let slowBeside = try EngineThreads.layerCheck.withValue({
      let call = calls.withLock { calls in
        calls += 1
        return calls
      }
      if call == 3 || call == 8,
        let found = try? model.mlpActivations(of: quick, neurons: neurons)
      {
        between.withLock { $0.append(found) }
      }
      return true
    }) {
      try model.mlpActivations(of: slow, neurons: neurons)
    }
    #expect(slowBeside == slowAlone)
    #expect(between.withLock { $0 } == [quickAlone, quickAlone])
  }
}
