import ArenaTypes

/// As many right pick rounds as possible, on one's own clock.
///
/// Questions come from the pool in an order drawn from the seed and the player, without repetition
/// until the pool is exhausted; then it is drawn anew, never the same unit twice in a row. A right
/// answer is one point. A wrong one costs time, the third one ends the run; a question whose time
/// runs out costs nothing but that time.
struct RaceRule: ContestRule {
  private(set) var runs = RunTable<RaceRun>()
  /// The positions in the setup's materials that can be asked about.
  let pool: [Int]

  init(_ setup: ContestSetup) {
    pool = setup.materials.indices.filter { setup.materials[$0].canBeAsked(as: .pick) }
  }

  var runCount: Int { runs.count }
  func head(of player: PlayerID) -> RunHead? { runs[player]?.head }
  var runningPlayers: [PlayerID] { runs.runningPlayers }
  var nextDue: Timestamp? { runs.nextDue?.at }

  func view(of player: PlayerID, _ moment: ContestMoment) -> RunView? {
    runs[player].map { view($0, moment) }
  }

  private func view(_ run: RaceRun, _ moment: ContestMoment) -> RunView {
    RunView(
      startedAt: run.head.startedAt, endsAt: moment.wall(run.endsAt), points: run.points,
      wrongCount: run.wrongCount, end: run.end, question: question(of: run, moment),
      isRanked: run.head.isRanked, rounds: [])
  }

  private func question(of run: RaceRun, _ moment: ContestMoment) -> RaceQuestion? {
    run.asked.map {
      RaceQuestion(
        number: $0.number, question: $0.question, deadline: moment.wall($0.deadline))
    }
  }

  /// The verdict that answered `player`'s command, for one of the last few commands.
  func verdict(player: PlayerID, commandID: CommandID) -> RaceVerdict? {
    runs[player]?.receipts.first { $0.commandID == commandID }?.verdict
  }

  func hasTaken(_ commandID: CommandID, of player: PlayerID) -> Bool {
    verdict(player: player, commandID: commandID) != nil
  }

  // MARK: Commands

  mutating func start(_ head: RunHead, _ moment: ContestMoment) -> [ContestEvent] {
    let setup = moment.setup
    var run = RaceRun(
      head: head, endsAt: min(moment.clock + setup.runMilliseconds, setup.closesAt))
    ask(&run, number: 0, moment)
    runs.append(run)
    return [
      .runStarted(player: head.player, run: view(run, moment)),
      .boardChanged(entry: head.entry(points: 0, finishedAt: moment.now)),
    ]
  }

  mutating func answer(
    _ answer: Answer, question: Int, of player: PlayerID, commandID: CommandID,
    _ moment: ContestMoment
  ) throws(ContestRejection) -> [ContestEvent] {
    guard let index = runs.index(of: player) else { throw .notStarted }
    guard let asked = runs.runs[index].asked, moment.clock < runs.runs[index].endsAt else {
      throw .runOver
    }
    guard question >= asked.number else { throw .questionOver }
    guard question == asked.number else { throw .notTheQuestion }
    guard moment.clock < asked.deadline else { throw .questionOver }
    guard case .pick(let side) = answer else { throw .answer(.wrongKindOfAnswer) }
    return judge(index, asked: asked, choice: side, commandID: commandID, moment)
  }

  mutating func advance(_ moment: ContestMoment) -> [ContestEvent] {
    var events: [ContestEvent] = []
    while let due = runs.nextDue, due.at <= moment.clock {
      let run = runs.runs[due.index]
      if run.endsAt <= moment.clock {
        events += end(
          due.index, run.endsAt < moment.setup.closesAt ? .time : .closed, moment)
      } else if let asked = run.asked {
        events += judge(due.index, asked: asked, choice: nil, commandID: nil, moment)
      }
    }
    return events
  }

  mutating func end(_ player: PlayerID, _ end: RunView.End, _ moment: ContestMoment)
    -> [ContestEvent]
  {
    runs.index(of: player).map { self.end($0, end, moment) } ?? []
  }

  mutating func endAll(_ moment: ContestMoment) -> [ContestEvent] {
    var events: [ContestEvent] = []
    while let due = runs.nextDue { events += end(due.index, .closed, moment) }
    return events
  }

  private mutating func end(_ index: Int, _ end: RunView.End, _ moment: ContestMoment)
    -> [ContestEvent]
  {
    let wasOver = runs.runs[index].end != nil
    guard !wasOver || end == .removed else { return [] }
    let run = runs.update(index) { run in
      run.head.end = end
      run.asked = nil
      return run
    }
    let seen = view(run, moment)
    return [
      wasOver
        ? .runChanged(player: run.player, run: seen) : .runEnded(player: run.player, run: seen)
    ]
  }

  // MARK: Questions

  /// Gives a run its next question.
  private func ask(_ run: inout RaceRun, number: Int, _ moment: ContestMoment) {
    let setup = moment.setup
    let pass = number / pool.count
    let position = number % pool.count
    if position == 0 { run.order = order(of: run, pass: pass, seed: setup.seed) }
    let material = setup.materials[pool[Int(run.order[position])]]
    var generator = SeededGenerator(seed: setup.seed)
      .forked(for: "race/\(run.player.rawValue)/\(number)")
    let round = PickRound(material: material, allowsOpen: false, using: &generator)
    run.asked = RaceRun.Asked(
      number: number, question: round.question, right: round.right ?? .a,
      deadline: moment.clock + setup.questionMilliseconds)
  }

  /// The pool in the order of a pass; the first unit isn't the last one of the pass before.
  private func order(of run: RaceRun, pass: Int, seed: UInt64) -> [Int32] {
    var generator = SeededGenerator(seed: seed)
      .forked(for: "race/\(run.player.rawValue)/pass/\(pass)")
    var order = generator.permutation(of: pool.count).map { Int32($0) }
    if order.count > 1, order.first == run.order.last { order.swapAt(0, 1) }
    return order
  }

  /// Judges a choice, or that none came in time, and goes on with the run or ends it.
  private mutating func judge(
    _ index: Int, asked: RaceRun.Asked, choice: Side?, commandID: CommandID?,
    _ moment: ContestMoment
  ) -> [ContestEvent] {
    let setup = moment.setup
    var run = runs.runs[index]
    if choice == asked.right {
      run.points += 1
    } else if choice != nil {
      run.wrongCount += 1
      run.endsAt = run.endsAt - setup.wrongCostMilliseconds
    }
    run.asked = nil
    if run.wrongCount >= setup.wrongCountMax {
      run.head.end = .wrongAnswers
    } else if run.endsAt <= moment.clock {
      run.head.end = .time
    } else {
      ask(&run, number: asked.number + 1, moment)
    }
    let verdict = RaceVerdict(
      question: asked.number, unit: asked.question.unit, choice: choice, right: asked.right,
      points: run.points, wrongCount: run.wrongCount, endsAt: moment.wall(run.endsAt),
      end: run.end, next: question(of: run, moment))
    if let commandID { run.remember(verdict, under: commandID) }
    let changed = run
    runs.update(index) { $0 = changed }
    var events: [ContestEvent] = [.judged(player: run.player, verdict: verdict)]
    if verdict.isRight {
      events.append(
        .boardChanged(entry: run.head.entry(points: run.points, finishedAt: moment.now)))
    }
    if run.end != nil {
      events.append(.runEnded(player: run.player, run: view(run, moment)))
    }
    return events
  }
}
