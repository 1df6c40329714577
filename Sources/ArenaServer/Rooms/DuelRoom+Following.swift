import ArenaProtocol
import ArenaRules
import ArenaTypes

extension DuelRoom {
  /// The frame that brings `viewer` up to date from nothing.
  func snapshot(for viewer: PlayerID) -> [UInt8] {
    let seated = shown.seat(of: viewer) != nil
    let view = views.view(
      of: shown, for: seated ? viewer : nil, record: record, roundStartedAt: roundStartedAt,
      heats: heats, refusals: refusals, spectators: spectatorCount)
    return context.encode(
      .duelSnapshot(.init(duel: view)), on: .duel(id), at: publisher.position, isSnapshot: true)
  }

  /// Whether the open round is about `unit`, whose page is then sealed for the players.
  func isAsking(about unit: UnitID) -> Bool {
    switch shown.phase {
    case .question, .scoring: shown.question?.unit == unit
    case .countdown, .reveal, .finished: false
    }
  }

  /// Takes a player's answer and acknowledges it once it is on disk.
  func answer(_ content: ClientCommand.DuelAnswer, from origin: CommandOrigin) {
    let answer: ArenaRules.Answer
    switch content.answer {
    case .pick(let side): answer = .pick(side: side.rules)
    case .oddOneOut(let odd): answer = .oddOneOut(choice: OddChoice(wire: odd))
    case .predict(let tokens): answer = .predict(tokens: tokens)
    case .fire(let text): answer = .fire(text: text)
    case .done: answer = .done
    case .write(let text):
      do throws(ExplanationTextRejection) {
        answer = .write(text: try ExplanationText(text))
      } catch {
        return context.settle(
          origin, .failure(Refusal(error, path: "/data/answer/text")))
      }
    }
    let command = DuelCommand.answer(
      player: origin.player, round: content.round - 1, answer: answer,
      commandID: origin.rulesCommand)
    take(command) { [self] result in
      context.settle(
        origin, result.map { _ in .duelAnswer(receipt(for: origin, round: content.round)) })
    }
  }

  private func receipt(
    for origin: CommandOrigin, round: Int
  ) -> ServerAnswer.AnswerAccepted {
    let receipt = shown.answerReceipt(player: origin.player, commandID: origin.rulesCommand)
    guard let receipt, case .fire = receipt.answer else {
      return .init(round: round, attempt: nil, triesLeft: nil)
    }
    // As it was when the answer came, so that a repeated command gets the first answer again.
    let left =
      shown.round == receipt.round
      ? triesLeft(of: origin.player, after: receipt.attempt) : 0
    return .init(round: round, attempt: receipt.attempt + 1, triesLeft: left)
  }

  /// Takes a player's command that has no content of its own.
  func take(_ command: DuelCommand, from origin: CommandOrigin, answering answer: ServerAnswer) {
    take(command) { [self] result in
      context.settle(origin, result.map { _ in answer })
    }
  }
}
