import ArenaProtocol
import ArenaRules
import ArenaStorage
import ArenaTypes
import DispatchTransport
import Interpretation
import Logging

/// The owner of one contest and its board.
///
/// As in a duel, nobody sees anything of a command before it is on disk. The board is published at most
/// every `boardInterval`, however fast answers come.
final class ContestRoom {
  let id: ContestID
  unowned let context: ShardContext
  /// The campaign that it asks about.
  let served: ServedCampaign
  private(set) var contest: Contest
  /// What the board is sealed with, once it is final.
  var seal: BoardSeal?
  /// What everybody may see: a contest asks everybody the same, so nothing explicit is in it.
  var views: WireViews { WireViews(context.services, of: served) }
  private var journal: RoomJournal<ContestCommand>
  private let reload: RoomReload<RestoredContest>
  private lazy var timer = DeadlineTimer(context: context) { [weak self] in
    self?.take(.tick)
    self?.scheduleTick()
  }
  /// Which rounds of which players have been kept for research.
  var keptRounds: [PlayerID: Set<Int>] = [:]
  /// Players who came back while the state was being read again, and are told of their runs after it.
  private var awaitsReport: Set<PlayerID> = []
  /// What is wanted of the engine and has not been asked yet.
  var wishes = EngineWishes()
  /// The stage of what is on disk; the contest's own is ahead by what is on its way there, and a reveal
  /// is seen by nobody before that.
  var stage: ArenaRules.ContestStage?
  /// The board of what is on disk, likewise, as watchers have been shown it.
  private(set) lazy var board = LiveBoard(
    BoardName(.contest(id)), contest.board, context: context
  ) { [unowned self] in boardSurroundings }

  /// A room for `contest`, whose first `entryCount` commands are on disk.
  init(_ contest: Contest, entryCount: Int, context: ShardContext) {
    id = contest.setup.id
    self.contest = contest
    self.context = context
    served = context.services.campaigns.any(contest.setup.plan?.campaign)
    stage = contest.stage
    seal = SealedBoard(contest).flatMap { try? BoardSeal($0) }
    let id = id
    journal = RoomJournal(.contest(id), context: context, sequence: entryCount) {
      context, number, result in
      context.contests[id]?.journalCompleted(number, result)
    }
    reload = RoomReload(context: context) { reader, performedCount throws(StorageError) in
      try RestoredContest(.contest(id), reader: reader, performedCount: performedCount)
    } resume: { context, result in
      context.contests[id]?.reloaded(result)
    }
    _ = board
  }

  /// Whether an answer was taken already, as far as is known: not before the state is read again.
  func mayHaveTaken(_ origin: CommandOrigin) -> Bool {
    reload.isUnderWay || contest.hasTaken(origin.rulesCommand, of: origin.player)
  }

  /// Takes a command; `reply` is called with what became of it, after it is on disk.
  ///
  /// - Parameter others: What becomes durable together with the command.
  func take(
    _ command: ContestCommand, with others: [StoreWrite] = [],
    reply: @escaping (Result<[ContestEvent], Refusal>) -> Void = { _ in }
  ) {
    if reload.isUnderWay {
      return reply(.failure(Refusal(.unavailable, retryAfter: .milliseconds(500))))
    }
    let now = context.now
    let wasFinal = contest.state == .final
    let asked = askedQuestion(of: command)
    let events: [ContestEvent]
    do throws(ContestRejection) {
      events = try contest.apply(command, now: now)
    } catch {
      return reply(.failure(Refusal(error, now: now)))
    }
    scheduleTick()
    // A repeated command and a tick with nothing due have changed nothing.
    guard !events.isEmpty else { return afterAll(reply) }
    let writes =
      finalWrites(events, command: command, now: now) + streakWrites(events, now: now)
      + answerWrites(events, command: command, asked: asked, now: now) + others
    // A server that closes meanwhile calls nobody, and the room must be free to go.
    let then = { [weak self] (outcome: RoomJournal<ContestCommand>.Outcome) in
      guard let self else { return }
      switch outcome {
      case .durable:
        reply(.success(events))
        for event in events { perform(event) }
      case .lost(let error):
        context.services.log.error("contest \(id) lost a command: \(error)")
        reply(.failure(Refusal(.unavailable, retryAfter: .seconds(1))))
      }
    }
    // The journal of a final contest is closed: from then on its board is the truth.
    if wasFinal {
      journal.commit(writes, then: then)
    } else {
      journal.append(command, at: now, with: writes, then: then)
    }
  }

