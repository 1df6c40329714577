/// Gathers the rows of a batch into one array for each sequence.
struct RowCollector {
  private let ranges: [Range<Int>]
  private let width: Int
  private(set) var values: [[Float]]

  /// Collects rows of `width` floats, those of `ranges`.
  init(_ ranges: [Range<Int>], width: Int) {
    self.ranges = ranges
    self.width = width
    values = self.ranges.map { range in
      var values: [Float] = []
      values.reserveCapacity(range.count * width)
      return values
    }
  }

  /// Takes `rows`, whose values begin at `pointer`.
  ///
  /// Rows come in order.
  mutating func append(_ rows: Range<Int>, _ pointer: UnsafePointer<Float>) {
    for (index, range) in ranges.enumerated() {
      let common = range.clamped(to: rows)
      if common.isEmpty { continue }
      values[index].append(
        contentsOf: UnsafeBufferPointer(
          start: pointer + (common.lowerBound - rows.lowerBound) * width,
          count: common.count * width))
    }
  }

  /// The collected rows as matrices.
  var matrices: [ActivationMatrix] {
    zip(ranges, values).map { range, values in
      ActivationMatrix(tokenCount: range.count, neuronCount: width, values: values)
    }
  }
}
