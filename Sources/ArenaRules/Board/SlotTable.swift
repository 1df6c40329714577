/// Finds the slot of a key that is stored elsewhere: an open-addressing hash table of 32-bit slots.
///
/// A `Dictionary` of identifiers would hold each one a second time, 27 to 53 bytes an entry; this
/// takes 6 to 11. Linear probing; removal closes the gap, so there are no tombstones.
struct SlotTable: Sendable {
  private var slots: [Int32] = Array(repeating: -1, count: 8)
  private(set) var count = 0

  /// The bytes that the table takes.
  var byteCount: Int { slots.capacity * MemoryLayout<Int32>.stride }

  /// The slot whose key is `key`, where `keyOf` reads a slot's key.
  ///
  /// - Complexity: O(1) expected.
  func slot<Key: Hashable>(of key: Key, keyOf: (Int32) -> Key) -> Int32? {
    var position = home(key)
    while slots[position] >= 0 {
      if keyOf(slots[position]) == key { return slots[position] }
      position = next(position)
    }
    return nil
  }

  /// Adds a slot whose key isn't there yet.
  ///
  /// - Complexity: O(1) expected and amortised.
  mutating func insert<Key: Hashable>(_ slot: Int32, key: Key, keyOf: (Int32) -> Key) {
    if (count + 1) * 10 > slots.count * 7 { grow(keyOf: keyOf) }
    place(slot, at: home(key))
    count += 1
  }

  /// Takes out the slot whose key is `key`.
  ///
  /// - Complexity: O(1) expected.
  mutating func remove<Key: Hashable>(key: Key, keyOf: (Int32) -> Key) {
    var hole = home(key)
    while slots[hole] >= 0, keyOf(slots[hole]) != key { hole = next(hole) }
    guard slots[hole] >= 0 else { return }
    count -= 1
    slots[hole] = -1
    // What was pushed past the hole moves into it, unless its home lies behind the hole.
    var position = next(hole)
    while slots[position] >= 0 {
      let distanceHome = (position - home(keyOf(slots[position]))) & (slots.count - 1)
      let distanceHole = (position - hole) & (slots.count - 1)
      if distanceHome >= distanceHole {
        slots[hole] = slots[position]
        slots[position] = -1
        hole = position
      }
      position = next(position)
    }
  }

  private func home<Key: Hashable>(_ key: Key) -> Int { key.hashValue & (slots.count - 1) }
  private func next(_ position: Int) -> Int { (position + 1) & (slots.count - 1) }

  private mutating func place(_ slot: Int32, at start: Int) {
    var position = start
    while slots[position] >= 0 { position = next(position) }
    slots[position] = slot
  }

  private mutating func grow<Key: Hashable>(keyOf: (Int32) -> Key) {
    let old = slots
    slots = Array(repeating: -1, count: old.count * 2)
    for slot in old where slot >= 0 { place(slot, at: home(keyOf(slot))) }
  }
}
