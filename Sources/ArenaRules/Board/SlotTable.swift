/// Finds the slot of a key that is stored elsewhere: an open-addressing hash table of 32-bit words.
///
/// A `Dictionary` of identifiers would hold each one a second time, 27 to 53 bytes an entry; this
/// takes 6 to 11. A word is a slot, and above it six bits of its key's hash, so that other keys are
/// hardly ever looked at. Linear probing; removal closes the gap, so there are no tombstones.
struct SlotTable: Sendable {
  /// How many slots can be told apart: 67,108,863.
  static let slotCountMax = 1 << 26 - 1

  private static let free = UInt32.max
  private static let slotMask = UInt32(1) << 26 - 1

  private var words: [UInt32] = Array(repeating: Self.free, count: 8)
  private(set) var count = 0

  /// The bytes that the table takes.
  var byteCount: Int { words.capacity * MemoryLayout<UInt32>.stride }

  /// The slot whose key is `key`, where `keyOf` reads a slot's key.
  ///
  /// - Complexity: O(1) expected.
  func slot<Key: Hashable>(of key: Key, keyOf: (Int32) -> Key) -> Int32? {
    position(of: key, hash: key.hashValue, keyOf: keyOf).map { Self.slot(words[$0]) }
  }

  /// Adds a slot, below `slotCountMax`, whose key isn't there yet.
  ///
  /// - Complexity: O(1) expected and amortised.
  mutating func insert<Key: Hashable>(_ slot: Int32, key: Key, keyOf: (Int32) -> Key) {
    if (count + 1) * 10 > words.count * 7 { grow(keyOf: keyOf) }
    place(slot, hash: key.hashValue)
    count += 1
  }

  /// Takes out the slot whose key is `key`.
  ///
  /// - Complexity: O(1) expected.
  mutating func remove<Key: Hashable>(key: Key, keyOf: (Int32) -> Key) {
    guard var hole = position(of: key, hash: key.hashValue, keyOf: keyOf) else { return }
    count -= 1
    words[hole] = Self.free
    // What was pushed past the hole moves into it, unless its home lies behind the hole.
    var position = next(hole)
    while words[position] != Self.free {
      let home = home(keyOf(Self.slot(words[position])).hashValue)
      let distanceHome = (position - home) & (words.count - 1)
      let distanceHole = (position - hole) & (words.count - 1)
      if distanceHome >= distanceHole {
        words[hole] = words[position]
        words[position] = Self.free
        hole = position
      }
      position = next(position)
    }
  }

  private static func slot(_ word: UInt32) -> Int32 { Int32(word & slotMask) }
  /// The top bits of the hash; its low ones choose the position.
  private static func tag(_ hash: Int) -> UInt32 {
    UInt32(truncatingIfNeeded: UInt64(bitPattern: Int64(hash)) >> 32) & ~slotMask
  }

  private func home(_ hash: Int) -> Int { hash & (words.count - 1) }
  private func next(_ position: Int) -> Int { (position + 1) & (words.count - 1) }

  private func position<Key: Hashable>(of key: Key, hash: Int, keyOf: (Int32) -> Key) -> Int? {
    let tag = Self.tag(hash)
    var position = home(hash)
    while words[position] != Self.free {
      let word = words[position]
      if word & ~Self.slotMask == tag, keyOf(Self.slot(word)) == key { return position }
      position = next(position)
    }
    return nil
  }

  private mutating func place(_ slot: Int32, hash: Int) {
    precondition(slot < Self.slotCountMax, "a table tells 67,108,863 slots apart")
    var position = home(hash)
    while words[position] != Self.free { position = next(position) }
    words[position] = UInt32(slot) | Self.tag(hash)
  }

  private mutating func grow<Key: Hashable>(keyOf: (Int32) -> Key) {
    let old = words
    words = Array(repeating: Self.free, count: old.count * 2)
    for word in old where word != Self.free {
      place(Self.slot(word), hash: keyOf(Self.slot(word)).hashValue)
    }
  }
}