  /// Calls `reply` when all that was accepted so far is on disk: what is there may still be on its way.
  func afterAll(_ reply: @escaping (Result<[ContestEvent], Refusal>) -> Void) {
    if reload.isUnderWay {
      return reply(.failure(Refusal(.unavailable, retryAfter: .milliseconds(500))))
    }
    journal.afterAll { outcome in
      switch outcome {
      case .durable: reply(.success([]))
      case .lost: reply(.failure(Refusal(.unavailable, retryAfter: .seconds(1))))
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

  private func reloaded(_ result: Result<RestoredContest?, StorageError>) {
    guard let (restored, outage) = reload.end(result) else { return }
    contest = restored.contest
    keptRounds = [:]
    board.replace(with: contest.board)
    stage = contest.stage
    seal = SealedBoard(contest).flatMap { try? BoardSeal($0) }
    journal.restart(at: restored.entryCount)
    // A commit that was reported as failed may have reached the disk all the same.
    for event in restored.unseen { perform(event) }
    begin(after: outage)
    let players = awaitsReport
    awaitsReport = []
    for player in players.sorted() { reportRun(of: player) }
  }

  /// Takes the contest up, after a time in which the server could not carry it on.
  func begin(after outage: Duration = .zero) {
    // Only open questions have clocks that an outage harms; an idle contest's hour just passes.
    if outage > .seconds(1), contest.hasRunningClock {
      take(.outage(milliseconds: outage.wholeMilliseconds))
    }
    wishes.restart()
    for wish in contest.outstandingWishes { askEngine(wish) }
    take(.tick)
    scheduleTick()
    board.changed()
    announce()
  }

  private func scheduleTick() { timer.set(to: contest.nextDeadline) }

  private func perform(_ event: ContestEvent) {
    switch event {
    case .stateChanged(let state, _):
      board.changed()
      announce()
      if state == .final { context.forgetContest(id) }
    case .boardChanged(let entry):
      board.put(entry)
    case .entryRemoved(let player):
      board.remove(player)
      if contest.state == .final { context.directory.noteDeeds(of: [player]) }
    case .stageChanged(let stage):
      self.stage = stage
      board.changed(isUrgent: true)
    case .runStarted(let player, let run):
      tell(player, run: run)
      announce()
    case .runEnded(let player, let run):
      tell(player, run: run)
      noteRounds(of: player, run)
      announce()
    case .runChanged(let player, let run):
      tell(player, run: run)
    case .judged(let player, let verdict):
      tell(player, verdict: verdict)
    case .clocksMoved:
      board.changed()
      announce()
    case .final:
      board.changed()
      announce()
      context.directory.noteDeeds(of: board.players)
    case .checkWanted, .scoreWanted, .activationsWanted, .settleWanted:
      askEngine(event)
    }
  }

  private func tell(_ player: PlayerID, run: RunView) {
    tell(player, .contestRun(.init(run: wire(run))), isOver: run.end != nil, units: units(of: run))
  }

  /// The units that a player meets by being shown a run.
  private func units(of run: RunView) -> [UnitID] {
    run.rounds.map(\.unit) + [run.question?.question.unit].compactMap { $0 }
  }

  /// Tells a player's room about its run, and notes for it whether one is going on.
  private func tell(_ player: PlayerID, _ event: ServerEvent, isOver: Bool, units: [UnitID]) {
    let (contest, isTimed) = (id, isTimed)
    context.directory.post(toOwnerOf: RoomName.player(player)) { context in
      context.runsOfPlayer[player, default: OwnRuns()]
        .note(contest, isOver: isOver, isTimed: isTimed)
      context.players[player]?.noteUnits(units)
      context.players[player]?.publish(event)
    }
  }

  /// Whether a player must watch the clock in it.
  private var isTimed: Bool {
    switch contest.setup.kind {
    case .race, .live: true
    case .daily, .quest: false
    }
  }

  /// Counts the rounds of a run that has ended for its player, whom ten make established.
  private func noteRounds(of player: PlayerID, _ run: RunView) {
    let count =
      contest.setup.kind == .race
      ? run.points + run.wrongCount : run.rounds.count { $0.points != nil }
    guard count > 0 else { return }
    context.post(toPlayer: player) { $0.runEnded(roundCount: count) }
  }

  /// The run as its player sees it.
  func wire(_ run: RunView) -> Wire.Run { views.run(run, of: contest.setup) }

  /// Tells a player who has come back how its run stands, once all of it is on disk.
  func reportRun(of player: PlayerID) {
    guard let run = contest.run(of: player) else { return }
    // The contest may be ahead of the disk; what comes after this run is told after it.
    afterAll { [weak self] result in
      switch result {
      case .success: self?.tell(player, run: run)
      case .failure: self?.awaitsReport.insert(player)
      }
    }
  }

  /// Tells all who have a run here, after a restart, that they have.
  func reportRuns() {
    for player in contest.runningPlayers { reportRun(of: player) }
  }

  /// Tells all of a player's connections how a question was judged, also one that ran out of time.
  private func tell(_ player: PlayerID, verdict: RaceVerdict) {
    guard let run = wire(verdict, of: player) else { return }
    let judged = ServerEvent.ContestJudged(
      contest: id, question: verdict.question + 1, side: verdict.choice.map { Wire.Side($0) },
      right: verdict.isRight, rightSide: Wire.Side(verdict.right), run: run)
    let units = [verdict.unit] + [verdict.next?.question.unit].compactMap { $0 }
    tell(player, .contestJudged(judged), isOver: verdict.end != nil, units: units)
  }
}
