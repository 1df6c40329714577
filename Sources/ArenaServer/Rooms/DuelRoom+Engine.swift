import ArenaProtocol
import ArenaRules
import ArenaTypes
import DispatchTransport
import Interpretation
import TransformerEngine

extension DuelRoom {
  /// Asks the engine for what the rules want to know; the answer comes back as a command.
  func askEngine(_ event: DuelEvent) {
    let engine = served.engine
    let (back, handle) = (commandSender, questionHandle)
    switch event {
    case .checkWanted(let player, let round, let attempt, let unit, let clues, let text):
      let result = engine.check(text, unit: unit, clues: clues)
      guard result == .accepted, engine.suspicion != nil else {
        return take(.checked(player: player, round: round, attempt: attempt, result: result))
      }
      engine.isSuspect(text.description, handle: handle) { isSuspect in
        back(
          .checked(
            player: player, round: round, attempt: attempt,
            result: isSuspect ? .hidden : .accepted))
      }
    case .scoreWanted(let player, let round, let attempt, let unit, let text):
      engine.score(
        text, unit: unit, priority: .urgent, handle: handle,
        provisional: provisionalSender(player, round: round, attempt: attempt)
      ) { result in
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

  /// Brings a first score to this room from any thread; nil for a bot, which wants to know nothing.
  private func provisionalSender(
    _ player: PlayerID, round: Int, attempt: Int
  ) -> (@Sendable (Score) -> Void)? {
    guard let seat = duel.seat(of: player), duel.setup.seats[seat].kind == .human else {
      return nil
    }
    let (id, index, directory) = (id, context.shard.index, context.directory)
    return { score in
      directory.post(to: index) {
        $0.duels[id]?.provisionalScoreArrived(score, of: player, round: round, attempt: attempt)
      }
    }
  }

  /// Tells a player the first score of a text that still waits for its own; it is in no journal and
  /// counts nowhere.
  private func provisionalScoreArrived(
    _ score: Score, of player: PlayerID, round: Int, attempt: Int
  ) {
    guard duel.awaitsScore(player: player, round: round, attempt: attempt),
      let seat = duel.seat(of: player),
      let text = writtenText(by: player, round: round, attempt: attempt)
    else { return }
    provisionalScores[seat] = (round, score)
    tell(
      player,
      .duelScore(.init(duel: id, round: round + 1, text: text, score: score, provisional: true)))
  }

  /// Asks what the explanations of a round predict for its reveal excerpt, and publishes it as
  /// `duel.heat` when the engine has answered: a reveal does not wait for it.
  func wantPredictions(for result: RoundResult) {
    let labelled = views.explanationsToPredict(in: result)
    guard !labelled.isEmpty, let excerptID = result.revealExcerpt,
      let excerpt = served.campaign.excerpt(excerptID)
    else { return }
    let (id, index, directory) = (id, context.shard.index, context.directory)
    let labels = labelled.map(\.label)
    served.engine.predict(
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
      let excerpt = served.campaign.excerpt(id)
    else { return }
    let texts = question.options.compactMap { views.explanationText($0) }
    served.engine.predict(
      texts, unit: question.unit, on: excerpt, priority: .background, handle: questionHandle
    ) { _ in }
  }

  /// Has the machine's explanation scored while people still write, so that the reveal shows it on the
  /// same scale as theirs; nothing waits for it.
  func scoreAhead() {
    guard let question = shown.question, question.kind == .write,
      let machine = served.campaign.unit(question.unit)?.machineExplanation
    else { return }
    let engine = served.engine
    guard machine.score?.scorer != engine.scorer.name else { return }
    engine.score(
      machine.explanation.text, unit: question.unit, priority: .background, handle: questionHandle
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
    publish { views in .duelHeat(.init(round: round + 1, heat: views.shown(complete))) }
  }
}
