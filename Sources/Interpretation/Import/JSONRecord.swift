/// One JSON object of an imported file, of which only what is asked for is read.
///
/// Its syntax is checked as a whole when it is made. `null` counts as absent.
struct JSONRecord {
  private let bytes: [UInt8]
  private let members: [String: Range<Int>]

  /// The object in `bytes`, which hold nothing else.
  init(_ bytes: [UInt8]) throws(JSONFault) {
    var scanner = JSONScanner(bytes)
    try self.init(&scanner)
    try scanner.finish()
  }

  private init(_ scanner: inout JSONScanner) throws(JSONFault) {
    var members: [String: Range<Int>] = [:]
    bytes = scanner.bytes
    try scanner.members { key, value in
      // The last of several members with one name counts, as in most readers.
      members[key] = value
    }
    self.members = members
  }

  /// Whether there is such a member that is not null.
  func has(_ key: String) -> Bool { scanner(key) != nil }

  private func scanner(_ key: String) -> JSONScanner? {
    guard let range = members[key] else { return nil }
    var scanner = JSONScanner(bytes, checked: range)
    return scanner.takeNull() ? nil : scanner
  }

  private func required<Value>(
    _ key: String, _ read: (inout JSONScanner) throws(JSONFault) -> Value
  ) throws(JSONFault) -> Value {
    guard let value = try optional(key, read) else {
      throw JSONFault(reason: "is missing").under(key)
    }
    return value
  }

  private func optional<Value>(
    _ key: String, _ read: (inout JSONScanner) throws(JSONFault) -> Value
  ) throws(JSONFault) -> Value? {
    guard var scanner = scanner(key) else { return nil }
    do throws(JSONFault) {
      return try read(&scanner)
    } catch {
      throw error.under(key)
    }
  }

  /// A string that must be there.
  func text(_ key: String) throws(JSONFault) -> String {
    try required(key) { scanner throws(JSONFault) in try scanner.string() }
  }

  /// A string, where there is one.
  func textIfAny(_ key: String) throws(JSONFault) -> String? {
    try optional(key) { scanner throws(JSONFault) in try scanner.string() }
  }

  /// A number, where there is a finite one.
  func numberIfAny(_ key: String) throws(JSONFault) -> Double? {
    let value = try optional(key) { scanner throws(JSONFault) in try scanner.number() }
    return value.flatMap { $0.isFinite ? $0 : nil }
  }

  /// Whether something holds, where that is said.
  func flagIfAny(_ key: String) throws(JSONFault) -> Bool? {
    try optional(key) { scanner throws(JSONFault) in try scanner.flag() }
  }

  /// A whole number from 0 on, as a number or as a string of digits.
  func index(_ key: String) throws(JSONFault) -> Int {
    try required(key) { scanner throws(JSONFault) in
      let isText = scanner.peek() == UInt8(ascii: "\"")
      let value = isText ? Int(try scanner.string()) : Int(exactly: try scanner.number())
      guard let value, (0...Int(Int32.max)).contains(value) else {
        throw JSONFault(reason: "is not a whole number from 0 on")
      }
      return value
    }
  }

  /// An array of strings that must be there.
  func texts(_ key: String) throws(JSONFault) -> [String] {
    try required(key, Self.texts)
  }

  /// An array of strings; none where there is no such member.
  func textsIfAny(_ key: String) throws(JSONFault) -> [String] {
    try optional(key, Self.texts) ?? []
  }

  private static func texts(_ scanner: inout JSONScanner) throws(JSONFault) -> [String] {
    var values: [String] = []
    try scanner.elements { scanner, _ throws(JSONFault) in values.append(try scanner.string()) }
    return values
  }

  /// An array of finite numbers that must be there.
  func floats(_ key: String) throws(JSONFault) -> [Float] {
    try required(key) { scanner throws(JSONFault) in
      var values: [Float] = []
      try scanner.elements { scanner, _ throws(JSONFault) in
        let value = Float(try scanner.number())
        guard value.isFinite else { throw JSONFault(reason: "is not a finite number") }
        values.append(value)
      }
      return values
    }
  }

  /// An object that must be there.
  func record(_ key: String) throws(JSONFault) -> JSONRecord {
    try required(key) { scanner throws(JSONFault) in try JSONRecord(&scanner) }
  }

  /// Calls `body` with each object of an array; not at all where there is no such member.
  func each(
    _ key: String, _ body: (JSONRecord) throws(JSONFault) -> Void
  ) throws(JSONFault) {
    try optional(key) { scanner throws(JSONFault) in try Self.each(&scanner, body) }
  }

  /// Calls `body` with each object of an array of arrays.
  func eachOfLists(
    _ key: String, _ body: (JSONRecord) throws(JSONFault) -> Void
  ) throws(JSONFault) {
    try optional(key) { scanner throws(JSONFault) in
      try scanner.elements { scanner, _ throws(JSONFault) in try Self.each(&scanner, body) }
    }
  }

  /// Calls `body` with each element of an array that holds strings and objects side by side.
  func eachTextOrRecord(
    _ key: String, _ body: (TextOrRecord) throws(JSONFault) -> Void
  ) throws(JSONFault) {
    try optional(key) { scanner throws(JSONFault) in
      try scanner.elements { scanner, _ throws(JSONFault) in
        let isText = scanner.peek() == UInt8(ascii: "\"")
        try body(isText ? .text(try scanner.string()) : .record(try JSONRecord(&scanner)))
      }
    }
  }

  /// An element of such an array.
  enum TextOrRecord {
    case text(String)
    case record(JSONRecord)
  }

  private static func each(
    _ scanner: inout JSONScanner, _ body: (JSONRecord) throws(JSONFault) -> Void
  ) throws(JSONFault) {
    try scanner.elements { scanner, _ throws(JSONFault) in try body(try JSONRecord(&scanner)) }
  }
}
