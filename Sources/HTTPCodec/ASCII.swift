/// A set of ASCII characters, one bit each; no byte above 0x7F is in it.
struct ByteSet: Sendable {
  private let low: UInt64
  private let high: UInt64

  init(low: UInt64, high: UInt64) {
    self.low = low
    self.high = high
  }

  /// Whether the byte is in the set.
  @inline(__always)
  func contains(_ byte: UInt8) -> Bool {
    guard byte < 0x80 else { return false }
    return (byte < 0x40 ? low : high) >> UInt64(byte & 0x3F) & 1 == 1
  }
}

/// The few classes of bytes that HTTP's grammar is made of (RFC 9110 section 5.6).
enum ASCII {
  static let tab: UInt8 = 0x09
  static let lineFeed: UInt8 = 0x0A
  static let carriageReturn: UInt8 = 0x0D
  static let space: UInt8 = 0x20

  /// `tchar` of section 5.6.2: letters, digits and ``!#$%&'*+-.^_`|~``.
  static let token = ByteSet(low: 0x03FF_6CFA_0000_0000, high: 0x57FF_FFFF_C7FF_FFFE)

  /// What a path or query may hold (RFC 3986 section 3.3, and `|` and the like that browsers send):
  /// all that is visible but `#"<>\`.
  static let target = ByteSet(low: 0xAFFF_FFF2_0000_0000, high: 0x7FFF_FFFF_EFFF_FFFF)

  /// What a host's name may hold (RFC 3986 section 3.2.2): letters, digits and `-._~`.
  ///
  /// Percent signs and the like are legal there and stand in no name that this server has.
  static let hostName = ByteSet(low: 0x03FF_6000_0000_0000, high: 0x47FF_FFFE_87FF_FFFE)

  static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  static func isLetter(_ byte: UInt8) -> Bool {
    let lower = byte | 0x20
    return lower >= 0x61 && lower <= 0x7A
  }

  /// The value of a hexadecimal digit, or nil.
  static func hexValue(_ byte: UInt8) -> UInt8? {
    if isDigit(byte) { return byte - 0x30 }
    let lower = byte | 0x20
    return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : nil
  }

  /// Whether two bytes are the same character, letter case aside.
  @inline(__always)
  static func isSame(_ left: UInt8, _ right: UInt8) -> Bool {
    left == right || (left ^ right == 0x20 && isLetter(left))
  }

  /// Whether the bytes at that place are that word.
  static func equals(_ bytes: Span<UInt8>, _ place: Range<Int>, _ word: StaticString) -> Bool {
    guard word.utf8CodeUnitCount == place.count else { return false }
    return word.withUTF8Buffer { word in
      for offset in 0..<word.count where bytes[place.lowerBound + offset] != word[offset] {
        return false
      }
      return true
    }
  }

  /// Whether the bytes at that place are that word, letter case aside.
  static func matches(_ bytes: Span<UInt8>, _ place: Range<Int>, _ word: String) -> Bool {
    guard word.utf8.count == place.count else { return false }
    let isMatch = word.utf8.withContiguousStorageIfAvailable { word in
      for offset in 0..<word.count
      where !isSame(bytes[place.lowerBound + offset], word[offset]) { return false }
      return true
    }
    if let isMatch { return isMatch }
    return zip(place, word.utf8).allSatisfy { isSame(bytes[$0.0], $0.1) }
  }

  /// The place without spaces and tabs at both ends.
  static func trimmed(_ place: Range<Int>, of bytes: Span<UInt8>) -> Range<Int> {
    var (start, end) = (place.lowerBound, place.upperBound)
    while start < end, isBlank(bytes[start]) { start += 1 }
    while start < end, isBlank(bytes[end - 1]) { end -= 1 }
    return start..<end
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == space || byte == tab }
}
