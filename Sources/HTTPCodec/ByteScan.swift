/// Looks for bytes eight at a time.
///
/// A word holds a zero byte if `(word - 0x01…) & ~word & 0x80…` is not zero, and one below *n* if
/// `(word - n…) & ~word & 0x80…` is not (Warren, Hacker's Delight, section 6-1). Carries make higher
/// bits unreliable, the lowest one is exact.
enum ByteScan {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let tops: UInt64 = 0x8080_8080_8080_8080

  /// The index in `range` of the first control character other than a tab; its end without one.
  ///
  /// - Complexity: O(*n*), about a cycle a byte.
  static func firstControl(in bytes: RawSpan, _ range: Range<Int>) -> Int {
    var index = range.lowerBound
    while index + 8 <= range.upperBound {
      let word = UInt64(
        littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
      let deletes = word ^ (ones &* 0x7F)
      let controls = (word &- ones &* 0x20) & ~word
      let found = (controls | (deletes &- ones) & ~deletes) & tops
      if found == 0 {
        index += 8
        continue
      }
      index += found.trailingZeroBitCount / 8
      if byte(bytes, index) != ASCII.tab { return index }
      index += 1
    }
    while index < range.upperBound {
      let byte = byte(bytes, index)
      if (byte < ASCII.space && byte != ASCII.tab) || byte == 0x7F { return index }
      index += 1
    }
    return index
  }

  /// The index at or behind `start` of the first byte of that value; the end without one.
  static func firstIndex(of value: UInt8, in bytes: RawSpan, from start: Int) -> Int {
    var index = start
    let pattern = ones &* UInt64(value)
    while index + 8 <= bytes.byteCount {
      let word = UInt64(
        littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
      let difference = word ^ pattern
      let found = (difference &- ones) & ~difference & tops
      if found != 0 { return index + found.trailingZeroBitCount / 8 }
      index += 8
    }
    while index < bytes.byteCount, byte(bytes, index) != value { index += 1 }
    return index
  }

  /// One byte; its index is checked.
  @inline(__always)
  static func byte(_ bytes: RawSpan, _ index: Int) -> UInt8 {
    bytes.unsafeLoad(fromByteOffset: index, as: UInt8.self)
  }
}
