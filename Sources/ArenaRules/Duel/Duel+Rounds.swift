public import ArenaTypes

/// How rounds follow each other, and how answers and the engine's results enter them.
extension Duel {
  /// Acts on the deadline that has passed at `now`, if one has.
  ///
  /// One step is enough: what follows a passed deadline gets its full time from `now` on.
  mutating func advance(to now: Timestamp) -> [DuelEvent] {
    if let void = bothAbsentAt, void <= now { return finish(.void, .absent, now: now) }
    guard let until = phase.until, until <= now else { return [] }
    switch phase {
    case .countdown: return startRound(0, now: now)
    case .question: return closeQuestion(now: now)
    case .scoring:
      asked?.stopWaiting()
      return revealRound(now: now)
    case .reveal: return leaveReveal(now: now)
    case .finished: return []
    }
  }

  mutating func startRound(_ number: Int, now: Timestamp) -> [DuelEvent] {
    guard setup.materials.indices.contains(number) else { return [] }
    round = number
    isReady = [false, false]
    let isSuddenDeath = isSuddenDeath(round: number)
    let kind = isSuddenDeath ? .pick : setup.format.rounds[number]
    var generator = SeededGenerator(seed: setup.seed).forked(for: "round/\(number)")
    let started = Round(
      kind, material: setup.materials[number],
      allowsOpen: !isSuddenDeath && mayAskOpenRound, using: &generator)
    asked = started
    let deadline = now + setup.timing.question(kind)
    phase = .question(until: deadline)
    return [
      .roundStarted(
        round: number, question: started.rule.question, deadline: deadline,
        multiplier: multiplier(round: number), isSuddenDeath: isSuddenDeath)
    ]
  }

  /// Whether one more open round keeps to "at most one in five".
  private var mayAskOpenRound: Bool {
    let asked = results.count { result in
      guard case .pick(_, _, basis: .open, _, _) = result.reveal else { return false }
      return true
    }
    return (asked + 1) * PickRound.openOneIn <= setup.format.rounds.count
  }

  mutating func takeAnswer(
    _ answer: Answer, seat: Int, round number: Int, commandID: CommandID, now: Timestamp
  ) throws(DuelRejection) -> [DuelEvent] {
    if number < round { throw .roundOver }
    guard number == round else { throw .notTheQuestion }
    switch phase {
    case .question: break
    case .countdown: throw .noQuestion
    case .scoring, .reveal: throw .roundOver
    case .finished: throw .duelOver
    }
    guard var asked, let until = phase.until else { throw .noQuestion }
    let share = TimeShare(
      leftMilliseconds: until.milliseconds(since: now),
      totalMilliseconds: setup.timing.question(asked.rule.question.kind))
    let (attempt, effects) = try asked.take(answer, seat: seat, timeLeft: share)
    self.asked = asked
    let receipt = AnswerReceipt(
      player: setup.seats[seat].player, round: round, attempt: attempt, answer: answer, at: now,
      commandID: commandID)
    receipts.append(receipt)
    return [.answerTaken(receipt: receipt)] + effects.compactMap(event) + settle(now: now)
  }

  mutating func takeReply(_ reply: EngineReply, round number: Int, now: Timestamp)
    throws(DuelRejection) -> [DuelEvent]
  {
    switch phase {
    case .question, .scoring: break
    case .countdown, .reveal, .finished: throw .notWanted
    }
    guard number == round, var asked else { throw .notWanted }
    let effects = try asked.take(reply)
    self.asked = asked
    return effects.compactMap(event) + settle(now: now)
  }

  /// Moves on where nothing is waited for any more.
  private mutating func settle(now: Timestamp) -> [DuelEvent] {
    guard let rule = asked?.rule else { return [] }
    switch phase {
    case .question:
      guard setup.seats.indices.allSatisfy(rule.isLockedIn) else { return [] }
      return closeQuestion(now: now)
    case .scoring: return rule.isWaiting ? [] : revealRound(now: now)
    case .countdown, .reveal, .finished: return []
    }
  }

  private mutating func closeQuestion(now: Timestamp) -> [DuelEvent] {
    guard let rule = asked?.rule, rule.isWaiting else { return revealRound(now: now) }
    let deadline = now + setup.timing.engineWaitMilliseconds
    phase = .scoring(until: deadline)
    return [.scoring(round: round, deadline: deadline)]
  }

