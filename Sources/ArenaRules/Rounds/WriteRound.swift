import ArenaTypes

/// Write an explanation; its score is the points.
///
/// ```
///  answer ──▶ checking ──accepted──▶ locked in, score wanted ──▶ scored
///     ▲           │
///     └──refused──┘  (until the deadline)
/// ```
/// When both texts stand, the engine is asked whether they say the same; then both get the mean.
///
/// A text that the checks hide, or that they never saw, is its author's alone at the reveal.
struct WriteRound: RoundRule {
  /// How many texts a player may send in a round, the refused ones included; each costs a check.
  static let attemptCountMax = 10

  /// How far one seat's text has come.
  enum Entry: Hashable, Sendable, Codable {
    case none
    case checking(text: ExplanationText)
    case accepted(text: ExplanationText)
    case scored(text: ExplanationText, score: Score)
    case unscored(text: ExplanationText)

    /// The text, if it stands.
    var acceptedText: ExplanationText? {
      switch self {
      case .none, .checking: nil
      case .accepted(let text), .scored(let text, _), .unscored(let text): text
      }
    }
  }

  /// Whether both texts say the same.
  enum Comparison: String, Hashable, Sendable, Codable {
    case notAsked, asked, same, different
  }

  let question: Question
  let revealExcerpt: ExcerptID?
  private(set) var entries: [Entry] = Array(repeating: .none, count: seatCount)
  private(set) var attemptCounts: [Int] = Array(repeating: 0, count: seatCount)
  private(set) var isHidden: [Bool] = Array(repeating: false, count: seatCount)
  private(set) var comparison = Comparison.notAsked

  /// Asks for an explanation of the material's unit and draws a reveal excerpt.
  init(material: UnitMaterial, using generator: inout SeededGenerator) {
    revealExcerpt = generator.element(of: material.reveals)
    question = Question(
      kind: .write, unit: material.unit,
      clues: Array(material.clues.prefix(Question.clueCountMax)))
  }

  func isLockedIn(seat: Int) -> Bool { entries[seat].acceptedText != nil }

  var isWaiting: Bool {
    comparison == .asked
      || entries.contains {
        switch $0 {
        case .checking, .accepted: true
        case .none, .scored, .unscored: false
        }
      }
  }

  var counts: Bool {
    !entries.contains {
      if case .unscored = $0 { true } else { false }
    }
  }

  var points: [Int] {
    guard counts else { return entries.map { _ in 0 } }
    let scores = entries.map { entry -> Double in
      guard case .scored(_, let score) = entry, score.value.isFinite else { return 0 }
      return min(max(score.value, 0), 100)
    }
    guard comparison == .same else { return scores.map { Int($0.rounded()) } }
    let mean = scores.reduce(0, +) / Double(scores.count)
    return scores.map { _ in Int(mean.rounded()) }
  }

  var reveal: RoundReveal {
    .write(
      entries: entries.indices.map { seat in
        entries[seat].acceptedText.map {
          WrittenEntry(text: $0, score: score(seat: seat), isHidden: isHidden[seat])
        }
      },
      isSame: comparison == .same)
  }

  /// The score of a seat's text; nil where there is none yet.
  func score(seat: Int) -> Score? {
    guard case .scored(_, let score) = entries[seat] else { return nil }
    return score
  }

  mutating func take(_ answer: Answer, seat: Int, timeLeft share: TimeShare)
    throws(DuelRejection) -> (attempt: Int, effects: [RoundEffect])
  {
    guard case .write(let text) = answer else { throw .wrongKindOfAnswer }
    switch entries[seat] {
    case .none: break
    case .checking: throw .beingChecked
    case .accepted, .scored, .unscored: throw .alreadyAnswered
    }
    guard attemptCounts[seat] < Self.attemptCountMax else { throw .tooManyTries }
    let attempt = attemptCounts[seat]
    attemptCounts[seat] += 1
    entries[seat] = .checking(text: text)
    return (attempt, [.checkWanted(seat: seat, attempt: attempt, text: text)])
  }

  mutating func take(_ reply: EngineReply) throws(DuelRejection) -> [RoundEffect] {
    switch reply {
    case .check(let result, let seat, let attempt):
      guard case .checking(let text) = entries[seat], attempt == attemptCounts[seat] - 1 else {
        throw .notWanted
      }
      return takeCheck(result, text: text, seat: seat, attempt: attempt)
    case .score(let outcome, let seat, let attempt):
      guard case .accepted(let text) = entries[seat], attempt == attemptCounts[seat] - 1 else {
        throw .notWanted
      }
      switch outcome {
      case .scored(let score):
        entries[seat] = .scored(text: text, score: score)
        return [.scored(seat: seat, attempt: attempt, score: score)]
      case .failed:
        entries[seat] = .unscored(text: text)
        return []
      }
    case .comparison(let isSame):
      guard comparison == .asked else { throw .notWanted }
      comparison = isSame ? .same : .different
      return []
    case .activations: throw .notWanted
    }
  }

  private mutating func takeCheck(
    _ result: CheckResult, text: ExplanationText, seat: Int, attempt: Int
  ) -> [RoundEffect] {
    if case .refused(let reason) = result {
      entries[seat] = .none
      return [.refused(seat: seat, attempt: attempt, reason: reason)]
    }
    entries[seat] = .accepted(text: text)
    isHidden[seat] = result == .hidden
    var effects: [RoundEffect] = [
      .lockedIn(seat: seat), .scoreWanted(seat: seat, attempt: attempt, text: text),
    ]
    let texts = entries.compactMap(\.acceptedText)
    if texts.count == seatCount {
      if texts[0] == texts[1] {
        comparison = .same
      } else {
        comparison = .asked
        effects.append(.similarityWanted(first: texts[0], second: texts[1]))
      }
    }
    return effects
  }

  var outstanding: [RoundEffect] {
    var wishes: [RoundEffect] = []
    for seat in entries.indices {
      let attempt = attemptCounts[seat] - 1
      switch entries[seat] {
      case .checking(let text):
        wishes.append(.checkWanted(seat: seat, attempt: attempt, text: text))
      case .accepted(let text):
        wishes.append(.scoreWanted(seat: seat, attempt: attempt, text: text))
      case .none, .scored, .unscored: break
      }
    }
    let texts = entries.compactMap(\.acceptedText)
    if comparison == .asked, texts.count == seatCount {
      wishes.append(.similarityWanted(first: texts[0], second: texts[1]))
    }
    return wishes
  }

  /// A text that was never checked or scored makes the round count for nobody; a comparison that
  /// never came counts as "not the same".
  mutating func stopWaiting() {
    for seat in entries.indices {
      switch entries[seat] {
      case .checking(let text):
        entries[seat] = .unscored(text: text)
        isHidden[seat] = true
      case .accepted(let text): entries[seat] = .unscored(text: text)
      case .none, .scored, .unscored: break
      }
    }
    if comparison == .asked { comparison = .different }
  }
}
