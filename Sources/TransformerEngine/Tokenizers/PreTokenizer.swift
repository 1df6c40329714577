/// SmolLM2's pre-tokenizer: cuts a text into the pieces within which byte pairs are merged.
///
/// First every number character stands alone; then, in each stretch between numbers, GPT-2's pattern
///
///     's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
///
/// A stretch's end counts as the end of the text, so white space before a digit is one piece.
enum PreTokenizer {
  private enum Kind: UInt8 {
    case space, letter, number, other
  }

  /// Calls `body` with each piece's byte range, in order.
  ///
  /// `bytes` is well-formed UTF-8.
  ///
  /// - Complexity: O(n).
  static func forEachPiece(
    of bytes: UnsafeBufferPointer<UInt8>, _ body: (Range<Int>) -> Void
  ) {
    var start = 0
    while start < bytes.count {
      let end = pieceEnd(bytes, start)
      body(start..<end)
      start = end
    }
  }

  private static func pieceEnd(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
    let (kind, next) = scalar(bytes, start)
    switch kind {
    case .number: return next
    case .letter: return runEnd(bytes, next, of: .letter)
    case .other:
      if let end = contractionEnd(bytes, start) { return end }
      return runEnd(bytes, next, of: .other)
    case .space: return spaceEnd(bytes, start, next)
    }
  }

  /// `\s+(?!\S)`: a run of white space leaves its last character to what follows, unless nothing or
  /// a number does.
  private static func spaceEnd(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ next: Int
  ) -> Int {
    var last = start
    var end = next
    while end < bytes.count {
      let (kind, after) = scalar(bytes, end)
      if kind == .number { return end }
      if kind != .space {
        if last > start { return last }
        return bytes[start] == 0x20 ? runEnd(bytes, after, of: kind) : end
      }
      last = end
      end = after
    }
    return end
  }

  private static func runEnd(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, of kind: Kind
  ) -> Int {
    var end = start
    while end < bytes.count {
      let (found, after) = scalar(bytes, end)
      if found != kind { break }
      end = after
    }
    return end
  }

  /// The end of `'s`, `'t`, `'re`, `'ve`, `'m`, `'ll` or `'d` at `start`.
  private static func contractionEnd(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int? {
    guard bytes[start] == UInt8(ascii: "'"), start + 1 < bytes.count else { return nil }
    let first = bytes[start + 1]
    switch first {
    case UInt8(ascii: "s"), UInt8(ascii: "t"), UInt8(ascii: "m"), UInt8(ascii: "d"):
      return start + 2
    case UInt8(ascii: "r"), UInt8(ascii: "v"), UInt8(ascii: "l"):
      let second = first == UInt8(ascii: "l") ? UInt8(ascii: "l") : UInt8(ascii: "e")
      return start + 2 < bytes.count && bytes[start + 2] == second ? start + 3 : nil
    default: return nil
    }
  }

  /// The kind of the scalar at `start`, and where the next one begins.
  private static func scalar(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> (Kind, Int) {
    let byte = bytes[start]
    if byte < 0x80 { return (kind(ascii: byte), start + 1) }
    let length = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
    let end = min(start + length, bytes.count)
    var value = UInt32(byte) & (0xFF >> UInt32(length + 1))
    for byte in bytes[start + 1..<end] { value = value << 6 | UInt32(byte & 0x3F) }
    guard let scalar = Unicode.Scalar(value) else { return (.other, end) }
    return (kind(scalar.properties), end)
  }

  private static func kind(ascii byte: UInt8) -> Kind {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): .letter
    case UInt8(ascii: "0")...UInt8(ascii: "9"): .number
    case 0x20, 0x09...0x0D: .space
    default: .other
    }
  }

  private static func kind(_ properties: Unicode.Scalar.Properties) -> Kind {
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
      .letter
    case .decimalNumber, .letterNumber, .otherNumber: .number
    default: properties.isWhitespace ? .space : .other
    }
  }
}
