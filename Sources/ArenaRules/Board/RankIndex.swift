/// An ordered set that knows how many elements stand before each: short pages in order, found through
/// a directory of their first elements.
///
/// ```
///   directory   firsts [ 03 | 41 | 77 ]   pages [ 0 | 2 | 1 ]   counts (PrefixCounts)
///   pages       0: digests [ 03 08 19 … ] slots [ … ]   2: [ 41 … ]   1: [ 77 … ]
///   elements    by slot; a slot stays an element's own until it is removed
/// ```
///
/// A place is found by two binary searches over digests, which lie close together; an element itself
/// is looked at only where digests are equal. So a search costs two or three reads from memory at a
/// million elements, where a binary tree costs twenty. A page that is full is split, one that is
/// nearly empty is joined to a neighbour, and only then the directory changes: O(*n*/`pageCapacity`)
/// once in tens of updates. Elements of equal order must not be inserted twice.
struct RankIndex<Element: Ranked>: Sendable {
  /// Where an element lies in `elements`.
  typealias Slot = Int32

  /// A page's place in `order`, and a position within it.
  typealias Position = (place: Int, offset: Int)

  /// How many elements a page holds at most.
  static var pageCapacity: Int { 128 }

  private(set) var elements: [Element] = []
  private var freeSlots: [Slot] = []
  /// Page *p* lies from `p * pageCapacity` on, `fills[p]` long.
  var digests: [UInt64] = []
  var slots: [Slot] = []
  var fills: [Int32] = []
  var freePages: [Int32] = []
  /// The pages in order, and the first digest of each.
  var order: [Int32] = []
  var firsts: [UInt64] = []
  var counts = PrefixCounts()

  /// How many elements there are.
  var count: Int { counts.total }
  /// The bytes that it takes, capacity included.
  var byteCount: Int {
    elements.capacity * MemoryLayout<Element>.stride + digests.capacity * 8 + slots.capacity * 4
      + (freeSlots.capacity + fills.capacity + freePages.capacity + order.capacity) * 4
      + firsts.capacity * 8 + counts.byteCount
  }
  /// The first element.
  var first: Element? { isEmpty ? nil : self[slots[Int(order[0]) * Self.pageCapacity]] }
  /// Whether there is none.
  var isEmpty: Bool { order.isEmpty }

  /// The element in a slot that `insert` returned.
  subscript(slot: Slot) -> Element { elements[Int(slot)] }

  /// Puts an element into its place.
  ///
  /// - Complexity: O(log *n*) amortised.
  @discardableResult
  mutating func insert(_ element: Element) -> Slot {
    let slot: Slot
    if let free = freeSlots.popLast() {
      slot = free
      elements[Int(slot)] = element
    } else {
      // Growing by an eighth rather than doubling keeps a million entries below 100 bytes each.
      if elements.count == elements.capacity {
        elements.reserveCapacity(elements.count + elements.count / 8 + 16)
      }
      slot = Slot(elements.count)
      elements.append(element)
    }
    link(slot, digest: element.digest, at: position(of: element))
    return slot
  }

  /// Takes out the element that has the place of `element`; false if none has.
  ///
  /// - Complexity: O(log *n*) amortised.
  @discardableResult
  mutating func remove(_ element: Element) -> Bool {
    guard let found = find(element) else { return false }
    freeSlots.append(unlink(found))
    return true
  }

  /// Takes the element out of a slot that `insert` returned, and puts `element` in its stead, wherever
  /// that belongs.
  ///
  /// - Complexity: O(log *n*) amortised.
  mutating func replace(_ slot: Slot, with element: Element) {
    _ = unlink(standing(position(ofSlot: slot)))
    elements[Int(slot)] = element
    link(slot, digest: element.digest, at: position(of: element))
  }

  /// How many elements stand before `element`, which need not be there.
  ///
  /// - Complexity: O(log *n*).
  func countBefore(_ element: Element) -> Int {
    let (place, offset) = position(of: element)
    return counts.before(place) + offset
  }

  /// How many elements stand before that in a slot that `insert` returned.
  ///
  /// - Complexity: O(log *n*).
  func countBefore(slot: Slot) -> Int {
    let (place, offset) = position(ofSlot: slot)
    return counts.before(place) + offset
  }

