import ArenaRules
import ArenaTypes
import Interpretation

extension DuelRoom {
  /// Lets the program that sits here, if one does, answer the open question in its own time.
  func planMoves() {
    planBotMove()
    planGhostMove()
  }

  /// Lets the bot, if one sits here, answer the open question in its own time.
  private func planBotMove() {
    guard case .question = shown.phase,
      let seat = duel.setup.seats.first(where: { $0.kind == .bot })
    else { return }
    let texts = botTexts()
    let round = shown.round
    let steps = BotPlayer(rating: seat.rating.value)
      .plan(in: shown, as: seat.player, textCount: texts.count)
    for (index, step) in steps.enumerated() {
      let answer: Answer? =
        switch step.move {
        case .pick(let side): .pick(side: side)
        case .odd(let choice): .oddOneOut(choice: choice)
        case .mark(let tokens): .predict(tokens: tokens)
        case .text(let rank): botAnswer(texts, rank: rank)
        case .done: .done
        }
      guard let answer else { continue }
      let command = RulesCommandID(rawValue: "bot-\(round)-\(index)")
      context.scheduler.schedule(at: roundStartedAt + step.delay) { [weak self] in
        self?.take(
          .answer(player: seat.player, round: round, answer: answer, commandID: command))
      }
    }
  }

  /// The explanations that the bot knows of the unit, best first: those meant as right, by score, then
  /// the others.
  ///
  /// In a fire round only those without a taboo word, since others would be refused.
  private func botTexts() -> [ExplanationText] {
    guard let question = shown.question,
      let unit = served.campaign.unit(question.unit)
    else { return [] }
    let taboo = question.kind == .fire ? views.taboo(of: question.unit) : []
    return unit.explanations
      .filter {
        TextChecks().tabooWords(in: $0.explanation.text.description, taboo: taboo).isEmpty
      }
      .sorted { first, second in
        let firstKey = (first.role == .intended ? 1.0 : 0, first.score?.value ?? 0)
        let secondKey = (second.role == .intended ? 1.0 : 0, second.score?.value ?? 0)
        return firstKey > secondKey
      }
      .map(\.explanation.text)
  }

  /// A text as an answer to the open question.
  ///
  /// In a fire round an explanation is a text too, and often one on which its unit fires.
  private func botAnswer(_ texts: [ExplanationText], rank: Int) -> Answer? {
    guard texts.indices.contains(rank) else { return nil }
    switch shown.question?.kind {
    case .write: return .write(text: texts[rank])
    case .fire: return .fire(text: texts[rank].meanings.joined(separator: ", "))
    case .pick, .oddOneOut, .predict, nil: return nil
    }
  }
}
