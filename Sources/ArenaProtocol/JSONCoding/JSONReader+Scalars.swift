extension JSONReader {
  /// Reads the string that starts at the current quotation mark.
  mutating func readString() throws(JSONError) -> String {
    let start = position
    position += 1
    while let byte = byte(at: position) {
      switch byte {
      case UInt8(ascii: "\""):
        let text = try text(from: start + 1, to: position)
        position += 1
        return text
      case UInt8(ascii: "\\"): return try readEscapedString(from: start + 1)
      case ..<0x20: throw .syntax(offset: position)
      default: position += 1
      }
    }
    throw .syntax(offset: position)
  }

  /// The bytes in the range, which lies inside the text, as a string.
  private func text(from start: Int, to end: Int) throws(JSONError) -> String {
    let slice = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
    guard let text = String(validating: slice, as: UTF8.self) else {
      throw .badString(offset: start)
    }
    return text
  }

  /// Reads on at the first backslash of a string whose content began at `start`.
  private mutating func readEscapedString(from start: Int) throws(JSONError) -> String {
    var unescaped = Array(bytes[start..<position])
    while let byte = byte(at: position) {
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        guard let text = String(validating: unescaped, as: UTF8.self) else {
          throw .badString(offset: start)
        }
        return text
      case UInt8(ascii: "\\"): try readEscape(into: &unescaped)
      case ..<0x20: throw .syntax(offset: position)
      default:
        unescaped.append(byte)
        position += 1
      }
    }
    throw .syntax(offset: position)
  }

  private mutating func readEscape(into unescaped: inout [UInt8]) throws(JSONError) {
    guard let byte = byte(at: position + 1) else { throw .syntax(offset: position + 1) }
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): unescaped.append(byte)
    case UInt8(ascii: "b"): unescaped.append(0x08)
    case UInt8(ascii: "f"): unescaped.append(0x0C)
    case UInt8(ascii: "n"): unescaped.append(0x0A)
    case UInt8(ascii: "r"): unescaped.append(0x0D)
    case UInt8(ascii: "t"): unescaped.append(0x09)
    case UInt8(ascii: "u"):
      unescaped.append(
        contentsOf: UTF8.encode(try readUnicodeEscape()) ?? UTF8.encodedReplacementCharacter)
      return
    default: throw .syntax(offset: position + 1)
    }
    position += 2
  }

  /// Reads `\uXXXX`, or two of them that make a surrogate pair.
  private mutating func readUnicodeEscape() throws(JSONError) -> Unicode.Scalar {
    let start = position
    let first = try readCodeUnit()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, byte(at: position) == UInt8(ascii: "\\") else {
      throw .badString(offset: start)
    }
    let second = try readCodeUnit()
    guard (0xDC00...0xDFFF).contains(second),
      let scalar = Unicode.Scalar(
        0x10000 + ((UInt32(first) - 0xD800) << 10) + (UInt32(second) - 0xDC00))
    else { throw .badString(offset: start) }
    return scalar
  }

  /// Reads one `\uXXXX`.
  private mutating func readCodeUnit() throws(JSONError) -> UInt16 {
    position += 1
    try skip(UInt8(ascii: "u"))
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let byte = byte(at: position), let digit = hexDigitValue(byte) else {
        throw .syntax(offset: position)
      }
      unit = unit << 4 | digit
      position += 1
    }
    return unit
  }

  private func hexDigitValue(_ byte: UInt8) -> UInt16? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt16(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt16(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt16(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }

  /// Reads a number by the grammar of RFC 8259, section 6: no leading zero, no plus, no bare point.
  mutating func readNumber() throws(JSONError) -> JSONValue {
    let start = position
    if byte(at: position) == UInt8(ascii: "-") { position += 1 }
    let firstDigit = byte(at: position)
    let integerDigits = skipDigits()
    guard integerDigits > 0, integerDigits == 1 || firstDigit != UInt8(ascii: "0") else {
      throw .syntax(offset: start)
    }
    var isInteger = true
    if byte(at: position) == UInt8(ascii: ".") {
      isInteger = false
      position += 1
      guard skipDigits() > 0 else { throw .syntax(offset: position) }
    }
    if byte(at: position) == UInt8(ascii: "e") || byte(at: position) == UInt8(ascii: "E") {
      isInteger = false
      position += 1
      if byte(at: position) == UInt8(ascii: "+") || byte(at: position) == UInt8(ascii: "-") {
        position += 1
      }
      guard skipDigits() > 0 else { throw .syntax(offset: position) }
    }
    let text = try text(from: start, to: position)
    if isInteger, let value = Int64(text) { return .integer(value) }
    guard let value = Double(text), value.isFinite else { throw .numberOutOfRange(offset: start) }
    return .number(value)
  }

  /// Steps over digits and tells how many there were.
  private mutating func skipDigits() -> Int {
    let start = position
    while let byte = byte(at: position), (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
      position += 1
    }
    return position - start
  }
}
