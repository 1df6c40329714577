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
/// none. Broken UTF-8 and lone surrogates become U+FFFD. The reader of model files refuses all of that
/// and makes trees: what both could share is less than what would tell them apart.
struct JSONScanner {
  /// The deepest nesting that is read: records of activations have six levels.
  static let depthMax = 32

  let bytes: [UInt8]
  var position: Int
  let end: Int
  /// Whether another scanner has been over these bytes, so that what is skipped needs no check.
  private let isChecked: Bool

  /// A scanner of `bytes`.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    position = 0
    end = bytes.count
    isChecked = false
  }

  /// A scanner of a value that another one has skipped.
  init(_ bytes: [UInt8], checked range: Range<Int>) {
    self.bytes = bytes
    position = range.lowerBound
    end = range.upperBound
    isChecked = true
  }

  func fault(_ reason: String) -> JSONFault { JSONFault(reason: reason) }

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

  mutating func take(_ word: StaticString) -> Bool {
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

  /// Skips a value of any kind, checking it unless that was done.
  mutating func skip(depth: Int = 0) throws(JSONFault) {
    let first = peek()
    if isChecked, first == UInt8(ascii: "{") || first == UInt8(ascii: "[") { return leap() }
    switch first {
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
    default: _ = try numberEnd()
    }
  }

  /// Moves behind an object or array in which only texts can hide brackets.
  private mutating func leap() {
    let end = end
    position = bytes.withUnsafeBufferPointer { [start = position] bytes in
      var (index, depth) = (start, 0)
      while index < end {
        switch bytes[index] {
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
        case UInt8(ascii: "\""):
          index += 1
          while index < end, bytes[index] != UInt8(ascii: "\"") {
            index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
          }
        default: break
        }
        index += 1
        if depth == 0 { break }
      }
      return min(index, end)
    }
  }
}
