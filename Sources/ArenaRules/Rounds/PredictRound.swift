import ArenaTypes

/// An explanation and an excerpt that nobody has seen: mark the tokens on which the unit fires.
///
/// A token fires when its activation is at least half the excerpt's peak, as the model did it when the
/// campaign was built (`PredictMaterial`). The points are `round(100 x max(0, 2 x AUROC - 1))`, with
/// the area under the ROC curve of marked and unmarked against firing tokens. One answer, at once
/// final; speed adds nothing.
struct PredictRound: RoundRule {
  /// The most points.
  static let pointsMax = 100

  /// One seat's marks.
  struct Marks: Hashable, Sendable, Codable {
    /// The marked tokens, ascending.
    var tokens: [Int]
    var timeLeft: TimeShare
  }

  let question: Question
  /// What the marks are compared with; nil where the material can't be asked about.
  let truth: MarkableExcerpt?
  private(set) var marks: [Marks?] = Array(repeating: nil, count: seatCount)

  /// Draws one of the material's excerpts.
  ///
  /// The material must be askable as a predict round; if it isn't, its question shows no excerpt and
  /// nobody gets points.
  init(material: UnitMaterial, using generator: inout SeededGenerator) {
    let askable = material.predict?.excerpts.filter(\.hasBoth) ?? []
    truth = generator.element(of: askable)
    question = Question(
      kind: .predict, unit: material.unit, clues: [],
      options: material.predict.map { [$0.explanation] } ?? [],
      excerpts: truth.map { [ShownExcerpt(excerpt: $0.excerpt, from: 0, to: $0.tokenCount)] } ?? [])
  }

  var revealExcerpt: ExcerptID? { truth?.excerpt }
  func isLockedIn(seat: Int) -> Bool { marks[seat] != nil }
  var isWaiting: Bool { false }
  var counts: Bool { true }

  var points: [Int] {
    marks.map { marks in
      guard let marks, let truth else { return 0 }
      return Self.points(marks.tokens, of: truth)
    }
  }

  var reveal: RoundReveal {
    .predict(
      explanation: question.options.first, excerpt: truth?.excerpt, firing: truth?.firing ?? [],
      marks: marks.map { $0?.tokens }, milliseconds: marks.map { $0?.timeLeft.usedMilliseconds })
  }

  mutating func take(_ answer: Answer, seat: Int, timeLeft share: TimeShare)
    throws(DuelRejection) -> (attempt: Int, effects: [RoundEffect])
  {
    guard case .predict(let tokens) = answer else { throw .wrongKindOfAnswer }
    guard marks[seat] == nil else { throw .alreadyAnswered }
    let tokenCount = truth?.tokenCount ?? 0
    // Before anything is done with a list of any length.
    guard tokens.count <= tokenCount, tokens.allSatisfy((0..<tokenCount).contains) else {
      throw .notAnOption
    }
    guard Set(tokens).count == tokens.count else { throw .repeatedToken }
    marks[seat] = Marks(tokens: tokens.sorted(), timeLeft: share)
    return (0, [.lockedIn(seat: seat)])
  }

  mutating func take(_ reply: EngineReply) throws(DuelRejection) -> [RoundEffect] {
    throw .notWanted
  }

  var outstanding: [RoundEffect] { [] }

  mutating func stopWaiting() {}

  /// The points of marks.
  ///
  /// AUROC is the chance that a firing token ranks above a silent one, a tie counting one half. Marks
  /// know two ranks: a pair is won where only the firing token is marked, lost where only the silent
  /// one is, and tied otherwise. With *h* of *F* firing and *a* of *S* silent tokens marked that is
  /// `1/2 + (h/F - a/S) / 2`, so 2 x AUROC - 1 is the share of the firing tokens that are marked less
  /// the share of the silent ones (Youden's J). None marked, or all: every pair is a tie, 0 points.
  ///
  /// Whole numbers throughout, a half rounded up: the same on every machine.
  static func points(_ marked: [Int], of truth: MarkableExcerpt) -> Int {
    guard truth.hasBoth else { return 0 }
    let firing = Set(truth.firing)
    let (firingCount, silentCount) = (firing.count, truth.tokenCount - firing.count)
    let hitCount = marked.count(where: firing.contains)
    let alarmCount = marked.count - hitCount
    let ahead = hitCount * silentCount - alarmCount * firingCount
    let pairCount = firingCount * silentCount
    return (2 * pointsMax * max(0, ahead) + pairCount) / (2 * pairCount)
  }
}
