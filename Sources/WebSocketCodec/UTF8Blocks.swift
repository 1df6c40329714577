/// Checks UTF-8 sixteen bytes a step, by comparing each byte with the three before it.
///
/// ```
///   three before   two before   one before    byte          (unaligned loads, a byte apart)
///     F0...          E0...        C0...    <-> 80...BF       one of them exactly where the other is
///                                 E0, ED, F0, F4 narrow the range of the second byte (table 3-7)
/// ```
///
/// Nothing but comparisons, which every processor has in vectors; the known algorithm with table
/// look-ups (Keiser and Lemire, "Validating UTF-8 in less than one instruction per byte", 2021)
/// needs a byte shuffle that Swift does not offer.
enum UTF8Blocks {
  /// How many bytes before a block are looked at.
  static let lookBehind = 3
  /// The size of a block.
  static let byteCount = 16

  private typealias Bytes = SIMD16<UInt8>
  private typealias Signed = SIMD16<Int8>

  /// Checks the bytes from `start` on, which are at least a block.
  ///
  /// - Parameters:
  ///   - start: where a character begins: 0, or at least ``lookBehind`` with all before it valid.
  ///   - count: the end of the bytes.
  /// - Returns: where the last character begins that is not known to be whole, or the end; nil if the
  ///   text is not UTF-8.
  static func check(_ base: UnsafeRawPointer, from start: Int, count: Int) -> Int? {
    var index = start
    var errors = Bytes(repeating: 0)
    if start == 0 {
      errors = firstErrors(base)
      index = byteCount
    }
    while index &+ byteCount <= count {
      // From three bytes before on all ASCII: no character is open, and these are done.
      if index &+ 2 &* byteCount <= count &+ lookBehind, isASCII(base + (index &- lookBehind)) {
        index &+= 2 &* byteCount &- lookBehind
        continue
      }
      errors |= self.errors(at: base + index)
      index &+= byteCount
    }
    if index < count, count &- byteCount >= lookBehind {
      // The last block overlaps the one before it; what is checked twice is right twice.
      errors |= self.errors(at: base + (count &- byteCount))
      index = count
    }
    guard isZero(errors) else { return nil }
    return beginning(of: base, before: index)
  }

  /// The errors of a block with nothing before it.
  @inline(__always)
  private static func firstErrors(_ block: UnsafeRawPointer) -> Bytes {
    let words = block.loadUnaligned(as: SIMD2<UInt64>.self)
    let (low, high) = (UInt64(littleEndian: words.x), UInt64(littleEndian: words.y))
    func moved(by bits: UInt64) -> Bytes {
      let moved = SIMD2(
        (low << bits).littleEndian, (high << bits | low >> (64 - bits)).littleEndian)
      return unsafeBitCast(moved, to: Bytes.self)
    }
    return errors(
      unsafeBitCast(words, to: Bytes.self), one: moved(by: 8), two: moved(by: 16),
      three: moved(by: 24))
  }

  /// The errors of a block with three bytes before it.
  @inline(__always)
  private static func errors(at block: UnsafeRawPointer) -> Bytes {
    errors(
      block.loadUnaligned(as: Bytes.self), one: (block - 1).loadUnaligned(as: Bytes.self),
      two: (block - 2).loadUnaligned(as: Bytes.self),
      three: (block - 3).loadUnaligned(as: Bytes.self))
  }

  /// Nonzero in each byte that cannot stand where it does, behind those one, two and three before it.
  @inline(__always)
  private static func errors(_ byte: Bytes, one: Bytes, two: Bytes, three: Bytes) -> Bytes {
    // With the highest bit turned, comparing signed numbers orders them as unsigned ones.
    let turned = signed(byte)
    let isLong = isAbove(signed(one), 0xDF)
    let mustContinue =
      isAbove(signed(one), 0xBF) | isAbove(signed(two), 0xDF) | isAbove(signed(three), 0xEF)
    // What is above BF is above 7F, too; inverting a vector of bytes is slow in Swift.
    let continues = isAbove(turned, 0x7F) ^ isAbove(turned, 0xBF)
    var errors = mustContinue ^ continues
    errors |= isAbove(turned, 0xF4) | isEqual(byte & 0xFE, 0xC0)
    guard !isZero(isLong) else { return errors }
    // The narrower ranges, as distances from 80: A0...BF, 80...9F, 90...BF, 80...8F. Written as sums
    // because the compiler makes single bytes of what looks like a choice.
    let lowest = isEqual(one, 0xE0) & 0x20 | isEqual(one, 0xF0) & 0x10
    let highest =
      Bytes(repeating: 0x3F) ^ (isEqual(one, 0xED) & 0x20)
      ^ (isEqual(one, 0xF4) & 0x30)
    let isBelow = unsafeBitCast(unsafeBitCast(lowest, to: Signed.self) .> turned, to: Bytes.self)
    let isBeyond = unsafeBitCast(turned .> unsafeBitCast(highest, to: Signed.self), to: Bytes.self)
    errors |= (isBelow | isBeyond) & isLong
    return errors
  }

  /// Where the character begins that is not whole before `end`, or `end`; needs three bytes.
  private static func beginning(of base: UnsafeRawPointer, before end: Int) -> Int {
    if base.load(fromByteOffset: end &- 1, as: UInt8.self) >= 0xC0 { return end &- 1 }
    if base.load(fromByteOffset: end &- 2, as: UInt8.self) >= 0xE0 { return end &- 2 }
    if base.load(fromByteOffset: end &- 3, as: UInt8.self) >= 0xF0 { return end &- 3 }
    return end
  }

  // MARK: Vectors

  @inline(__always)
  private static func signed(_ bytes: Bytes) -> Signed {
    unsafeBitCast(bytes ^ Bytes(repeating: 0x80), to: Signed.self)
  }

  /// All ones where the byte that was turned is above `limit`.
  @inline(__always)
  private static func isAbove(_ turned: Signed, _ limit: UInt8) -> Bytes {
    unsafeBitCast(
      turned .> Signed(repeating: Int8(bitPattern: limit ^ 0x80)), to: Bytes.self)
  }

  @inline(__always)
  private static func isEqual(_ bytes: Bytes, _ value: UInt8) -> Bytes {
    unsafeBitCast(bytes .== Bytes(repeating: value), to: Bytes.self)
  }

  @inline(__always)
  private static func isZero(_ bytes: Bytes) -> Bool {
    let words = unsafeBitCast(bytes, to: SIMD2<UInt64>.self)
    return words.x | words.y == 0
  }

  /// Whether two blocks are ASCII.
  @inline(__always)
  private static func isASCII(_ bytes: UnsafeRawPointer) -> Bool {
    let words =
      bytes.loadUnaligned(as: SIMD2<UInt64>.self)
      | (bytes + byteCount).loadUnaligned(as: SIMD2<UInt64>.self)
    return (words.x | words.y) & 0x8080_8080_8080_8080 == 0
  }
}
