/// Sums of the first counts of a list whose counts change: a Fenwick tree.
///
/// Fenwick, "A new data structure for cumulative frequency tables", 1994. Entry *i* (from 1) holds the
/// sum of as many counts up to its own as the lowest bit of *i* says.
struct PrefixCounts: Sendable {
  private var sums: [Int32] = []
  private(set) var total = 0

  /// The bytes that it takes.
  var byteCount: Int { sums.capacity * MemoryLayout<Int32>.stride }

  /// Begins anew with these counts.
  ///
  /// - Complexity: O(*n*).
  mutating func rebuild(_ count: Int, at countAt: (Int) -> Int32) {
    sums.removeAll(keepingCapacity: true)
    total = 0
    for index in 0..<count {
      let own = countAt(index)
      sums.append(own)
      total += Int(own)
    }
    for index in 0..<count {
      let parent = index | (index + 1)
      if parent < count { sums[parent] += sums[index] }
    }
  }

  /// Adds to the count at `index`.
  ///
  /// - Complexity: O(log *n*).
  mutating func add(_ difference: Int32, at index: Int) {
    total += Int(difference)
    var index = index
    while index < sums.count {
      sums[index] += difference
      index |= index + 1
    }
  }

  /// The sum of the counts before `index`.
  ///
  /// - Complexity: O(log *n*).
  func before(_ index: Int) -> Int {
    var sum = 0
    var end = index
    while end > 0 {
      sum += Int(sums[end - 1])
      end &= end - 1
    }
    return sum
  }

  /// The index whose count holds the element at `position`, and the element's place within it.
  ///
  /// - Parameter position: Less than `total`, and not negative.
  /// - Complexity: O(log *n*).
  func find(_ position: Int) -> (index: Int, rest: Int) {
    var index = 0
    var rest = position
    var step = sums.isEmpty ? 0 : 1 << (Int.bitWidth - 1 - sums.count.leadingZeroBitCount)
    while step > 0 {
      if index + step <= sums.count, Int(sums[index + step - 1]) <= rest {
        index += step
        rest -= Int(sums[index - 1])
      }
      step >>= 1
    }
    return (index, rest)
  }
}
