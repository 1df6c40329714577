import ArenaProtocol
import ArenaRules
import ArenaStorage
import ArenaTypes
import DispatchTransport
import Logging

/// The owner of one duel: feeds the rules, keeps the journal, performs what the rules say.
///
/// ```
///  command ─▶ Duel.apply ─▶ journal ─▶ on disk ─▶ answer, then events ─▶ hub, players, engine
///                 │ refused                │ lost
///                 ▼                        ▼
///              refusal          state read again, `unavailable`
/// ```
/// Nobody sees anything of a command before it is on disk.
final class DuelRoom {
  let id: DuelID
  let record: DuelRecord
  unowned let context: ShardContext
  private(set) var duel: Duel
  let publisher: TopicPublisher
  let views: WireViews
  var journal: RoomJournal<DuelCommand>
  /// Heat maps by round, complete once the engine has said what it predicts.
  var heats: [Int: Wire.Heat] = [:]
  private var timer: (token: TimerToken, deadline: Timestamp)?
  private var isReloading = false
  /// When the open question was asked, for clients that come later.
  private(set) var roundStartedAt: Timestamp
  /// The seats that would play again.
  var rematchWishes: Set<Int> = []
  /// The duel that followed this one.
  var rematch: DuelID?
  private var spectatorsShown = 0
  private var spectatorTimer: TimerToken?

  /// A room for `duel`, whose first `entryCount` commands are on disk.
  init(_ record: DuelRecord, duel: Duel, entryCount: Int, context: ShardContext) {
    id = record.setup.id
    self.record = record
    self.duel = duel
    self.context = context
    let id = record.setup.id
    publisher = TopicPublisher(
      .duel(id), directory: context.directory, epoch: context.services.epoch,
      historyCount: context.configuration.duelHistoryCount)
    views = WireViews(campaign: context.services.campaign)
    roundStartedAt = context.now
    journal = RoomJournal(.duel(id), context: context, sequence: entryCount) {
      context, generation, result in
      context.duels[id]?.journalCompleted(generation, result)
    }
  }

  /// Takes a command; `reply` is called with what became of it, after it is on disk.
  func take(
    _ command: DuelCommand, reply: @escaping (Result<[DuelEvent], Refusal>) -> Void = { _ in }
  ) {
    if isReloading {
      return reply(.failure(Refusal(.unavailable, retryAfter: .milliseconds(500))))
    }
    let now = context.now
    let before = duel
    let events: [DuelEvent]
    do throws(DuelRejection) {
      events = try duel.apply(command, now: now)
    } catch {
      return reply(.failure(Refusal(error, now: now)))
    }
    scheduleTick()
    // A repeated answer or an idle tick has changed nothing and need not be kept.
    guard duel != before else { return reply(.success(events)) }
    journal.append(command, at: now, with: closingWrites(events, now: now)) { [self] outcome in
      switch outcome {
      case .durable:
        reply(.success(events))
        for event in events { perform(event) }
      case .lost(let error):
        context.services.log.error("duel \(id) lost a command: \(error)")
        reply(.failure(Refusal(.unavailable, retryAfter: .seconds(1))))
      }
    }
  }

  private func journalCompleted(_ generation: Int, _ result: Result<Void, StorageError>) {
    if !journal.completed(generation, result) { reload() }
  }

  /// Goes back to what is on disk, after a commit has failed.
  private func reload() {
    guard !isReloading else { return }
    isReloading = true
    if let timer { context.scheduler.cancel(timer.token) }
    timer = nil
    let (id, index, directory) = (id, context.shard.index, context.directory)
    context.services.store.read { reader throws(StorageError) in
      try RestoredDuel(.duel(id), reader: reader)
    } completion: { result in
      directory.post(to: index) { $0.duels[id]?.reloaded(result) }
    }
  }

  private func reloaded(_ result: Result<RestoredDuel?, StorageError>) {
    guard case .success(let restored?) = result else {
      // The disk is still ill: the room stays closed to commands and asks again.
      context.scheduler.schedule(after: .seconds(1)) { [weak self] in
        self?.isReloading = false
        self?.reload()
      }
      return
    }
    isReloading = false
    duel = restored.duel
    journal.restart(at: restored.entryCount)
    goOn(after: context.now - restored.lastEntryAt)
  }

  /// Takes the duel up again after a time in which the server could not carry it on.
  ///
  /// The clocks move by the outage first; then whoever isn't here counts as away, and the engine is
  /// asked again for all that is outstanding.
  func goOn(after outage: Duration) {
    take(.outage(milliseconds: max(0, outage.wholeMilliseconds)))
    for seat in duel.setup.seats where seat.kind == .human {
      context.post(toPlayer: seat.player) { [id] in $0.reportPresence(to: id) }
      take(.disconnected(player: seat.player))
    }
    if duel.question != nil { roundStartedAt = context.now }
    for wish in duel.outstandingWishes { perform(wish) }
    planBotMove()
    scheduleTick()
    announce()
  }

  /// Sets the one timer to the duel's next deadline.
  private func scheduleTick() {
    let deadline = duel.nextDeadline
    if timer?.deadline == deadline { return }
    if let timer { context.scheduler.cancel(timer.token) }
    timer = deadline.map { deadline in
      let token = context.scheduler.schedule(at: deadline) { [weak self] in
        self?.timer = nil
        self?.take(.tick)
        self?.scheduleTick()
      }
      return (token, deadline)
    }
  }

  /// Begins a new duel, whose opening is on disk.
  func begin(_ events: [DuelEvent]) {
    for event in events { perform(event) }
    scheduleTick()
  }

  /// Notes when a question was opened.
  func questionOpened() { roundStartedAt = context.now }

  // MARK: Spectators

  /// How many of the followers are no players; a player's tabs count once.
  var spectatorCount: Int {
    let players = duel.setup.seats.indices.filter {
      duel.setup.seats[$0].kind == .human && duel.isConnected(seat: $0)
    }
    return max(0, publisher.subscriberCount - players.count)
  }

  /// Tells how many watch, at most once a second.
  func subscribersChanged() {
    guard spectatorTimer == nil, spectatorCount != spectatorsShown else { return }
    spectatorTimer = context.scheduler.schedule(after: .seconds(1)) { [weak self] in
      guard let self else { return }
      spectatorTimer = nil
      guard spectatorCount != spectatorsShown else { return }
      spectatorsShown = spectatorCount
      publish(.duelSpectators(.init(count: spectatorsShown)))
      announce()
    }
  }
}
