/// A set in an array: its order follows from what was put in and taken out, and never from hashes,
/// which differ from run to run.
struct DenseSet<Element: Hashable> {
  /// The elements; the order means nothing, but is the same for the same history.
  private(set) var elements: [Element] = []
  private var positions: [Element: Int] = [:]

  var isEmpty: Bool { elements.isEmpty }
  var count: Int { elements.count }

  /// Whether `element` is in it.
  ///
  /// - Complexity: O(1).
  func contains(_ element: Element) -> Bool { positions[element] != nil }

  /// Puts `element` in; harmless if it is there.
  ///
  /// - Complexity: O(1).
  mutating func insert(_ element: Element) {
    guard positions[element] == nil else { return }
    positions[element] = elements.count
    elements.append(element)
  }

  /// Takes `element` out and fills the gap with the last one; nil if it was not there.
  ///
  /// - Complexity: O(1).
  @discardableResult
  mutating func remove(_ element: Element) -> Element? {
    guard let position = positions.removeValue(forKey: element), let last = elements.popLast()
    else { return nil }
    if last != element {
      elements[position] = last
      positions[last] = position
    }
    return element
  }
}
