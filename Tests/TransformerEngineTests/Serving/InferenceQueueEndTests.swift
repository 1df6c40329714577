import ArenaTypes
import Dispatch
import Testing

@testable import TransformerEngine

/// How requests end other than by their results: cancelled, late, overtaken, stopped.
@Suite struct InferenceQueueEndTests {
  let model: LanguageModel

  init() throws {
    model = try LanguageModel(Models.llama.get(), threads: Self.threads.get())
  }

  private static let threads = Result { () throws(EngineError) in
    try EngineThreads(niceValue: 0)
  }

  /// A request that takes seconds.
  private var long: InferenceRequest<ActivationMatrix> {
    let tokens = (0..<1_500).map { Int32($0 * 131 % 40_000 + 200) }
    return .activations(of: [tokens], neurons: [NeuronIndex(layer: 29, neuron: 0)])
  }

  private func short(layer: Int = 0) -> InferenceRequest<ActivationMatrix> {
    .activations(of: [[504, 2_365]], neurons: [NeuronIndex(layer: layer, neuron: 3)])
  }

  /// Ends in the order in which they came.
  private final class Ends: Sendable {
    private let ends = Locked<[(name: String, refusal: InferenceRefusal?)]>([])
    private let semaphore = DispatchSemaphore(value: 0)

    func note(_ name: String) -> @Sendable (InferenceEvent<ActivationMatrix>) -> Void {
      { [self] event in
        switch event {
        case .part: return
        case .finished: ends.withLock { $0.append((name, nil)) }
        case .refused(let refusal): ends.withLock { $0.append((name, refusal)) }
        }
        semaphore.signal()
      }
    }

    func first(_ count: Int) -> [(name: String, refusal: InferenceRefusal?)] {
      for _ in 0..<count { semaphore.wait() }
      return ends.withLock { $0 }
    }
  }

  /// Returns when a pass has begun.
  private func waitForPass(_ queue: InferenceQueue) {
    while queue.counters.passCount == 0 {}
  }

  @Test func `what is urgent goes between two layers of a long pass, which stops when cancelled`()
    throws
  {
    let queue = InferenceQueue(model: model, encoder: nil)
    defer { queue.stop() }
    let alone = try model.mlpActivations(
      of: [[504, 2_365]], neurons: [NeuronIndex(layer: 1, neuron: 3)])
    let ends = Ends()
    let handle = try queue.submit(
      long, terms: InferenceTerms(priority: .background), ends.note("long"))
    waitForPass(queue)
    let urgent = try queue.results(of: short(layer: 1), terms: InferenceTerms(priority: .urgent))
    #expect(urgent == alone)
    handle.cancel()
    handle.cancel()
    #expect(ends.first(1).map(\.refusal) == [.cancelled])
    #expect(try queue.results(of: short()).count == 1)
    let counters = queue.counters
    #expect(counters.interruptionCount == 1 && counters.abandonedPassCount == 1)
    #expect(counters.cancelledCount == 1 && counters.finishedCount == 2)
  }

