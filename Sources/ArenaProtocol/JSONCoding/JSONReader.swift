/// How much of a JSON text is accepted before it is understood.
public struct JSONLimits: Hashable, Sendable {
  /// The most bytes of a text.
  public var byteCountMax: Int
  /// The most arrays and objects inside each other.
  public var depthMax: Int
  /// The most values in all, arrays and objects included.
  public var valueCountMax: Int

  /// Limits of these sizes.
  public init(byteCountMax: Int, depthMax: Int, valueCountMax: Int) {
    self.byteCountMax = byteCountMax
    self.depthMax = depthMax
    self.valueCountMax = valueCountMax
  }

  /// For a client's command: the longest legal one is below 4 KiB and 4 deep; one that
  /// marks all 64 tokens of an excerpt has 73 values.
  public static let command = JSONLimits(byteCountMax: 8_192, depthMax: 8, valueCountMax: 128)
  /// For a server's frame, read by a client that trusts the server not to be hostile.
  public static let serverFrame = JSONLimits(
    byteCountMax: 4 << 20, depthMax: 32, valueCountMax: 1 << 20)
}

/// Why bytes are not the JSON text that was expected.
public enum JSONError: Error, Hashable, Sendable {
  /// There are more bytes than allowed; carries the limit.
  case tooManyBytes(Int)
  /// Arrays and objects are nested deeper than allowed; carries the limit.
  case tooDeep(Int)
  /// There are more values than allowed; carries the limit.
  case tooManyValues(Int)
  /// The grammar of RFC 8259 is broken at this byte.
  case syntax(offset: Int)
  /// A string at this byte is not UTF-8 or has half a surrogate pair.
  case badString(offset: Int)
  /// A number at this byte is beyond what a double holds.
  case numberOutOfRange(offset: Int)
  /// A key occurs twice in the object around this byte.
  case duplicateKey(offset: Int)

  /// One sentence for the author of the text.
  public var reason: String {
    switch self {
    case .tooManyBytes(let limit): "The text is longer than \(limit) bytes."
    case .tooDeep(let limit): "The text is nested deeper than \(limit) levels."
    case .tooManyValues(let limit): "The text holds more than \(limit) values."
    case .syntax(let offset): "The text is not JSON at byte \(offset)."
    case .badString(let offset): "The string at byte \(offset) is not Unicode."
    case .numberOutOfRange(let offset): "The number at byte \(offset) is out of range."
    case .duplicateKey(let offset): "A key occurs twice before byte \(offset)."
    }
  }
}

/// Reads one JSON text (RFC 8259) into a tree; strict, bounded, and without Foundation.
///
/// What the RFC leaves open is refused: a key that occurs twice, half a surrogate pair, a number that
/// a double can't hold, anything after the value.
///
/// It stands here instead of JSONDecoder because a decoder of types sees neither unknown nor repeated
/// fields and tells no path for them, and because it is slower: a `duel.answer` of 110 bytes is
/// decoded into a ``ReceivedCommand`` 483,000 times a CPU second, by JSONDecoder into a struct that
/// checks nothing 181,000 times (release build, same run, AMD EPYC core).
public struct JSONReader {
  let bytes: UnsafeRawBufferPointer
  let limits: JSONLimits
  var position = 0
  private var depth = 0
  private var valueCount = 0

  private init(_ bytes: UnsafeRawBufferPointer, limits: JSONLimits) {
    self.bytes = bytes
    self.limits = limits
  }

  /// Reads `bytes`, which are not kept.
  ///
  /// - Throws: The first fault.
  /// - Complexity: O(*n*) in the number of bytes; the stack is bounded by `limits.depthMax`.
  public static func read(
    _ bytes: UnsafeRawBufferPointer, limits: JSONLimits
  ) throws(JSONError) -> JSONValue {
    guard bytes.count <= limits.byteCountMax else { throw .tooManyBytes(limits.byteCountMax) }
    var reader = JSONReader(bytes, limits: limits)
    reader.skipWhiteSpace()
    let value = try reader.readValue()
    reader.skipWhiteSpace()
    guard reader.position == bytes.count else { throw .syntax(offset: reader.position) }
    return value
  }

