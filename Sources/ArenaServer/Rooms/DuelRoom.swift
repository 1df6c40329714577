import ArenaProtocol
import ArenaRules
import ArenaStorage
import ArenaTypes
import DispatchTransport
import Logging
import TransformerEngine

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
  /// The duel with every accepted command, those on their way to the disk included.
  private(set) var duel: Duel
  /// The duel as far as it is on disk: all that anybody is shown.
  private(set) var shown: Duel
  let publisher: TopicPublisher
  let views: WireViews
  var journal: RoomJournal<DuelCommand>
  /// Heat maps by round, complete once the engine has said what it predicts.
  var heats: [Int: Wire.Heat] = [:]
  private let reload: RoomReload<RestoredDuel>
  private lazy var timer = DeadlineTimer(context: context) { [weak self] in
    self?.take(.tick)
    self?.scheduleTick()
  }
  /// When the open question was asked, for clients that come later.
  private(set) var roundStartedAt: Timestamp
  /// What cancels the engine's work for the open question.
  var questionHandle = InferenceHandle()
  /// The seats that would play again.
  var rematchWishes: Set<Int> = []
  /// The duel that followed this one.
  var rematch: DuelID?
  /// Why a seat's last text was refused, for those who come back.
  var refusals: [Int: TextRefusalNote] = [:]
  /// How many of the followers are no players.
  private(set) var spectatorCount = 0
  private var spectatorsShown = 0
  private var spectatorTimer: TimerToken?

  /// A room for `duel`, whose first `entryCount` commands are on disk.
  init(_ record: DuelRecord, duel: Duel, entryCount: Int, context: ShardContext) {
    id = record.setup.id
    self.record = record
    self.duel = duel
    shown = duel
    self.context = context
    let id = record.setup.id
    publisher = TopicPublisher(
      .duel(id), context: context,
      historyCount: context.configuration.duelHistoryCount)
    views = WireViews(campaign: context.services.campaign)
    roundStartedAt = context.now
    journal = RoomJournal(.duel(id), context: context, sequence: entryCount) {
      context, generation, result in
      context.duels[id]?.journalCompleted(generation, result)
    }
    reload = RoomReload(context: context) { reader, performedCount throws(StorageError) in
      try RestoredDuel(.duel(id), reader: reader, performedCount: performedCount)
    } resume: { context, result in
      context.duels[id]?.reloaded(result)
    }
    questionOpened()
  }

  /// Takes a command; `reply` is called with what became of it, after it is on disk.
  func take(
    _ command: DuelCommand, reply: @escaping (Result<[DuelEvent], Refusal>) -> Void = { _ in }
  ) {
    if reload.isUnderWay {
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
    let after = duel
    // A server that closes meanwhile calls nobody, and the room must be free to go.
    journal.append(command, at: now, with: closingWrites(events, now: now)) {
      [weak self] outcome in
      guard let self else { return }
      switch outcome {
      case .durable:
        shown = after
        reply(.success(events))
        for event in events { perform(event) }
      case .lost(let error):
        context.services.log.error("duel \(id) lost a command: \(error)")
        reply(.failure(Refusal(.unavailable, retryAfter: .seconds(1))))
      }
    }
  }

  private func journalCompleted(_ generation: Int, _ result: Result<Void, StorageError>) {
    guard !journal.completed(generation, result) else { return }
    timer.set(to: nil)
    reload.begin(performedCount: journal.performedCount)
  }

  private func reloaded(_ result: Result<RestoredDuel?, StorageError>) {
    guard let (restored, outage) = reload.end(result) else { return }
    duel = restored.duel
    journal.restart(at: restored.entryCount)
    // A commit that was reported as failed may have reached the disk all the same.
    for step in restored.unseen {
      shown = step.duel
      for event in step.events where event.audience != .engine { perform(event) }
    }
    shown = restored.duel
    goOn(after: outage)
  }

  /// Takes the duel up after a restart of the server.
  ///
  /// Nobody is connected yet; whoever is back says so.
  func goOnAfterRestart(outage: Duration) {
    if case .reveal = shown.phase, let last = shown.results.last {
      heats[last.round] = views.heat(of: last)
      wantPredictions(for: last)
    }
    recallRefusals()
    goOn(after: outage)
    for seat in duel.setup.seats where seat.kind == .human {
      take(.disconnected(player: seat.player))
    }
    planBotMove()
    announce()
  }

  /// Moves the clocks by a time in which the duel could not be carried on, and asks the engine again
  /// for all that is outstanding.
  private func goOn(after outage: Duration) {
    if outage.wholeMilliseconds > 0 {
      take(.outage(milliseconds: outage.wholeMilliseconds))
    }
    askPresence()
    for wish in duel.outstandingWishes { perform(wish) }
    scheduleTick()
  }

  /// Asks the players' rooms who is here.
  private func askPresence() {
    for seat in duel.setup.seats where seat.kind == .human {
      context.post(toPlayer: seat.player) { [id] in $0.reportPresence(to: id) }
    }
  }

  private func scheduleTick() { timer.set(to: duel.nextDeadline) }

  /// Begins a new duel, whose opening is on disk.
  func begin(_ events: [DuelEvent]) {
    for event in events { perform(event) }
    scheduleTick()
    // Somebody may have gone while the duel was made.
    askPresence()
  }

  /// Notes when the open question was asked, which its deadline tells.
  func questionOpened() {
    guard case .question(let until) = shown.phase, let kind = shown.question?.kind else { return }
    roundStartedAt = until + .milliseconds(-duel.setup.timing.question(kind))
  }

  // MARK: Spectators

  /// Notes that a connection of `player` follows the duel, or no longer does.
  func followerChanged(_ player: PlayerID, by step: Int) {
    guard duel.seat(of: player) == nil else { return }
    spectatorCount += step
    spectatorsChanged()
  }

  /// Tells how many watch, at most once a second.
  private func spectatorsChanged() {
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
