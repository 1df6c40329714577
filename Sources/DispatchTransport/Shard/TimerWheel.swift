import ArenaTypes

/// Timers of one shard: a hierarchical wheel of one-millisecond ticks.
///
/// Four wheels of 256 slots reach 49 days; what lies beyond waits in the last slot and is sorted in
/// anew when its turn comes. A timer lies in the wheel whose digit is the highest in which its
/// deadline differs from the present tick; when the present reaches its slot of a higher wheel, the
/// slot's timers move down, in their order (Varghese and Lauck, "Hashed and hierarchical timing
/// wheels", SOSP 1987, scheme 7).
///
/// Scheduling and cancelling are O(1). Timers of one deadline run in the order of scheduling: a slot
/// is a list in that order, and it moves down before anything is put below it.
struct TimerWheel {
  typealias Action = () -> Void

  private static let none: Int32 = -1
  private static let slotCount = 256
  private static let wheelCount = 4

  private struct Entry {
    var deadline: Int64
    var previous: Int32
    var next: Int32
    var list: Int32
    var generation: UInt32
    var action: Action?
  }

  private struct List {
    var first = TimerWheel.none
    var last = TimerWheel.none
  }

  private var entries: [Entry] = []
  private var freeEntries: [Int32] = []
  private var lists = [List](repeating: List(), count: slotCount * wheelCount)
  /// The tick whose timers have all run.
  private var current: Int64
  /// No timer is due, and no slot has to be looked at, before this tick.
  private var earliest = Int64.max
  /// How many timers wait.
  private(set) var count = 0

  /// An empty wheel at `now`.
  init(now: Timestamp) { current = now.millisecondsSinceEpoch }

  /// Puts in a timer; one in the past is due at the next `advance`.
  mutating func insert(at deadline: Timestamp, _ action: @escaping Action) -> TimerToken {
    let index: Int32
    if let free = freeEntries.popLast() {
      index = free
    } else {
      index = Int32(entries.count)
      entries.append(
        Entry(
          deadline: 0, previous: Self.none, next: Self.none, list: Self.none, generation: 0,
          action: nil))
    }
    entries[Int(index)].deadline = max(deadline.millisecondsSinceEpoch, current + 1)
    entries[Int(index)].action = action
    link(index)
    count += 1
    earliest = min(earliest, entries[Int(index)].deadline)
    return TimerToken(rawValue: UInt64(entries[Int(index)].generation) << 32 | UInt64(index))
  }

  /// Takes a timer out, if it still waits.
  mutating func remove(_ token: TimerToken) {
    let index = Int(token.rawValue & 0xFFFF_FFFF)
    guard index < entries.count, entries[index].action != nil,
      entries[index].generation == UInt32(truncatingIfNeeded: token.rawValue >> 32)
    else { return }
    unlink(Int32(index))
    _ = release(Int32(index))
  }

  /// The moment at which the wheel wants to be looked at: that of the next due timer, or an earlier
  /// one; nil if none waits.
  var nextWakeUp: Timestamp? {
    count > 0 ? Timestamp(millisecondsSinceEpoch: earliest) : nil
  }

  /// The first tick after `current` at which a slot has to be looked at.
  private var nextTick: Int64 {
    for wheel in 0..<Self.wheelCount {
      let shift = Int64(wheel * 8)
      let digit = current >> shift
      // The rest of this turn of the wheel; what lies in the next turn lies in a higher wheel.
      var step: Int64 = 1
      while (digit & 255) + step < 256 {
        let slot = Int((digit + step) & 255)
        if lists[wheel * Self.slotCount + slot].first != Self.none {
          return (digit + step) << shift
        }
        step += 1
      }
    }
    // Only the last wheel's passed slots are left: beyond the reach, sorted in anew at its next turn.
    return ((current >> 32) + 1) << 32
  }

  /// Moves the present to `now` or to the next due timer, whichever is first, and takes that out.
  ///
  /// Timers are taken one by one, so that each may still cancel the next.
  ///
  /// - Returns: Its action; nil when the present has reached `now`.
  /// - Complexity: O(1) while nothing is due, else O(slots) at worst.
  mutating func popDue(now: Timestamp) -> Action? {
    let target = now.millisecondsSinceEpoch
    guard earliest <= target else { return nil }
    while count > 0 {
      if let action = takeDue() { return action }
      let tick = nextTick
      if tick > target {
        earliest = tick
        break
      }
      current = tick
      cascade()
    }
    if count == 0 { earliest = .max }
    current = max(current, target)
    return nil
  }

  /// Moves the timers of every higher slot that begins at `current` down, highest first.
  private mutating func cascade() {
    if current & 0xFFFF_FFFF == 0 {
      for slot in 0..<Self.slotCount { relink(list: 3 * Self.slotCount + slot) }
    }
    for wheel in (1..<Self.wheelCount).reversed() {
      let shift = Int64(wheel * 8)
      guard current & ((1 << shift) - 1) == 0 else { continue }
      relink(list: wheel * Self.slotCount + Int((current >> shift) & 255))
    }
  }

  private mutating func relink(list: Int) {
    var index = lists[list].first
    lists[list] = List()
    while index != Self.none {
      let next = entries[Int(index)].next
      link(index)
      index = next
    }
  }

  /// Takes the first timer out that is due at `current`.
  private mutating func takeDue() -> Action? {
    var index = lists[Int(current & 255)].first
    while index != Self.none {
      let entry = entries[Int(index)]
      if entry.deadline <= current {
        unlink(index)
        return release(index)
      }
      index = entry.next
    }
    return nil
  }

  private mutating func link(_ index: Int32) {
    let deadline = entries[Int(index)].deadline
    let list = Self.list(of: deadline, seenFrom: current)
    let last = lists[list].last
    entries[Int(index)].list = Int32(list)
    entries[Int(index)].previous = last
    entries[Int(index)].next = Self.none
    lists[list].last = index
    if last == Self.none {
      lists[list].first = index
    } else {
      entries[Int(last)].next = index
    }
  }

  private static func list(of deadline: Int64, seenFrom current: Int64) -> Int {
    let difference = deadline ^ current
    for wheel in 0..<wheelCount where difference >> Int64((wheel + 1) * 8) == 0 {
      return wheel * slotCount + Int((deadline >> Int64(wheel * 8)) & 255)
    }
    // Out of reach: the slot that the last wheel passed longest ago, or is at.
    return 3 * slotCount + Int((current >> 24) & 255)
  }

  private mutating func unlink(_ index: Int32) {
    let entry = entries[Int(index)]
    if entry.previous == Self.none {
      lists[Int(entry.list)].first = entry.next
    } else {
      entries[Int(entry.previous)].next = entry.next
    }
    if entry.next == Self.none {
      lists[Int(entry.list)].last = entry.previous
    } else {
      entries[Int(entry.next)].previous = entry.previous
    }
  }

  private mutating func release(_ index: Int32) -> Action? {
    let action = entries[Int(index)].action
    entries[Int(index)].action = nil
    entries[Int(index)].generation &+= 1
    freeEntries.append(index)
    count -= 1
    return action
  }
}