  private mutating func revealRound(now: Timestamp) -> [DuelEvent] {
    guard let rule = asked?.rule else { return [] }
    let multiplier = multiplier(round: round)
    let points = rule.points.map { $0 * multiplier }
    totals = zip(totals, points).map(+)
    let result = RoundResult(
      round: round, unit: rule.question.unit, multiplier: multiplier,
      isSuddenDeath: isSuddenDeath(round: round), counts: rule.counts, points: points,
      totals: totals, revealExcerpt: rule.revealExcerpt, reveal: rule.reveal)
    results.append(result)
    let deadline = now + setup.timing.reveal(rule.question.kind)
    phase = .reveal(until: deadline)
    return [.revealed(result: result, deadline: deadline)]
  }

  mutating func markReady(_ seat: Int, round number: Int, now: Timestamp) throws(DuelRejection)
    -> [DuelEvent]
  {
    guard number <= round else { throw .notTheQuestion }
    // A late `ready` for a reveal that has passed asks for what has happened.
    if number < round { return [] }
    guard case .reveal = phase else { throw .nothingRevealed }
    if isReady[seat] { return [] }
    isReady[seat] = true
    var events: [DuelEvent] = [.ready(player: setup.seats[seat].player, round: round)]
    let allReady = setup.seats.indices.allSatisfy { isReady[$0] || setup.seats[$0].kind != .human }
    if allReady { events += leaveReveal(now: now) }
    return events
  }

  private mutating func leaveReveal(now: Timestamp) -> [DuelEvent] {
    if let next = nextRound { return startRound(next, now: now) }
    return finish(outcomeByPoints, .points, now: now)
  }

  /// The round that follows the present one; nil where the points have decided or nothing is left.
  var nextRound: Int? {
    let regular = setup.format.rounds.count
    if round + 1 < regular { return round + 1 }
    guard totals[0] == totals[1] else { return nil }
    // Units that no pick can be made of are skipped, so that a sudden death is never a blank.
    let last = min(regular + DuelFormat.suddenDeathCountMax, setup.materials.count)
    return (round + 1..<max(round + 1, last)).first { setup.materials[$0].canBeAsked(as: .pick) }
  }

  /// What the engine still owes, as the events that asked for it.
  ///
  /// After a restart the shell asks again: what was under way is lost with the process.
  public var outstandingWishes: [DuelEvent] {
    switch phase {
    case .question, .scoring: (asked?.rule.outstanding ?? []).compactMap(event)
    case .countdown, .reveal, .finished: []
    }
  }

  /// Whether the open round still waits for the score of that text.
  public func awaitsScore(player: PlayerID, round number: Int, attempt: Int) -> Bool {
    outstandingWishes.contains { wish in
      guard case .scoreWanted(let author, let round, let place, _, _) = wish else { return false }
      return (author, round, place) == (player, number, attempt)
    }
  }

  /// What a round's effect is called in a duel.
  private func event(_ effect: RoundEffect) -> DuelEvent? {
    guard let question else { return nil }
    let unit = question.unit
    let clues = question.clues
    func player(_ seat: Int) -> PlayerID { setup.seats[seat].player }
    return switch effect {
    case .lockedIn(let seat): .lockedIn(player: player(seat), round: round)
    case .refused(let seat, let attempt, let reason):
      .answerRefused(player: player(seat), round: round, attempt: attempt, reason: reason)
    case .measured(let seat, let result):
      .attemptMeasured(player: player(seat), round: round, result: result)
    case .scored(let seat, let attempt, let score):
      .scored(player: player(seat), round: round, attempt: attempt, score: score)
    case .checkWanted(let seat, let attempt, let text):
      .checkWanted(
        player: player(seat), round: round, attempt: attempt, unit: unit, clues: clues, text: text)
    case .scoreWanted(let seat, let attempt, let text):
      .scoreWanted(player: player(seat), round: round, attempt: attempt, unit: unit, text: text)
    case .similarityWanted(let first, let second):
      .similarityWanted(round: round, unit: unit, first: first, second: second)
    case .activationsWanted(let seat, let attempt, let text):
      .activationsWanted(
        player: player(seat), round: round, attempt: attempt, unit: unit, clues: clues, text: text)
    }
  }
}
