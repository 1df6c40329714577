import ArenaTypes

extension SeededGenerator {
  /// A number in `0 ..< bound`; 0 where `bound` is 1 or less, drawing once either way.
  ///
  /// Written out rather than taken from the standard library, whose algorithm may change: journals
  /// must replay under any toolchain. (Lemire, "Fast random integer generation in an interval", 2019,
  /// without the rejection step: the bias is below bound / 2^64.)
  mutating func next(below bound: Int) -> Int {
    let bits = next()
    guard bound > 1 else { return 0 }
    return Int(bits.multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// One element of `elements`; nil if there is none, drawing once either way.
  mutating func element<Element>(of elements: [Element]) -> Element? {
    let position = next(below: elements.count)
    return elements.isEmpty ? nil : elements[position]
  }

  /// The numbers `0 ..< count` in a drawn order (Fisher-Yates).
  mutating func permutation(of count: Int) -> [Int] {
    var order = Array(0..<count)
    for position in order.indices.dropFirst().reversed() {
      order.swapAt(position, next(below: position + 1))
    }
    return order
  }
}
