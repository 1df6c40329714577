/// How often counts fell into each of a few fixed ranges, and their sum.
///
/// A plain value that one owner counts into, as `DurationHistogram` is for durations.
public struct CountHistogram: Hashable, Sendable {
  /// The inclusive upper ends of the ranges, ascending; one range more has no end.
  public let bounds: [Int]
  /// How many counts fell into each range; one element more than ``bounds``.
  public private(set) var counts: [Int]
  /// The sum of all counts.
  public private(set) var sum = 0

  /// A histogram without counts.
  ///
  /// - Parameter bounds: The upper ends of the ranges, ascending.
  public init(bounds: [Int]) {
    self.bounds = bounds
    counts = Array(repeating: 0, count: bounds.count + 1)
  }

  /// How many counts have been observed.
  public var count: Int { counts.reduce(0, +) }

  /// Their mean; 0 of none.
  public var mean: Double { count == 0 ? 0 : Double(sum) / Double(count) }

  /// Takes a count.
  ///
  /// - Complexity: O(ranges) at worst; the lowest ranges are found first.
  public mutating func observe(_ value: Int) {
    let range = bounds.firstIndex { value <= $0 } ?? bounds.count
    counts[range] += 1
    sum &+= value
  }
}
