public import ArenaTypes

extension Duel {
  /// Takes a command, and says what happened.
  ///
  /// A deadline that has passed at `now` is acted on first, as a `tick` would.
  ///
  /// - Complexity: O(*n*) in the number of answers so far, which the rounds bound.
  /// - Throws: Why the command is refused; the duel is then as it was, passed deadlines included.
  public mutating func apply(_ command: DuelCommand, now: Timestamp) throws(DuelRejection)
    -> [DuelEvent]
  {
    if isRepetition(command) { return [] }
    // All work is done on a copy, so that a throw anywhere leaves this value untouched.
    var next = self
    var events: [DuelEvent] = []
    if case .outage = command {
      // The deadlines that passed while the server was away have not passed for the players.
    } else {
      events = next.advance(to: now)
    }
    events += try next.perform(command, now: now)
    self = next
    return events
  }

  private func isRepetition(_ command: DuelCommand) -> Bool {
    guard case .answer(let player, let round, _, let commandID) = command,
      let receipt = answerReceipt(player: player, commandID: commandID)
    else { return false }
    return receipt.round == round
  }

  private mutating func perform(_ command: DuelCommand, now: Timestamp) throws(DuelRejection)
    -> [DuelEvent]
  {
    if case .tick = command { return [] }
    if phase == .finished { throw .duelOver }
    switch command {
    case .tick: return []
    case .connected(let player): return connect(try knownSeat(of: player))
    case .disconnected(let player): return disconnect(try knownSeat(of: player), now: now)
    case .answer(let player, let round, let answer, let commandID):
      return try takeAnswer(
        answer, seat: try knownSeat(of: player), round: round, commandID: commandID, now: now)
    case .ready(let player, let round):
      return try markReady(try knownSeat(of: player), round: round, now: now)
    case .resign(let player): return resign(try knownSeat(of: player), now: now)
    case .claim(let player): return try claim(by: try knownSeat(of: player), now: now)
    case .checked(let player, let round, let attempt, let result):
      let seat = try knownSeat(of: player)
      return try takeReply(.check(result, seat: seat, attempt: attempt), round: round, now: now)
    case .scored(let player, let round, let attempt, let outcome):
      let seat = try knownSeat(of: player)
      return try takeReply(.score(outcome, seat: seat, attempt: attempt), round: round, now: now)
    case .compared(let round, let isSame):
      return try takeReply(.comparison(isSame: isSame), round: round, now: now)
    case .activations(let player, let round, let attempt, let outcome):
      let seat = try knownSeat(of: player)
      return try takeReply(
        .activations(outcome, seat: seat, attempt: attempt), round: round, now: now)
    case .end(_, let reason): return finish(.void, .moderator(text: reason), now: now)
    case .outage(let milliseconds): return try moveClocks(by: milliseconds)
    }
  }

  private func knownSeat(of player: PlayerID) throws(DuelRejection) -> Int {
    guard let seat = seat(of: player) else { throw .notYourDuel }
    return seat
  }
}
