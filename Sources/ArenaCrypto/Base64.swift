/// Bytes as base64 (RFC 4648).
public enum Base64 {
  /// Which digits stand for 62 and 63, and whether the end is padded.
  public enum Alphabet: Sendable {
    /// `+` and `/`, padded with `=` (section 4).
    case standard
    /// `-` and `_`, without padding (section 5): fits into addresses and file names.
    case url

    fileprivate var digits: [UInt8] {
      let common = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
      return Array((common + (self == .standard ? "+/" : "-_")).utf8)
    }
  }

  /// Writes bytes.
  public static func encode(_ bytes: [UInt8], _ alphabet: Alphabet = .standard) -> String {
    let digits = alphabet.digits
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var word: UInt32 = 0
      for byte in group { word = word << 8 | UInt32(byte) }
      word <<= UInt32(3 - group.count) * 8
      for digit in 0...group.count {
        text.append(digits[Int(word >> UInt32(18 - digit * 6) & 0x3F)])
      }
      guard alphabet == .standard else { continue }
      text += repeatElement(UInt8(ascii: "="), count: 3 - group.count)
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Reads exactly what ``encode(_:_:)`` writes; nil for anything else.
  ///
  /// Strict on purpose: other lengths, missing padding or bits left over would give one secret
  /// several spellings.
  public static func decode(_ text: String, _ alphabet: Alphabet = .standard) -> [UInt8]? {
    var digits = Array(text.utf8)
    if alphabet == .standard {
      guard digits.count.isMultiple(of: 4) else { return nil }
      let padding = digits.suffix(2).reversed().prefix { $0 == UInt8(ascii: "=") }.count
      digits.removeLast(padding)
    }
    guard digits.count % 4 != 1 else { return nil }
    var values = [UInt8?](repeating: nil, count: 256)
    for (value, digit) in alphabet.digits.enumerated() { values[Int(digit)] = UInt8(value) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(digits.count * 3 / 4)
    var word: UInt32 = 0
    var bitCount = 0
    for digit in digits {
      guard let value = values[Int(digit)] else { return nil }
      word = word << 6 | UInt32(value)
      bitCount += 6
      guard bitCount >= 8 else { continue }
      bitCount -= 8
      bytes.append(UInt8(truncatingIfNeeded: word >> UInt32(bitCount)))
      word &= (1 << UInt32(bitCount)) - 1
    }
    return word == 0 ? bytes : nil
  }
}
