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
  private(set) var contest: Contest
  let publisher: TopicPublisher
  let views: WireViews
  private var journal: RoomJournal<ContestCommand>
  private let reload: RoomReload<RestoredContest>
  private lazy var timer = DeadlineTimer(context: context) { [weak self] in
    self?.take(.tick)
    self?.scheduleTick()
  }
  /// The board of what is on disk; the contest's own is ahead by what is on its way there.
  private var board: Board
  private var published = BoardPublisher()
  /// What watchers have been told of the contest itself.
  private var shownFace: Face
  /// The snapshot of the version that was published last, once somebody has needed it.
  private var shownSnapshot: SharedFrame?
  private var isBoardStale = false
  private var boardTimer: TimerToken?
  private var boardPublishedAt: Timestamp
  /// Players whose own place has been told, with the last rank and points.
  private var followers: [PlayerID: Follower] = [:]

  /// What a delta tells of the contest when it has changed.
  private struct Face: Equatable {
    let state: Contest.State
    let closesAt: Timestamp
    let isAmended: Bool

    init(_ contest: Contest) {
      state = contest.state
      closesAt = contest.closesAt
      isAmended = contest.result?.isAmended ?? false
    }
  }

  private struct Follower {
    var connections = 0
    var told: (rank: Int, points: Int, count: Int)?
  }

  /// A room for `contest`, whose first `entryCount` commands are on disk.
  init(_ contest: Contest, entryCount: Int, context: ShardContext) {
    id = contest.setup.id
    self.contest = contest
    self.context = context
    board = contest.board
    shownFace = Face(contest)
    boardPublishedAt = context.now
    let id = id
    publisher = TopicPublisher(
      .board(id), context: context, historyCount: 0)
    views = WireViews(campaign: context.services.campaign)
    journal = RoomJournal(.contest(id), context: context, sequence: entryCount) {
      context, generation, result in
      context.contests[id]?.journalCompleted(generation, result)
    }
    reload = RoomReload(context: context) { reader, performedCount throws(StorageError) in
      try RestoredContest(.contest(id), reader: reader, performedCount: performedCount)
    } resume: { context, result in
      context.contests[id]?.reloaded(result)
    }
    _ = published.publish(board)
  }

  /// Takes a command; `reply` is called with what became of it, after it is on disk.
  func take(
    _ command: ContestCommand,
    reply: @escaping (Result<[ContestEvent], Refusal>) -> Void = { _ in }
  ) {
    if reload.isUnderWay {
      return reply(.failure(Refusal(.unavailable, retryAfter: .milliseconds(500))))
    }
    let now = context.now
    let wasFinal = contest.state == .final
    let events: [ContestEvent]
    do throws(ContestRejection) {
      events = try contest.apply(command, now: now)
    } catch {
      return reply(.failure(Refusal(error, now: now)))
    }
    scheduleTick()
    // A repeated command and a tick with nothing due have changed nothing.
    guard !events.isEmpty else { return reply(.success([])) }
    let writes = finalWrites(events, command: command, now: now)
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

  private func journalCompleted(_ generation: Int, _ result: Result<Void, StorageError>) {
    guard !journal.completed(generation, result) else { return }
    timer.set(to: nil)
    reload.begin(performedCount: journal.performedCount)
  }

  private func reloaded(_ result: Result<RestoredContest?, StorageError>) {
    guard let (restored, outage) = reload.end(result) else { return }
    contest = restored.contest
    board = contest.board
    journal.restart(at: restored.entryCount)
    // A commit that was reported as failed may have reached the disk all the same.
    for event in restored.unseen { perform(event) }
    begin(after: outage)
  }

  /// Takes the contest up, after a time in which the server could not carry it on.
  func begin(after outage: Duration = .zero) {
    // Only runs have clocks that an outage harms; an idle contest's hour just passes.
    if outage > .seconds(1), contest.state == .open, let next = contest.nextDeadline,
      next < contest.closesAt
    {
      take(.outage(milliseconds: outage.wholeMilliseconds))
    }
    take(.tick)
    scheduleTick()
    boardChanged()
    announce()
  }

  private func scheduleTick() { timer.set(to: contest.nextDeadline) }

  private func perform(_ event: ContestEvent) {
    switch event {
    case .stateChanged(let state, _):
      boardChanged()
      announce()
      if state == .final { context.contestEnded(id) }
    case .boardChanged(let entry):
      board.put(entry)
      boardChanged()
    case .entryRemoved(let player):
      board.remove(player)
      boardChanged()
    case .runStarted(let player, let run), .runEnded(let player, let run):
      tell(player, run: run)
      announce()
    case .judged(let player, let verdict):
      tell(player, verdict: verdict)
    case .clocksMoved:
      boardChanged()
      announce()
    case .final: break
    }
  }

  private func tell(_ player: PlayerID, run: RunView) {
    tell(player, .contestRun(.init(run: wire(run))), isOver: run.end != nil)
  }

  /// Tells a player's room about its run, and notes for it whether one is going on.
  private func tell(_ player: PlayerID, _ event: ServerEvent, isOver: Bool) {
    let contest = id
    context.directory.post(toOwnerOf: RoomName.player(player)) { context in
      if !isOver {
        context.runOfPlayer[player] = contest
      } else if context.runOfPlayer[player] == contest {
        context.runOfPlayer[player] = nil
      }
      context.players[player]?.publish(event)
    }
  }

  /// Tells a player who has come back how its run stands.
  func reportRun(of player: PlayerID) {
    guard let run = contest.run(of: player) else { return }
    tell(player, run: run)
  }

  /// Tells all who have a run here, after a restart, that they have.
  func reportRuns() {
    for player in contest.runningPlayers { reportRun(of: player) }
  }

  /// Tells all of a player's connections how a question was judged, also one that ran out of time.
  private func tell(_ player: PlayerID, verdict: RaceVerdict) {
    guard let run = contest.run(of: player) else { return }
    let judged = ServerEvent.ContestJudged(
      contest: id, question: verdict.question + 1, side: verdict.choice.map { Wire.Side($0) },
      right: verdict.isRight, rightSide: Wire.Side(verdict.right), run: wire(run))
    tell(player, .contestJudged(judged), isOver: run.end != nil)
  }

  // MARK: Board

  /// The contest in one line.
  var summary: Wire.ContestSummary {
    let setup = contest.setup
    return Wire.ContestSummary(
      id: id, title: setup.title, kind: .race,
      state: Wire.ContestState(rawValue: contest.state.rawValue) ?? .open,
      opensAt: setup.opensAt, closesAt: contest.closesAt, players: contest.playerCount,
      runSeconds: Int(setup.runMilliseconds / 1_000),
      wrongCostSeconds: Int(setup.wrongCostMilliseconds / 1_000), wrongMax: setup.wrongCountMax,
      endedBecause: contest.result?.endedBecause, amended: contest.result?.isAmended ?? false)
  }

  /// Tells the lobby how the contest stands.
  private func announce() {
    let summary = summary
    context.postToLobby { $0.contestChanged(summary) }
  }

  /// Publishes the board now, or as soon as the interval allows.
  private func boardChanged() {
    isBoardStale = true
    guard boardTimer == nil else { return }
    let next = boardPublishedAt + context.configuration.boardInterval
    guard next > context.now else { return publishBoard() }
    boardTimer = context.scheduler.schedule(at: next) { [weak self] in
      self?.boardTimer = nil
      self?.publishBoard()
    }
  }

  private func publishBoard() {
    guard isBoardStale else { return }
    isBoardStale = false
    boardPublishedAt = context.now
    let face = Face(contest)
    let faceChanged = shownFace != face
    shownFace = face
    guard let publication = published.publish(board, always: faceChanged) else { return }
    let delta = ServerEvent.boardDelta(
      .init(
        from: Int(publication.delta.from), to: Int(publication.delta.to),
        count: publication.delta.count,
        contest: faceChanged ? summary : nil,
        operations: publication.delta.operations.map(Wire.BoardOperation.init)))
    let snapshot = frame(snapshotEvent, isSnapshot: true)
    shownSnapshot = snapshot
    publisher.publishLatest(LatestFrame(delta: frame(delta, isSnapshot: false), snapshot: snapshot))
    for player in followers.keys { tellPlace(of: player) }
  }

  private var snapshotEvent: ServerEvent {
    let snapshot = published.snapshot
    return .boardSnapshot(
      .init(
        contest: summary, version: Int(snapshot.version), count: snapshot.count,
        entries: snapshot.top.map(Wire.BoardEntry.init)))
  }

  private func frame(_ event: ServerEvent, isSnapshot: Bool) -> SharedFrame {
    let position = TopicPosition(epoch: context.services.epoch, offset: Int(published.version))
    return SharedFrame(
      text: context.encode(event, on: .board(id), at: position, isSnapshot: isSnapshot))
  }

  /// The frame that brings a watcher up to date from nothing, and the version that it shows.
  func snapshot() -> (frame: LatestFrame, version: Int) {
    let frame = shownSnapshot ?? frame(snapshotEvent, isSnapshot: true)
    shownSnapshot = frame
    return (LatestFrame(delta: frame, snapshot: frame), Int(published.version))
  }

  /// Notes that a player's connection follows the board, asks for it again, or no longer follows it.
  func followerChanged(_ player: PlayerID, by step: Int) {
    var follower = followers[player] ?? Follower()
    follower.connections += step
    if step >= 0 { follower.told = nil }
    followers[player] = follower.connections > 0 ? follower : nil
    if step >= 0 { tellPlace(of: player) }
  }

  /// Tells a watcher its own place with neighbours, if that has changed.
  private func tellPlace(of player: PlayerID) {
    guard let rank = board.rank(of: player), let entry = board.entry(of: player)
    else { return }
    let told = followers[player]?.told
    guard told?.rank != rank || told?.points != entry.points else { return }
    followers[player]?.told = (rank, entry.points, board.count)
    let neighbours = board.neighbours(of: player, radius: 2)
    let event = ServerEvent.boardYou(
      .init(
        contest: id, version: Int(published.version), rank: rank, of: board.count,
        firstRank: neighbours.first?.rank ?? rank,
        neighbours: neighbours.map { Wire.BoardEntry($0.entry) }))
    context.post(toPlayer: player) { $0.publish(event) }
  }
}