  /// Reads an array of bytes.
  ///
  /// - Throws: The first fault.
  public static func read(_ bytes: [UInt8], limits: JSONLimits) throws(JSONError) -> JSONValue {
    let result = bytes.withUnsafeBytes { buffer -> Result<JSONValue, JSONError> in
      do throws(JSONError) {
        return .success(try read(buffer, limits: limits))
      } catch { return .failure(error) }
    }
    return try result.get()
  }

  /// The byte at `offset`, nil past the end: the one place that reads memory, so that the bound is
  /// checked here and nowhere else.
  func byte(at offset: Int) -> UInt8? {
    offset < bytes.count ? bytes[offset] : nil
  }

  mutating func skipWhiteSpace() {
    while let byte = byte(at: position),
      byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    {
      position += 1
    }
  }

  /// Steps over `expected`, or fails.
  mutating func skip(_ expected: UInt8) throws(JSONError) {
    guard byte(at: position) == expected else { throw .syntax(offset: position) }
    position += 1
  }

  private mutating func skip(word: StaticString) throws(JSONError) {
    for offset in 0..<word.utf8CodeUnitCount {
      try skip(word.utf8Start[offset])
    }
  }

  private mutating func readValue() throws(JSONError) -> JSONValue {
    valueCount += 1
    guard valueCount <= limits.valueCountMax else { throw .tooManyValues(limits.valueCountMax) }
    switch byte(at: position) {
    case UInt8(ascii: "\""): return .string(try readString())
    case UInt8(ascii: "{"): return try readObject()
    case UInt8(ascii: "["): return try readArray()
    case UInt8(ascii: "t"):
      try skip(word: "true")
      return .bool(true)
    case UInt8(ascii: "f"):
      try skip(word: "false")
      return .bool(false)
    case UInt8(ascii: "n"):
      try skip(word: "null")
      return .null
    default: return try readNumber()
    }
  }

  /// Enters an array or object; true if it is empty, and then it is left already.
  private mutating func enter(closing: UInt8) throws(JSONError) -> Bool {
    depth += 1
    guard depth <= limits.depthMax else { throw .tooDeep(limits.depthMax) }
    position += 1
    skipWhiteSpace()
    guard byte(at: position) == closing else { return false }
    position += 1
    depth -= 1
    return true
  }

  /// Steps over a comma (true) or over `closing` (false).
  private mutating func continues(closing: UInt8) throws(JSONError) -> Bool {
    skipWhiteSpace()
    if byte(at: position) == UInt8(ascii: ",") {
      position += 1
      skipWhiteSpace()
      return true
    }
    try skip(closing)
    depth -= 1
    return false
  }

  private mutating func readArray() throws(JSONError) -> JSONValue {
    if try enter(closing: UInt8(ascii: "]")) { return .array([]) }
    var values: [JSONValue] = []
    repeat {
      values.append(try readValue())
    } while try continues(closing: UInt8(ascii: "]"))
    return .array(values)
  }

  private mutating func readObject() throws(JSONError) -> JSONValue {
    if try enter(closing: UInt8(ascii: "}")) { return .object(JSONObject([])) }
    var members: [JSONObject.Member] = []
    members.reserveCapacity(4)
    repeat {
      guard byte(at: position) == UInt8(ascii: "\"") else { throw .syntax(offset: position) }
      let key = try readString()
      skipWhiteSpace()
      try skip(UInt8(ascii: ":"))
      skipWhiteSpace()
      members.append(JSONObject.Member(key: key, value: try readValue()))
    } while try continues(closing: UInt8(ascii: "}"))
    guard hasDistinctKeys(members) else { throw .duplicateKey(offset: position) }
    return .object(JSONObject(members))
  }

  private func hasDistinctKeys(_ members: [JSONObject.Member]) -> Bool {
    // Pairwise is faster for the protocol's small objects; the set bounds what a large one costs.
    guard members.count <= 12 else { return Set(members.map(\.key)).count == members.count }
    for (index, member) in members.enumerated() {
      for earlier in members[..<index] where earlier.key == member.key { return false }
    }
    return true
  }
}
