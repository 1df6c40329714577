import ArenaProtocol
import ArenaRules
import ArenaTypes

extension ContestRoom {
  /// Starts a player's run, or finds the one that goes on.
  ///
  /// In kinds other than a race also the one that is over, with what became of it.
  func start(
    _ origin: CommandOrigin, name: String, standing: Standing, territory: Territory?
  ) {
    if let run = contest.run(of: origin.player), run.end == nil || contest.setup.kind != .race {
      // Another device of the player's may have started it a moment ago.
      return afterAll { [self] result in
        context.settle(origin, result.map { _ in .contestStart(started(run)) })
      }
    }
    guard !context.services.moderation.isDraining else {
      return context.refuse(origin, .draining, retryAfter: .seconds(5))
    }
    let command = ContestCommand.start(
      player: origin.player, name: name, commandID: origin.rulesCommand, standing: standing,
      territory: territory)
    take(command) { [self] result in
      switch result {
      case .success:
        guard let run = contest.run(of: origin.player) else {
          return context.refuse(origin, .notStarted)
        }
        context.settle(origin, .success(.contestStart(started(run))))
      case .failure(let refusal): context.settle(origin, .failure(refusal))
      }
    }
  }

  private func started(_ run: RunView) -> ServerAnswer.RunStarted {
    let questions = contest.questions
    return .init(
      run: wire(run),
      rounds: questions.map {
        views.round(
          $0.question, number: $0.number + 1, of: questions.count,
          startedAt: contest.setup.opensAt, deadline: $0.deadline)
      })
  }

  /// Takes an answer in a race and acknowledges it, with the next question, once it is on disk.
  func answer(_ content: ClientCommand.ContestAnswer, from origin: CommandOrigin) {
    guard contest.setup.kind == .race else { return context.refuse(origin, .wrongKindOfAnswer) }
    let command = ContestCommand.answer(
      player: origin.player, question: content.question - 1, side: content.side.rules,
      commandID: origin.rulesCommand)
    take(command) { [self] result in
      if case .failure(let refusal) = result {
        return context.settle(origin, .failure(refusal))
      }
      guard
        let verdict = contest.verdict(player: origin.player, commandID: origin.rulesCommand),
        let run = wire(verdict, of: origin.player)
      else { return context.refuse(origin, .notStarted) }
      context.settle(
        origin,
        .success(
          .contestAnswer(
            .init(
              question: content.question, right: verdict.isRight,
              rightSide: Wire.Side(verdict.right), run: run))))
    }
  }

  /// Takes an answer to a round and acknowledges it once it is on disk.
  func submit(_ content: ClientCommand.ContestSubmit, from origin: CommandOrigin) {
    guard contest.setup.kind != .race else { return context.refuse(origin, .wrongKindOfAnswer) }
    let answer: ArenaRules.Answer
    do throws(Refusal) {
      answer = try content.answer.rules()
    } catch {
      return context.settle(origin, .failure(error))
    }
    let command = ContestCommand.submit(
      player: origin.player, question: content.round - 1, answer: answer,
      commandID: origin.rulesCommand)
    takeChange(command, from: origin) { .contestSubmit(.init(run: $0)) }
  }

  /// Goes on from a round of the daily that is over.
  func next(_ content: ClientCommand.ContestNext, from origin: CommandOrigin) {
    let command = ContestCommand.next(player: origin.player, question: content.round - 1)
    takeChange(command, from: origin) { .contestNext(.init(run: $0)) }
  }

  private func takeChange(
    _ command: ContestCommand, from origin: CommandOrigin,
    answer: @escaping (Wire.Run) -> ServerAnswer
  ) {
    take(command) { [self] result in
      switch result {
      case .failure(let refusal): context.settle(origin, .failure(refusal))
      case .success(let events):
        // As it stood after the command, since the contest may be ahead of the disk; a repeated command
        // has no events, and is answered when all is there.
        let told = events.compactMap { $0.run(of: origin.player) }.last
        guard let run = told ?? contest.run(of: origin.player) else {
          return context.refuse(origin, .notStarted)
        }
        context.settle(origin, .success(answer(wire(run))))
      }
    }
  }

  /// The run as it stood after a verdict, since the contest may be ahead of the disk.
  func wire(_ verdict: RaceVerdict, of player: PlayerID) -> Wire.Run? {
    contest.run(of: player).map { run in
      Wire.Run(
        contest: id, startedAt: run.startedAt, endsAt: verdict.endsAt, points: verdict.points,
        wrong: verdict.wrongCount, over: verdict.end != nil,
        endReason: verdict.end.flatMap { Wire.RunEndReason(rawValue: $0.rawValue) },
        question: verdict.next.map(views.question), ranked: run.isRanked)
    }
  }

  /// The units that are sealed for a player: its open question is about them, or its quest.
  func unitsAsked(of player: PlayerID) -> Set<UnitID> {
    guard contest.state != .final, let run = contest.run(of: player), run.end == nil else {
      return []
    }
    var units: Set<UnitID> = []
    if let unit = run.question?.question.unit { units.insert(unit) }
    if let stage = contest.stage {
      if stage.phase == .question, let unit = stage.question?.unit { units.insert(unit) }
      return units
    }
    for round in run.rounds
    where contest.setup.kind == .quest || round.state == .open || round.state == .scoring {
      units.insert(round.unit)
    }
    return units
  }
}

extension ContestEvent {
  /// The run that it tells a player of, if it does.
  fileprivate func run(of player: PlayerID) -> RunView? {
    switch self {
    case .runStarted(player, let run), .runChanged(player, let run), .runEnded(player, let run): run
    default: nil
    }
  }
}
