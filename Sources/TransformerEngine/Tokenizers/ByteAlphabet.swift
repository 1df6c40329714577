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

  private static let bytes: [UInt32: UInt8] = {
    var bytes: [UInt32: UInt8] = [:]
    for (byte, scalar) in scalars.enumerated() { bytes[scalar.value] = UInt8(byte) }
    return bytes
  }()

  static func character(for byte: UInt8) -> Character { Character(scalars[Int(byte)]) }

  /// `text`'s UTF-8 bytes written in the alphabet.
  static func written(_ text: String) -> String { written(bytes: text.utf8) }

  /// `bytes` written in the alphabet.
  static func written(bytes: some Sequence<UInt8>) -> String {
    var out = String.UnicodeScalarView()
    for byte in bytes { out.append(scalars[Int(byte)]) }
    return String(out)
  }

  /// Appends the bytes that `written` stands for; a character outside of the alphabet (in the names
  /// of control tokens) stands for itself.
  static func append(_ written: String, to out: inout [UInt8]) {
    for scalar in written.unicodeScalars {
      if scalar.value > 0x20, scalar.value < 0x7F {
        out.append(UInt8(scalar.value))
      } else if let byte = bytes[scalar.value] {
        out.append(byte)
      } else {
        out += UTF8.encode(scalar).map(Array.init) ?? []
      }
    }
  }
}
