import Testing

@testable import neuronarena

/// What figures say of their bounds.
@Suite struct ComparisonTests {
  private struct Broken: Error {}

  private func measure(
    _ figure: Comparison.Figure, ours: [Double], other: [Double]
  ) -> Comparison.Figure {
    var (ours, other) = (ours.makeIterator(), other.makeIterator())
    func next(_ values: inout IndexingIterator<[Double]>) throws -> Double {
      guard let value = values.next() else { throw Broken() }
      return value
    }
    return Comparison.measure(
      figure,
      among: [
        .init(name: ComparedServer.ours) { try next(&ours) },
        .init(name: "other") { try next(&other) },
      ], runs: 3)
  }

  @Test func `figures are medians, and ratios those of the same round`() {
    let figure = measure(
      .init(load: "work", unit: "units"), ours: [10, 30, 20], other: [20, 30, 80])
    #expect(figure.medians == ["ours": 20, "other": 30])
    #expect(figure.ratios == ["other": 0.5])
    #expect(figure.isWithinBounds == nil)
  }

  @Test(arguments: [(95.0, true), (94.9, false), (200, true)])
  func `a floor is kept from its value on`(ours: Double, isKept: Bool) {
    let figure = measure(
      .init(load: "work", unit: "units", floors: ["other": 0.95]),
      ours: [ours, ours, ours], other: [100, 100, 100])
    #expect(figure.isWithinBounds == isKept)
  }

  @Test func `one missed bound of several is a miss`() {
    let figure = measure(
      .init(
        load: "work", unit: "units", bounds: ["other": 2], floors: ["other": 0.5], boundOfOurs: 5),
      ours: [6, 6, 6], other: [6, 6, 6])
    #expect(figure.isWithinBounds == false)
  }

  @Test func `who fails is left out, and a bound on nobody says nothing`() {
    let figure = measure(
      .init(load: "work", unit: "units", floors: ["other": 1, "absent": 4]),
      ours: [1, 1, 1], other: [1])
    #expect(figure.medians == ["ours": 1])
    #expect(figure.isWithinBounds == nil)
    let failed = measure(
      .init(load: "work", unit: "units", boundOfOurs: 5), ours: [], other: [1, 1, 1])
    #expect(failed.isWithinBounds == nil)
  }
}
