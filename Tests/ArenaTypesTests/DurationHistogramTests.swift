import ArenaTypes
import Testing

@Suite("Duration histograms")
struct DurationHistogramTests {
  @Test("A duration falls into the first range whose end is not below it")
  func ranges() {
    var histogram = DurationHistogram(bounds: [10, 20])
    for nanoseconds: UInt64 in [0, 10, 11, 20, 21, .max / 2] {
      histogram.observe(nanoseconds: nanoseconds)
    }
    #expect(histogram.counts == [2, 2, 2])
    #expect(histogram.count == 6)
    #expect(histogram.sum == 62 + UInt64.max / 2)
  }

  @Test("Durations are counted in nanoseconds, negative ones as none")
  func durations() {
    var histogram = DurationHistogram(bounds: [1_000, 2_000_000_000])
    histogram.observe(Duration.microseconds(1))
    histogram.observe(Duration.milliseconds(1_500))
    histogram.observe(Duration.seconds(-3))
    #expect(histogram.counts == [2, 1, 0])
    #expect(histogram.sum == 1_500_001_000)
  }

  @Test("Sums of two are what one would have counted")
  func adding() {
    var (first, second, both) = (
      DurationHistogram.fast, DurationHistogram.fast, DurationHistogram.fast
    )
    for step: UInt64 in 0..<64 {
      first.observe(nanoseconds: 1 << step)
      second.observe(nanoseconds: 3 << (step / 2))
      both.observe(nanoseconds: 1 << step)
      both.observe(nanoseconds: 3 << (step / 2))
    }
    first.add(second)
    #expect(first == both)
  }

  @Test("The ready-made ranges ascend", arguments: [DurationHistogram.fast, .slow])
  func ascending(histogram: DurationHistogram) {
    #expect(histogram.bounds == Array(Set(histogram.bounds)).sorted())
    #expect(histogram.counts.count == histogram.bounds.count + 1)
  }
}

@Suite("Counts by code")
struct CodeCountsTests {
  @Test("Codes are counted apart, and shown in order")
  func counting() {
    var counts = CodeCounts()
    for code: UInt16 in [404, 200, 404] { counts.count(code) }
    #expect(counts.sorted.map(\.code) == [200, 404])
    #expect(counts[404] == 2)
    #expect(counts[500] == 0)
    #expect(counts.total == 3)
  }

  @Test("Codes beyond the bound go under 0")
  func bound() {
    var counts = CodeCounts()
    for code: UInt16 in 1...1_000 { counts.count(code) }
    #expect(counts.sorted.count == CodeCounts.codeCountMax)
    #expect(counts[0] == 1_000 - CodeCounts.codeCountMax + 1)
    #expect(counts.total == 1_000)
  }

  @Test("Sums keep every count")
  func adding() {
    var (first, second) = (CodeCounts(), CodeCounts())
    for code: UInt16 in 1...100 {
      first.count(code)
      second.count(code + 50, times: 2)
    }
    first.add(second)
    #expect(first.total == 300)
    #expect(first[51] == 3)
  }
}
