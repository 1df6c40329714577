import ArenaCrypto
import ArenaRules
public import ArenaStorage
public import ArenaTypes
public import DispatchTransport
public import Interpretation
public import Logging
public import TransformerEngine

/// The game server: sessions and rooms on the shards of a transport, with an engine and a store.
///
/// It runs unchanged on the real transport and on the simulated one.
public final class ArenaServer: Sendable {
  private let services: ArenaServices
  private let web: WebRoutes

  /// A server of these parts, on no transport yet.
  ///
  /// - Throws: `ServerStartError` where the web app is missing or the campaign has nothing to ask.
  public init(
    configuration: ServerConfiguration, campaign: Campaign, scorer: any Scorer,
    probe: any ActivationProbe, comparator: any TextComparator, store: any DurableStore,
    log: Logger
  ) throws {
    let files = try Self.files(configuration, campaign: campaign)
    let worker = EngineWorker(
      queueCapacity: configuration.engineQueueCapacity,
      threadCount: configuration.engineJobCountMax, nice: configuration.engineNice)
    let metrics = ServerMetrics { worker.counters }
    services = ArenaServices(
      configuration: configuration, campaign: campaign,
      campaignSummary: CampaignViews.summary(of: campaign, hasModel: probe.isAvailable),
      store: metrics.journal.measuring(store),
      engine: EngineDesk(
        worker: worker, scorer: scorer, probe: probe, comparator: comparator,
        campaign: campaign),
      files: files, directory: ShardDirectory(), epoch: RandomName.make("e"), metrics: metrics,
      log: log)
    web = WebRoutes(
      files: files, hostNames: configuration.hostNames, origins: configuration.origins)
  }

  /// Checks what a server needs that is neither a database nor a model.
  ///
  /// - Throws: `ServerStartError` where the web app is missing or the campaign has nothing to ask.
  public static func check(_ configuration: ServerConfiguration, campaign: Campaign) throws {
    _ = try files(configuration, campaign: campaign)
  }

  private static func files(
    _ configuration: ServerConfiguration, campaign: Campaign
  ) throws -> StaticFiles {
    guard campaign.units.contains(where: { $0.pairs.contains(where: \.isInPlay) }) else {
      throw ServerStartError.campaignUnfit("no unit has a pair of explanations in play")
    }
    guard DuelFormat.allCases.contains(where: { DuelFactory.offers($0, of: campaign) }) else {
      throw ServerStartError.campaignUnfit("it has too few units for any duel")
    }
    return try StaticFiles(clientFolder: configuration.clientFolder) { body in
      Hex.encode(Array(try SHA256.hash(body).prefix(12)))
    }
  }

  /// Makes the server's end of one shard; a transport calls it for each of its shards, in order.
  public func makeHandler(_ shard: any TransportShard) -> any ShardHandler {
    let context = ShardContext(shard: shard, services: services)
    services.directory.add(shard, context: Confined(context, to: .shard(shard)))
    return SessionHandler(context: context, web: web)
  }

  /// Takes up the rooms that the store knows as open, then lets clients in.
  ///
  /// The transport has made all its shards.
  /// - Throws: `ServerStartError.storage` where the open rooms can't be read.
  public func open() async throws {
    let log = services.log
    let restored: RestoredRooms
    do {
      restored = try await services.store.read { reader throws(StorageError) in
        try RestoredRooms(reader: reader) { log.error("\($0)") }
      }
    } catch {
      throw ServerStartError.storage("\(error)")
    }
    let directory = services.directory
    directory.post(toOwnerOf: RoomName.matchmaking) {
      $0.matchmaking = MatchmakingRoom(context: $0)
    }
    directory.post(toOwnerOf: RoomName.lobby) {
      $0.lobby = LobbyRoom(context: $0)
    }
    for duel in restored.duels { restore(duel) }
    for contest in restored.contests { restore(contest) }
    directory.post(toOwnerOf: RoomName.lobby) { $0.openHourlyContest() }
    log.info(
      "rooms are restored",
      metadata: ["duels": "\(restored.duels.count)", "contests": "\(restored.contests.count)"])
    // Everything posted so far is ahead of whatever a client can cause.
    web.setReady(true)
  }

