import ArenaProtocol
import ArenaRules
import ArenaTypes

extension DuelRoom {
  /// Sends an event to everybody who follows the duel.
  func publish(_ event: ServerEvent) {
    publisher.publish { context.encode(event, on: .duel(id), at: $0) }
  }

  /// Does what an event of the rules means, once it is on disk.
  func perform(_ event: DuelEvent) {
    switch event.audience {
    case .everyone: performForEveryone(event)
    case .player: performForPlayer(event)
    case .engine: askEngine(event)
    }
  }

  private func performForEveryone(_ event: DuelEvent) {
    switch event {
    case .started(_, let format, _, let rounds, let startsAt):
      publish(
        .duelStarted(
          .init(
            format: Wire.DuelFormat(format), rounds: rounds, players: views.seats(of: shown),
            startsAt: startsAt)))
      announce()
    case .roundStarted:
      questionOpened()
      if let round = views.round(of: shown, startedAt: roundStartedAt) {
        publish(.duelRoundStarted(.init(round: round)))
      }
      planBotMove()
      predictAhead()
      announce()
    case .lockedIn(let player, let round):
      lockedIn(player, round: round)
    case .scoring(let round, let deadline):
      let wait = Duration.milliseconds(shown.setup.timing.engineWaitMilliseconds)
      publish(
        .duelScoring(
          .init(round: round + 1, since: deadline + (.zero - wait), until: deadline)))
    case .revealed(let result, let deadline):
      revealed(result, until: deadline)
    case .presence(let player, let isConnected, let claimableAt):
      guard let seat = shown.seat(of: player) else { return }
      publish(
        .duelPresence(.init(seat: seat, connected: isConnected, claimableAt: claimableAt)))
    case .ready(let player, let round):
      guard let seat = shown.seat(of: player) else { return }
      publish(.duelReadied(.init(round: round + 1, seat: seat)))
    case .clocksMoved(let milliseconds, let deadline):
      questionOpened()
      publish(
        .duelClockMoved(.init(byMilliseconds: Int(milliseconds), phaseEndsAt: deadline)))
    case .finished(let result):
      questionClosed()
      publish(.duelFinished(.init(result: views.result(result, of: shown))))
      finished(result)
    default:
      break
    }
  }

  private func lockedIn(_ player: PlayerID, round: Int) {
    guard let seat = shown.seat(of: player) else { return }
    publish(.duelLockedIn(.init(round: round + 1, seat: seat)))
    guard shown.question?.kind == .write,
      let text = writtenText(by: player, round: round)
    else { return }
    tell(
      player,
      .duelWriteChecked(
        .init(duel: id, round: round + 1, text: text, accepted: true, refused: nil)))
  }

  private func revealed(_ result: RoundResult, until deadline: Timestamp) {
    questionClosed()
    heats[result.round] = views.heat(of: result)
    publish(
      .duelRevealed(
        .init(
          reveal: views.reveal(result, of: shown, heat: heats[result.round]),
          totals: Wire.Pair(result.totals[0], result.totals[1]), nextAt: deadline)))
    wantPredictions(for: result)
    announce()
  }

  private func performForPlayer(_ event: DuelEvent) {
    switch event {
    case .answerRefused(let player, let round, let attempt, let reason):
      answerRefused(player, round: round, attempt: attempt, reason: reason)
    case .attemptMeasured(let player, let round, let result):
      tell(
        player,
        .duelFireResult(
          .init(
            duel: id, round: round + 1, result: views.fireTry(result),
            triesLeft: triesLeft(of: player))))
    default:
      // `answerTaken` is what the acknowledgement says.
      break
    }
  }

  private func answerRefused(
    _ player: PlayerID, round: Int, attempt: Int, reason: TextRefusal
  ) {
    let refused = Wire.TextRefusal(reason)
    if let seat = shown.seat(of: player) { refusals[seat] = (round, attempt, refused) }
    if shown.question?.kind == .fire {
      let tries = shown.view(for: player).ownTries
      guard let refusedTry = tries.first(where: { $0.attempt == attempt }) else { return }
      tell(
        player,
        .duelFireResult(
          .init(
            duel: id, round: round + 1, result: views.fireTry(refusedTry),
            triesLeft: triesLeft(of: player))))
    } else {
      tell(
        player,
        .duelWriteChecked(
          .init(
            duel: id, round: round + 1,
            text: writtenText(by: player, round: round, attempt: attempt) ?? "", accepted: false,
            refused: refused)))
    }
  }

  /// Finds out again why a text of the open write round was refused: the journal tells that it was,
  /// and the check is the same each time.
  func recallRefusals() {
    guard case .question = shown.phase, let question = shown.question, question.kind == .write
    else { return }
    let isLockedIn = shown.view(for: nil).isLockedIn
    for (seat, player) in shown.setup.seats.map(\.player).enumerated() where !isLockedIn[seat] {
      let last = shown.answerReceipts(player: player, round: shown.round).last
      guard let last, case .write(let text) = last.answer,
        case .refused(let reason) = context.services.engine.check(
          text, unit: question.unit, clues: question.clues)
      else { continue }
      refusals[seat] = (shown.round, last.attempt, Wire.TextRefusal(reason))
    }
  }

  /// How many texts a player may still try in the open fire round, after the try `attempt` or all.
  func triesLeft(of player: PlayerID, after attempt: Int = .max) -> Int {
    let used = shown.view(for: player).ownTries.count {
      $0.attempt == attempt || ($0.attempt < attempt && !$0.isRefused)
    }
    return max(0, (shown.question?.tryCount ?? 0) - used)
  }

  private func writtenText(by player: PlayerID, round: Int, attempt: Int? = nil) -> String? {
    let receipts = shown.answerReceipts(player: player, round: round)
    let receipt =
      attempt.map { attempt in receipts.first { $0.attempt == attempt } } ?? receipts.last
    guard case .write(let text)? = receipt?.answer else { return nil }
    return text.description
  }

  /// Sends a private event to a player who is a person.
  func tell(_ player: PlayerID, _ event: ServerEvent) {
    guard duel.setup.seats.contains(where: { $0.player == player && $0.kind == .human }) else {
      return
    }
    context.post(toPlayer: player) { $0.publish(event) }
  }

  /// Tells the lobby how the duel stands.
  func announce() {
    if shown.phase == .finished {
      context.postToLobby { [id] in $0.duelEnded(id) }
    } else {
      let listing = views.listing(
        of: shown, startedAt: record.startedAt, spectators: spectatorCount)
      let isPrivate = record.isPrivate
      context.postToLobby { $0.duelChanged(listing, isPrivate: isPrivate) }
    }
  }
}
