/// The bytes under test, and what a target decides by: how to cut them, with which limits.
///
/// Decisions are taken from the end, so that a seed is a message as it stands on the wire with a few
/// bytes behind it, and what the fuzzer changes in front leaves the decisions alone.
public struct FuzzInput {
  /// What is left, without the decisions taken so far.
  public private(set) var bytes: [UInt8]

  /// An input.
  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Takes one decision, 0 where there are no bytes left.
  mutating func decision() -> UInt8 { bytes.popLast() ?? 0 }

  /// Takes up to seven positions to cut what is then left at, in ascending order.
  ///
  /// Two bytes a position, so that it reaches the whole of an input of some kilobytes.
  mutating func cuts() -> [Int] {
    let count = Int(decision() & 7)
    let positions = (0..<count).map { _ in Int(decision()) << 8 | Int(decision()) }
    return positions.map { $0 % (bytes.count + 1) }.sorted()
  }
}

/// The pieces between the cuts; some may be empty.
func pieces<Element>(of array: [Element], cutAt cuts: [Int]) -> [ArraySlice<Element>] {
  zip([0] + cuts, cuts + [array.count]).map { array[$0..<$1] }
}
