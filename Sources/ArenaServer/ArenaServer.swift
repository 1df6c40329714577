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

  /// A server of one campaign, on no transport yet.
  ///
  /// Without a `suspicion` what players write is checked by its words alone; without a `settler`, which
  /// scores on the second sealed half, contests are settled on their first scores; without an
  /// `embedder` units are found by words, not by meaning.
  ///
  /// - Parameters:
  ///   - agreement: How often the scorer agrees with readers; without it, it settles no pair.
  ///   - isPractice: Whether the campaign's answers are public, so that nothing in it is rated.
  ///   - entropy: Where its names, secrets and seeds come from.
  /// - Throws: `ServerStartError` where the web app is missing or the campaign has nothing to ask.
  public convenience init(
    configuration: ServerConfiguration, campaign: Campaign, scorer: any Scorer,
    settler: (any Scorer)? = nil, probe: any ActivationProbe, comparator: any TextComparator,
    suspicion: (any TextSuspicion)? = nil, embedder: (any SentenceEmbedder)? = nil,
    agreement: PairAgreement? = nil, isPractice: Bool = false, store: any DurableStore,
    log: Logger, entropy: Entropy = .system
  ) throws {
    let open = OpenCampaign(
      campaign, isPractice: isPractice, scorer: scorer, settler: settler, probe: probe)
    try self.init(
      configuration: configuration, campaigns: [open], comparator: comparator,
      suspicion: suspicion, embedder: embedder, agreement: agreement, store: store, log: log,
      entropy: entropy)
  }

  /// A server of several campaigns, on no transport yet.
  ///
  /// The first of them is played where nobody names another; search, unit pages and solo play are of
  /// the first.
  ///
  /// - Throws: `ServerStartError` where the web app is missing, a campaign has nothing to ask, there is
  ///   none, or two have one name.
  public init(
    configuration: ServerConfiguration, campaigns: [OpenCampaign],
    comparator: any TextComparator, suspicion: (any TextSuspicion)? = nil,
    embedder: (any SentenceEmbedder)? = nil, agreement: PairAgreement? = nil,
    store: any DurableStore, log: Logger,
    entropy: Entropy = .system
  ) throws {
    let files = try Self.files(configuration, campaigns: campaigns.map(\.campaign))
    let worker = EngineWorker(
      queueCapacity: configuration.engineQueueCapacity,
      threadCount: configuration.engineJobCountMax, nice: configuration.engineNice)
    let metrics = ServerMetrics { worker.counters }
    let measured = metrics.journal.measuring(store)
    let keeper = BookKeeper(QuestionBook(), of: measured)
    let served = campaigns.map { open in
      let shelf = CampaignShelf(open.campaign)
      return ServedCampaign(
        shelf: shelf,
        questions: UnitQuestions(
          decoys: shelf.decoys, book: keeper.book, agreement: agreement),
        engine: EngineDesk(
          worker: worker, scorer: open.scorer, settler: open.settler, probe: open.probe,
          comparator: comparator, suspicion: suspicion, campaign: open.campaign,
          textCountMax: configuration.textCountMax),
        summary: CampaignViews.summary(
          of: open.campaign, hasModel: open.probe.isAvailable, isPractice: open.isPractice))
    }
    let moderation = ModerationShelf(served.map(\.shelf))
    services = ArenaServices(
      configuration: configuration,
      campaigns: CampaignLibrary(main: served[0], others: Array(served.dropFirst())),
      moderation: moderation,
      keeper: keeper, store: keeper.followed(), worker: worker,
      search: UnitSearch(served[0].campaign, embedder: embedder), files: files,
      directory: ShardDirectory(), epoch: RandomName.make("e", from: entropy),
      metrics: metrics, entropy: entropy, log: log)
    let exported = campaigns.filter { $0.isPractice || configuration.exportsRated }
    let main = served[0].id
    web = WebRoutes(
      files: files, units: UnitPages(campaign: moderation.shown(main), summary: served[0].summary),
      hostNames: configuration.hostNames, origins: configuration.origins,
      export: ExportDesk(
        campaigns: exported.map(\.campaign), agreement: agreement, store: measured,
        worker: worker, entropy: entropy, log: log))
  }

  /// Checks what a server needs that is neither a database nor a model.
  ///
  /// - Throws: `ServerStartError` where the web app is missing or a campaign has nothing to ask.
  public static func check(_ configuration: ServerConfiguration, campaigns: [Campaign]) throws {
    _ = try files(configuration, campaigns: campaigns)
  }

  private static func files(
    _ configuration: ServerConfiguration, campaigns: [Campaign]
  ) throws -> StaticFiles {
    guard !campaigns.isEmpty else { throw ServerStartError.campaignUnfit("there is none") }
    let names = Set(campaigns.map(\.info.id))
    guard names.count == campaigns.count else {
      throw ServerStartError.campaignUnfit("two campaigns have one name")
    }
    for campaign in campaigns {
      guard campaign.units.contains(where: { $0.pairs.contains(where: \.isInPlay) }) else {
        throw ServerStartError.campaignUnfit("no unit has a pair of explanations in play")
      }
      guard DuelFormat.allCases.contains(where: { DuelFactory.offers($0, of: campaign) }) else {
        throw ServerStartError.campaignUnfit("it has too few units for any duel")
      }
    }
    for offer in configuration.contests {
      guard offer.campaign.map(names.contains) ?? true else {
        throw ServerStartError.campaignUnfit(
          "a contest is of \(offer.campaign?.rawValue ?? ""), which is not open")
      }
    }
    guard let clientFolder = configuration.clientFolder else { return StaticFiles() }
    return try StaticFiles(clientFolder: clientFolder) { body in
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
    let result = await withCheckedContinuation { continuation in
      open { continuation.resume(returning: $0) }
    }
    try result.get()
  }

  /// As `open()`, for who can't wait.
  ///
  /// - Parameter completion: Called once, on the store's queue.
  public func open(completion: @escaping @Sendable (Result<Void, ServerStartError>) -> Void) {
    let log = services.log
    let moderation = services.moderation
    services.store.read { reader throws(StorageError) in
      try moderation.load(from: reader)
      return try RestoredRooms(reader: reader) { log.error("\($0)") }
    } completion: { [self] result in
      switch result {
      case .success(let restored): recount(restored, completion: completion)
      case .failure(let error): completion(.failure(.storage("\(error)")))
      }
    }
  }

  /// Reads all that was answered before the rooms are taken up, which choose by it.
  private func recount(
    _ restored: RestoredRooms,
    completion: @escaping @Sendable (Result<Void, ServerStartError>) -> Void
  ) {
    let (keeper, directory) = (services.keeper, services.directory)
    // The keeper keeps this: it must not keep itself.
    keeper.onFailure { [weak keeper] in
      directory.post(to: 0) { [weak keeper] context in
        context.scheduler.schedule(after: .seconds(1)) { keeper?.wake() }
      }
    }
    keeper.catchUp { [self] result in
      if case .success = result { restore(restored) }
      completion(result.mapError { .storage("\($0)") })
    }
  }

  private func restore(_ restored: RestoredRooms) {
    let directory = services.directory
    directory.post(toOwnerOf: RoomName.matchmaking) {
      $0.matchmaking = MatchmakingRoom(context: $0)
    }
    directory.post(toOwnerOf: RoomName.lobby) {
      $0.lobby = LobbyRoom(context: $0)
      $0.waitingTexts = WaitingTextsRoom(context: $0)
      // What was left when the server was last here.
      $0.waitingTexts?.added()
    }
    directory.post(toOwnerOf: RoomName.standings) {
      $0.standings = StandingsRoom(context: $0)
      $0.standings?.begin()
    }
    for duel in restored.duels { restore(duel) }
    for contest in restored.contests { restore(contest) }
    directory.post(toOwnerOf: RoomName.lobby) {
      $0.holdContests()
      $0.forgetOldJournals()
    }
    services.log.info(
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

  /// Runs `work` on the shard that owns the room called `name`, for tests.
  func post(toOwnerOf name: String, _ work: @escaping @Sendable (ShardContext) -> Void) {
    services.directory.post(toOwnerOf: name, work)
  }

  /// Everything that is measured, as `/metrics` shows it.
  public func metricsText() -> String { services.metrics.text() }

  private func restore(_ restored: RestoredContest) {
    let id = restored.contest.setup.id
    // Before anybody can say hello, whom the welcome tells of the run.
    let isTimed = restored.contest.setup.kind == .race || restored.contest.setup.kind == .live
    for player in restored.contest.runningPlayers {
      services.directory.post(toOwnerOf: RoomName.player(player)) {
        $0.runsOfPlayer[player, default: OwnRuns()].note(id, isOver: false, isTimed: isTimed)
      }
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
    services.campaigns.holding(unit).engine.score(text, unit: unit, priority: .background) {
      completion(try? $0.get())
    }
  }

  /// Learns what explanations mean, for searches, when nobody else needs the engine.
  public func prepareSearch() {
    if !services.search.isComplete { services.engine.learnMeanings(services.search) }
  }

  /// Names who is called, once, when a moderator drains the server and nothing runs any more.
  public func whenDrained(_ call: @escaping @Sendable () -> Void) {
    services.moderation.whenDrained(call)
  }

  /// Lets nobody in any more; those who are in stay until the transport closes them.
  public func stopAccepting() { web.setReady(false) }

  /// Ends the engine and closes the store, when the transport is closed.
  public func close() async {
    await withCheckedContinuation { continuation in close { continuation.resume() } }
  }

  /// As `close()`, for who can't wait.
  ///
  /// - Parameter completion: Called once, on the store's queue.
  public func close(completion: @escaping @Sendable () -> Void) {
    services.worker.stop()
    services.store.close { [self] in
      services.directory.removeAll()
      completion()
    }
  }

  /// Lets go of everything at once, as a process that is killed does; for simulations.
  package func abandon() { services.directory.removeAll() }

  /// All that is known of questions, as text; for simulations.
  package var questionDigest: String { services.keeper.book.digest }

  /// What a server that starts would know of questions; for simulations.
  package static func questionDigest(of reader: any StoreReader) throws(StorageError) -> String {
    let book = QuestionBook()
    while true {
      let page = try reader.answers(after: book.position.answer, limit: 1_000)
      book.note(page)
      if page.isEmpty { break }
    }
    while true {
      let page = try reader.explanations(
        changedAfter: book.position.explanationChange, limit: 1_000)
      book.note(page, names: [:])
      if page.isEmpty { break }
    }
    return book.digest
  }

  /// How many engine jobs wait; for simulations.
  package var engineJobCount: Int { services.worker.queuedJobCount }

  /// Runs the engine job that is next, where `ServerConfiguration.engineJobCountMax` is 0; false if
  /// there is none.
  package func runEngineJob() -> Bool { services.worker.runNextJob() }
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

  /// Takes up a contest of the disk, which has no room yet.
  func restore(_ restored: RestoredContest) {
    let room = ContestRoom(restored.contest, entryCount: restored.entryCount, context: self)
    contests[room.id] = room
    room.begin(after: now - restored.lastEntryAt)
    room.reportRuns()
  }
}
