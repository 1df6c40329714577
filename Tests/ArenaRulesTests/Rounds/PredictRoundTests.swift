import ArenaTypes
import Testing

@testable import ArenaRules

@Suite struct PredictRoundTests {
  private let share = TimeShare(leftMilliseconds: 12_000, totalMilliseconds: 30_000)

  private func round(seed: UInt64, material: UnitMaterial = sampleMaterial(0)) -> PredictRound {
    var generator = SeededGenerator(seed: seed)
    return PredictRound(material: material, using: &generator)
  }

  private func excerpt(_ firing: [Int], of tokenCount: Int) -> MarkableExcerpt {
    MarkableExcerpt(
      excerpt: ExcerptID(rawValue: "e"), tokenCount: tokenCount, firing: firing)
  }

  /// The area under the ROC curve as its definition says: over all pairs of a firing and a silent
  /// token, a tie counting one half.
  private func auroc(_ marked: [Int], _ truth: MarkableExcerpt) -> Double {
    var sum = 0.0
    var count = 0.0
    for firing in truth.firing {
      for silent in 0..<truth.tokenCount where !truth.firing.contains(silent) {
        let (high, low) = (marked.contains(firing), marked.contains(silent))
        sum += high == low ? 0.5 : high ? 1 : 0
        count += 1
      }
    }
    return sum / count
  }

  @Test("points are round(100 x max(0, 2 x AUROC - 1)), for any marks", arguments: 0..<400)
  func formula(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let tokenCount = 2 + generator.next(below: 63)
    let order = generator.permutation(of: tokenCount)
    let firing = order.prefix(1 + generator.next(below: tokenCount - 1)).sorted()
    let marked = Array(
      generator.permutation(of: tokenCount).prefix(generator.next(below: tokenCount + 1)))
    let truth = excerpt(firing, of: tokenCount)
    let points = PredictRound.points(marked, of: truth)
    let exact = 100 * max(0, 2 * auroc(marked, truth) - 1)
    #expect(abs(Double(points) - exact) <= 0.5 + 1e-9)
    #expect((0...100).contains(points))
    let opposite = (0..<tokenCount).filter { !marked.contains($0) }
    #expect(points == 0 || PredictRound.points(opposite, of: truth) == 0)
    #expect(PredictRound.points(firing, of: truth) == 100)
  }

  @Test(
    "worked examples: none, all, the half of them, one too many",
    arguments: [
      ([], 0), ([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 0), ([2, 3], 100), ([2], 50), ([2, 3, 4], 88),
      ([4], 0), ([2, 4], 38), ([3, 2], 100),
    ])
  func examples(marked: [Int], points: Int) {
    #expect(PredictRound.points(marked, of: excerpt([2, 3], of: 10)) == points)
  }

  @Test("a half is rounded up")
  func rounding() {
    // One of two firing tokens, one of 80 silent ones: 50 - 1.25; one of eight firing ones: 12.5.
    #expect(PredictRound.points([0, 2], of: excerpt([0, 1], of: 82)) == 49)
    #expect(PredictRound.points([0], of: excerpt(Array(0..<8), of: 9)) == 13)
  }

  @Test("a token fires from half the peak on, and nothing does where the unit is silent")
  func firing() {
    func firing(_ activations: [Float]) -> [Int] {
      MarkableExcerpt(excerpt: ExcerptID(rawValue: "e"), activations: activations).firing
    }
    #expect(firing([0, 4, 8, 3.99, -9]) == [1, 2])
    #expect(firing([5]) == [0])
    #expect(firing([0, -1, 0]) == [])
    #expect(firing([-2, -1]) == [])
    #expect(firing([]) == [])
  }

  @Test("an excerpt without a firing or without a silent token is never asked about")
  func askable() {
    func material(_ excerpts: [MarkableExcerpt]) -> UnitMaterial {
      UnitMaterial(
        unit: UnitID(rawValue: "u"), clues: [], reveals: [], pairs: [], top20MeanPeak: 0,
        isLexical: false,
        predict: PredictMaterial(
          explanation: ExplanationID(rawValue: "x"), excerpts: excerpts))
    }
    let (none, both, all) = (excerpt([], of: 3), excerpt([1], of: 3), excerpt([0, 1, 2], of: 3))
    #expect(!material([]).canBeAsked(as: .predict))
    #expect(!material([none, all, excerpt([], of: 0)]).canBeAsked(as: .predict))
    let mixed = material([none, both, all])
    #expect(mixed.canBeAsked(as: .predict))
    for seed in 0..<50 as Range<UInt64> {
      #expect(round(seed: seed, material: mixed).truth == both)
    }
    var blank = round(seed: 1, material: material([none]))
    #expect(blank.question.excerpts == [] && blank.revealExcerpt == nil)
    #expect(throws: DuelRejection.notAnOption) {
      try blank.take(.predict(tokens: [0]), seat: 0, timeLeft: share)
    }
    #expect(PredictRound.points([0], of: none) == 0)
  }

