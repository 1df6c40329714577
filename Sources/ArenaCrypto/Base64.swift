/// Bytes as base64 (RFC 4648).
public enum Base64 {
  /// Which digits stand for 62 and 63, and whether the end is padded.
  public enum Alphabet: Sendable {
    /// `+` and `/`, padded with `=` (section 4).
    case standard
    /// `-` and `_`, without padding (section 5): fits into addresses and file names.
    case url

    fileprivate var digits: StaticString {
      switch self {
      case .standard: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
      case .url: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
      }
    }
  }

  /// Writes bytes.
  public static func encode(_ bytes: [UInt8], _ alphabet: Alphabet = .standard) -> String {
    let capacity = (bytes.count + 2) / 3 * 4
    return String(unsafeUninitializedCapacity: capacity) { text in
      alphabet.digits.withUTF8Buffer { digits in
        var byteCount = 0
        for start in stride(from: 0, to: bytes.count, by: 3) {
          let groupCount = min(3, bytes.count - start)
          var word: UInt32 = 0
          for offset in 0..<groupCount {
            word |= UInt32(bytes[start + offset]) << UInt32(16 - offset * 8)
          }
          for digit in 0..<4 where digit <= groupCount || alphabet == .standard {
            text[byteCount] =
              digit <= groupCount
              ? digits[Int(word >> UInt32(18 - digit * 6) & 0x3F)] : UInt8(ascii: "=")
            byteCount += 1
          }
        }
        return byteCount
      }
    }
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
    alphabet.digits.withUTF8Buffer { digits in
      for (value, digit) in digits.enumerated() { values[Int(digit)] = UInt8(value) }
    }
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
