import ArenaProtocol
import ArenaRules
import ArenaTypes
import DispatchTransport
import Interpretation
import TransformerEngine

extension DuelRoom {
  /// Asks the engine for what the rules want to know; the answer comes back as a command.
  func askEngine(_ event: DuelEvent) {
    let engine = context.services.engine
    let (back, handle) = (commandSender, questionHandle)
    switch event {
    case .checkWanted(let player, let round, let attempt, let unit, let clues, let text):
      let result = engine.check(text, unit: unit, clues: clues)
      take(.checked(player: player, round: round, attempt: attempt, result: result))
    case .scoreWanted(let player, let round, let attempt, let unit, let text):
      engine.score(text, unit: unit, priority: .urgent, handle: handle) { result in
        let outcome = (try? result.get()).map { ScoreOutcome.scored(score: $0) } ?? .failed
        back(.scored(player: player, round: round, attempt: attempt, outcome: outcome))
      }
    case .similarityWanted(let round, _, let first, let second):
      engine.compare(first, second, handle: handle) { back(.compared(round: round, isSame: $0)) }
    case .activationsWanted(let player, let round, let attempt, let unit, let clues, let text):
      engine.measure(
        text, unit: unit, clues: clues, taboo: views.taboo(of: unit), handle: handle
      ) { outcome in
        back(.activations(player: player, round: round, attempt: attempt, outcome: outcome))
      }
    default:
      break
    }
  }

  /// Brings a command to this room from any thread.
  private var commandSender: @Sendable (DuelCommand) -> Void {
    let (id, index, directory) = (id, context.shard.index, context.directory)
    return { command in
      directory.post(to: index) { $0.duels[id]?.take(command) }
    }
  }

  /// Asks what the explanations of a round predict for its reveal excerpt, and publishes it as
  /// `duel.heat` when the engine has answered: a reveal does not wait for it.
  func wantPredictions(for result: RoundResult) {
    let labelled = views.explanationsToPredict(in: result)
    guard !labelled.isEmpty, let excerptID = result.revealExcerpt,
      let excerpt = context.services.campaign.excerpt(excerptID)
    else { return }
    let (id, index, directory) = (id, context.shard.index, context.directory)
    let labels = labelled.map(\.label)
    context.services.engine.predict(
      labelled.map(\.text), unit: result.unit, on: excerpt, priority: .urgent
    ) { outcome in
      guard case .success(let values) = outcome else { return }
      let predicted = zip(labels, values).map { Wire.Prediction(label: $0, values: $1) }
      directory.post(to: index) {
        $0.duels[id]?.predictionsArrived(predicted, round: result.round)
      }
    }
  }

  /// Has the explanations that a round shows predicted while people still think, so that the reveal
  /// finds the result ready.
  func predictAhead() {
    guard let question = shown.question, !question.options.isEmpty, let id = shown.revealExcerpt,
      let excerpt = context.services.campaign.excerpt(id)
    else { return }
    let texts = question.options.compactMap {
      context.services.campaign.explanation($0)?.explanation.text
    }
    context.services.engine.predict(
      texts, unit: question.unit, on: excerpt, priority: .background, handle: questionHandle
    ) { _ in }
  }

  /// Lets the engine compute nothing any more for a question that is over, however it ended.
  func questionClosed() {
    questionHandle.cancel()
    questionHandle = InferenceHandle()
  }

  private func predictionsArrived(_ predicted: [Wire.Prediction], round: Int) {
    guard let heat = heats[round] else { return }
    let complete = Wire.Heat(excerpt: heat.excerpt, predicted: predicted)
    heats[round] = complete
    publish(.duelHeat(.init(round: round + 1, heat: complete)))
  }
}
