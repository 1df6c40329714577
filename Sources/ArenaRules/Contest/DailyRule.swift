import ArenaTypes

/// The same rounds for everyone, one try each.
///
/// ```
///  start ─▶ question ──answer, or time──▶ over ──next──▶ question ... ──last one over──▶ finished
/// ```
/// Each question has a clock of its own, which starts when it is asked; between two there is none. A
/// score that the engine still owes holds nobody up: its points come when it comes. Questions are
/// drawn from the seed alone, so all players get the same ones.
struct DailyRule: ContestRule {
  /// One player's way through the rounds.
  struct Run: ContestRun {
    /// The most commands that are remembered: each round takes 12 at most.
    static let commandCountMax = 64

    var head: RunHead
    /// The rounds asked so far.
    var rounds: [SoloRound] = []
    var commands: [CommandID] = []

    var deadline: Timestamp? { head.end == nil ? rounds.last?.deadline : nil }
    var points: Int { rounds.reduce(0) { $0 + $1.points } }
    /// When the last answer that brought points came.
    var finishedAt: Timestamp {
      rounds.filter { $0.points > 0 }.compactMap(\.answeredAt).max() ?? head.startedAt
    }
    var entry: BoardEntry { head.entry(points: points, finishedAt: finishedAt) }
  }

  private(set) var runs = RunTable<Run>()
  let rounds: [Round]
  /// Players of whom the engine owes something, so that closing looks at nobody else.
  private var waiting: Set<PlayerID> = []

  init(_ setup: ContestSetup) { rounds = setup.sharedRounds() }

  var runCount: Int { runs.count }
  func head(of player: PlayerID) -> RunHead? { runs[player]?.head }
  var runningPlayers: [PlayerID] { runs.runningPlayers }
  var nextDue: Timestamp? { runs.nextDue?.at }
  func hasTaken(_ commandID: CommandID, of player: PlayerID) -> Bool {
    runs[player]?.commands.contains(commandID) ?? false
  }

  func view(of player: PlayerID, _ moment: ContestMoment) -> RunView? {
    runs[player].map { view($0, moment) }
  }

  private func view(_ run: Run, _ moment: ContestMoment) -> RunView {
    let wrong = run.rounds.count { $0.isSettled && $0.points == 0 }
    var open: RaceQuestion?
    if let last = run.rounds.last, let deadline = run.deadline {
      open = RaceQuestion(
        number: run.rounds.count - 1, question: last.question, deadline: moment.wall(deadline))
    }
    return RunView(
      startedAt: run.head.startedAt, endsAt: moment.wall(moment.setup.closesAt),
      points: run.points, wrongCount: wrong, end: run.head.end, question: open,
      isRanked: run.head.isRanked,
      rounds: run.rounds.enumerated().map { $0.element.view(number: $0.offset) })
  }

  // MARK: Commands

  mutating func start(_ head: RunHead, _ moment: ContestMoment) -> [ContestEvent] {
    var run = Run(head: head)
    ask(&run, moment)
    runs.append(run)
    return [
      .runStarted(player: head.player, run: view(run, moment)), .boardChanged(entry: run.entry),
    ]
  }

  /// Asks the next question; its time ends with the contest at the latest.
  private func ask(_ run: inout Run, _ moment: ContestMoment) {
    let number = run.rounds.count
    let deadline = moment.clock + milliseconds(number, moment)
    run.rounds.append(
      SoloRound(rounds[number], deadline: min(deadline, moment.setup.closesAt)))
  }

  private func milliseconds(_ number: Int, _ moment: ContestMoment) -> Int64 {
    moment.setup.plan?.timing.question(rounds[number].rule.question.kind) ?? 0
  }

  mutating func answer(
    _ answer: Answer, question: Int, of player: PlayerID, commandID: CommandID,
    _ moment: ContestMoment
  ) throws(ContestRejection) -> [ContestEvent] {
    guard let index = runs.index(of: player) else { throw .notStarted }
    let asked = runs.runs[index].rounds.count - 1
    guard question >= asked else { throw .questionOver }
    guard question == asked else { throw .notTheQuestion }
    let time = milliseconds(question, moment)
    let effects = try runs.update(index) { run throws(ContestRejection) in
      let effects = try run.rounds[question].take(answer, totalMilliseconds: time, moment)
      if run.commands.count >= Run.commandCountMax { run.commands.removeFirst() }
      run.commands.append(commandID)
      return effects
    }
    return changed(index, question, effects, moment)
  }

