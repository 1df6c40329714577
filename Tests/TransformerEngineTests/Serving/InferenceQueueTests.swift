import ArenaTypes
import Dispatch
import Testing

@testable import TransformerEngine

/// The queue over the real models: what comes out is what the models alone give.
@Suite struct InferenceQueueTests {
  let model: LanguageModel
  let encoder: SentenceEncoder

  init() throws {
    // Threads of their own, so that other tests' calls don't stand in the way of these.
    model = try LanguageModel(Models.llama.get(), threads: Self.threads.get())
    encoder = try Models.encoder.get()
  }

  private static let threads = Result { () throws(EngineError) in
    try EngineThreads(niceValue: 0)
  }

  /// Tokens from all over the vocabulary.
  private func tokens(_ count: Int, seed: Int = 0) -> [Int32] {
    (0..<count).map { Int32((seed * 577 + $0 * 131) % 40_000 + 200) }
  }

  private func withQueue(
    _ change: (inout InferenceLimits) -> Void = { _ in }, _ body: (InferenceQueue) throws -> Void
  ) rethrows {
    var limits = InferenceLimits()
    change(&limits)
    let queue = InferenceQueue(model: model, encoder: encoder, limits: limits)
    defer { queue.stop() }
    try body(queue)
  }

  /// What a request was told.
  private final class Log<Value: Sendable>: Sendable {
    let events = Locked<[InferenceEvent<Value>]>([])
    let end = DispatchSemaphore(value: 0)

    func note(_ event: InferenceEvent<Value>) {
      events.withLock { $0.append(event) }
      if case .part = event { return }
      end.signal()
    }

    /// All values, and the refusal where there was one; exactly one end has come.
    func result() -> (values: [Value], refusal: InferenceRefusal?) {
      end.wait()
      var values: [Value] = []
      var refusals: [InferenceRefusal?] = []
      for event in events.withLock({ $0 }) {
        switch event {
        case .part(let range, let new):
          #expect(range == values.count..<values.count + new.count)
          values += new
        case .finished: refusals.append(nil)
        case .refused(let refusal): refusals.append(refusal)
        }
      }
      #expect(refusals.count == 1)
      return (values, refusals.first ?? nil)
    }
  }

  @Test func `activations in company are those of each text alone`() throws {
    let wishes: [(tokens: [[Int32]], neurons: [NeuronIndex])] = [
      ([tokens(7)], [NeuronIndex(layer: 4, neuron: 9)]),
      (
        [tokens(12, seed: 1), [], tokens(3, seed: 2)],
        [NeuronIndex(layer: 4, neuron: 1_000), NeuronIndex(layer: 2, neuron: 5)]
      ),
      (
        [tokens(20, seed: 3)],
        [NeuronIndex(layer: 3, neuron: 77), NeuronIndex(layer: 4, neuron: 9)]
      ),
    ]
    try withQueue { queue in
      let terms = InferenceTerms(patience: .milliseconds(500))
      let logs = try wishes.map { wish in
        let log = Log<ActivationMatrix>()
        try queue.submit(
          .activations(of: wish.tokens, neurons: wish.neurons), terms: terms, log.note)
        return log
      }
      for (wish, log) in zip(wishes, logs) {
        let (found, refusal) = log.result()
        #expect(refusal == nil)
        let alone = try model.mlpActivations(of: wish.tokens, neurons: wish.neurons)
        #expect(found.map(\.tokenCount) == alone.map(\.tokenCount))
        for (found, alone) in zip(found, alone) {
          #expect(zip(found.values, alone.values).allSatisfy { abs($0 - $1) < 1e-5 })
        }
      }
      let counters = queue.counters
      #expect(counters.passCount == 1 && counters.sharedPassCount == 1)
      #expect(counters.finishedCount == 3 && counters.waitingRequestCount == 0)
      #expect(counters.rows.sum == 8 + 13 + 1 + 4 + 21)
    }
  }

