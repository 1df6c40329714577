import ArenaTypes
import Testing

@Suite struct CountHistogramTests {
  @Test func `counts fall into the first range that holds them, the largest into the last`() {
    var histogram = CountHistogram(bounds: [1, 8, 64])
    #expect(histogram.count == 0 && histogram.mean == 0)
    for value in [0, 1, 2, 8, 9, 64, 65, 1_000_000] { histogram.observe(value) }
    #expect(histogram.counts == [2, 2, 2, 2])
    #expect(histogram.count == 8)
    #expect(histogram.sum == 1_000_149)
    #expect(histogram.mean == 1_000_149.0 / 8)
  }

  @Test func `one without bounds still counts`() {
    var histogram = CountHistogram(bounds: [])
    histogram.observe(3)
    #expect(histogram.counts == [1] && histogram.mean == 3)
  }
}
