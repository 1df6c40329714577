/// How often durations fell into each of a few fixed ranges, and their sum.
///
/// A plain value that one owner counts into; several are added when they are read.
public struct DurationHistogram: Hashable, Sendable {
  /// The inclusive upper ends of the ranges, in nanoseconds, ascending; one range more has no end.
  public let bounds: [UInt64]
  /// How many durations fell into each range; one element more than ``bounds``.
  public private(set) var counts: [Int]
  /// The sum of all durations in nanoseconds.
  public private(set) var sum: UInt64 = 0

  /// A histogram without durations.
  ///
  /// - Parameter bounds: The upper ends of the ranges in nanoseconds, ascending.
  public init(bounds: [UInt64]) {
    self.bounds = bounds
    counts = Array(repeating: 0, count: bounds.count + 1)
  }

  /// Ranges for what should take microseconds, such as one turn of a loop: 50 µs to 1 s.
  public static let fast = DurationHistogram(
    bounds: [50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 1_000_000]
      .map { $0 * 1_000 })

  /// Ranges for what waits for a disk, a network or an engine: 0.5 ms to 10 s.
  public static let slow = DurationHistogram(
    bounds: [500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000]
      .map { $0 * 1_000 }
      + [1, 2, 5, 10].map { $0 * 1_000_000_000 })

  /// How many durations have been counted.
  public var count: Int { counts.reduce(0, +) }

  /// Counts a duration.
  ///
  /// - Complexity: O(ranges) at worst; the lowest ranges are found first.
  public mutating func observe(nanoseconds: UInt64) {
    var range = 0
    while range < bounds.count, nanoseconds > bounds[range] { range += 1 }
    counts[range] += 1
    sum &+= nanoseconds
  }

  /// Counts a duration; a negative one, of a clock that was set back, counts as none.
  public mutating func observe(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    guard seconds >= 0, attoseconds >= 0 else { return observe(nanoseconds: 0) }
    observe(
      nanoseconds: UInt64(seconds) &* 1_000_000_000 &+ UInt64(attoseconds / 1_000_000_000))
  }

  /// Adds what another histogram of the same ranges has counted.
  ///
  /// - Precondition: The ranges are the same.
  public mutating func add(_ other: DurationHistogram) {
    precondition(bounds == other.bounds, "histograms of different ranges")
    for range in counts.indices { counts[range] += other.counts[range] }
    sum &+= other.sum
  }
}