  mutating func take(
    _ reply: EngineReply, question: Int, of player: PlayerID, _ moment: ContestMoment
  ) throws(ContestRejection) -> [ContestEvent] {
    guard let index = runs.index(of: player),
      runs.runs[index].rounds.indices.contains(question)
    else { throw .answer(.notWanted) }
    let effects = try runs.update(index) { run throws(ContestRejection) in
      try run.rounds[question].take(reply)
    }
    return changed(index, question, effects, moment)
  }

  mutating func next(after question: Int, of player: PlayerID, _ moment: ContestMoment)
    throws(ContestRejection) -> [ContestEvent]
  {
    guard let index = runs.index(of: player) else { throw .notStarted }
    let asked = runs.runs[index].rounds.count - 1
    // Whoever wants on from a round that is left behind has what is wished for.
    guard question >= asked else { return [] }
    guard question == asked, !runs.runs[index].rounds[asked].isOpen else {
      throw .answer(.nothingRevealed)
    }
    guard moment.clock < moment.setup.closesAt else { throw .closed }
    var run = runs.runs[index]
    ask(&run, moment)
    let changed = run
    runs.update(index) { $0 = changed }
    return [.runChanged(player: player, run: view(run, moment))]
  }

  mutating func advance(_ moment: ContestMoment) -> [ContestEvent] {
    var events: [ContestEvent] = []
    while let due = runs.nextDue, due.at <= moment.clock {
      let question = runs.runs[due.index].rounds.count - 1
      runs.update(due.index) { $0.rounds[question].close() }
      events += changed(due.index, question, [], moment)
    }
    return events
  }

  /// What follows from a change of a round: the player's picture, the engine's work, the board, and
  /// the end after the last round.
  private mutating func changed(
    _ index: Int, _ question: Int, _ effects: [RoundEffect], _ moment: ContestMoment
  ) -> [ContestEvent] {
    let isOver = !runs.runs[index].rounds[question].isOpen && question + 1 == rounds.count
    let ends = isOver && runs.runs[index].head.end == nil
    if ends { runs.update(index) { $0.head.end = .finished } }
    let run = runs.runs[index]
    noteWaiting(run)
    let asked = run.rounds[question].question
    var events = effects.compactMap { $0.wish(of: run.head.player, question, asked) }
    events.append(
      ends
        ? .runEnded(player: run.head.player, run: view(run, moment))
        : .runChanged(player: run.head.player, run: view(run, moment)))
    if run.rounds[question].isSettled { events.append(.boardChanged(entry: run.entry)) }
    return events
  }

  private mutating func noteWaiting(_ run: Run) {
    if run.rounds.contains(where: \.round.rule.isWaiting) {
      waiting.insert(run.head.player)
    } else {
      waiting.remove(run.head.player)
    }
  }

  mutating func end(_ player: PlayerID, _ end: RunView.End, _ moment: ContestMoment)
    -> [ContestEvent]
  {
    guard let index = runs.index(of: player) else { return [] }
    let wasOver = runs.runs[index].head.end != nil
    guard !wasOver || end == .removed else { return [] }
    let run = runs.update(index) { run in
      run.head.end = end
      for number in run.rounds.indices { run.rounds[number].close() }
      return run
    }
    guard !wasOver else { return [.runChanged(player: player, run: view(run, moment))] }
    var events: [ContestEvent] = [.runEnded(player: player, run: view(run, moment))]
    if end != .removed { events.append(.boardChanged(entry: run.entry)) }
    return events
  }

  mutating func endAll(_ moment: ContestMoment) -> [ContestEvent] {
    runs.runs.map(\.head.player).flatMap { end($0, .closed, moment) }
  }

  // MARK: Engine

  var isWaiting: Bool { !waiting.isEmpty }

  var outstanding: [ContestEvent] {
    waiting.sorted().compactMap { runs[$0] }.flatMap { run in
      run.rounds.enumerated().flatMap { number, round in
        round.round.rule.outstanding.compactMap {
          $0.wish(of: run.head.player, number, round.question)
        }
      }
    }
  }

  mutating func stopWaiting(_ moment: ContestMoment)
    -> (lostCount: Int, events: [ContestEvent])
  {
    var lostCount = 0
    var events: [ContestEvent] = []
    for player in waiting.sorted() {
      guard let index = runs.index(of: player) else { continue }
      lostCount += runs.update(index) { run in
        var lost = 0
        for number in run.rounds.indices where run.rounds[number].stopWaiting() { lost += 1 }
        return lost
      }
      let run = runs.runs[index]
      events += [
        .runChanged(player: player, run: view(run, moment)), .boardChanged(entry: run.entry),
      ]
    }
    waiting = []
    return (lostCount, events)
  }
}
