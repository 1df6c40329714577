/// The pairs of tokens that are merged, with their ranks and what they become: an open hash table.
struct PairTable: Sendable {
  /// What stands for no merge: a rank above all others.
  static let none = Int64.max

  /// left << 32 | right, -1 where there is none; a power of two, half of them empty.
  private var keys: [Int64]
  /// rank << 32 | token.
  private var merges: [Int64]
  private(set) var count = 0

  /// An empty table that has room for `count` pairs.
  init(capacity count: Int) {
    var size = 16
    while size < 2 * count { size *= 2 }
    keys = [Int64](repeating: -1, count: size)
    merges = [Int64](repeating: Self.none, count: size)
  }

  @inline(__always)
  private static func key(_ left: Int32, _ right: Int32) -> Int64 {
    Int64(left) << 32 | Int64(right)
  }

  @inline(__always)
  private func place(_ key: Int64) -> Int {
    // Fibonacci hashing; the upper bits are the mixed ones.
    let product = UInt64(bitPattern: key) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: (product >> 32) & UInt64(keys.count - 1))
  }

  /// rank << 32 | token of a pair of tokens, none of them negative; ``none`` when it isn't merged.
  @inline(__always)
  func merge(_ left: Int32, _ right: Int32) -> Int64 {
    let key = Self.key(left, right)
    var place = place(key)
    while keys[place] >= 0 {
      if keys[place] == key { return merges[place] }
      place = (place + 1) & (keys.count - 1)
    }
    return Self.none
  }

  /// Adds a pair, unless it is there already.
  ///
  /// - Precondition: No more pairs are added than the table has room for.
  mutating func insert(_ left: Int32, _ right: Int32, rank: UInt32, token: Int32) {
    let key = Self.key(left, right)
    var place = place(key)
    while keys[place] >= 0 {
      if keys[place] == key { return }
      place = (place + 1) & (keys.count - 1)
    }
    precondition(count < keys.count / 2)
    keys[place] = key
    merges[place] = Int64(rank & 0x7FFF_FFFF) << 32 | Int64(token)
    count += 1
  }
}
