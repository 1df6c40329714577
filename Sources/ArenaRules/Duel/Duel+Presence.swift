import ArenaTypes

/// Coming, going, giving up, and clocks that move because the server was away.
extension Duel {
  /// The longest outage that is believed; a journal with a longer one is damaged.
  static let outageMillisecondsMax: Int64 = 366 * 86_400_000

  /// When the duel becomes void because no person is there; nil while one is, or once it is decided.
  var bothAbsentAt: Timestamp? {
    guard phase != .finished, !isDecided else { return nil }
    let humans = setup.seats.indices.filter { setup.seats[$0].kind == .human }
    let since = humans.compactMap { absentSince[$0] }
    guard !humans.isEmpty, since.count == humans.count, let latest = since.max() else {
      return nil
    }
    return latest + setup.timing.absenceMilliseconds
  }

  /// Whether the last round is revealed and the points have decided.
  var isDecided: Bool {
    guard case .reveal = phase else { return false }
    return nextRound == nil
  }

  mutating func connect(_ seat: Int) -> [DuelEvent] {
    guard absentSince[seat] != nil else { return [] }
    absentSince[seat] = nil
    return [.presence(player: setup.seats[seat].player, isConnected: true, claimableAt: nil)]
  }

  mutating func disconnect(_ seat: Int, now: Timestamp) -> [DuelEvent] {
    guard absentSince[seat] == nil, setup.seats[seat].kind == .human else { return [] }
    absentSince[seat] = now
    return [
      .presence(
        player: setup.seats[seat].player, isConnected: false,
        claimableAt: claimableAt(seat: seat))
    ]
  }

  /// Ends the duel in the other's favour; once the points have decided, in theirs.
  mutating func resign(_ seat: Int, now: Timestamp) -> [DuelEvent] {
    if isDecided { return finish(outcomeByPoints, .points, now: now) }
    return finish(.winner(seat: 1 - seat), .resigned, now: now)
  }

  mutating func claim(by seat: Int, now: Timestamp) throws(DuelRejection) -> [DuelEvent] {
    if isDecided { throw .alreadyDecided }
    let claimableAt = claimableAt(seat: 1 - seat)
    guard let claimableAt, claimableAt <= now else {
      throw .notAbsentYet(claimableAt: claimableAt)
    }
    return finish(.winner(seat: seat), .absent, now: now)
  }

  mutating func moveClocks(by milliseconds: Int64) throws(DuelRejection) -> [DuelEvent] {
    guard (0...Self.outageMillisecondsMax).contains(milliseconds) else { throw .badDuration }
    phase =
      switch phase {
      case .countdown(let until): .countdown(until: until + milliseconds)
      case .question(let until): .question(until: until + milliseconds)
      case .scoring(let until): .scoring(until: until + milliseconds)
      case .reveal(let until): .reveal(until: until + milliseconds)
      case .finished: .finished
      }
    absentSince = absentSince.map { $0.map { $0 + milliseconds } }
    return [.clocksMoved(milliseconds: milliseconds, deadline: phase.until)]
  }

  /// Who has more points.
  var outcomeByPoints: DuelResult.Outcome {
    totals[0] == totals[1] ? .draw : .winner(seat: totals[0] > totals[1] ? 0 : 1)
  }

  mutating func finish(
    _ outcome: DuelResult.Outcome, _ reason: DuelResult.Reason, now: Timestamp
  ) -> [DuelEvent] {
    phase = .finished
    let result = DuelResult(
      outcome: outcome, reason: reason, totals: totals, roundPoints: results.map(\.points),
      ratings: ratingChanges(outcome, at: now), at: now)
    self.result = result
    return [.finished(result: result)]
  }

  private func ratingChanges(_ outcome: DuelResult.Outcome, at now: Timestamp) -> [RatingChange] {
    guard setup.isRated, setup.seats.allSatisfy({ $0.kind == .human }) else { return [] }
    let scores: [Double]
    switch outcome {
    case .void: return []
    case .draw: scores = [0.5, 0.5]
    case .winner(let seat): scores = seat == 0 ? [1, 0] : [0, 1]
    }
    let system = Glicko2()
    return setup.seats.indices.map { seat in
      let rating = setup.seats[seat].rating
      let game = Glicko2.Game(opponent: setup.seats[1 - seat].rating, score: scores[seat])
      return RatingChange(
        before: system.idle(rating, until: now), after: system.rated(rating, after: game, at: now))
    }
  }
}
