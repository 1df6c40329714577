import ArenaTypes
import Testing

@testable import Interpretation

@Suite struct EvaluationStatisticsTests {
  @Test func `an AUC is the share of pairs in the right order, ties counting half`() {
    // Pairs of 3 and 1, 3 and 2, 2 and 1, 2 and 2: three right and a tie.
    #expect(EvaluationStatistics.auc([3, 2], [1, 2]) == 0.875)
    #expect(EvaluationStatistics.auc([1, 1], [1, 1, 1]) == 0.5)
    #expect(EvaluationStatistics.auc([0], [1]) == 0)
    #expect(EvaluationStatistics.auc([], [1]) == nil)
    #expect(EvaluationStatistics.auc([1], []) == nil)
  }

  @Test(arguments: 0..<20)
  func `an AUC is what counting all pairs gives`(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    func values(_ count: Int) -> [Double] {
      (0..<count).map { _ in Double(Int.random(in: 0..<8, using: &generator)) }
    }
    let (positives, negatives) = (values(7), values(12))
    var counted = 0.0
    for positive in positives {
      for negative in negatives {
        counted += positive > negative ? 1 : positive == negative ? 0.5 : 0
      }
    }
    let auc = try #require(EvaluationStatistics.auc(positives, negatives))
    #expect(abs(auc - counted / 84) < 1e-12)
  }

  @Test func `a weight of two is a unit that stands there twice`() throws {
    func entry(_ value: Double, _ isPositive: Bool, _ unit: Int) -> WeightedAUC.Entry {
      WeightedAUC.Entry(value: value, isPositive: isPositive, unit: unit)
    }
    let entries = [
      entry(3, true, 0), entry(1, false, 0), entry(2, true, 1), entry(5, false, 1),
      entry(9, true, 2),
    ]
    let doubled = entries.filter { $0.unit == 1 } + entries.filter { $0.unit < 2 }
    let weighted = try #require(WeightedAUC(entries).value(weights: [1, 2, 0]))
    let repeated = try #require(WeightedAUC(doubled).value(weights: [1, 1, 1]))
    #expect(abs(weighted - repeated) < 1e-12)
    #expect(WeightedAUC(entries).value(weights: [0, 0, 1]) == nil)
  }

  @Test func `a place among ties is a matter of chance`() {
    #expect(EvaluationStatistics.placeCredit(own: 5, others: [1, 2]) == 1)
    #expect(EvaluationStatistics.placeCredit(own: 5, others: [6, 2]) == 0)
    #expect(EvaluationStatistics.placeCredit(own: 5, others: [6, 2], places: 2) == 1)
    #expect(EvaluationStatistics.placeCredit(own: 5, others: [5, 5, 5]) == 0.25)
    #expect(EvaluationStatistics.placeCredit(own: 5, others: [5, 5, 5], places: 2) == 0.5)
    #expect(EvaluationStatistics.placeCredit(own: 5, others: [6, 5], places: 2) == 0.5)
    #expect(EvaluationStatistics.placeCredit(own: 5, others: [6, 7], places: 2) == 0)
  }

  @Test(arguments: [
    [1.0, 2, 3, 4, 5, 6], [5, 5, 5, 5, 5, 5], [9, 5, 5, 1, 1, 1], [9, 9, 9, 9, 1, 1],
  ])
  func `first among three is the mean over all draws of two others`(others: [Double]) throws {
    var sum = 0.0
    var count = 0.0
    for first in others.indices {
      for second in others.indices where second > first {
        sum += EvaluationStatistics.placeCredit(own: 5, others: [others[first], others[second]])
        count += 1
      }
    }
    let value = try #require(EvaluationStatistics.firstAmong(3, own: 5, others: others))
    #expect(abs(value - sum / count) < 1e-9, "\(value) and \(sum / count)")
  }

  @Test func `first among ten takes nine others`() {
    #expect(
      EvaluationStatistics.firstAmong(10, own: 1, others: Array(repeating: 0, count: 8)) == nil)
    #expect(EvaluationStatistics.firstAmong(10, own: 1, others: Array(repeating: 0, count: 9)) == 1)
  }

  @Test func `a correlation is Pearson's`() throws {
    // r = 8 / sqrt(10 * 10): by hand from means 3 and 3.
    let value = try #require(EvaluationStatistics.correlation([1, 2, 3, 4, 5], [2, 1, 4, 3, 5]))
    #expect(abs(value - 0.8) < 1e-9)
    #expect(EvaluationStatistics.correlation([1, 1, 1], [1, 2, 3]) == nil)
    #expect(EvaluationStatistics.correlation([1], [1]) == nil)
    #expect(EvaluationStatistics.correlation([1, 2], [4, 2]) == -1)
  }

  @Test func `an interval over units covers the mean, and is as wide as theory says`() throws {
    let bootstrap = UnitBootstrap(
      unitCount: 100, seed: SeededGenerator(seed: 4), resampleCount: 1_000)
    let values: [Double?] = (0..<100).map { $0 < 30 ? 1 : 0 }
    let mean = try #require(bootstrap.mean(values))
    #expect(abs(mean.value - 0.3) < 1e-12)
    // 1.96 * sqrt(0.3 * 0.7 / 100) = 0.09 to either side.
    #expect(abs(mean.interval.lowerBound - 0.21) < 0.025)
    #expect(abs(mean.interval.upperBound - 0.39) < 0.025)
    let some = try #require(bootstrap.mean(values.map { $0 == 1 ? 1 : nil }))
    #expect(some.value == 1 && some.interval == 1...1)
    #expect(bootstrap.mean([Double?](repeating: nil, count: 100)) == nil)
  }

  @Test func `damaged labels correlate less`() throws {
    var generator = SeededGenerator(seed: 2)
    let activations: [Float] = (0..<200).map { $0.isMultiple(of: 10) ? 6 + Float($0 % 3) : 0 }
    let changes = try #require(
      LabelChanges(activations: activations, threshold: 1, using: &generator))
    #expect(changes.whole > 0.97)
    // 20 labels of 200: half of them or as many others give about sqrt(1/2) of it.
    #expect(abs(changes.missing - 0.69) < 0.05)
    #expect(abs(changes.extra - 0.66) < 0.05)
    #expect(LabelChanges(activations: [0, 0, 0], threshold: 1, using: &generator) == nil)
  }

  @Test(arguments: [
    (0.5, 0, "1"), (0.25, 1, "0.3"), (-0.04, 1, "0.0"), (-1.26, 1, "-1.3"), (12.345, 2, "12.35"),
    (99.96, 1, "100.0"), (0.007, 3, "0.007"),
  ])
  func `numbers are printed with fixed digits`(value: Double, digits: Int, text: String) {
    #expect(EvaluationFigure.Measure.fixed(value, digits: digits) == text)
  }
}
