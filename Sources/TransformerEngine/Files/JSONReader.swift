/// Reads one JSON value from bytes that are known to be UTF-8.
///
/// Written for vocabularies of a hundred thousand texts, which the general decoder takes a second
/// for. Nesting is limited, so that no text can exhaust the stack.
struct JSONReader {
  /// Arrays and objects within each other; model files have six.
  static let depthMax = 64

  let bytes: UnsafeRawBufferPointer
  let name: String
  private var index = 0

  init(bytes: UnsafeRawBufferPointer, name: String) {
    self.bytes = bytes
    self.name = name
  }

  /// The only value.
  mutating func document() throws(EngineError) -> JSONValue {
    let value = try value(depth: 0)
    skipSpace()
    guard index == bytes.count else { throw malformed("something behind the value") }
    return value
  }

  private func malformed(_ reason: String) -> EngineError {
    .malformed(file: name, reason: "\(reason) at byte \(index) of its JSON")
  }

  private mutating func skipSpace() {
    while index < bytes.count {
      switch bytes[index] {
      case 0x20, 0x0A, 0x0D, 0x09: index += 1
      default: return
      }
    }
  }

  /// Takes `byte` if it is next.
  private mutating func takes(_ byte: UInt8) -> Bool {
    guard index < bytes.count, bytes[index] == byte else { return false }
    index += 1
    return true
  }

  private mutating func value(depth: Int) throws(EngineError) -> JSONValue {
    guard depth < Self.depthMax else { throw malformed("nested too deep") }
    skipSpace()
    guard index < bytes.count else { throw malformed("ends") }
    switch bytes[index] {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func word(
    _ text: StaticString, _ value: JSONValue
  ) throws(EngineError) -> JSONValue {
    let end = index + text.utf8CodeUnitCount
    guard end <= bytes.count,
      bytes[index..<end].elementsEqual(
        UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    else { throw malformed("no value") }
    index = end
    return value
  }

  private mutating func array(depth: Int) throws(EngineError) -> JSONValue {
    index += 1
    var values: [JSONValue] = []
    skipSpace()
    if takes(UInt8(ascii: "]")) { return .array(values) }
    while true {
      values.append(try value(depth: depth + 1))
      skipSpace()
      if takes(UInt8(ascii: "]")) { return .array(values) }
      guard takes(UInt8(ascii: ",")) else { throw malformed("no comma") }
    }
  }

  private mutating func object(depth: Int) throws(EngineError) -> JSONValue {
    index += 1
    var members: [JSONValue.Member] = []
    skipSpace()
    if takes(UInt8(ascii: "}")) { return .object(members) }
    while true {
      skipSpace()
      guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else {
        throw malformed("no key")
      }
      let key = try string()
      skipSpace()
      guard takes(UInt8(ascii: ":")) else { throw malformed("no colon") }
      members.append(JSONValue.Member(key: key, value: try value(depth: depth + 1)))
      skipSpace()
      if takes(UInt8(ascii: "}")) { return .object(members) }
      guard takes(UInt8(ascii: ",")) else { throw malformed("no comma") }
    }
  }
}

// MARK: Numbers and texts

extension JSONReader {
  private mutating func number() throws(EngineError) -> JSONValue {
    let start = index
    _ = takes(UInt8(ascii: "-"))
    if !takes(UInt8(ascii: "0")) { try digits() }
    var isWhole = true
    if takes(UInt8(ascii: ".")) {
      isWhole = false
      try digits()
    }
    if takes(UInt8(ascii: "e")) || takes(UInt8(ascii: "E")) {
      isWhole = false
      if !takes(UInt8(ascii: "+")) { _ = takes(UInt8(ascii: "-")) }
      try digits()
    }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    if isWhole, let value = Int(text) { return .integer(value) }
    guard let value = Double(text), value.isFinite else { throw malformed("no number") }
    return .number(value)
  }

  private mutating func digits() throws(EngineError) {
    let start = index
    while index < bytes.count, (0x30...0x39).contains(bytes[index]) { index += 1 }
    guard index > start else { throw malformed("no value") }
  }

  private mutating func string() throws(EngineError) -> String {
    index += 1
    let start = index
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\"") {
        defer { index += 1 }
        return String(decoding: bytes[start..<index], as: UTF8.self)
      }
      if byte == UInt8(ascii: "\\") { return try escapedString(from: start) }
      guard byte >= 0x20 else { break }
      index += 1
    }
    throw malformed("a text without end")
  }

  /// Goes on with a text that has escapes, the first of them at `index`.
  private mutating func escapedString(from start: Int) throws(EngineError) -> String {
    var text = Array(bytes[start..<index])
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): try escape(into: &text)
      case 0..<0x20: throw malformed("a control character")
      default: text.append(byte)
      }
    }
    throw malformed("a text without end")
  }

  private mutating func escape(into text: inout [UInt8]) throws(EngineError) {
    guard index < bytes.count else { throw malformed("a text without end") }
    let byte = bytes[index]
    index += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"):
      var value = try codeUnit()
      if (0xD800..<0xDC00).contains(value), takes(UInt8(ascii: "\\")), takes(UInt8(ascii: "u")) {
        let low = try codeUnit()
        guard (0xDC00..<0xE000).contains(low) else { throw malformed("half a character") }
        value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(value) else { throw malformed("half a character") }
      text += UTF8.encode(scalar).map(Array.init) ?? []
    default: throw malformed("an unknown escape")
    }
  }

  /// Four hexadecimal digits.
  private mutating func codeUnit() throws(EngineError) -> UInt32 {
    guard bytes.count - index >= 4 else { throw malformed("a text without end") }
    var value: UInt32 = 0
    for byte in bytes[index..<index + 4] {
      let digit: UInt8
      switch byte {
      case 0x30...0x39: digit = byte - 0x30
      case 0x41...0x46: digit = byte - 0x37
      case 0x61...0x66: digit = byte - 0x57
      default: throw malformed("no hexadecimal digit")
      }
      value = value << 4 | UInt32(digit)
    }
    index += 4
    return value
  }
}
