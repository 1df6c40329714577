import ArenaTypes

/// The statistics of an evaluation; ties count as a coin's toss in all of them.
enum EvaluationStatistics {
  /// The chance that one of `positives` is above one of `negatives` (Mann and Whitney's U over all
  /// pairs); nil where either is empty.
  static func auc(_ positives: [Double], _ negatives: [Double]) -> Double? {
    guard !positives.isEmpty, !negatives.isEmpty else { return nil }
    let entries =
      positives.map { WeightedAUC.Entry(value: $0, isPositive: true, unit: 0) }
      + negatives.map { WeightedAUC.Entry(value: $0, isPositive: false, unit: 0) }
    return WeightedAUC(entries).value(weights: [1])
  }

  /// The chance that `own` is among the first `places` when it and `others` are put in order.
  static func placeCredit(own: Double, others: [Double], places: Int = 1) -> Double {
    let better = others.count { $0 > own }
    let equal = others.count { $0 == own }
    return min(1, max(0, Double(places - better) / Double(equal + 1)))
  }

  /// The chance that `own` comes first among itself and `count - 1` of `others`, drawn without
  /// putting back; nil where there are not so many.
  static func firstAmong(_ count: Int, own: Double, others: [Double]) -> Double? {
    let drawn = count - 1
    guard drawn > 0, others.count >= drawn else { return nil }
    let equal = others.count { $0 == own }
    let worse = others.count { $0 < own }
    // Of the drawn, k are equal to it and the rest worse: a hypergeometric sum over k.
    let all = choose(others.count, drawn)
    return (0...min(equal, drawn)).reduce(0.0) { sum, k in
      guard drawn - k <= worse else { return sum }
      return sum + choose(equal, k) * choose(worse, drawn - k) / all / Double(k + 1)
    }
  }

  /// In how many ways `k` of `n` things can be drawn.
  private static func choose(_ n: Int, _ k: Int) -> Double {
    (0..<k).reduce(1) { $0 * Double(n - $1) / Double($1 + 1) }
  }

  /// Pearson's correlation; nil where either side is constant.
  static func correlation(_ left: [Float], _ right: [Float]) -> Double? {
    let count = Double(min(left.count, right.count))
    guard count > 1 else { return nil }
    let meanLeft = left.reduce(0) { $0 + Double($1) } / count
    let meanRight = right.reduce(0) { $0 + Double($1) } / count
    var (both, squareLeft, squareRight) = (0.0, 0.0, 0.0)
    for (x, y) in zip(left, right) {
      let (dx, dy) = (Double(x) - meanLeft, Double(y) - meanRight)
      both += dx * dy
      squareLeft += dx * dx
      squareRight += dy * dy
    }
    guard squareLeft > 1e-12, squareRight > 1e-12 else { return nil }
    return both / (squareLeft * squareRight).squareRoot()
  }

  /// The mean of what is there.
  static func mean(_ values: some Sequence<Double>) -> Double? {
    var (sum, count) = (0.0, 0.0)
    for value in values {
      sum += value
      count += 1
    }
    return count > 0 ? sum / count : nil
  }
}

/// An AUC over pairs of units' scores that can be taken again with units weighted anew.
struct WeightedAUC {
  /// A score, and whether it is of what should be above.
  struct Entry {
    let value: Double
    let isPositive: Bool
    let unit: Int
  }

  private let entries: [Entry]

  init(_ entries: [Entry]) { self.entries = entries.sorted { $0.value < $1.value } }

  /// The chance that a positive is above a negative, each drawn by its unit's weight; nil where the
  /// weights leave none of either.
  func value(weights: [Double]) -> Double? {
    var (above, positive, negative) = (0.0, 0.0, 0.0)
    var start = 0
    while start < entries.count {
      var end = start
      var (tiedPositive, tiedNegative) = (0.0, 0.0)
      while end < entries.count, entries[end].value == entries[start].value {
        let weight = weights[entries[end].unit]
        if entries[end].isPositive { tiedPositive += weight } else { tiedNegative += weight }
        end += 1
      }
      above += tiedPositive * (negative + tiedNegative / 2)
      positive += tiedPositive
      negative += tiedNegative
      start = end
    }
    return positive > 0 && negative > 0 ? above / (positive * negative) : nil
  }
}

/// Draws units with replacement, to tell how far a figure depends on which units there are.
///
/// The same draws for all figures, so that they can be compared.
struct UnitBootstrap {
  private let weights: [[Double]]
  let unitCount: Int

  init(unitCount: Int, seed: SeededGenerator, resampleCount: Int) {
    var generator = seed.forked(for: "bootstrap")
    self.unitCount = unitCount
    weights = (0..<resampleCount).map { _ in
      var drawn = [Double](repeating: 0, count: unitCount)
      for _ in 0..<unitCount { drawn[Int.random(in: 0..<unitCount, using: &generator)] += 1 }
      return drawn
    }
  }

  /// The middle 95 % of a statistic of weighted units; nil where no draw gives one.
  func interval(_ statistic: ([Double]) -> Double?) -> ClosedRange<Double>? {
    let values = weights.compactMap(statistic).sorted()
    guard let last = values.last else { return nil }
    let tail = values.count / 40
    return values[tail]...max(values[tail], values.dropLast(tail).last ?? last)
  }

  /// The mean of the units' values with its interval; units without one are left out.
  func mean(_ values: [Double?]) -> (value: Double, interval: ClosedRange<Double>)? {
    func weighted(_ weights: [Double]) -> Double? {
      var (sum, total) = (0.0, 0.0)
      for (value, weight) in zip(values, weights) {
        guard let value else { continue }
        sum += value * weight
        total += weight
      }
      return total > 0 ? sum / total : nil
    }
    guard let value = weighted([Double](repeating: 1, count: unitCount)),
      let interval = interval(weighted)
    else { return nil }
    return (value, interval)
  }
}
