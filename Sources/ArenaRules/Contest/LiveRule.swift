import ArenaTypes

/// Everyone the same round at the same moment.
///
/// ```
///  gathering ─▶ question ──time──▶ reveal ─▶ question ... ─▶ reveal ─▶ over
/// ```
/// The timetable is fixed when the contest opens, so whoever comes late plays from the running round
/// on. An answer is at once final, and its points, speed included, come at the reveal: until then
/// nobody learns more than how many have answered.
struct LiveRule: ContestRule {
  /// One player's answers.
  struct Run: ContestRun {
    /// The most commands that are remembered; each round takes one.
    static let commandCountMax = 16

    var head: RunHead
    var points = 0
    var wrongCount = 0
    /// The answer to the running round.
    var answer: Given?
    /// The points by round, as far as it was there.
    var rounds: [Int: Int] = [:]
    var finishedAt: Timestamp
    var commands: [CommandID] = []

    /// The timetable is the contest's.
    var deadline: Timestamp? { nil }
    var entry: BoardEntry { head.entry(points: points, finishedAt: finishedAt) }
  }

  /// An answer that waits for the reveal.
  struct Given: Hashable, Sendable, Codable {
    var answer: Answer
    var at: Timestamp
    var share: TimeShare
  }

  /// Where the timetable stands; moments on the contest's clock.
  enum Phase: Hashable, Sendable, Codable {
    case gathering(until: Timestamp)
    case question(round: Int, since: Timestamp, until: Timestamp)
    case reveal(round: Int, until: Timestamp)
    case over
  }

  private(set) var runs = RunTable<Run>()
  private(set) var phase: Phase
  let rounds: [Round]
  private var answeredCount = 0
  /// When the last question is over.
  private let lastDeadline: Timestamp

  init(_ setup: ContestSetup) {
    rounds = setup.sharedRounds()
    let plan = setup.plan
    phase = .gathering(until: setup.opensAt + (plan?.gatheringMilliseconds ?? 0))
    let lastReveal = plan?.rounds.last.map { plan?.timing.reveal($0) ?? 0 } ?? 0
    lastDeadline = setup.opensAt + (plan?.liveMilliseconds ?? 0) - lastReveal
  }

  var runCount: Int { runs.count }
  func head(of player: PlayerID) -> RunHead? { runs[player]?.head }
  var runningPlayers: [PlayerID] { runs.runningPlayers }
  func hasTaken(_ commandID: CommandID, of player: PlayerID) -> Bool {
    runs[player]?.commands.contains(commandID) ?? false
  }
  var isOver: Bool { phase == .over }

  var nextDue: Timestamp? {
    switch phase {
    case .gathering(let until), .question(_, _, let until), .reveal(_, let until): until
    case .over: nil
    }
  }

  /// Whoever joins must be able to answer the last question.
  func lastStart(_ setup: ContestSetup) -> Timestamp {
    lastDeadline - Self.shortestAnswerMilliseconds
  }
  static let shortestAnswerMilliseconds: Int64 = 5_000

  func view(of player: PlayerID, _ moment: ContestMoment) -> RunView? {
    runs[player].map { view($0, moment) }
  }

  private func view(_ run: Run, _ moment: ContestMoment) -> RunView {
    RunView(
      startedAt: run.head.startedAt, endsAt: moment.wall(moment.setup.closesAt),
      points: run.points, wrongCount: run.wrongCount, end: run.head.end, question: nil,
      isRanked: run.head.isRanked,
      rounds: run.rounds.sorted { $0.key < $1.key }.map { number, points in
        let question = rounds[number].rule.question
        return RunRound(
          number: number, kind: question.kind, unit: question.unit, state: .done,
          points: points)
      }, given: run.answer?.answer)
  }

  /// The picture for everyone; the truth only in a reveal, and nobody's answers.
  func stage(_ moment: ContestMoment) -> ContestStage? {
    switch phase {
    case .gathering(let until):
      ContestStage(phase: .gathering, round: nil, until: moment.wall(until))
    case .question(let round, let since, let until):
      ContestStage(
        phase: .question, round: round, question: rounds[round].rule.question,
        since: moment.wall(since), until: moment.wall(until))
    case .reveal(let round, let until):
      ContestStage(
        phase: .reveal, round: round, question: rounds[round].rule.question,
        until: moment.wall(until), result: result(round), answeredCount: answeredCount)
    case .over: ContestStage(phase: .over, round: nil)
    }
  }

  private func result(_ number: Int) -> RoundResult {
    let rule = rounds[number].rule
    return RoundResult(
      round: number, unit: rule.question.unit, multiplier: 1, isSuddenDeath: false, counts: true,
      points: rule.points, totals: rule.points, revealExcerpt: rule.revealExcerpt,
      reveal: rule.reveal)
  }

  // MARK: Commands

  mutating func start(_ head: RunHead, _ moment: ContestMoment) -> [ContestEvent] {
    let run = Run(head: head, finishedAt: head.startedAt)
    runs.append(run)
    return [
      .runStarted(player: head.player, run: view(run, moment)), .boardChanged(entry: run.entry),
    ]
  }

