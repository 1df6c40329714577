/// GPT-2's alphabet (`bytes_to_unicode` in its encoder.py): a printable character for each byte.
///
/// Printable bytes of Latin-1 are themselves; the other 68 are U+0100 and up, in order.
enum ByteAlphabet {
  private static let scalars: [Unicode.Scalar] = {
    var others: UInt32 = 0x100
    return (0...255).map { byte in
      switch byte {
      case 0x21...0x7E, 0xA1...0xAC, 0xAE...0xFF: return Unicode.Scalar(UInt8(byte))
      default:
        defer { others += 1 }
        return Unicode.Scalar(others) ?? "?"
      }
    }
  }()

  /// The byte of each scalar up to the alphabet's last; -1 outside of it.
  private static let bytes: [Int16] = {
    var bytes = [Int16](repeating: -1, count: 0x144)
    for (byte, scalar) in scalars.enumerated() { bytes[Int(scalar.value)] = Int16(byte) }
    return bytes
  }()

  /// `bytes` written in the alphabet.
  static func written(bytes: some Sequence<UInt8>) -> String {
    var out = String.UnicodeScalarView()
    for byte in bytes { out.append(scalars[Int(byte)]) }
    return String(out)
  }

  /// Appends the bytes that `written` stands for; a character outside of the alphabet stands for
  /// itself.
  static func append(_ written: some StringProtocol, to out: inout [UInt8]) {
    var written = Substring(written)
    written.withUTF8 { utf8 in
      var index = 0
      while index < utf8.count {
        // All of ASCII stands for itself, in the alphabet or not.
        if utf8[index] < 0x80 {
          out.append(utf8[index])
          index += 1
          continue
        }
        let scalar = UTF8Scalar(utf8, index)
        if scalar.value < bytes.count, bytes[Int(scalar.value)] >= 0 {
          out.append(UInt8(bytes[Int(scalar.value)]))
        } else {
          out += utf8[index..<scalar.end]
        }
        index = scalar.end
      }
    }
  }

  /// The bytes that `written` stands for.
  static func read(_ written: some StringProtocol) -> [UInt8] {
    var out: [UInt8] = []
    append(written, to: &out)
    return out
  }
}
