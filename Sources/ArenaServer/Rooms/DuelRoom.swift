import ArenaProtocol
import ArenaRules
import ArenaStorage
import ArenaTypes
import DispatchTransport
import Interpretation
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
  /// The campaign that it asks about.
  let served: ServedCampaign
  /// The duel with every accepted command, those on their way to the disk included.
  private(set) var duel: Duel
  /// The duel as far as it is on disk: all that anybody is shown.
  private(set) var shown: Duel
  let publisher: TopicPublisher
  /// The end of those who want nothing explicit, where the duel holds something explicit; its events
  /// have the same numbers.
  let mildPublisher: TopicPublisher?
  /// What everybody may see, as moderators have it.
  var views: WireViews { views(isMild: false) }
  /// The same without what is explicit.
  var mildViews: WireViews { views(isMild: true) }
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
  /// The first score of a seat's text, for those who come back before the score itself is there.
  var provisionalScores: [Int: ProvisionalScoreNote] = [:]
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
    served = context.services.campaigns.any(record.setup.campaign)
    let id = record.setup.id
    publisher = TopicPublisher(
      .duel(id), context: context,
      historyCount: context.configuration.duelHistoryCount)
    mildPublisher =
      Self.holdsExplicit(record.setup, of: served.campaign)
      ? TopicPublisher(
        .mildDuel(id), context: context,
        historyCount: context.configuration.duelHistoryCount) : nil
    roundStartedAt = context.now
    journal = RoomJournal(.duel(id), context: context, sequence: entryCount) {
      context, number, result in
      context.duels[id]?.journalCompleted(number, result)
    }
    reload = RoomReload(context: context) { reader, performedCount throws(StorageError) in
      try RestoredDuel(.duel(id), reader: reader, performedCount: performedCount)
    } resume: { context, result in
      context.duels[id]?.reloaded(result)
    }
    questionOpened()
  }

  private static func holdsExplicit(_ setup: DuelSetup, of campaign: Campaign) -> Bool {
    setup.materials.contains { material in
      guard let unit = campaign.unit(material.unit) else { return false }
      let shown = Set(material.clues + material.reveals)
      return unit.clues.contains { shown.contains($0.excerpt.id) && $0.excerpt.isExplicit }
        || unit.reveals.contains { shown.contains($0.excerpt.id) && $0.excerpt.isExplicit }
    }
  }

  private func views(isMild: Bool) -> WireViews {
    var views = WireViews(context.services, of: served, duel: id, isMild: isMild)
    views.ghost = record.seatedGhost
    return views
  }

  /// Whether an answer was taken already, as far as is known: not before the state is read again.
  func mayHaveTaken(_ origin: CommandOrigin) -> Bool {
    reload.isUnderWay
      || duel.answerReceipt(player: origin.player, commandID: origin.rulesCommand) != nil
  }

  /// Takes a command; `reply` is called with what became of it, after it is on disk.
  ///
  /// - Parameter writes: What becomes durable together with the command.
  func take(
    _ command: DuelCommand, with writes: [StoreWrite] = [],
    reply: @escaping (Result<[DuelEvent], Refusal>) -> Void = { _ in }
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
    // A repeated answer or an idle tick has changed nothing and need not be kept; but what it repeats
    // may still be on its way to the disk.
    guard duel != before else {
      return journal.afterAll { outcome in
        switch outcome {
        case .durable: reply(.success(events))
        case .lost: reply(.failure(Refusal(.unavailable, retryAfter: .seconds(1))))
        }
      }
    }
    let after = duel
    // A server that closes meanwhile calls nobody, and the room must be free to go.
    journal.append(command, at: now, with: closingWrites(events, now: now) + writes) {
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

  private func journalCompleted(_ number: Int, _ result: Result<Void, StorageError>) {
    if !journal.completed(number, result) {
      timer.set(to: nil)
      reload.begin(performedCount: journal.performedCount)
    }
    if journal.isSettled { reload.journalSettled() }
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
      heats[last.round] = WireViews.original(context.services, of: served).heat(of: last)
      wantPredictions(for: last)
    }
    scoreAhead()
    recallRefusals()
    goOn(after: outage)
    for seat in duel.setup.seats where seat.kind == .human {
      take(.disconnected(player: seat.player))
    }
    announce()
  }

  /// Moves the clocks by a time in which the duel could not be carried on, and asks the engine again
  /// for all that is outstanding.
  private func goOn(after outage: Duration) {
    if outage.wholeMilliseconds > 0 {
      // The programs' moves are planned anew when the clocks have moved.
      take(.outage(milliseconds: outage.wholeMilliseconds))
    } else {
      planMoves()
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
  func followerChanged(_ player: PlayerID, _ following: Session.DuelFollowing, by step: Int) {
    guard following.isCounted, duel.seat(of: player) == nil else { return }
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
