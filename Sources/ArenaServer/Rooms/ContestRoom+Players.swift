import ArenaProtocol
import ArenaRules
import ArenaTypes

extension ContestRoom {
  /// Starts a player's run, or finds the one that goes on.
  func start(_ origin: CommandOrigin, name: String) {
    if let run = contest.run(of: origin.player), run.end == nil {
      return context.settle(origin, .success(.contestStart(.init(run: wire(run)))))
    }
    let command = ContestCommand.start(
      player: origin.player, name: name, commandID: origin.rulesCommand)
    take(command) { [self] result in
      switch result {
      case .success:
        guard let run = contest.run(of: origin.player) else {
          return context.refuse(origin, .notStarted)
        }
        context.settle(origin, .success(.contestStart(.init(run: wire(run)))))
      case .failure(let refusal): context.settle(origin, .failure(refusal))
      }
    }
  }

  /// Takes an answer and acknowledges it, with the next question, once it is on disk.
  func answer(_ content: ClientCommand.ContestAnswer, from origin: CommandOrigin) {
    let command = ContestCommand.answer(
      player: origin.player, question: content.question - 1, side: content.side.rules,
      commandID: origin.rulesCommand)
    take(command) { [self] result in
      if case .failure(let refusal) = result {
        return context.settle(origin, .failure(refusal))
      }
      guard
        let verdict = contest.verdict(player: origin.player, commandID: origin.rulesCommand),
        let run = contest.run(of: origin.player)
      else { return context.refuse(origin, .notStarted) }
      context.settle(
        origin,
        .success(
          .contestAnswer(
            .init(
              question: content.question, right: verdict.isRight,
              rightSide: Wire.Side(verdict.right), run: wire(run)))))
    }
  }

  /// Whether a player's open question is about `unit`.
  func isAsking(_ player: PlayerID, about unit: UnitID) -> Bool {
    contest.run(of: player)?.question?.question.unit == unit
  }

  /// The run as its player sees it.
  func wire(_ run: RunView) -> Wire.Run {
    return Wire.Run(
      contest: id, startedAt: run.startedAt, endsAt: run.endsAt, points: run.points,
      wrong: run.wrongCount, over: run.end != nil,
      endReason: run.end.flatMap { Wire.RunEndReason(rawValue: $0.rawValue) },
      question: run.question.map(views.question))
  }
}
