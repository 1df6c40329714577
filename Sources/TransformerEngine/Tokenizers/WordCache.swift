import ArenaTypes

/// The tokens of words met before: texts repeat their words, and merging takes a hundred times as
/// long as looking up.
///
/// A table of fixed size, in pairs of slots: a new word takes the first, the word that was there moves
/// to the second, and the one from there is forgotten. Words that are long or take many tokens aren't
/// kept.
struct WordCache: Sendable {
  /// Words that are kept at a time; with 64 bytes each that is 1 MB.
  private static let slotCount = 16_384
  /// Bytes of the longest word that is kept.
  static let byteCountMax = 31
  /// The most tokens that are kept of a word.
  static let tokenCountMax = 7

  /// A slot is four words of the key, its length in the last byte, and four of tokens behind their
  /// count.
  private var slots = [UInt64](repeating: 0, count: slotCount * 8)

  /// A word's bytes in four registers.
  struct Key {
    fileprivate var words: (UInt64, UInt64, UInt64, UInt64)
    fileprivate var slot: Int

    /// The key of `range`; nil when the word is empty or too long.
    @inline(__always)
    init?(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
      let count = range.count
      guard count > 0, count <= WordCache.byteCountMax else { return nil }
      let raw = UnsafeRawBufferPointer(bytes)
      func word(_ index: Int) -> UInt64 {
        let start = range.lowerBound + 8 * index
        let rest = range.upperBound - start
        if rest <= 0 { return 0 }
        if start + 8 <= raw.count {
          let word = raw.loadUnaligned(fromByteOffset: start, as: UInt64.self)
          return rest >= 8 ? word : word & (1 << UInt64(8 * rest) - 1)
        }
        var word: UInt64 = 0
        for offset in 0..<rest { word |= UInt64(raw[start + offset]) << UInt64(8 * offset) }
        return word
      }
      words = (word(0), word(1), word(2), word(3) | UInt64(count) << 56)
      var hash = words.0 &* 0x9E37_79B9_7F4A_7C15
      hash = (hash ^ hash >> 32 ^ words.1) &* 0xC2B2_AE3D_27D4_EB4F
      hash = (hash ^ hash >> 32 ^ words.2) &* 0x1656_67B1_9E37_79F9
      hash = (hash ^ hash >> 32 ^ words.3) &* 0x9E37_79B9_7F4A_7C15
      slot = Int(truncatingIfNeeded: hash >> 40) % (WordCache.slotCount / 2) * 16
    }
  }

  /// Appends the word's tokens to `tokens`; false when they aren't known.
  @inline(__always)
  func append(_ key: Key, to tokens: inout [Int32]) -> Bool {
    slots.withUnsafeBufferPointer { slots in
      var slot = key.slot
      if !Self.isEqual(slots, slot, key) {
        slot += 8
        if !Self.isEqual(slots, slot, key) { return false }
      }
      let first = slots[slot + 4]
      let count = Int(first & 0xFFFF_FFFF)
      if count > 0 { tokens.append(Int32(truncatingIfNeeded: first >> 32)) }
      var index = 2
      while index <= count {
        let word = slots[slot + 4 + index / 2]
        tokens.append(Int32(truncatingIfNeeded: word))
        if index < count { tokens.append(Int32(truncatingIfNeeded: word >> 32)) }
        index += 2
      }
      return true
    }
  }

  @inline(__always)
  private static func isEqual(
    _ slots: UnsafeBufferPointer<UInt64>, _ slot: Int, _ key: Key
  ) -> Bool {
    slots[slot] == key.words.0 && slots[slot + 3] == key.words.3 && slots[slot + 1] == key.words.1
      && slots[slot + 2] == key.words.2
  }

  /// Keeps the word's tokens, if there aren't too many.
  mutating func keep(_ key: Key, _ tokens: ArraySlice<Int32>) {
    guard tokens.count <= Self.tokenCountMax else { return }
    let slot = key.slot
    for index in slot..<slot + 8 { slots[index + 8] = slots[index] }
    slots[slot] = key.words.0
    slots[slot + 1] = key.words.1
    slots[slot + 2] = key.words.2
    slots[slot + 3] = key.words.3
    slots[slot + 4] = UInt64(tokens.count)
    for (index, token) in tokens.enumerated() {
      let place = slot + 4 + (index + 1) / 2
      let half = UInt64(UInt32(bitPattern: token))
      slots[place] = index & 1 == 0 ? slots[place] & 0xFFFF_FFFF | half << 32 : half
    }
  }
}

/// A cache that waits to be used by the next text.
///
/// Whoever encodes takes the cache and puts it back, so that no lock is held meanwhile; a second
/// one at the same time goes with a new one.
struct SharedWordCache: Sendable {
  /// Texts shorter than this aren't worth making a cache for.
  private static let byteCountMin = 4096

  private let idle = Locked<WordCache?>(nil)

  /// Calls `body` with a cache, or with none where none waits and the text is short.
  @inline(__always)
  func use(for byteCount: Int, _ body: (inout WordCache?) -> Void) {
    var cache = idle.withLock { idle in
      let taken = idle
      idle = nil
      return taken
    }
    if cache == nil, byteCount >= Self.byteCountMin { cache = WordCache() }
    body(&cache)
    guard let cache else { return }
    idle.withLock { $0 = cache }
  }
}
