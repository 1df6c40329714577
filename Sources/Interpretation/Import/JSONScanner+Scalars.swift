import Glibc

// MARK: Texts and numbers

extension JSONScanner {
  /// A string.
  mutating func string() throws(JSONFault) -> String {
    let (content, hasEscapes) = try stringEnd()
    if !hasEscapes { return String(decoding: bytes[content], as: UTF8.self) }
    return try unescaped(content)
  }

  /// Moves behind a string; tells where its content stands and whether that has escapes.
  mutating func stringEnd() throws(JSONFault) -> (content: Range<Int>, hasEscapes: Bool) {
    guard peek() == UInt8(ascii: "\"") else { throw fault("is not a string") }
    position += 1
    let start = position
    var hasEscapes = false
    while position < end {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        position += 1
        return (start..<(position - 1), hasEscapes)
      case UInt8(ascii: "\\"):
        hasEscapes = true
        position += 2
      case 0..<0x20: throw fault("is a string with a control character")
      default: position += 1
      }
    }
    position = end
    throw fault("is a string that does not end")
  }

  private func unescaped(_ content: Range<Int>) throws(JSONFault) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(content.count)
    var index = content.lowerBound
    while index < content.upperBound {
      guard bytes[index] == UInt8(ascii: "\\") else {
        text.append(bytes[index])
        index += 1
        continue
      }
      let escape = bytes[index + 1]
      index += 2
      switch escape {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(escape)
      case UInt8(ascii: "b"): text.append(0x08)
      case UInt8(ascii: "f"): text.append(0x0C)
      case UInt8(ascii: "n"): text.append(0x0A)
      case UInt8(ascii: "r"): text.append(0x0D)
      case UInt8(ascii: "t"): text.append(0x09)
      case UInt8(ascii: "u"):
        let unit = try codeUnit(at: &index, until: content.upperBound)
        text += Array(String(character(unit, at: &index, until: content.upperBound)).utf8)
      default: throw fault("is a string with an unknown escape")
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  private func codeUnit(at index: inout Int, until end: Int) throws(JSONFault) -> UInt32 {
    guard end - index >= 4 else { throw fault("is a string with half an escape") }
    var value: UInt32 = 0
    for byte in bytes[index..<(index + 4)] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw fault("is a string with half an escape")
      }
      value = value << 4 | UInt32(digit)
    }
    index += 4
    return value
  }

  /// The character of a UTF-16 code unit and, for a high surrogate, of the low one that follows.
  private func character(_ unit: UInt32, at index: inout Int, until end: Int) -> Unicode.Scalar {
    var next = index + 2
    if (0xD800..<0xDC00).contains(unit), end - index >= 6,
      bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u"),
      let low = try? codeUnit(at: &next, until: end), (0xDC00..<0xE000).contains(low)
    {
      index = next
      return Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)) ?? "\u{FFFD}"
    }
    return Unicode.Scalar(unit) ?? "\u{FFFD}"
  }

  /// A number; not finite where Python's words for such say so.
  mutating func number() throws(JSONFault) -> Double {
    switch try numberEnd() {
    case .word(let value): value
    case .decimal(let range): decimal(range)
    case .withExponent(let range): slowNumber(range)
    }
  }

  /// How a number is written, and where.
  enum NumberText {
    case word(Double)
    case decimal(Range<Int>)
    case withExponent(Range<Int>)
  }

  /// Moves behind a number; tells where it stands, and how it is written.
  mutating func numberEnd() throws(JSONFault) -> NumberText {
    switch peek() {
    case UInt8(ascii: "N") where take("NaN"): return .word(.nan)
    case UInt8(ascii: "I") where take("Infinity"): return .word(.infinity)
    case UInt8(ascii: "-") where take("-Infinity"): return .word(-.infinity)
    default: break
    }
    let start = position
    if position < end, bytes[position] == UInt8(ascii: "-") { position += 1 }
    let whole = try digits()
    if whole.count > 1, bytes[whole.lowerBound] == UInt8(ascii: "0") {
      throw fault("is a number with a leading zero")
    }
    if position < end, bytes[position] == UInt8(ascii: ".") {
      position += 1
      _ = try digits()
    }
    guard position < end, bytes[position] | 0x20 == UInt8(ascii: "e") else {
      return .decimal(start..<position)
    }
    position += 1
    if position < end,
      bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-")
    {
      position += 1
    }
    _ = try digits()
    return .withExponent(start..<position)
  }

  private mutating func digits() throws(JSONFault) -> Range<Int> {
    let start = position
    while position < end, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position]) {
      position += 1
    }
    if start == position { throw fault("is not a number") }
    return start..<position
  }

  /// A number without exponent, exactly rounded: up to 15 digits divided by a power of ten that a
  /// Double holds (Clinger 1990), else by the library.
  private func decimal(_ range: Range<Int>) -> Double {
    guard range.count <= 17 else { return slowNumber(range) }
    var mantissa: Int64 = 0
    var digitCount = 0
    var scale = -1
    for byte in bytes[range] where byte != UInt8(ascii: "-") {
      if byte == UInt8(ascii: ".") {
        scale = 0
        continue
      }
      mantissa = mantissa * 10 + Int64(byte - UInt8(ascii: "0"))
      digitCount += 1
      if scale >= 0 { scale += 1 }
    }
    guard digitCount <= 15 else { return slowNumber(range) }
    let value = scale > 0 ? Double(mantissa) / Self.powers[scale] : Double(mantissa)
    return bytes[range.lowerBound] == UInt8(ascii: "-") ? -value : value
  }

  private static let powers: [Double] = (0...15).map { pow(10, Double($0)) }

  private func slowNumber(_ range: Range<Int>) -> Double {
    Double(String(decoding: bytes[range], as: UTF8.self)) ?? .nan
  }
}
