extension Sequence {
  /// The first `count` of what `sorted(by:)` would give, where no two are equal.
  ///
  /// - Complexity: O(*n*) comparisons for most orders, since few come among the first so late; O(*n*
  ///   log *count*) at worst, with as many moves as the insertions take.
  func leading(_ count: Int, by precedes: (Element, Element) -> Bool) -> [Element] {
    guard count > 0 else { return [] }
    var leading: [Element] = []
    leading.reserveCapacity(count)
    for element in self {
      if leading.count == count {
        guard precedes(element, leading[count - 1]) else { continue }
        leading.removeLast()
      }
      var (low, high) = (0, leading.count)
      while low < high {
        let middle = (low + high) / 2
        if precedes(element, leading[middle]) { high = middle } else { low = middle + 1 }
      }
      leading.insert(element, at: low)
    }
    return leading
  }
}
