import ArenaTypes
import Testing

@testable import ArenaRules

@Suite struct MilestoneTests {
  private func earned(_ facts: Milestone.Facts) -> Set<Milestone> {
    Set(Milestone.allCases.filter { $0.value(facts) >= $0.goal })
  }

  @Test func nothingDoneEarnsNothing() {
    #expect(earned(.init(bestScores: [], aheadCount: 0, picks: [])) == [])
  }

  @Test func accuracyEarnsAndVolumeDoesNot() {
    let many = Milestone.Facts(
      bestScores: Array(repeating: 30, count: 400), aheadCount: 0,
      picks: Array(repeating: false, count: 400))
    #expect(earned(many) == [])
    let one = Milestone.Facts(bestScores: [86.4], aheadCount: 1, picks: [])
    #expect(earned(one) == [.half, .clear, .brilliant, .ahead])
  }

  @Test func ameanNeedsTenUnits() {
    let nine = Milestone.Facts(
      bestScores: Array(repeating: 54, count: 9), aheadCount: 0, picks: [])
    #expect(!earned(nine).contains(.steady))
    let ten = Milestone.Facts(
      bestScores: Array(repeating: 50, count: 10) + [3], aheadCount: 0, picks: [])
    #expect(earned(ten).contains(.steady) && !earned(ten).contains(.master))
  }

  @Test func onlyTheLatestPicksCount() {
    let good = Array(repeating: true, count: 16) + Array(repeating: false, count: 300)
    #expect(earned(.init(bestScores: [], aheadCount: 0, picks: good)) == [.keenEye])
    let old = Array(repeating: false, count: 20) + Array(repeating: true, count: 300)
    #expect(earned(.init(bestScores: [], aheadCount: 0, picks: old)) == [])
  }

  @Test(arguments: Milestone.allCases)
  func valuesStayBetweenNothingAndTheGoal(milestone: Milestone) {
    let wild = Milestone.Facts(
      bestScores: [-40, 100, 100], aheadCount: 10_000, picks: Array(repeating: true, count: 99))
    #expect((0...milestone.goal).contains(milestone.value(wild)))
  }
}

@Suite struct SoloTipTests {
  private func score(_ value: Double, cap: Score.Cap? = nil) -> Score {
    Score(value: value, low: 0, high: 100, cap: cap, scorer: "x/1")
  }

  private func expectation(_ actual: [Double], _ expected: [Double]) -> SoloTip.Expectation {
    SoloTip.Expectation(actual: actual, expected: expected)
  }

  private func tip(
    _ value: Double, cap: Score.Cap? = nil, best: Double? = 90, earlier: Double? = nil,
    _ expectations: [SoloTip.Expectation] = []
  ) -> SoloTip {
    SoloTip(score: score(value, cap: cap), best: best, earlier: earlier, expectations: expectations)
  }

  @Test func aListOfWordsIsToldFirst() {
    #expect(tip(49, cap: .peakWordList, best: 10) == .wordList)
  }

  @Test func theBestAndTheBetterAreTold() {
    #expect(tip(90) == .best)
    #expect(tip(60, earlier: 50) == .closer)
    #expect(tip(6, earlier: 1) == .fair, "nothing is close yet")
    #expect(tip(54, earlier: 50) == .fair, "within the noise")
    #expect(tip(60, best: nil, earlier: 60) == .fair, "no better than before, and nobody to beat")
  }

  @Test func whatIsExpectedNowhereIsTooNarrowAndEverywhereTooBroad() {
    let fired = [0.1, 0.9, 0]
    let silent = [0, 0.05, 0]
    let sharp = expectation(fired, [0.1, 0.8, 0.1])
    let flat = [expectation(fired, [0.5, 0.5, 0.5]), expectation(silent, [0.5, 0.5, 0.5])]
    #expect(tip(30, flat) == .tooBroad)
    #expect(tip(30, [sharp, expectation(silent, [0.9, 0.8, 0.7])]) == .tooBroad)
    #expect(tip(30, [expectation(fired, [0.4, 0.5, 0.9])]) == .tooBroad)
    #expect(
      tip(30, [expectation(fired, [0.1, 0.2, 0.1]), expectation(silent, [0, 0, 0])])
        == .tooNarrow)
    // It knows the one place and misses the other.
    #expect(tip(30, [sharp, expectation(fired, [0, 0.1, 0])]) == .tooNarrow)
    #expect(tip(30, [sharp, expectation(silent, [0.1, 0.1, 0.1])]) == .fair)
    #expect(tip(30, [expectation(silent, [0.9, 0.9, 0.9])]) == .fair, "no peak to compare with")
    #expect(tip(30, [expectation([], [])]) == .fair)
  }
}
