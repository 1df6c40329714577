import ArenaTypes

/// What happens within a run.
extension Contest {
  /// Gives a run its next question.
  func ask(_ run: inout RaceRun, number: Int, clock: Timestamp) {
    let pass = number / pool.count
    let position = number % pool.count
    if position == 0 { run.order = order(of: run, pass: pass) }
    let material = setup.materials[pool[Int(run.order[position])]]
    var generator = SeededGenerator(seed: setup.seed)
      .forked(for: "race/\(run.player.rawValue)/\(number)")
    let round = PickRound(material: material, allowsOpen: false, using: &generator)
    run.asked = RaceRun.Asked(
      number: number, question: round.question, right: round.right ?? .a,
      deadline: clock + setup.questionMilliseconds)
  }

  /// The pool in the order of a pass; the first unit isn't the last one of the pass before.
  private func order(of run: RaceRun, pass: Int) -> [Int32] {
    var generator = SeededGenerator(seed: setup.seed)
      .forked(for: "race/\(run.player.rawValue)/pass/\(pass)")
    var order = generator.permutation(of: pool.count).map { Int32($0) }
    if order.count > 1, order.first == run.order.last { order.swapAt(0, 1) }
    return order
  }

  /// Judges a choice, or that none came in time, and goes on with the run or ends it.
  mutating func judge(
    _ index: Int, asked: RaceRun.Asked, choice: Side?, commandID: CommandID?, now: Timestamp
  ) -> [ContestEvent] {
    let clock = clock(at: now)
    let setup = setup
    var run = runs.runs[index]
    if choice == asked.right {
      run.points += 1
    } else if choice != nil {
      run.wrongCount += 1
      run.endsAt = run.endsAt - setup.wrongCostMilliseconds
    }
    run.asked = nil
    if run.wrongCount >= setup.wrongCountMax {
      run.end = .wrongAnswers
    } else if run.endsAt <= clock {
      run.end = .time
    } else {
      ask(&run, number: asked.number + 1, clock: clock)
    }
    let verdict = RaceVerdict(
      question: asked.number, unit: asked.question.unit, choice: choice, right: asked.right,
      points: run.points, wrongCount: run.wrongCount, endsAt: wall(run.endsAt), end: run.end,
      next: question(of: run))
    if let commandID { run.remember(verdict, under: commandID) }
    let changed = run
    runs.update(index) { $0 = changed }
    var events: [ContestEvent] = [.judged(player: run.player, verdict: verdict)]
    if verdict.isRight { events += reached(run, now: now) }
    if run.end != nil { events.append(.runEnded(player: run.player, run: view(run))) }
    return events
  }

  private mutating func reached(_ run: RaceRun, now: Timestamp) -> [ContestEvent] {
    let entry = BoardEntry(
      player: run.player, name: run.name, points: run.points, finishedAt: now,
      joinedAt: run.startedAt)
    board.put(entry)
    return [.boardChanged(entry: entry)]
  }

  /// Ends a run that is under way; of one that is over nothing is told again.
  mutating func endRun(_ index: Int, _ end: RunView.End) -> [ContestEvent] {
    guard runs.runs[index].end == nil else { return [] }
    let run = runs.update(index) { run in
      run.end = end
      run.asked = nil
      return run
    }
    return [.runEnded(player: run.player, run: view(run))]
  }
}
