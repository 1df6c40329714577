/// The four bytes that a client's payload is combined with (RFC 6455 section 5.3).
public struct MaskingKey: Sendable, Hashable {
  /// The key as loaded from memory in the machine's byte order; zero stands for "not masked".
  @usableFromInline let word: UInt32

  @inlinable init(word: UInt32) { self.word = word }

  /// The key whose bytes on the wire are these four.
  @inlinable
  public init(_ first: UInt8, _ second: UInt8, _ third: UInt8, _ fourth: UInt8) {
    let bigEndian =
      UInt32(first) << 24 | UInt32(second) << 16 | UInt32(third) << 8 | UInt32(fourth)
    word = UInt32(bigEndian: bigEndian)
  }

  /// Draws a key.
  ///
  /// A client towards strangers needs the system's generator (section 10.3).
  public init(using generator: inout some RandomNumberGenerator) {
    word = generator.next()
  }

  /// The key for the bytes that follow after `byteCount` bytes of payload.
  func advanced(by byteCount: Int) -> MaskingKey {
    let bits = UInt32(truncatingIfNeeded: byteCount & 3) * 8
    // Byte i of the payload takes byte i mod 4 of the key, so the key turns as a ring.
    let ring = UInt32(littleEndian: word)
    let turned = bits == 0 ? ring : ring >> bits | ring << (32 - bits)
    return MaskingKey(word: turned.littleEndian)
  }

  /// Combines the bytes with the key, in place; doing it twice gives the bytes back.
  ///
  /// - Returns: whether every resulting byte is ASCII, which the same pass finds out for nothing.
  /// - Complexity: O(*n*), 64 bytes a step.
  @discardableResult
  public func apply(to bytes: UnsafeMutableRawBufferPointer) -> Bool {
    guard let base = bytes.baseAddress else { return true }
    let count = bytes.count
    let pair = UInt64(word) << 32 | UInt64(word)
    var seen = SIMD2<UInt64>(repeating: 0)
    var index = 0
    if count >= 64 {
      let wide = SIMD8<UInt64>(repeating: pair)
      var wideSeen = SIMD8<UInt64>(repeating: 0)
      while index &+ 64 <= count {
        let value = base.loadUnaligned(fromByteOffset: index, as: SIMD8<UInt64>.self) ^ wide
        base.storeBytes(of: value, toByteOffset: index, as: SIMD8<UInt64>.self)
        wideSeen |= value
        index &+= 64
      }
      seen = (wideSeen.lowHalf | wideSeen.highHalf).lowHalf
      seen |= (wideSeen.lowHalf | wideSeen.highHalf).highHalf
    }
    let narrow = SIMD2<UInt64>(repeating: pair)
    while index &+ 16 <= count {
      let value = base.loadUnaligned(fromByteOffset: index, as: SIMD2<UInt64>.self) ^ narrow
      base.storeBytes(of: value, toByteOffset: index, as: SIMD2<UInt64>.self)
      seen |= value
      index &+= 16
    }
    let tail = applyTail(base, from: index, count: count, pair: pair)
    return (seen.x | seen.y | tail) & 0x8080_8080_8080_8080 == 0
  }

  /// Combines the last bytes, fewer than 16, and returns the bits that were seen.
  @inline(__always)
  private func applyTail(
    _ base: UnsafeMutableRawPointer, from start: Int, count: Int, pair: UInt64
  ) -> UInt64 {
    var index = start
    var seen: UInt64 = 0
    if index &+ 8 <= count {
      let value = base.loadUnaligned(fromByteOffset: index, as: UInt64.self) ^ pair
      base.storeBytes(of: value, toByteOffset: index, as: UInt64.self)
      seen |= value
      index &+= 8
    }
    if index &+ 4 <= count {
      let value = base.loadUnaligned(fromByteOffset: index, as: UInt32.self) ^ word
      base.storeBytes(of: value, toByteOffset: index, as: UInt32.self)
      seen |= UInt64(value)
      index &+= 4
    }
    var rest = UInt32(littleEndian: word)
    while index < count {
      let value = base.load(fromByteOffset: index, as: UInt8.self) ^ UInt8(truncatingIfNeeded: rest)
      base.storeBytes(of: value, toByteOffset: index, as: UInt8.self)
      seen |= UInt64(value)
      rest >>= 8
      index &+= 1
    }
    return seen
  }
}
