/// The connections of one shard, at places that never move.
///
/// Memory for all that may come is reserved at once and touched slot by slot, so that pages that no
/// connection has needed cost nothing.
final class ConnectionSlab {
  let base: UnsafeMutablePointer<Connection>
  let capacity: Int
  /// Slots from here on have never been used; all before are initialised, free ones too.
  private(set) var usedCount = 0
  private var freeSlots: [Int32] = []

  init(capacity: Int) {
    self.capacity = capacity
    base = .allocate(capacity: capacity)
  }

  deinit {
    base.deinitialize(count: usedCount)
    base.deallocate()
  }

  /// How many slots are in use.
  var count: Int { usedCount - freeSlots.count }

  /// Puts a connection into a free slot, or returns nil if there is none.
  ///
  /// - Parameter make: Makes it with the generation that it is given.
  func insert(_ make: (UInt32) -> Connection) -> Int? {
    if let slot = freeSlots.popLast() {
      base[Int(slot)] = make(base[Int(slot)].generation)
      return Int(slot)
    }
    guard usedCount < capacity else { return nil }
    (base + usedCount).initialize(to: make(0))
    usedCount += 1
    return usedCount - 1
  }

  /// Frees a slot and all that its connection owns; the next one here has the next generation.
  func remove(_ slot: Int) {
    base[slot] = Connection(
      freeWithGeneration: base[slot].generation &+ 1, peer: base[slot].peer)
    freeSlots.append(Int32(slot))
  }
}