  @Test func `any mix of units shares a pass, and each request gets its own`() throws {
    var vector = [Float](repeating: 0, count: model.configuration.hiddenSize)
    vector[3] = 1
    let direction = ResidualDirection(layer: 3, vector: vector)
    let wishes = [
      CaptureRequest(
        neurons: [NeuronIndex(layer: 2, neuron: 5)], heads: [HeadIndex(layer: 1, head: 2)],
        patterns: [HeadIndex(layer: 2, head: 0)]),
      CaptureRequest(
        mlpLayers: [2], heads: [HeadIndex(layer: 2, head: 8), HeadIndex(layer: 1, head: 2)],
        residualLayers: [0, 3], directions: [direction]),
      CaptureRequest(),
    ]
    let texts = [[tokens(6)], [tokens(9, seed: 1), tokens(2, seed: 2)], [tokens(3)]]
    try withQueue { queue in
      let terms = InferenceTerms(patience: .milliseconds(500))
      let logs = try zip(wishes, texts).map { wish, texts in
        let log = Log<Capture>()
        try queue.submit(.capture(wish, of: texts), terms: terms, log.note)
        return log
      }
      for (log, (wish, texts)) in zip(logs, zip(wishes, texts)) {
        let found = log.result().values
        for (found, alone) in zip(found, try model.capture(wish, of: texts)) {
          #expect(found.tokenCount == alone.tokenCount)
          #expect(isNear(found.neurons, alone.neurons) && isNear(found.heads, alone.heads))
          #expect(isNear(found.directions, alone.directions))
          #expect(found.mlp.keys == alone.mlp.keys && found.residuals.keys == alone.residuals.keys)
          #expect(found.patterns.keys == alone.patterns.keys)
          for (layer, matrix) in alone.mlp { #expect(isNear(found.mlp[layer], matrix)) }
          for (layer, matrix) in alone.residuals { #expect(isNear(found.residuals[layer], matrix)) }
          for (head, matrix) in alone.patterns { #expect(isNear(found.patterns[head], matrix)) }
        }
      }
      #expect(queue.counters.sharedPassCount > 0)
    }
  }

  @Test func `logits are read for those who want them`() throws {
    let wish = CaptureRequest(
      neurons: [NeuronIndex(layer: 2, neuron: 5)], nextTokenLogits: true)
    try withQueue { queue in
      let terms = InferenceTerms(patience: .milliseconds(500))
      let logs = [Log<Capture>(), Log(), Log()]
      try queue.submit(.capture(wish, of: [tokens(4)]), terms: terms, logs[0].note)
      try queue.submit(
        .capture(CaptureRequest(nextTokenLogits: true), of: [tokens(3)]), terms: terms,
        logs[1].note)
      try queue.submit(
        .activations(of: [tokens(4)], neurons: wish.neurons), terms: terms
      ) { event in
        switch event {
        case .part: return
        case .finished: logs[2].note(.finished)
        case .refused(let refusal): logs[2].note(.refused(refusal))
        }
      }
      let found = logs.map { $0.result().values }
      let alone = try model.capture(wish, of: [tokens(4)])
      #expect(found[0].first?.nextTokenLogits.count == 49_152)
      let pairs = zip(found[0].first?.nextTokenLogits ?? [], alone[0].nextTokenLogits)
      #expect(pairs.allSatisfy { abs($0 - $1) < 1e-3 })
      #expect(isNear(found[0].first?.neurons, alone[0].neurons))
      #expect(found[1].first?.nextTokenLogits.count == 49_152)
      // Those who want none don't share a pass with them.
      #expect(queue.counters.passCount == 2)
    }
  }

  private func isNear(_ found: ActivationMatrix?, _ expected: ActivationMatrix) -> Bool {
    guard let found, found.tokenCount == expected.tokenCount,
      found.neuronCount == expected.neuronCount
    else { return false }
    return zip(found.values, expected.values).allSatisfy { abs($0 - $1) < 1e-4 * max(1, abs($1)) }
  }

  @Test func `layers, probabilities and embeddings in company are those of each alone`() throws {
    try withQueue { queue in
      let terms = InferenceTerms(patience: .milliseconds(500))
      let layers = [Log<[Int: ActivationMatrix]>(), Log()]
      try queue.submit(
        .activations(of: [tokens(5)], layers: [1, 3]), terms: terms, layers[0].note)
      try queue.submit(
        .activations(of: [tokens(6, seed: 1)], layers: [3]), terms: terms, layers[1].note)
      let rows = [Log<[Float]>(), Log()]
      try queue.submit(
        .nextTokenLogProbabilities(after: [tokens(9)], of: [7, 198]), terms: terms, rows[0].note)
      try queue.submit(
        .nextTokenLogProbabilities(after: [tokens(4, seed: 1), []], of: [198, 30]), terms: terms,
        rows[1].note)
      let texts = ["a storm at sea", "kings and queens of old"]
      let vectors = texts.map { _ in Log<[Float]>() }
      for (text, log) in zip(texts, vectors) {
        try queue.submit(.embeddings(of: [text], encoder: encoder), terms: terms, log.note)
      }

      let found = layers.map { $0.result().values[0] }
      #expect(found[0].keys.sorted() == [1, 3] && found[1].keys.sorted() == [3])
      let alone = try model.mlpActivations(of: [tokens(6, seed: 1)], layers: [3])[0][3]?.values
      #expect(zip(found[1][3]?.values ?? [], alone ?? []).allSatisfy { abs($0 - $1) < 1e-5 })
      #expect(found[1][3]?.values.count == alone?.count)
      let first = try model.nextTokenLogProbabilities(after: [tokens(9)], of: [7, 198])
      let second = try model.nextTokenLogProbabilities(
        after: [tokens(4, seed: 1), []], of: [198, 30])
      for (found, alone) in zip(rows.flatMap { $0.result().values }, first + second) {
        #expect(found.count == 2 && zip(found, alone).allSatisfy { abs($0 - $1) < 1e-4 })
      }
      for (text, log) in zip(texts, vectors) {
        let alone = encoder.embed([text])[0]
        #expect(zip(log.result().values[0], alone).allSatisfy { abs($0 - $1) < 1e-6 })
      }
      #expect(queue.counters.passCount == 3 && queue.counters.sharedPassCount == 3)
    }
  }

  @Test func `a kept beginning changes nothing but the work`() throws {
    let beginnings = [tokens(5), tokens(9), tokens(3, seed: 7)]
    let sequences = [
      tokens(14), tokens(9) + [7], tokens(9), tokens(8, seed: 7), tokens(4, seed: 9),
    ]
    let alone = try model.nextTokenLogProbabilities(after: sequences, of: [7, 30, 198])
    try withQueue { queue in
      for _ in 0..<2 {
        let found = try queue.results(
          of: .nextTokenLogProbabilities(
            after: sequences, of: [7, 30, 198], beginnings: beginnings))
        #expect(found.count == alone.count)
        for (found, alone) in zip(found.joined(), alone.joined()) {
          #expect(abs(found - alone) < 1e-3)
        }
      }
      // The third sequence is no longer than the beginning of nine tokens, and takes the shorter one.
      let counters = queue.counters
      #expect(counters.prefixMissCount == 3 && counters.prefixHitCount == 5)
      // 5 + 1 + 4 + 5 + 5 rows instead of 15 + 11 + 10 + 9 + 5.
      #expect(counters.rows.sum == 2 * (5 + 1 + 4 + 5 + 5))
    }
  }

  @Test func `beginnings are kept within their bytes, the latest used longest`() throws {
    let cache = PrefixCache(model: model, byteCountMax: 2 * model.prefixByteCount(tokenCount: 2))
    let beginnings = (0..<3).map { tokens(2, seed: $0) }
    for index in [0, 1, 0, 2, 0, 1] { _ = try cache.prefix(beginnings[index]) }
    // 1 had to give way to 2, and 2 to 1.
    #expect(cache.counts.hits == 2 && cache.counts.misses == 4)
    #expect(cache.counts.byteCount == cache.byteCountMax)
    #expect(cache.beginning(of: tokens(9), among: [tokens(6)]) == nil)
    #expect(cache.beginning(of: tokens(2), among: [tokens(2), []]) == nil)
  }

  @Test func `what can't be taken on is refused at once, with the reason`() throws {
    withQueue({ $0.passByteCountMax = 1 << 20 }) { queue in
      func refusal(_ request: InferenceRequest<ActivationMatrix>) -> InferenceRefusal? {
        do {
          _ = try queue.results(of: request)
          return nil
        } catch { return error }
      }
      let neuron = NeuronIndex(layer: 0, neuron: 0)
      for request: InferenceRequest<ActivationMatrix> in [
        .activations(of: [[-1]], neurons: [neuron]),
        .activations(of: [[49_152]], neurons: [neuron]),
        .activations(of: [[1]], neurons: [NeuronIndex(layer: 30, neuron: 0)]),
        .activations(of: [[Int32](repeating: 1, count: 8_192)], neurons: [neuron]),
      ] {
        guard case .engine(.outOfRange) = refusal(request) else {
          Issue.record("\(request) was not refused")
          continue
        }
      }
      guard case .tooLarge = refusal(.activations(of: [tokens(500)], neurons: [neuron])) else {
        Issue.record("a pass of 14 MB fitted into 1 MB")
        return
      }
      #expect(refusal(.activations(of: [], neurons: [neuron])) == nil)
      #expect(refusal(.activations(of: [tokens(2), []], neurons: [])) == nil)
    }
    let queue = InferenceQueue(model: nil, encoder: nil)
    #expect(throws: InferenceRefusal.self) {
      try queue.results(of: .nextTokenLogProbabilities(after: [[1]]))
    }
    queue.stop()
  }
}