  /// The element that stands at `position`, from 0; nil beyond the end.
  ///
  /// - Complexity: O(log *n*).
  func element(at position: Int) -> Element? {
    guard position >= 0, position < count else { return nil }
    let (place, offset) = counts.find(position)
    return self[slots[Int(order[place]) * Self.pageCapacity + offset]]
  }

  /// The elements at `positions`, in order; positions beyond the end are left out.
  ///
  /// - Complexity: O(log *n* + *k*), for *k* elements.
  func elements(at positions: Range<Int>) -> [Element] {
    let wanted = positions.clamped(to: 0..<count)
    guard !wanted.isEmpty else { return [] }
    var found: [Element] = []
    found.reserveCapacity(wanted.count)
    var (place, offset) = counts.find(wanted.lowerBound)
    while found.count < wanted.count {
      let page = Int(order[place])
      let end = min(Int(fills[page]), offset + wanted.count - found.count)
      for position in offset..<end {
        found.append(self[slots[page * Self.pageCapacity + position]])
      }
      place += 1
      offset = 0
    }
    return found
  }

  // MARK: Searching

  /// Where an element stands or would be put; the offset may be that behind a page's last.
  func position(of element: Element) -> Position {
    position(digest: element.digest) { elements[Int($0)].precedes(element) }
  }

  /// The same, where `precedes` tells whether what lies in a slot stands before the element; it is
  /// asked of those with the same digest alone.
  private func position(digest: UInt64, precedes: (Slot) -> Bool) -> Position {
    guard !order.isEmpty else { return (0, 0) }
    let behind = Self.partition(firsts, 0..<order.count, digest) {
      precedes(slots[Int(order[$0]) * Self.pageCapacity])
    }
    let place = max(0, behind - 1)
    let start = Int(order[place]) * Self.pageCapacity
    let end = start + Int(fills[Int(order[place])])
    return (place, Self.partition(digests, start..<end, digest) { precedes(slots[$0]) } - start)
  }

  private func position(ofSlot slot: Slot) -> Position {
    position(digest: elements[Int(slot)].digest) {
      elements[Int($0)].precedes(elements[Int(slot)])
    }
  }

  /// The position itself, or the first of the next page where it is behind a page's last.
  private func standing(_ position: Position) -> Position {
    let isBehind = position.offset == Int(fills[Int(order[position.place])])
    return isBehind ? (position.place + 1, 0) : position
  }

  /// Where the element stands that has the place of `element`.
  private func find(_ element: Element) -> Position? {
    guard !isEmpty else { return nil }
    let (place, offset) = standing(position(of: element))
    guard place < order.count,
      !element.precedes(self[slots[Int(order[place]) * Self.pageCapacity + offset]])
    else { return nil }
    return (place, offset)
  }

  /// The first index of `range` whose digest is not below `digest` and which doesn't come before.
  private static func partition(
    _ sorted: [UInt64], _ range: Range<Int>, _ digest: UInt64, precedes: (Int) -> Bool
  ) -> Int {
    sorted.withUnsafeBufferPointer { sorted in
      var low = lowerBound(sorted, range, digest)
      guard low < range.upperBound, sorted[low] == digest else { return low }
      // Equal digests are few, or many where all have done the same; either way they are halved.
      var high =
        digest == .max
        ? range.upperBound : lowerBound(sorted, low..<range.upperBound, digest + 1)
      while low < high {
        let middle = (low + high) / 2
        if precedes(middle) { low = middle + 1 } else { high = middle }
      }
      return low
    }
  }

  /// The first index of `range` whose digest is not below `digest`.
  private static func lowerBound(
    _ sorted: UnsafeBufferPointer<UInt64>, _ range: Range<Int>, _ digest: UInt64
  ) -> Int {
    var start = range.lowerBound
    var length = range.count
    while length > 0 {
      let half = length / 2
      let isBelow = sorted[start + half] < digest
      start = isBelow ? start + half + 1 : start
      length = isBelow ? length - half - 1 : half
    }
    return start
  }
}

extension RankIndex: Hashable {
  /// Two of them are equal if they hold equal elements; their pages may differ.
  static func == (left: RankIndex, right: RankIndex) -> Bool {
    left.count == right.count
      && left.elements(at: 0..<left.count) == right.elements(at: 0..<right.count)
  }

  func hash(into hasher: inout Hasher) { hasher.combine(elements(at: 0..<count)) }
}