  mutating func answer(
    _ answer: Answer, question: Int, of player: PlayerID, commandID: CommandID,
    _ moment: ContestMoment
  ) throws(ContestRejection) -> [ContestEvent] {
    guard let index = runs.index(of: player) else { throw .notStarted }
    guard case .question(let round, let since, let until) = phase else {
      throw .answer(.noQuestion)
    }
    guard question >= round else { throw .questionOver }
    guard question == round else { throw .notTheQuestion }
    guard moment.clock < until else { throw .questionOver }
    guard runs.runs[index].answer == nil else { throw .answer(.alreadyAnswered) }
    let total = until.milliseconds(since: since)
    let given = Given(
      answer: answer, at: moment.now,
      share: TimeShare(
        leftMilliseconds: min(until.milliseconds(since: moment.clock), total),
        totalMilliseconds: total))
    // Whether the round takes it is tried on a copy; it is judged at the reveal.
    _ = try judged(given, round)
    runs.update(index) { run in
      run.answer = given
      if run.commands.count >= Run.commandCountMax { run.commands.removeFirst() }
      run.commands.append(commandID)
    }
    answeredCount += 1
    return [.runChanged(player: player, run: view(runs.runs[index], moment))]
  }

  /// A player's answer to the running round, judged, with the truth.
  func judgedAnswer(of player: PlayerID) -> (round: Int, reveal: RoundReveal)? {
    guard case .question(let round, _, _) = phase, let given = runs[player]?.answer else {
      return nil
    }
    var copy = rounds[round]
    guard
      (try? copy.take(given.answer, seat: SoloRound.seat, timeLeft: given.share)) != nil
    else { return nil }
    return (round, copy.rule.reveal)
  }

  private func judged(_ given: Given, _ round: Int) throws(ContestRejection) -> Int {
    var copy = rounds[round]
    do throws(DuelRejection) {
      _ = try copy.take(given.answer, seat: SoloRound.seat, timeLeft: given.share)
    } catch {
      throw .answer(error)
    }
    return copy.rule.points[SoloRound.seat]
  }

  mutating func advance(_ moment: ContestMoment) -> [ContestEvent] {
    var events: [ContestEvent] = []
    while let due = nextDue, due <= moment.clock {
      switch phase {
      case .gathering(let until): ask(0, since: until, moment)
      case .question(let round, _, let until): events += reveal(round, at: until, moment)
      case .reveal(let round, let until):
        if round + 1 < rounds.count {
          ask(round + 1, since: until, moment)
        } else {
          phase = .over
        }
      case .over: break
      }
      // Of a question that has passed unseen nothing is told but where the timetable stands.
      if let stage = stage(moment), nextDue.map({ $0 > moment.clock }) ?? true {
        events.append(.stageChanged(stage: stage))
      }
    }
    return events
  }

  private mutating func ask(_ round: Int, since: Timestamp, _ moment: ContestMoment) {
    guard rounds.indices.contains(round) else {
      phase = .over
      return
    }
    answeredCount = 0
    let kind = rounds[round].rule.question.kind
    phase = .question(
      round: round, since: since, until: since + (moment.setup.plan?.timing.question(kind) ?? 0))
  }

  private mutating func reveal(_ round: Int, at until: Timestamp, _ moment: ContestMoment)
    -> [ContestEvent]
  {
    let kind = rounds[round].rule.question.kind
    phase = .reveal(round: round, until: until + (moment.setup.plan?.timing.reveal(kind) ?? 0))
    var events: [ContestEvent] = []
    for (index, run) in runs.runs.enumerated() where run.head.end == nil {
      let points = run.answer.flatMap { try? judged($0, round) } ?? 0
      runs.update(index) { run in
        run.rounds[round] = points
        run.points += points
        if points > 0, let given = run.answer { run.finishedAt = given.at }
        if points == 0 { run.wrongCount += 1 }
        run.answer = nil
      }
      let changed = runs.runs[index]
      events.append(.runChanged(player: run.head.player, run: view(changed, moment)))
      if points > 0 { events.append(.boardChanged(entry: changed.entry)) }
    }
    return events
  }

  mutating func end(_ player: PlayerID, _ end: RunView.End, _ moment: ContestMoment)
    -> [ContestEvent]
  {
    guard let index = runs.index(of: player) else { return [] }
    let wasOver = runs.runs[index].head.end != nil
    guard !wasOver || end == .removed else { return [] }
    runs.update(index) { run in
      run.head.end = end
      run.answer = nil
    }
    let run = view(runs.runs[index], moment)
    return [wasOver ? .runChanged(player: player, run: run) : .runEnded(player: player, run: run)]
  }

  mutating func endAll(_ moment: ContestMoment) -> [ContestEvent] {
    let end: RunView.End = isOver ? .finished : .closed
    var events = runs.runs.map(\.head.player).flatMap { self.end($0, end, moment) }
    if !isOver {
      // A moderator ended it in mid-round: what was answered to the open question counts nothing.
      phase = .over
      events.append(.stageChanged(stage: ContestStage(phase: .over, round: nil)))
    }
    return events
  }
}
