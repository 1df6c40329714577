extension RankIndex {
  /// A page that is emptier is joined to the one behind it, where both have room in one.
  private static var sparseCount: Int { pageCapacity / 4 }

  /// Puts a slot at a position.
  mutating func link(_ slot: Slot, digest: UInt64, at position: Position) {
    var (place, offset) = position
    if order.isEmpty {
      insertPage(at: 0)
    } else if Int(fills[Int(order[place])]) == Self.pageCapacity {
      (place, offset) = split(place, offset)
    }
    let page = Int(order[place])
    let start = page * Self.pageCapacity
    let movedCount = Int(fills[page]) - offset
    Self.shift(&digests, from: start + offset, to: start + offset + 1, count: movedCount)
    Self.shift(&slots, from: start + offset, to: start + offset + 1, count: movedCount)
    digests[start + offset] = digest
    slots[start + offset] = slot
    fills[page] += 1
    counts.add(1, at: place)
    if offset == 0 { firsts[place] = digest }
  }

  /// Takes the slot at a position out of the order.
  mutating func unlink(_ position: Position) -> Slot {
    let (place, offset) = position
    let page = Int(order[place])
    let start = page * Self.pageCapacity
    let slot = slots[start + offset]
    let movedCount = Int(fills[page]) - offset - 1
    Self.shift(&digests, from: start + offset + 1, to: start + offset, count: movedCount)
    Self.shift(&slots, from: start + offset + 1, to: start + offset, count: movedCount)
    fills[page] -= 1
    counts.add(-1, at: place)
    if fills[page] == 0 {
      removePage(at: place)
    } else {
      if offset == 0 { firsts[place] = digests[start] }
      if fills[page] < Self.sparseCount { join(place) }
    }
    return slot
  }

  private static func shift<Value>(_ list: inout [Value], from: Int, to: Int, count: Int) {
    guard count > 0 else { return }
    list.withUnsafeMutableBufferPointer { list in
      guard let base = list.baseAddress else { return }
      (base + to).update(from: base + from, count: count)
    }
  }

  /// Makes room on a full page; returns where the position has gone.
  private mutating func split(_ place: Int, _ offset: Int) -> Position {
    // Who always comes last, as in a recount, fills pages to the end.
    let isAtEnd = place == order.count - 1 && offset == Self.pageCapacity
    let keptCount = isAtEnd ? Self.pageCapacity : Self.pageCapacity / 2
    let movedCount = Self.pageCapacity - keptCount
    insertPage(at: place + 1)
    let (page, new) = (Int(order[place]), Int(order[place + 1]))
    for index in 0..<movedCount {
      digests[new * Self.pageCapacity + index] =
        digests[page * Self.pageCapacity + keptCount + index]
      slots[new * Self.pageCapacity + index] = slots[page * Self.pageCapacity + keptCount + index]
    }
    fills[page] = Int32(keptCount)
    fills[new] = Int32(movedCount)
    if movedCount > 0 { firsts[place + 1] = digests[new * Self.pageCapacity] }
    rebuildCounts()
    return offset > keptCount || isAtEnd ? (place + 1, offset - keptCount) : (place, offset)
  }

  /// Joins a sparse page with the one behind or before it, if one page holds both with room to spare.
  private mutating func join(_ place: Int) {
    guard order.count > 1 else { return }
    let left = place + 1 < order.count ? place : place - 1
    let (page, other) = (Int(order[left]), Int(order[left + 1]))
    let (kept, moved) = (Int(fills[page]), Int(fills[other]))
    guard kept + moved <= Self.pageCapacity * 3 / 4 else { return }
    for index in 0..<moved {
      digests[page * Self.pageCapacity + kept + index] = digests[other * Self.pageCapacity + index]
      slots[page * Self.pageCapacity + kept + index] = slots[other * Self.pageCapacity + index]
    }
    fills[page] += Int32(moved)
    removePage(at: left + 1)
  }

  /// Adds an empty page to the directory; the caller sees to its counts.
  private mutating func insertPage(at place: Int) {
    let page: Int32
    if let free = freePages.popLast() {
      page = free
    } else {
      page = Int32(fills.count)
      let count = digests.count + Self.pageCapacity
      if digests.capacity < count {
        digests.reserveCapacity(count + count / 8)
        slots.reserveCapacity(count + count / 8)
      }
      digests.append(contentsOf: repeatElement(0, count: Self.pageCapacity))
      slots.append(contentsOf: repeatElement(-1, count: Self.pageCapacity))
      fills.append(0)
    }
    order.insert(page, at: place)
    firsts.insert(0, at: place)
    rebuildCounts()
  }

  private mutating func removePage(at place: Int) {
    let page = order.remove(at: place)
    firsts.remove(at: place)
    fills[Int(page)] = 0
    freePages.append(page)
    rebuildCounts()
  }

  private mutating func rebuildCounts() {
    counts.rebuild(order.count) { fills[Int(order[$0])] }
  }

  /// Checks pages, directory and order; for tests.
  ///
  /// - Complexity: O(*n* log *n*).
  func holdsInvariants() -> Bool {
    let all = elements(at: 0..<count)
    return zip(all, all.dropFirst()).allSatisfy { $0.precedes($1) && $0.digest <= $1.digest }
      && all.count == order.reduce(0) { $0 + Int(fills[Int($1)]) }
      && order.indices.allSatisfy { place in
        let start = Int(order[place]) * Self.pageCapacity
        let fill = Int(fills[Int(order[place])])
        return (1...Self.pageCapacity).contains(fill) && firsts[place] == digests[start]
          && (start..<start + fill).allSatisfy { self[slots[$0]].digest == digests[$0] }
      }
      && all.indices.allSatisfy { countBefore(all[$0]) == $0 && element(at: $0) == all[$0] }
  }
}
