import ArenaProtocol
import ArenaRules
import ArenaTypes
import DispatchTransport

extension DuelRoom {
  /// The frame that brings `viewer` up to date from nothing.
  func snapshot(for viewer: PlayerID, isMild: Bool = false) -> [UInt8] {
    let seated = shown.seat(of: viewer) != nil
    let view = (isMild ? mildViews : views).view(
      of: shown, for: seated ? viewer : nil, record: record, roundStartedAt: roundStartedAt,
      heats: heats, refusals: refusals, provisionalScores: provisionalScores,
      spectators: spectatorCount)
    return context.encode(
      .duelSnapshot(.init(duel: view)), on: .duel(id), at: publisher.position, isSnapshot: true)
  }

  /// Moves a connection to the duel's other stream, whose events have the same numbers, and shows the
  /// open question anew: what was on the screen may be more than the player wants now.
  func choiceChanged(isMild: Bool, of connection: ConnectionID, onShard shard: Int) {
    guard let mildPublisher else { return }
    let (old, new) = isMild ? (publisher, mildPublisher) : (mildPublisher, publisher)
    old.subscriberRemoved(onShard: shard)
    new.subscriberAdded(onShard: shard)
    let id = id
    context.directory.post(to: shard) { $0.streamChanged(id, isMild: isMild, of: connection) }
    guard case .question = shown.phase else { return }
    publish { views in
      views.round(of: shown, startedAt: roundStartedAt).map { .duelCluesChanged(.init(round: $0)) }
    }
  }

  /// The unit that the open round is about, which is then sealed for the players.
  var unitAsked: UnitID? {
    switch shown.phase {
    case .question, .scoring: shown.question?.unit
    case .countdown, .reveal, .finished: nil
    }
  }

  /// Takes a player's answer and acknowledges it once it is on disk.
  func answer(_ content: ClientCommand.DuelAnswer, from origin: CommandOrigin) {
    let answer: ArenaRules.Answer
    do throws(Refusal) {
      answer = try content.answer.rules()
    } catch {
      return context.settle(origin, .failure(error))
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
