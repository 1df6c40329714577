import ArenaRules
import ArenaTypes

extension DuelRoom {
  /// Lets the ghost, if one sits here, answer the open question when the person did.
  func planGhostMove() {
    guard case .question = shown.phase, let ghost = record.ghost,
      let seat = duel.setup.seats.first(where: { $0.kind == .ghost })
    else { return }
    let round = shown.round
    for (index, step) in ghost.steps.enumerated() where step.round == round {
      let command = RulesCommandID(rawValue: "ghost-\(round)-\(index)")
      context.scheduler.schedule(at: roundStartedAt + .milliseconds(step.delayMilliseconds)) {
        [weak self] in
        self?.take(
          .answer(
            player: seat.player, round: round, answer: step.answer, commandID: command))
      }
    }
  }
}
