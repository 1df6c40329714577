import Glibc

/// What is wrong with a JSON text, and where in its tree.
struct JSONFault: Error, Hashable {
  /// The place as a JSON Pointer (RFC 6901) from the record's root; empty for the record itself.
  var path = ""
  /// One clause, such as `is not a number`.
  let reason: String

  /// The same fault, seen from the value that holds the faulty one under `step`.
  func under(_ step: some CustomStringConvertible) -> JSONFault {
    JSONFault(path: "/\(step)\(path)", reason: reason)
  }
}

/// Reads a JSON text (RFC 8259) piece by piece, without making a tree of it.
///
/// Beyond the RFC it takes `NaN`, `Infinity` and `-Infinity`, which Python writes for numbers that are
/// none. Broken UTF-8 and lone surrogates become U+FFFD.
struct JSONScanner {
  /// The deepest nesting that is read: records of activations have six levels.
  static let depthMax = 32

  let bytes: [UInt8]
  private(set) var position: Int
  private let end: Int

  /// A scanner of `bytes`, or of a part of them.
  init(_ bytes: [UInt8], in range: Range<Int>? = nil) {
    self.bytes = bytes
    position = range?.lowerBound ?? 0
    end = range?.upperBound ?? bytes.count
  }

  private func fault(_ reason: String) -> JSONFault { JSONFault(reason: reason) }

  /// What stands next, white space aside; 0 at the end.
  mutating func peek() -> UInt8 {
    while position < end {
      switch bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      default: return bytes[position]
      }
    }
    return 0
  }

  /// - Throws: Where anything but white space is left.
  mutating func finish() throws(JSONFault) {
    _ = peek()
    if position < end { throw fault("is followed by something else") }
  }

  /// Takes `null`, if that is what stands next.
  mutating func takeNull() -> Bool { peek() == UInt8(ascii: "n") && take("null") }

  /// `true` or `false`.
  mutating func flag() throws(JSONFault) -> Bool {
    switch peek() {
    case UInt8(ascii: "t") where take("true"): return true
    case UInt8(ascii: "f") where take("false"): return false
    default: throw fault("is neither true nor false")
    }
  }

  private mutating func take(_ word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    guard count <= end - position,
      (0..<count).allSatisfy({ bytes[position + $0] == word.utf8Start[$0] })
    else { return false }
    position += count
    return true
  }

  /// Calls `body` with each member of an object: its key and where its value stands.
  ///
  /// The value is skipped over and thereby checked.
  mutating func members(_ body: (_ key: String, _ value: Range<Int>) -> Void) throws(JSONFault) {
    try walkObject(depth: 0) { scanner, key throws(JSONFault) in
      _ = scanner.peek()
      let start = scanner.position
      try scanner.skip(depth: 1)
      body(key, start..<scanner.position)
    }
  }

  private mutating func walkObject(
    depth: Int, _ member: (inout JSONScanner, String) throws(JSONFault) -> Void
  ) throws(JSONFault) {
    guard peek() == UInt8(ascii: "{") else { throw fault("is not an object") }
    guard depth < Self.depthMax else { throw fault("is nested too deeply") }
    position += 1
    if peek() == UInt8(ascii: "}") {
      position += 1
      return
    }
    while true {
      guard peek() == UInt8(ascii: "\"") else { throw fault("has a member without a name") }
      let key = try string()
      guard peek() == UInt8(ascii: ":") else { throw fault("has no colon after \"\(key)\"") }
      position += 1
      do throws(JSONFault) {
        try member(&self, key)
      } catch {
        throw error.under(key)
      }
      switch peek() {
      case UInt8(ascii: ","): position += 1
      case UInt8(ascii: "}"):
        position += 1
        return
      default: throw fault("is an object that does not end")
      }
    }
  }

  /// Calls `body` at each element of an array; it must read exactly the element.
  mutating func elements(
    _ body: (inout JSONScanner, _ index: Int) throws(JSONFault) -> Void
  ) throws(JSONFault) {
    guard peek() == UInt8(ascii: "[") else { throw fault("is not an array") }
    position += 1
    if peek() == UInt8(ascii: "]") {
      position += 1
      return
    }
    var index = 0
    while true {
      do throws(JSONFault) {
        try body(&self, index)
      } catch {
        throw error.under(index)
      }
      index += 1
      switch peek() {
      case UInt8(ascii: ","): position += 1
      case UInt8(ascii: "]"):
        position += 1
        return
      default: throw fault("is an array that does not end")
      }
    }
  }

  /// Skips a value of any kind, checking it.
  mutating func skip(depth: Int = 0) throws(JSONFault) {
    switch peek() {
    case UInt8(ascii: "{"):
      try walkObject(depth: depth) { scanner, _ throws(JSONFault) in
        try scanner.skip(depth: depth + 1)
      }
    case UInt8(ascii: "["):
      guard depth < Self.depthMax else { throw fault("is nested too deeply") }
      try elements { scanner, _ throws(JSONFault) in try scanner.skip(depth: depth + 1) }
    case UInt8(ascii: "\""): _ = try stringEnd()
    case UInt8(ascii: "t"): if !take("true") { throw fault("is no JSON value") }
    case UInt8(ascii: "f"): if !take("false") { throw fault("is no JSON value") }
    case UInt8(ascii: "n"): if !take("null") { throw fault("is no JSON value") }
    default: _ = try number()
    }
  }
}

extension JSONScanner {
  /// A string.
  mutating func string() throws(JSONFault) -> String {
    let (content, hasEscapes) = try stringEnd()
    if !hasEscapes { return String(decoding: bytes[content], as: UTF8.self) }
    return try unescaped(content)
  }

  /// Moves behind a string; tells where its content stands and whether that has escapes.
  private mutating func stringEnd() throws(JSONFault) -> (content: Range<Int>, hasEscapes: Bool) {
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
    switch peek() {
    case UInt8(ascii: "N") where take("NaN"): return .nan
    case UInt8(ascii: "I") where take("Infinity"): return .infinity
    case UInt8(ascii: "-") where take("-Infinity"): return -.infinity
    default: break
    }
    let start = position
    if position < end, bytes[position] == UInt8(ascii: "-") { position += 1 }
    let whole = try digits()
    if whole.count > 1, bytes[whole.lowerBound] == UInt8(ascii: "0") {
      throw fault("is a number with a leading zero")
    }
    var isSimple = true
    if position < end, bytes[position] == UInt8(ascii: ".") {
      position += 1
      _ = try digits()
    }
    if position < end, bytes[position] | 0x20 == UInt8(ascii: "e") {
      isSimple = false
      position += 1
      if position < end,
        bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-")
      {
        position += 1
      }
      _ = try digits()
    }
    return isSimple ? decimal(start..<position) : slowNumber(start..<position)
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
