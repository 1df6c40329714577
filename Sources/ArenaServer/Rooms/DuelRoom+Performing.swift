import ArenaProtocol
import ArenaRules
import ArenaTypes

extension DuelRoom {
  /// Sends an event to everybody who follows the duel.
  func publish(_ event: ServerEvent) { publish { _ in event } }

  /// Sends what `make` makes of what each may see.
  func publish(_ make: (WireViews) -> ServerEvent?) {
    guard let event = make(views) else { return }
    publisher.publish { context.encode(event, on: .duel(id), at: $0) }
    guard let mildPublisher, let mild = make(mildViews) else { return }
    mildPublisher.publish { context.encode(mild, on: .mildDuel(id), at: $0) }
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
    prepare(event)
    publish { views in
      views.told(event, of: shown, roundStartedAt: roundStartedAt, heat: heats[shown.round])
    }
    follow(event)
  }

  /// What must be so before everybody is told of an event.
  private func prepare(_ event: DuelEvent) {
    switch event {
    case .roundStarted:
      provisionalScores = [:]
      questionOpened()
    case .clocksMoved: questionOpened()
    case .revealed(let result, _):
      questionClosed()
      heats[result.round] = WireViews.original(context.services, of: served).heat(of: result)
    case .finished: questionClosed()
    default: break
    }
  }

  /// What follows once everybody was told of an event.
  private func follow(_ event: DuelEvent) {
    switch event {
    case .started: announce()
    case .roundStarted:
      planMoves()
      predictAhead()
      scoreAhead()
      announce()
    case .lockedIn(let player, let round): tellAccepted(player, round: round)
    case .clocksMoved: planMoves()
    case .revealed(let result, _):
      wantPredictions(for: result)
      announce()
    case .finished(let result): finished(result)
    default: break
    }
  }

  /// Tells the author that a written text counts.
  private func tellAccepted(_ player: PlayerID, round: Int) {
    guard shown.question?.kind == .write,
      let text = writtenText(by: player, round: round)
    else { return }
    tell(
      player,
      .duelWriteChecked(
        .init(
          duel: id, round: round + 1, text: text, accepted: true, refused: nil,
          hidden: shown.view(for: player).isOwnTextHidden)))
  }

  private func performForPlayer(_ event: DuelEvent) {
    switch event {
    case .answerRefused(let player, let round, let attempt, let reason):
      answerRefused(player, round: round, attempt: attempt, reason: reason)
    case .scored(let player, let round, let attempt, let score):
      guard let text = writtenText(by: player, round: round, attempt: attempt) else { return }
      tell(
        player,
        .duelScore(
          .init(duel: id, round: round + 1, text: text, score: score, provisional: false)))
    case .attemptMeasured(let player, let round, let result):
      tell(
        player,
        .duelFireResult(
          .init(
            duel: id, round: round + 1, result: ownTry(result, of: player, round: round),
            triesLeft: triesLeft(of: player))))
    default:
      // `answerTaken` is what the acknowledgement says.
      break
    }
  }

  private func ownTry(_ attempt: FireTry, of player: PlayerID, round: Int) -> Wire.FireTry {
    views.fireTry(attempt, isOwn: true, round: round, seat: shown.seat(of: player) ?? 0)
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
            duel: id, round: round + 1, result: ownTry(refusedTry, of: player, round: round),
            triesLeft: triesLeft(of: player))))
    } else {
      tell(
        player,
        .duelWriteChecked(
          .init(
            duel: id, round: round + 1,
            text: writtenText(by: player, round: round, attempt: attempt) ?? "", accepted: false,
            refused: refused, hidden: false)))
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
        case .refused(let reason) = served.engine.check(
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

  /// What a player has written in a write round, under that attempt or last.
  func writtenText(by player: PlayerID, round: Int, attempt: Int? = nil) -> String? {
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
    if let result = shown.result {
      // Private duels are between friends, and a void one is nothing to watch.
      let isPublic = !record.isPrivate && result.outcome != .void
      let finished = isPublic ? views.finished(shown, result) : nil
      context.postToLobby { [id] in $0.duelEnded(id, finished: finished) }
    } else {
      let listing = views.listing(
        of: shown, startedAt: record.startedAt, spectators: spectatorCount)
      let isPrivate = record.isPrivate
      context.postToLobby { $0.duelChanged(listing, isPrivate: isPrivate) }
    }
  }
}
