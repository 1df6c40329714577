import ArenaTypes

/// One player's texts in a quest.
struct QuestRun: ContestRun {
  /// A unit of a player's.
  struct Place: Hashable, Comparable, Sendable, Codable {
    let player: PlayerID
    let question: Int

    static func < (left: Self, right: Self) -> Bool {
      (left.player, left.question) < (right.player, right.question)
    }
  }

  /// The most commands that are remembered, for repetitions: more than a client has in flight.
  static let commandCountMax = 64

  var head: RunHead
  var units: [QuestUnit]
  /// Whether the points are those of the second half.
  var isSettled = false
  private(set) var commands: [CommandID] = []

  init(head: RunHead, unitCount: Int) {
    self.head = head
    units = Array(repeating: QuestUnit(), count: unitCount)
  }

  var deadline: Timestamp? { nil }
  var points: Int { units.reduce(0) { $0 + $1.points(isSettled: isSettled) } }
  /// When the last text that counts was sent.
  var finishedAt: Timestamp { units.compactMap { $0.best?.sentAt }.max() ?? head.startedAt }
  var entry: BoardEntry { head.entry(points: points, finishedAt: finishedAt) }

  mutating func remember(_ command: CommandID) {
    if commands.count >= Self.commandCountMax { commands.removeFirst() }
    commands.append(command)
  }
}

/// A player's tries at one unit; each is a write round of its own.
struct QuestUnit: Hashable, Sendable, Codable {
  /// How many texts may be sent for a unit, the refused ones included; each costs a check.
  static let textCountMax = 12
  private static let seat = 0

  /// One text on its way through check and score.
  private struct Try: Hashable, Sendable, Codable {
    var round: WriteRound
    var text: ExplanationText
    var sentAt: Timestamp
    var refusal: TextRefusal?

    var entry: WriteRound.Entry { round.entries[QuestUnit.seat] }
    /// Whether it is used up; what the engine lost is not.
    var counts: Bool {
      switch entry {
      case .accepted, .scored, .checking: true
      case .none, .unscored: false
      }
    }
  }

  private var tries: [Try] = []
  /// What the best text is worth on the second half.
  var settled: Score?

  var isWaiting: Bool { tries.last?.round.isWaiting ?? false }

  /// The best text so far: the highest score, of equals the earlier one.
  var best: (text: ExplanationText, score: Score, sentAt: Timestamp)? {
    var best: (text: ExplanationText, score: Score, sentAt: Timestamp)?
    for attempt in tries {
      guard case .scored(let text, let score) = attempt.entry, score.value.isFinite,
        score.value > (best?.score.value ?? -1)
      else { continue }
      best = (text, score, attempt.sentAt)
    }
    return best
  }

  func points(isSettled: Bool) -> Int {
    guard let best else { return 0 }
    let value = (isSettled ? settled : nil)?.value ?? best.score.value
    return Int(min(max(value.isFinite ? value : 0, 0), 100).rounded())
  }

  /// Takes a text as the next try.
  ///
  /// - Throws: Why not; nothing has changed then.
  mutating func take(
    _ answer: Answer, from template: WriteRound, tryCount: Int, at now: Timestamp
  ) throws(ContestRejection) -> [RoundEffect] {
    guard case .write(let text) = answer else { throw .answer(.wrongKindOfAnswer) }
    guard !isWaiting else { throw .answer(.beingChecked) }
    guard tries.count(where: \.counts) < tryCount, tries.count < Self.textCountMax else {
      throw .answer(.tooManyTries)
    }
    var round = template
    let share = TimeShare(leftMilliseconds: 0, totalMilliseconds: 0)
    do throws(DuelRejection) {
      let effects = try round.take(answer, seat: Self.seat, timeLeft: share).effects
      tries.append(Try(round: round, text: text, sentAt: now))
      return effects.map { $0.numbered(tries.count - 1) }
    } catch {
      throw .answer(error)
    }
  }

  /// Takes a result of the engine for the last try.
  ///
  /// - Throws: `notWanted` where it is of another one, or nothing waits for it.
  mutating func take(_ reply: EngineReply) throws(ContestRejection) -> [RoundEffect] {
    let last = tries.count - 1
    guard reply.attempt == last, last >= 0 else { throw .answer(.notWanted) }
    do throws(DuelRejection) {
      // Each round has one text, its first.
      let effects = try tries[last].round.take(reply.numbered(0))
      for case .refused(_, _, let reason) in effects { tries[last].refusal = reason }
      return effects.map { $0.numbered(last) }
    } catch {
      throw .answer(error)
    }
  }

  var outstanding: [RoundEffect] {
    tries.last?.round.outstanding.map { $0.numbered(tries.count - 1) } ?? []
  }

  /// Stops waiting for the engine; returns whether a text is lost by it.
  mutating func stopWaiting() -> Bool {
    guard isWaiting else { return false }
    tries[tries.count - 1].round.stopWaiting()
    return true
  }

  func view(
    number: Int, question: Question, tryCount: Int, isOver: Bool, isSettled: Bool
  ) -> RunRound {
    let left = min(
      max(0, tryCount - tries.count(where: \.counts)), Self.textCountMax - tries.count)
    return RunRound(
      number: number, kind: .write, unit: question.unit,
      state: isWaiting ? .scoring : isOver || left == 0 ? .done : .open,
      points: best.map { _ in points(isSettled: isSettled) },
      tries: tries.enumerated().map { index, attempt in
        RunRound.Try(
          number: index, text: attempt.text, state: state(attempt), score: score(attempt),
          refusal: attempt.refusal)
      },
      triesLeft: isOver ? 0 : left, settled: settled)
  }

  private func state(_ attempt: Try) -> RunRound.Try.State {
    switch attempt.entry {
    case .none: .refused
    case .checking: .checking
    case .accepted: .scoring
    case .scored: .scored
    case .unscored: .lost
    }
  }

  private func score(_ attempt: Try) -> Score? {
    if case .scored(_, let score) = attempt.entry { score } else { nil }
  }
}

extension RoundEffect {
  /// The same of another attempt.
  fileprivate func numbered(_ attempt: Int) -> RoundEffect {
    switch self {
    case .checkWanted(let seat, _, let text):
      .checkWanted(seat: seat, attempt: attempt, text: text)
    case .scoreWanted(let seat, _, let text):
      .scoreWanted(seat: seat, attempt: attempt, text: text)
    case .refused(let seat, _, let reason):
      .refused(seat: seat, attempt: attempt, reason: reason)
    default: self
    }
  }
}

extension EngineReply {
  /// The attempt that it is about.
  fileprivate var attempt: Int? {
    switch self {
    case .check(_, _, let attempt), .score(_, _, let attempt), .activations(_, _, let attempt):
      attempt
    case .comparison: nil
    }
  }

  /// The same of another attempt.
  fileprivate func numbered(_ attempt: Int) -> EngineReply {
    switch self {
    case .check(let result, let seat, _): .check(result, seat: seat, attempt: attempt)
    case .score(let outcome, let seat, _): .score(outcome, seat: seat, attempt: attempt)
    case .activations(let outcome, let seat, _):
      .activations(outcome, seat: seat, attempt: attempt)
    case .comparison: self
    }
  }
}
