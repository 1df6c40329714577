import ArenaTypes
@preconcurrency import Dispatch
import DispatchTransport
import Glibc
import Interpretation
import TransformerEngine

/// The process of `bench beside-server`; no part of the command's file, whose closures would belong to
/// the main actor.
struct BesideServer {
  let models: InterpretationModels
  let nice: Int
  let shards: Int

  func run() async throws {
    _ = DescriptorLimit.raise()
    var limits = TransportLimits()
    limits.connectionCountPerAddressMax = limits.connectionCountMax
    limits.handshakesPerSecondPerAddress = nil
    let hub = BenchHub(shardCount: shards)
    let transport = DispatchTransport(
      configuration: TransportConfiguration(
        listeners: [Listener(host: "127.0.0.1", port: 0)], shardCount: shards, limits: limits)
    ) { BenchHandler($0, hub: hub) }
    let queue = models.makeQueue(niceValue: nice)
    let work = BesideWork(queue: queue)
    announce(port: try transport.start()[0])
    while let line = readLine() {
      switch line {
      case "saturate": work.begin(isSaturated: true)
      case "probe": work.begin(isSaturated: false)
      case "rest": work.end()
      default: break
      }
      print(work.figures())
      fflush(nil)
    }
    work.end()
    queue.stop()
    await withCheckedContinuation { continuation in
      transport.drain(within: .milliseconds(200)) { continuation.resume() }
    }
  }
}

/// A stream of background work that never ends, such as a campaign's corpus, and every 100 ms an urgent
/// text, such as a player's.
final class BesideWork: Sendable {
  private struct State {
    var generation = 0
    var tokenCount = 0
    var urgent = LatencyHistogram()
    var urgentCount = 0
  }

  /// The tokens of a sequence of the corpus, and of an urgent text (game.md).
  private static let sequenceTokenCount = 48
  private static let urgentTokenCount = 24
  private let queue: InferenceQueue
  private let state = Locked(State())
  private let timer = DispatchQueue(label: "beside")

  init(queue: InferenceQueue) { self.queue = queue }

  /// Begins to ask: always urgent texts, and background work where it is to be saturated.
  func begin(isSaturated: Bool) {
    let generation = state.withLock { state in
      state.generation += 1
      return state.generation
    }
    if isSaturated { for _ in 0..<3 { askBackground(generation) } }
    timer.async { self.askUrgent(generation) }
  }

  /// Ends the streams.
  func end() { state.withLock { $0.generation += 1 } }

  /// What was done since the last time.
  func figures() -> String {
    state.withLock { state in
      let text =
        "\(state.tokenCount) \(state.urgentCount) \(state.urgent.quantile(0.5)) "
        + "\(state.urgent.quantile(0.99))"
      state.tokenCount = 0
      state.urgent = LatencyHistogram()
      state.urgentCount = 0
      return text
    }
  }

  private func isCurrent(_ generation: Int) -> Bool {
    state.withLock { $0.generation == generation }
  }

  private static func tokens(_ count: Int, seed: Int) -> [Int32] {
    (0..<count).map { Int32((seed * 577 + $0 * 131) % 40_000 + 200) }
  }

  private func askBackground(_ generation: Int) {
    guard isCurrent(generation) else { return }
    let texts = (0..<16).map { Self.tokens(Self.sequenceTokenCount, seed: $0) }
    _ = try? queue.submit(
      .activations(of: texts, layers: [29]), terms: InferenceTerms(priority: .background)
    ) { [self] event in
      switch event {
      case .part(let range, _):
        state.withLock { $0.tokenCount += range.count * Self.sequenceTokenCount }
      case .finished: askBackground(generation)
      case .refused: break
      }
    }
  }

  private func askUrgent(_ generation: Int) {
    guard isCurrent(generation) else { return }
    let start = ContinuousClock.now
    _ = try? queue.submit(
      .activations(
        of: [Self.tokens(Self.urgentTokenCount, seed: 7)],
        neurons: [NeuronIndex(layer: 15, neuron: 7)]), terms: InferenceTerms(priority: .urgent)
    ) { [self] event in
      guard case .finished = event else { return }
      let (seconds, attoseconds) = (ContinuousClock.now - start).components
      state.withLock { state in
        state.urgentCount += 1
        state.urgent.add(nanoseconds: seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
      }
      timer.asyncAfter(deadline: .now() + .milliseconds(100)) { self.askUrgent(generation) }
    }
  }
}
