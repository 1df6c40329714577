import ArenaProtocol
import ArenaRules
import ArenaTypes

/// Why a seat's text was refused, and which one it was.
typealias TextRefusalNote = (round: Int, attempt: Int, reason: Wire.TextRefusal)

/// The first score of a seat's text, and in which round it was written.
typealias ProvisionalScoreNote = (round: Int, score: Score)

extension WireViews {
  /// A whole duel as `viewer` may see it; nil is a spectator.
  func view(
    of duel: Duel, for viewer: PlayerID?, record: DuelRecord, roundStartedAt: Timestamp,
    heats: [Int: Wire.Heat], refusals: [Int: TextRefusalNote] = [:],
    provisionalScores: [Int: ProvisionalScoreNote] = [:], spectators: Int
  ) -> Wire.DuelView {
    let view = duel.view(for: viewer)
    var shown: Wire.Reveal?
    if case .reveal = view.phase, let last = view.results.last {
      shown = reveal(last, heat: heats[last.round])
    }
    return Wire.DuelView(
      id: duel.setup.id, format: Wire.DuelFormat(duel.setup.format),
      rounds: duel.setup.format.rounds.count, players: seats(of: duel),
      isPrivate: record.isPrivate, rated: duel.setup.isRated,
      startsAt: record.startedAt + .milliseconds(duel.setup.timing.countdownMilliseconds),
      phase: phase(view.phase), phaseEndsAt: view.phase.until,
      round: round(of: duel, startedAt: roundStartedAt),
      lockedIn: Wire.Pair(view.isLockedIn[0], view.isLockedIn[1]),
      ready: Wire.Pair(view.isReady[0], view.isReady[1]), reveal: shown,
      totals: Wire.Pair(view.totals[0], view.totals[1]), history: view.results.map(summary),
      claimableAt: Wire.Pair(view.claimableAt[0], view.claimableAt[1]),
      result: view.result.map { result($0, of: duel) }, spectators: spectators,
      you: ownSeat(view, of: duel, refusals: refusals, provisionalScores: provisionalScores),
      campaign: duel.setup.campaign)
  }

  private func phase(_ phase: Duel.Phase) -> Wire.DuelPhase {
    switch phase {
    case .countdown: .countdown
    case .question: .question
    case .scoring: .scoring
    case .reveal: .reveal
    case .finished: .finished
    }
  }

  /// What a player has done in the round that runs.
  private func ownSeat(
    _ view: ArenaRules.DuelView, of duel: Duel, refusals: [Int: TextRefusalNote],
    provisionalScores: [Int: ProvisionalScoreNote]
  ) -> Wire.OwnSeat? {
    guard let seat = view.seat else { return nil }
    let isFire = view.question?.kind == .fire
    var answer: Wire.Answer?
    var textState: Wire.TextState?
    var refused: Wire.TextRefusal?
    let last = view.ownAnswers.last
    switch last?.answer {
    case .pick(let side): answer = .pick(Wire.Side(side))
    case .write(let text):
      answer = .write(text.description)
      textState = view.isLockedIn[seat] ? .accepted : .checking
      if let note = refusals[seat], note.round == last?.round, note.attempt == last?.attempt {
        textState = .refused
        refused = note.reason
      }
    case .oddOneOut(let choice): answer = .oddOneOut(choice.wire)
    case .predict(let tokens): answer = .predict(tokens)
    case .fire, .done, nil: break
    }
    let used = view.ownTries.count { !$0.isRefused }
    // A first score is worth nothing once the round is over.
    let isOpen = view.phase.isUnrevealed
    let first = provisionalScores[seat].flatMap { $0.round == view.round ? $0.score : nil }
    let provisional = view.ownScore == nil && isOpen ? first : nil
    return Wire.OwnSeat(
      seat: seat, answer: answer, textState: textState, refused: refused,
      tries: view.ownTries.map { fireTry($0, isOwn: true, round: view.round, seat: seat) },
      triesLeft: isFire ? max(0, (view.question?.tryCount ?? 0) - used) : nil,
      score: view.ownScore ?? provisional, provisional: provisional != nil,
      hidden: isHidden(view.isOwnTextHidden, "", round: view.round, seat: seat, attempt: 0))
  }
}