  private func restore(_ restored: RestoredDuel) {
    let id = restored.record.setup.id
    for seat in restored.record.setup.seats where seat.kind == .human {
      services.directory.post(toOwnerOf: RoomName.player(seat.player)) {
        $0.duelOfPlayer[seat.player] = id
      }
    }
    services.directory.post(toOwnerOf: RoomName.duel(id)) { $0.restore(restored) }
  }

  /// Names who knows what the transport has counted, a value for each shard, for `/metrics`.
  public func measureTransport(_ counters: @escaping @Sendable () -> [TransportCounters]) {
    services.metrics.setTransport(counters)
  }

  /// Names who knows what the models' queue has done, for `/metrics`.
  public func measureInference(_ counters: @escaping @Sendable () -> InferenceCounters) {
    services.metrics.setInference(counters)
  }

  /// What sessions and rooms have done, for tests.
  var counters: ServerCounters { services.metrics.counters }

  /// Everything that is measured, as `/metrics` shows it.
  public func metricsText() -> String { services.metrics.text() }

  private func restore(_ restored: RestoredContest) {
    let id = restored.contest.setup.id
    // Before anybody can say hello, whom the welcome tells of the run.
    for player in restored.contest.runningPlayers {
      services.directory.post(toOwnerOf: RoomName.player(player)) { $0.runOfPlayer[player] = id }
    }
    services.directory.post(toOwnerOf: RoomName.contest(id)) { $0.restore(restored) }
  }

  /// Scores an explanation on the server's engine, behind everything that a player waits for.
  ///
  /// - Parameter completion: Called with nil where the engine is full, stopped or could not do it;
  ///   on the engine's thread, or at once on the caller's where the answer is known.
  public func score(
    _ text: ExplanationText, unit: UnitID, completion: @escaping @Sendable (Score?) -> Void
  ) {
    services.engine.score(text, unit: unit, priority: .background) {
      completion(try? $0.get())
    }
  }

  /// Lets nobody in any more; those who are in stay until the transport closes them.
  public func stopAccepting() { web.setReady(false) }

  /// Ends the engine and closes the store, when the transport is closed.
  public func close() async {
    services.engine.worker.stop()
    await services.store.close()
    services.directory.removeAll()
  }
}

/// The open rooms of a store, with their journals replayed.
struct RestoredRooms: Sendable {
  private(set) var duels: [RestoredDuel] = []
  private(set) var contests: [RestoredContest] = []

  /// Reads them all.
  ///
  /// A room whose journal can't be replayed is reported and left out: one bad journal
  /// must not keep a server from starting.
  init(
    reader: any StoreReader, report: (String) -> Void
  ) throws(StorageError) {
    for room in try reader.openRooms(of: nil) {
      do throws(StorageError) {
        switch room.key.kind {
        case .duel:
          if let duel = try RestoredDuel(room.key, reader: reader) { duels.append(duel) }
        case .contest:
          if let contest = try RestoredContest(room.key, reader: reader) {
            contests.append(contest)
          }
        case .player, .queue: break
        }
      } catch {
        guard case .unusable = error else { throw error }
        report("left out: \(error)")
      }
    }
  }
}

extension ShardContext {
  fileprivate func restore(_ restored: RestoredDuel) {
    guard restored.duel.phase != .finished else { return }
    let room = DuelRoom(
      restored.record, duel: restored.duel, entryCount: restored.entryCount, context: self)
    duels[room.id] = room
    room.goOnAfterRestart(outage: now - restored.lastEntryAt)
  }

  fileprivate func restore(_ restored: RestoredContest) {
    let room = ContestRoom(restored.contest, entryCount: restored.entryCount, context: self)
    contests[room.id] = room
    room.begin(after: now - restored.lastEntryAt)
    room.reportRuns()
  }
}