  @Test func `what waits and is cancelled is never computed`() throws {
    let queue = InferenceQueue(model: model, encoder: nil)
    defer { queue.stop() }
    let ends = Ends()
    let handle = InferenceHandle()
    let patient = InferenceTerms(patience: .seconds(3_600), handle: handle)
    for name in ["a", "b", "c"] {
      #expect(try queue.submit(short(), terms: patient, ends.note(name)) === handle)
    }
    handle.cancel()
    #expect(ends.first(3).map(\.refusal) == [.cancelled, .cancelled, .cancelled])
    #expect(queue.counters.passCount == 0 && queue.counters.waitingRequestCount == 0)
    // Nothing more can be asked under it.
    #expect(throws: InferenceRefusal.cancelled) {
      try queue.submit(short(), terms: patient, ends.note("d"))
    }
  }

  @Test func `a request that shares its pass ends alone when it is cancelled`() throws {
    let queue = InferenceQueue(model: model, encoder: nil)
    defer { queue.stop() }
    let ends = Ends()
    let patience = Duration.milliseconds(500)
    let handle = try queue.submit(
      short(layer: 20), terms: InferenceTerms(patience: patience), ends.note("cancelled"))
    try queue.submit(
      short(layer: 20), terms: InferenceTerms(patience: patience), ends.note("kept"))
    waitForPass(queue)
    handle.cancel()
    let all = ends.first(2)
    #expect(all.contains { $0.name == "kept" && $0.refusal == nil })
    #expect(all.contains { $0.name == "cancelled" && $0.refusal ?? .cancelled == .cancelled })
    #expect(queue.counters.abandonedPassCount == 0)
  }

  @Test func `what comes too late for its time limit says so`() throws {
    let queue = InferenceQueue(model: model, encoder: nil)
    defer { queue.stop() }
    let ends = Ends()
    let handle = try queue.submit(
      long, terms: InferenceTerms(priority: .high), ends.note("long"))
    waitForPass(queue)
    try queue.submit(
      short(), terms: InferenceTerms(priority: .high, timeLimit: .zero), ends.note("late"))
    handle.cancel()
    let all = ends.first(2)
    #expect(all.map(\.name) == ["long", "late"])
    #expect(all.map(\.refusal) == [.cancelled, .late])
    #expect(queue.counters.lateCount == 1)
  }

  @Test func `a full queue gives the place of the least urgent to the more urgent`() throws {
    var limits = InferenceLimits()
    limits.requestCountMax = 2
    let queue = InferenceQueue(model: model, encoder: nil, limits: limits)
    defer { queue.stop() }
    let ends = Ends()
    func patient(_ priority: InferencePriority) -> InferenceTerms {
      InferenceTerms(priority: priority, patience: .seconds(3_600))
    }
    try queue.submit(short(), terms: patient(.background), ends.note("first"))
    try queue.submit(short(), terms: patient(.background), ends.note("second"))
    #expect(throws: InferenceRefusal.self) {
      try queue.submit(short(), terms: patient(.background), ends.note("third"))
    }
    try queue.submit(short(), terms: patient(.high), ends.note("high"))
    let displaced = ends.first(1)
    #expect(displaced.map(\.name) == ["second"])
    guard case .busy(let wait)? = displaced.first?.refusal else {
      Issue.record("\(displaced)")
      return
    }
    #expect(wait > .zero)
    #expect(queue.counters.busyCount == 2)
  }

  @Test func `stopping ends what is computed and what waits`() throws {
    let queue = InferenceQueue(model: model, encoder: nil)
    let ends = Ends()
    try queue.submit(long, ends.note("long"))
    waitForPass(queue)
    try queue.submit(short(), terms: InferenceTerms(priority: .background), ends.note("waiting"))
    queue.stop()
    #expect(ends.first(2).map(\.refusal) == [.stopped, .stopped])
    #expect(throws: InferenceRefusal.stopped) { try queue.submit(short(), ends.note("after")) }
    queue.stop()
  }

  @Test func `thousands of callers each get one end, and their own results`() async throws {
    let queue = InferenceQueue(model: model, encoder: nil)
    let model = model
    let expected = try (0..<8).map { kind in
      try model.mlpActivations(
        of: [[Int32(500 + kind)]], neurons: [NeuronIndex(layer: 0, neuron: kind)])
    }
    let finished = await withTaskGroup(of: Int.self) { group in
      for caller in 0..<16 {
        group.addTask {
          var generator = SeededGenerator(seed: UInt64(caller))
          var finished = 0
          for _ in 0..<150 {
            let kind = Int.random(in: 0..<8, using: &generator)
            let terms = InferenceTerms(
              priority: InferencePriority.allCases[Int.random(in: 0..<4, using: &generator)],
              caller: UInt64(caller))
            let isCancelled = Int.random(in: 0..<5, using: &generator) == 0
            let outcome: (values: [ActivationMatrix], refusal: InferenceRefusal?) =
              await withCheckedContinuation { continuation in
                let values = Locked<[ActivationMatrix]>([])
                // A second end would resume the continuation twice, which traps.
                let handle = try? queue.submit(
                  .activations(
                    of: [[Int32(500 + kind)]], neurons: [NeuronIndex(layer: 0, neuron: kind)]),
                  terms: terms
                ) { event in
                  switch event {
                  case .part(_, let new): values.withLock { $0 += new }
                  case .finished: continuation.resume(returning: (values.withLock { $0 }, nil))
                  case .refused(let refusal): continuation.resume(returning: ([], refusal))
                  }
                }
                if isCancelled { handle?.cancel() }
              }
            if outcome.refusal == nil {
              finished += 1
              #expect(outcome.values == expected[kind])
            } else {
              #expect(isCancelled && outcome.refusal == .cancelled)
            }
          }
          return finished
        }
      }
      return await group.reduce(0, +)
    }
    let counters = queue.counters
    #expect(counters.finishedCount == finished)
    #expect(counters.finishedCount + counters.cancelledCount == 16 * 150)
    #expect(counters.waitingRequestCount == 0 && counters.waitingTokenCount == 0)
    #expect(counters.waiting.reduce(0) { $0 + $1.count } >= finished)
    queue.stop()
  }
}
