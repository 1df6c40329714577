import ArenaRules
import ArenaServer
import ArenaStorage
import ArenaTypes
import Dispatch
import DispatchTransport
import Interpretation
import Logging
import SQLiteStorage
import TransformerEngine

/// A whole server with a store on disk, whose duels wait for players alone, and whose engine is kept
/// busy by scores that nobody asked for.
final class BenchDuelServer: Sendable {
  /// What the engine does beside the duels.
  enum Engine: String {
    /// Scores with the models.
    case models
    /// Computes without a meaning, since there are no models.
    case busyLoop
    /// Nothing.
    case idle
  }

  /// What keeps the engine busy.
  let engine: Engine
  private let server: ArenaServer
  private let store: any DurableStore
  private let transport: DispatchTransport
  private let stream: ScoreStream?
  private let queue: InferenceQueue?

  /// Loads everything.
  ///
  /// - Parameters:
  ///   - pace: The pace of people, with the limits of `serve`; nil: bots that send as fast as they are
  ///     answered.
  ///   - shards: How many shards; by default one a processor.
  init(
    store: any DurableStore, campaignPath: String?, models: ModelsFolder, isScoring: Bool,
    pace: HumanPace? = nil, shards: Int? = nil
  ) throws {
    guard let client = SharedFiles.client, let path = campaignPath ?? SharedFiles.campaign else {
      throw BenchError.noServer
    }
    var configuration = ServerConfiguration(clientFolder: client)
    if let pace {
      configuration.duelTiming = pace.timing
    } else {
      configuration.duelTiming.countdownMilliseconds = 1
      configuration.commandBurst = 1_000_000
      configuration.commandsPerSecond = 1_000_000
    }
    let campaign = try Campaign.load(from: path)
    let loaded = isScoring ? try? models.load(niceValue: configuration.engineNice) : nil
    let queue = loaded?.makeQueue(niceValue: configuration.engineNice)
    self.queue = queue
    let scorer: any Scorer
    if let loaded, let queue {
      engine = .models
      scorer = BenchScorer(
        models: try ScorerName.standard(for: loaded)
          .scorer(for: campaign, models: loaded.served(by: queue)))
    } else {
      engine = isScoring ? .busyLoop : .idle
      scorer = BenchScorer(models: nil)
    }
    let server = try ArenaServer(
      configuration: configuration, campaign: campaign, scorer: scorer, probe: ScriptedProbe(),
      comparator: ScriptedComparator(),
      store: store,
      log: Self.log())
    var limits = TransportLimits()
    limits.connectionCountPerAddressMax = limits.connectionCountMax
    limits.handshakesPerSecondPerAddress = nil
    transport = DispatchTransport(
      configuration: TransportConfiguration(shardCount: shards, limits: limits)
    ) {
      server.makeHandler($0)
    }
    self.store = store
    stream = isScoring ? ScoreStream(server: server, units: campaign.units.map(\.id)) : nil
    self.server = server
  }

  private static func log() -> Logger {
    var log = Logger(label: "bench") { StreamLogHandler.standardError(label: $0) }
    log.logLevel = .error
    return log
  }

  /// Listens, lets clients in and begins to score; the port.
  func start() async throws -> UInt16 {
    let port = try transport.start().first ?? 0
    try await server.open()
    stream?.begin()
    return port
  }

  /// What has been done since the start.
  var figures: DuelServerFigures {
    DuelServerFigures((store as? SQLiteStore)?.groupCounts, transport.counters())
  }

  /// Closes everything; how many scores were made.
  func stop() async -> Int {
    stream?.end()
    await withCheckedContinuation { continuation in
      transport.drain(within: .milliseconds(200)) { continuation.resume() }
    }
    await server.close()
    queue?.stop()
    return stream?.count ?? 0
  }
}

/// Scores one text after another through a server's engine, two of them waiting at any time.
private final class ScoreStream: Sendable {
  private struct State {
    var asked = 0
    var made = 0
    var isEnded = false
  }

  private static let topics = [
    "storms", "kings", "gardens", "letters", "metals", "music", "bread", "ships",
  ]
  private let server: ArenaServer
  private let units: [UnitID]
  private let state = Locked(State())

  init(server: ArenaServer, units: [UnitID]) {
    self.server = server
    self.units = units
  }

  /// How many were made.
  var count: Int { state.withLock { $0.made } }

  func begin() {
    ask()
    ask()
  }

  func end() { state.withLock { $0.isEnded = true } }

  private func ask() {
    let number: Int? = state.withLock { state in
      guard !state.isEnded, !units.isEmpty else { return nil }
      state.asked += 1
      return state.asked
    }
    // Every text is a new one: a score that is known costs nothing.
    guard let number,
      let text = try? ExplanationText(
        "names of \(Self.topics[number % Self.topics.count]) in stories number \(number)")
    else { return }
    server.score(text, unit: units[number * 7 % units.count]) { [self] score in
      guard score == nil else {
        state.withLock { $0.made += 1 }
        return ask()
      }
      // Refused for something more urgent, perhaps within the call: asking at once would recurse.
      DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(20)) { [self] in ask() }
    }
  }
}

/// Scores with the models, or without them takes a core for 0.1 s before it makes a score up.
///
/// The heat maps of reveals are made up in either case: bots play a hundred times faster than people,
/// and the engine is to be busy with scores instead.
private struct BenchScorer: Scorer {
  let models: (any Scorer)?
  private let scripted = ScriptedScorer()

  init(models: (any Scorer)?) { self.models = models }

  var name: String { models?.name ?? scripted.name }

  func score(_ text: ExplanationText, unit: UnitID) throws(InterpretationError) -> Score {
    if let models { return try models.score(text, unit: unit) }
    let end = ContinuousClock.now + .milliseconds(100)
    while ContinuousClock.now < end {}
    return try scripted.score(text, unit: unit)
  }

  func predict(_ text: ExplanationText, unit: UnitID, on excerpts: [Excerpt])
    throws(InterpretationError) -> [[Float]]
  {
    try scripted.predict(text, unit: unit, on: excerpts)
  }
}
