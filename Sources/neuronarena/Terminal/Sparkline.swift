import Glibc

/// Numbers as a row of blocks.
enum Sparkline {
  private static let blocks = [
    "\u{2581}", "\u{2582}", "\u{2583}", "\u{2584}", "\u{2585}",
    "\u{2586}", "\u{2587}", "\u{2588}",
  ]

  /// One block a value, from 0 to the largest; a blank for what is not above 0.
  static func of(_ values: [Float]) -> String {
    let largest = values.filter(\.isFinite).max() ?? 0
    guard largest > 0 else { return String(repeating: " ", count: values.count) }
    return values.map { value in
      guard value.isFinite, value > 0 else { return " " }
      return blocks[min(blocks.count - 1, Int(value / largest * Float(blocks.count)))]
    }.joined()
  }

  /// How often activations fall into each of `binCount` equal ranges.
  ///
  /// The heights are logarithms, since nearly all tokens leave a unit silent.
  ///
  /// - Returns: The row with the smallest and the largest value at its ends; empty where there is no
  ///   number.
  static func histogram(of values: [Float], binCount: Int = 40) -> String {
    let finite = values.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max(), binCount > 0 else { return "" }
    var counts = [Int](repeating: 0, count: binCount)
    for value in finite {
      let share = high > low ? (value - low) / (high - low) : 0
      counts[min(binCount - 1, Int(share * Float(binCount)))] += 1
    }
    let row = of(counts.map { log2(Float($0) + 1) })
    return "\(VisibleText.number(low)) \(row) \(VisibleText.number(high))"
  }
}