  @Test("marks are taken in any order and revealed in the text's; none is an answer too")
  func marks() throws {
    var round = round(seed: 1)
    #expect(round.points == [0, 0])
    let taken = try round.take(.predict(tokens: [11, 2, 3]), seat: 0, timeLeft: share)
    #expect(taken.effects == [.lockedIn(seat: 0)])
    _ = try round.take(.predict(tokens: []), seat: 1, timeLeft: share)
    #expect(round.isLockedIn(seat: 1))
    // Tokens 2, 3, 6, 7, 10 and 11 of twelve fire.
    #expect(round.points == [50, 0])
    #expect(
      round.reveal
        == .predict(
          explanation: ExplanationID(rawValue: "x0.good"), excerpt: round.truth?.excerpt,
          firing: [2, 3, 6, 7, 10, 11], marks: [[2, 3, 11], []], milliseconds: [18_000, 18_000]))
    #expect(try roundTripped(round) == round)
    #expect(try roundTripped(round.reveal) == round.reveal)
  }

  @Test("what is no token, twice the same and lists of any length are refused")
  func refusals() throws {
    var round = round(seed: 1)
    func refuses(_ tokens: [Int], _ rejection: DuelRejection) {
      #expect(throws: rejection) {
        try round.take(.predict(tokens: tokens), seat: 0, timeLeft: share)
      }
    }
    refuses([12], .notAnOption)
    refuses([-1], .notAnOption)
    refuses([0, 1, .max], .notAnOption)
    refuses(Array(0..<13), .notAnOption)
    refuses(Array(repeating: 0, count: 1_000_000), .notAnOption)
    refuses([5, 5], .repeatedToken)
    refuses([0, 1, 2, 0], .repeatedToken)
    for answer in [Answer.pick(side: .a), .oddOneOut(choice: .allTheSame), .done] {
      #expect(throws: DuelRejection.wrongKindOfAnswer) {
        try round.take(answer, seat: 0, timeLeft: share)
      }
    }
    #expect(!round.isLockedIn(seat: 0))
    _ = try round.take(.predict(tokens: Array(0..<12)), seat: 0, timeLeft: share)
    #expect(throws: DuelRejection.alreadyAnswered) {
      try round.take(.predict(tokens: [1]), seat: 0, timeLeft: share)
    }
    #expect(throws: DuelRejection.notWanted) { try round.take(.comparison(isSame: true)) }
    #expect(round.outstanding == [] && !round.isWaiting && round.counts)
  }

  @Test("the question shows the whole excerpt and the explanation, and speed adds nothing")
  func question() throws {
    var excerpts: Set<ExcerptID> = []
    for seed in 0..<40 as Range<UInt64> {
      let round = round(seed: seed)
      #expect(round == self.round(seed: seed))
      #expect(round.question.clues == [])
      #expect(round.question.options == [ExplanationID(rawValue: "x0.good")])
      let shown = try #require(round.question.excerpts?.first)
      #expect(round.question.excerpts?.count == 1)
      #expect(shown.from == 0 && shown.to == 12 && shown.excerpt == round.revealExcerpt)
      excerpts.insert(shown.excerpt)
    }
    #expect(excerpts.count == 2)
    var (early, late) = (round(seed: 1), round(seed: 1))
    let last = TimeShare(leftMilliseconds: 0, totalMilliseconds: 30_000)
    _ = try early.take(.predict(tokens: [2]), seat: 0, timeLeft: share)
    _ = try late.take(.predict(tokens: [2]), seat: 0, timeLeft: last)
    #expect(early.points == late.points && early.points[0] > 0)
  }
}
