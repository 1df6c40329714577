import ArenaTypes

/// A round that one player plays for itself: a `Round` of which only the first seat is taken, with
/// what a contest has to know beside it.
struct SoloRound: Hashable, Sendable, Codable {
  static let seat = 0

  private(set) var round: Round
  /// When it is over, on the contest's clock; nil once it is.
  private(set) var deadline: Timestamp?
  /// When its last answer came, on the wall.
  private(set) var answeredAt: Timestamp?
  /// The last text that was refused; nil once another one came.
  private(set) var refusal: RunRound.Refusal?

  /// A round that is open until `deadline`.
  init(_ round: Round, deadline: Timestamp) {
    self.round = round
    self.deadline = deadline
  }

  var question: Question { round.rule.question }
  var isOpen: Bool { deadline != nil }
  /// Whether its points are known.
  var isSettled: Bool { !isOpen && !round.rule.isWaiting }
  /// What it is worth; 0 until it is settled.
  var points: Int { isSettled ? round.rule.points[Self.seat] : 0 }

  /// Takes an answer, of which `totalMilliseconds` were given.
  ///
  /// - Throws: Why not; nothing has changed then.
  mutating func take(
    _ answer: Answer, totalMilliseconds: Int64, _ moment: ContestMoment
  ) throws(ContestRejection) -> [RoundEffect] {
    guard let deadline, moment.clock < deadline else { throw .questionOver }
    let share = TimeShare(
      leftMilliseconds: min(deadline.milliseconds(since: moment.clock), totalMilliseconds),
      totalMilliseconds: totalMilliseconds)
    let effects: [RoundEffect]
    do throws(DuelRejection) {
      effects = try round.take(answer, seat: Self.seat, timeLeft: share).effects
    } catch {
      throw .answer(error)
    }
    answeredAt = moment.now
    refusal = nil
    note(effects)
    return effects
  }

  /// Takes a result of the engine.
  ///
  /// - Throws: `notWanted` where nothing waits for it.
  mutating func take(_ reply: EngineReply) throws(ContestRejection) -> [RoundEffect] {
    let effects: [RoundEffect]
    do throws(DuelRejection) {
      effects = try round.take(reply)
    } catch {
      throw .answer(error)
    }
    note(effects)
    return effects
  }

  private mutating func note(_ effects: [RoundEffect]) {
    for effect in effects {
      if case .refused(_, let attempt, let reason) = effect {
        refusal = RunRound.Refusal(attempt: attempt, reason: reason)
      }
    }
    if round.rule.isLockedIn(seat: Self.seat) { deadline = nil }
  }

  /// Takes no further answer.
  mutating func close() { deadline = nil }

  /// Stops waiting for the engine; returns whether an answer is lost by it.
  mutating func stopWaiting() -> Bool {
    guard round.rule.isWaiting else { return false }
    round.stopWaiting()
    return true
  }

  /// The round as its player may see it; the truth once it is settled.
  func view(number: Int) -> RunRound {
    let rule = round.rule
    let state: RunRound.State =
      isOpen ? .open : rule.isWaiting ? .scoring : rule.counts ? .done : .lost
    var tries: [FireTry] = []
    if case .fire(_, let all) = rule.reveal { tries = all[Self.seat] }
    return RunRound(
      number: number, kind: question.kind, unit: question.unit, state: state,
      points: isSettled ? points : nil, refusal: refusal, fireTries: tries,
      result: isSettled ? result(number: number) : nil)
  }

  private func result(number: Int) -> RoundResult {
    let rule = round.rule
    return RoundResult(
      round: number, unit: question.unit, multiplier: 1, isSuddenDeath: false,
      counts: rule.counts, points: rule.points, totals: rule.points,
      revealExcerpt: rule.revealExcerpt, reveal: rule.reveal)
  }
}

extension ContestSetup {
  /// The rounds that are the same for everyone, drawn from the seed.
  func sharedRounds() -> [Round] {
    zip(plan?.rounds ?? [], materials).enumerated().map { number, asked in
      var generator = SeededGenerator(seed: seed).forked(for: "round/\(number)")
      return Round(asked.0, material: asked.1, allowsOpen: false, using: &generator)
    }
  }
}

extension RoundEffect {
  /// What is wanted of the engine for `player`; nil where nothing is.
  func wish(of player: PlayerID, _ question: Int, _ asked: Question) -> ContestEvent? {
    switch self {
    case .checkWanted(_, let attempt, let text):
      .checkWanted(
        player: player, question: question, attempt: attempt, unit: asked.unit,
        clues: asked.clues, text: text)
    case .scoreWanted(_, let attempt, let text):
      .scoreWanted(
        player: player, question: question, attempt: attempt, unit: asked.unit, text: text)
    case .activationsWanted(_, let attempt, let text):
      .activationsWanted(
        player: player, question: question, attempt: attempt, unit: asked.unit,
        clues: asked.clues, text: text)
    // Two texts are never compared where one plays alone.
    case .lockedIn, .refused, .measured, .scored, .similarityWanted: nil
    }
  }
}
