/// Checks UTF-8 that arrives in pieces, and refuses it at the first byte that cannot be right.
///
/// The state between two pieces is how many continuation bytes the open sequence still owes and
/// the range of the next one (Unicode 16, table 3-7: the range is narrower than 80...BF only
/// right after E0, ED, F0 and F4, which rules out overlong forms, surrogates and what lies above
/// U+10FFFF).
public struct UTF8Validator: Sendable, Hashable {
  private var owed: UInt8 = 0
  private var lowest: UInt8 = 0x80
  private var highest: UInt8 = 0xBF

  /// Starts between two characters.
  public init() {}

  /// Whether the bytes so far end with a whole character.
  @inline(__always)
  public var isComplete: Bool { owed == 0 }

  /// Takes the next piece.
  ///
  /// - Returns: false if the text cannot become valid any more; the validator is then spent.
  /// - Complexity: O(*n*); 16 bytes a step.
  public mutating func consume(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard let base = bytes.baseAddress else { return true }
    var index = 0
    let count = bytes.count
    while index < count {
      if owed == 0, count &- index >= UTF8Blocks.byteCount,
        index == 0 || index >= UTF8Blocks.lookBehind
      {
        guard let end = UTF8Blocks.check(base, from: index, count: count) else { return false }
        index = end
        if index == count { return true }
      }
      let byte = base.load(fromByteOffset: index, as: UInt8.self)
      if owed > 0 {
        guard byte >= lowest, byte <= highest else { return false }
        owed &-= 1
        (lowest, highest) = (0x80, 0xBF)
        index &+= 1
      } else if byte < 0x80 {
        index = Self.endOfASCII(base, from: index &+ 1, count: count)
      } else if byte >= 0xC2, byte <= 0xDF, index &+ 1 < count,
        base.load(fromByteOffset: index &+ 1, as: UInt8.self) & 0xC0 == 0x80
      {
        // Two bytes that are both here, the common case of most alphabets: no state in between.
        index &+= 2
      } else {
        guard begin(byte) else { return false }
        index &+= 1
      }
    }
    return true
  }

  /// Takes the first byte of a sequence of two to four; false if none starts so.
  @inline(__always)
  private mutating func begin(_ lead: UInt8) -> Bool {
    switch lead {
    case 0xC2...0xDF: owed = 1
    case 0xE1...0xEC, 0xEE...0xEF: owed = 2
    case 0xE0: (owed, lowest) = (2, 0xA0)
    case 0xED: (owed, highest) = (2, 0x9F)
    case 0xF1...0xF3: owed = 3
    case 0xF0: (owed, lowest) = (3, 0x90)
    case 0xF4: (owed, highest) = (3, 0x8F)
    default: return false
    }
    return true
  }

  /// The index of the first byte at or after `start` that is not ASCII.
  @inline(__always)
  private static func endOfASCII(
    _ base: UnsafeRawPointer, from start: Int, count: Int
  ) -> Int {
    var index = start
    while index &+ 16 <= count {
      let words = base.loadUnaligned(fromByteOffset: index, as: SIMD2<UInt64>.self)
      if (words.x | words.y) & 0x8080_8080_8080_8080 != 0 { break }
      index &+= 16
    }
    while index < count, base.load(fromByteOffset: index, as: UInt8.self) < 0x80 {
      index &+= 1
    }
    return index
  }
}
