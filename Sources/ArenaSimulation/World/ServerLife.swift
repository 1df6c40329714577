import ArenaRules
import ArenaServer
import ArenaStorage
import ArenaTypes
import DispatchTransport
import Interpretation
import Logging

/// The server from one start to its end.
final class ServerLife {
  /// How many engine jobs run at once.
  static let engineLaneCount = 3

  let number: Int
  let server: ArenaServer
  let transport: SimulatedTransport
  private let scheduler: LeasedScheduler
  private let log: Locked<[String]>
  /// How many engine jobs are under way.
  var busyLaneCount = 0
  private(set) var isOver = false

  /// Makes a server; `ArenaServer.open` lets players in.
  init(
    number: Int, clock: ManualScheduler, disk: DiskMount, campaigns: [Campaign],
    engine: FlakyEngine,
    entropy: Entropy, order: SeededGenerator, settings: SimulationSettings
  ) throws {
    let hazards = settings.hazards
    self.number = number
    scheduler = LeasedScheduler(clock)
    let log = Locked<[String]>([])
    self.log = log
    var configuration = ServerConfiguration(clientFolder: nil)
    configuration.engineJobCountMax = 0
    configuration.contests = settings.scenario == nil ? World.contests : Scenario.contests
    configuration.duelTiming = DuelTiming(dividedBy: hazards.haste)
    if hazards.isForgetful {
      configuration.answersKeptPerPlayer = 2
      configuration.duelHistoryCount = 5
      configuration.playerHistoryCount = 3
    }
    configuration.goldShare = 0.3
    let open = campaigns.enumerated().map { index, campaign in
      OpenCampaign(campaign, isPractice: index > 0, scorer: engine, probe: engine)
    }
    let server = try ArenaServer(
      configuration: configuration, campaigns: open, comparator: engine, store: disk,
      log: Logger(label: "simulated") { _ in WitnessLog(into: log) }, entropy: entropy)
    self.server = server
    transport = SimulatedTransport(shardCount: 3, scheduler: scheduler, order: order) {
      server.makeHandler($0)
    }
  }

  /// What the server has logged as errors since the last call.
  func takeErrors() -> [String] {
    log.withLock { lines in
      defer { lines = [] }
      return lines
    }
  }

  /// Ends it at once, as `kill -9` does.
  func end() {
    isOver = true
    scheduler.end()
    server.abandon()
  }
}

extension DuelTiming {
  /// The game's clocks, made shorter; what waits for the engine or for who is away stays as it is.
  fileprivate init(dividedBy divisor: Int64) {
    self.init()
    pickMilliseconds /= divisor
    writeMilliseconds /= divisor
    oddOneOutMilliseconds /= divisor
    predictMilliseconds /= divisor
    fireMilliseconds /= divisor
    pickRevealMilliseconds /= divisor
    textRevealMilliseconds /= divisor
  }
}
