import ArenaTypes

/// How the scores of one scorer compare with those of another on the same texts and units.
public struct ScoreComparison: Hashable, Sendable, Encodable {
  /// How many changes are listed.
  public static let listCount = 10

  /// The earlier scorer's name and version; nil where they were not kept.
  public let scorer: String?
  /// How many texts both have scored.
  public let count: Int
  /// The mean of new less old, in points.
  public let meanRise: Double
  /// The mean distance between new and old, in points.
  public let meanChange: Double
  /// The largest distance, in points.
  public let largestChange: Double
  /// Spearman's correlation of old and new; nil where either is the same throughout.
  public let rankCorrelation: Double?
  /// How many pairs of texts there are that explain the same unit.
  public let pairCount: Int
  /// In how many of them the better one became the worse one.
  public let reversedPairCount: Int
  /// The changes that are largest, the largest first.
  public let largest: [ScoreChange]

  /// A comparison of at least one change.
  ///
  /// - Complexity: O(*n* log *n*).
  public init(scorer: String?, changes: [ScoreChange]) {
    let count = Double(max(1, changes.count))
    self.scorer = scorer
    self.count = changes.count
    meanRise = changes.reduce(0) { $0 + $1.rise } / count
    meanChange = changes.reduce(0) { $0 + abs($1.rise) } / count
    largestChange = changes.reduce(0) { max($0, abs($1.rise)) }
    rankCorrelation = EvaluationStatistics.rankCorrelation(changes.map(\.old), changes.map(\.new))
    let units = Dictionary(grouping: changes, by: \.unit).values
    pairCount = units.reduce(0) { $0 + $1.count * ($1.count - 1) / 2 }
    reversedPairCount = units.reduce(0) { sum, changes in
      sum + EvaluationStatistics.reversedPairCount(changes.map(\.old), changes.map(\.new))
    }
    // Equal changes stand in the order of unit and text, so that the list is always the same.
    largest = Array(
      changes.sorted { left, right in
        (abs(right.rise), left.unit.rawValue, left.text.description)
          < (abs(left.rise), right.unit.rawValue, right.text.description)
      }.prefix(Self.listCount))
  }
}

extension EvaluationStatistics {
  /// Spearman's correlation: Pearson's of the ranks, equal values sharing the mean of theirs; nil where
  /// either side is constant.
  static func rankCorrelation(_ left: [Double], _ right: [Double]) -> Double? {
    correlation(ranks(of: left), ranks(of: right))
  }

  private static func ranks(of values: [Double]) -> [Float] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Float](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      for position in start..<end { ranks[order[position]] = Float(start + end - 1) / 2 }
      start = end
    }
    return ranks
  }

  /// How many pairs stand in one order by `left` and in the opposite one by `right`; pairs that are
  /// equal on either side don't count.
  ///
  /// - Complexity: O(*n* log *n*): the inversions that a merge sort by `right` finds, begun in the order
  ///   of `left`.
  static func reversedPairCount(_ left: [Double], _ right: [Double]) -> Int {
    // Of those equal on the left, the one less on the right comes first and is no inversion.
    var values = zip(left, right).sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.1)
    return sortCountingInversions(&values)
  }

  private static func sortCountingInversions(_ values: inout [Double]) -> Int {
    guard values.count > 1 else { return 0 }
    var lower = Array(values[..<(values.count / 2)])
    var upper = Array(values[(values.count / 2)...])
    var count = sortCountingInversions(&lower) + sortCountingInversions(&upper)
    var (low, high) = (0, 0)
    for position in values.indices {
      if high == upper.count || (low < lower.count && lower[low] <= upper[high]) {
        values[position] = lower[low]
        low += 1
      } else {
        values[position] = upper[high]
        high += 1
        count += lower.count - low
      }
    }
    return count
  }
}
