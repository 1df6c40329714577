import ArenaTypes

/// Write a text that makes the unit fire; three tries, the best counts.
///
/// 100 points are the mean of the unit's top-20 peaks in the corpus; a stronger text is worth up to
/// 150. A refused text (too long, a taboo word) does not use up a try; one with five tokens in a row
/// from a clue does, and counts 0. A seat is locked in when it said so or when three tries have their
/// results.
struct FireRound: RoundRule {
  /// How many tries count.
  static let tryCountMax = 3
  /// How many texts a player may send in a round, the refused ones included.
  static let submissionCountMax = 10
  /// The most bytes of UTF-8 of one text: far above 24 tokens of any language.
  static let textByteCountMax = 600
  /// The most points of a try.
  static let pointsMax = 150

  let question: Question
  let revealExcerpt: ExcerptID?
  let top20MeanPeak: Double
  private(set) var tries: [[FireTry]] = Array(repeating: [], count: seatCount)
  private(set) var isDone: [Bool] = Array(repeating: false, count: seatCount)

  /// Asks for texts that fire the material's unit and draws a reveal excerpt.
  init(material: UnitMaterial, using generator: inout SeededGenerator) {
    revealExcerpt = generator.element(of: material.reveals)
    top20MeanPeak = material.top20MeanPeak
    question = Question(
      kind: .fire, unit: material.unit,
      clues: Array(material.clues.prefix(Question.clueCountMax)), tryCount: Self.tryCountMax)
  }

  func isLockedIn(seat: Int) -> Bool {
    isDone[seat] || tries[seat].count(where: \.isSettled) >= Self.tryCountMax
  }

  var isWaiting: Bool { tries.contains { $0.contains { $0.outcome == nil } } }
  var counts: Bool { true }
  var points: [Int] { tries.map { $0.map(\.points).max() ?? 0 } }
  var reveal: RoundReveal { .fire(top20MeanPeak: top20MeanPeak, tries: tries) }

  mutating func take(_ answer: Answer, seat: Int, timeLeft share: TimeShare)
    throws(DuelRejection) -> (attempt: Int, effects: [RoundEffect])
  {
    switch answer {
    case .pick, .write, .oddOneOut, .predict: throw .wrongKindOfAnswer
    case .done:
      guard !isLockedIn(seat: seat) else { throw .alreadyAnswered }
      isDone[seat] = true
      return (tries[seat].count, [.lockedIn(seat: seat)])
    case .fire(let text):
      guard !isDone[seat] else { throw .alreadyAnswered }
      guard text.contains(where: { !$0.isWhitespace }) else { throw .emptyText }
      guard text.utf8.count <= Self.textByteCountMax else { throw .tooLong }
      guard tries[seat].count(where: { !$0.isRefused }) < Self.tryCountMax,
        tries[seat].count < Self.submissionCountMax
      else { throw .tooManyTries }
      let attempt = tries[seat].count
      tries[seat].append(FireTry(attempt: attempt, text: text, outcome: nil, points: 0))
      return (attempt, [.activationsWanted(seat: seat, attempt: attempt, text: text)])
    }
  }

  mutating func take(_ reply: EngineReply) throws(DuelRejection) -> [RoundEffect] {
    guard case .activations(let outcome, let seat, let attempt) = reply,
      tries[seat].indices.contains(attempt), tries[seat][attempt].outcome == nil
    else { throw .notWanted }
    let wasLockedIn = isLockedIn(seat: seat)
    tries[seat][attempt].outcome = outcome
    tries[seat][attempt].points = points(of: outcome)
    if case .refused(let reason) = outcome {
      return [.refused(seat: seat, attempt: attempt, reason: reason)]
    }
    let measured = RoundEffect.measured(seat: seat, tries[seat][attempt])
    return isLockedIn(seat: seat) && !wasLockedIn
      ? [measured, .lockedIn(seat: seat)] : [measured]
  }

  var outstanding: [RoundEffect] {
    tries.indices.flatMap { seat in
      tries[seat].filter { $0.outcome == nil }.map {
        .activationsWanted(seat: seat, attempt: $0.attempt, text: $0.text)
      }
    }
  }

  /// A try whose result never came counts 0 and says so.
  mutating func stopWaiting() {
    for seat in tries.indices {
      for index in tries[seat].indices where tries[seat][index].outcome == nil {
        tries[seat][index].outcome = .failed
      }
    }
  }

  private func points(of outcome: ActivationOutcome) -> Int {
    guard case .measured(let probed) = outcome, !probed.isCopied, top20MeanPeak > 0 else {
      return 0
    }
    return Int(min(100 * probed.peak / top20MeanPeak, Double(Self.pointsMax)).rounded())
  }
}
