/// A request's first line and fields, checked (RFC 9112).
///
/// Exactly one host, at most one content length, no transfer encoding: what is ambiguous never
/// becomes a value of this type.
public struct RequestHead: Sendable, Hashable {
  /// What to do.
  public let method: HTTPMethod
  /// The length of the body in bytes, 0 without one.
  public let contentByteCount: Int

  private let hostPlace: Range<Int>
  private let target: RequestTarget
  private let table: FieldTable

  /// The host with its port, as the client spells it.
  public var host: String { table.text(hostPlace) }

  /// The path as sent: it begins with `/`, percent signs are not decoded.
  public var path: String { target.path.isEmpty ? "/" : table.text(target.path) }

  /// The path with its percent signs decoded (RFC 3986 section 2.1); nil where what comes out is no
  /// UTF-8, has a zero byte, or has a slash that was none before: programs read such paths differently.
  ///
  /// - Complexity: O(*n*).
  public var decodedPath: String? { PercentCoding.decodedPath(path) }

  /// What follows the first `?` of the target, or nil.
  public var query: String? { target.query.map(table.text) }

  /// The value of a field that stands in the request once; nil if it is missing or repeated.
  ///
  /// - Complexity: O(*n*) in the number of fields.
  public subscript(name: String) -> String? { place(of: name).map(table.text) }

  /// Whether there is a field of that name.
  public func has(_ name: String) -> Bool { table.has(name) }

  /// The values of all fields of that name, in order.
  public func values(of name: String) -> [String] { table.values(of: name) }

  /// The members of a list field such as `Connection`, over all its lines.
  public func list(_ name: String) -> [String] { table.list(name) }

  /// Whether a list field has that member, letter case aside.
  public func hasToken(_ token: String, in name: String) -> Bool {
    table.hasToken(token, in: name)
  }

  /// All fields, in order.
  public var fields: [HTTPField] { table.all }

  /// Whether the connection stays open after the response (RFC 9112 section 9.3).
  public var keepsAlive: Bool { !hasToken("close", in: "Connection") }

  /// Whether the client asks to speak WebSocket from here on.
  public var asksForWebSocket: Bool { hasToken("websocket", in: "Upgrade") }

  /// Reads a whole head.
  ///
  /// - Parameter bytes: from the request line to the empty line, both with their CRLF, no bare CR
  ///   or LF and no control characters; the parser has seen to that.
  init(_ bytes: [UInt8], limits: HTTPLimits) throws(HTTPViolation) {
    let span = bytes.span
    let line = try RequestLine(span)
    let method = HTTPMethod(span, line.method)
    target = try RequestTarget(span, line.target, isOptions: method == .options)
    try Self.checkVersion(span, line.version)
    guard let method else {
      let name = String(decoding: bytes[line.method], as: UTF8.self)
      throw HTTPMethod.refused.contains(name) ? .methodNotAllowed : .methodUnknown
    }
    self.method = method
    table = try FieldTable(
      bytes: bytes, lines: (line.version.upperBound + 2)..<(bytes.count - 2),
      countMax: limits.fieldCountMax)
    hostPlace = try Self.hostPlace(in: table)
    if let authority = target.authority {
      guard ASCII.matches(span, authority, table.text(hostPlace)) else {
        throw .targetContradictsHost
      }
    }
    contentByteCount = try Self.contentByteCount(in: table, limits: limits)
    guard !table.has("Expect") else { throw .expectationFailed }
  }

  private static func checkVersion(
    _ bytes: Span<UInt8>, _ place: Range<Int>
  ) throws(HTTPViolation) {
    // "HTTP" is written in capitals (RFC 9112 section 2.3).
    if ASCII.equals(bytes, place, "HTTP/1.1") { return }
    let start = place.lowerBound
    guard place.count == 8, ASCII.equals(bytes, start..<(start + 5), "HTTP/"),
      ASCII.isDigit(bytes[start + 5]), bytes[start + 6] == UInt8(ascii: "."),
      ASCII.isDigit(bytes[start + 7])
    else { throw .malformedVersion }
    throw .versionNotSupported
  }

  private static func hostPlace(in table: FieldTable) throws(HTTPViolation) -> Range<Int> {
    guard let host = table.place(of: "Host") else { throw .hostMissing }
    guard host.count == 1 else { throw .hostRepeated }
    guard HTTPHost.isWellFormed(table.bytes.span, host.first) else { throw .malformedHost }
    return host.first
  }

  /// The body's length; this is where smuggling is stopped (RFC 9112 sections 6.1 to 6.3).
  private static func contentByteCount(
    in table: FieldTable, limits: HTTPLimits
  ) throws(HTTPViolation) -> Int {
    let length = table.place(of: "Content-Length")
    guard !table.has("Transfer-Encoding") else {
      throw length == nil ? .transferEncodingNotImplemented : .lengthAmbiguous
    }
    guard let length else { return 0 }
    guard length.count == 1 else { throw .contentLengthRepeated }
    guard !length.first.isEmpty, table.bytes[length.first].allSatisfy(ASCII.isDigit) else {
      throw .malformedContentLength
    }
    // Digits alone that no Int holds are a number all the same, just a large one.
    guard let count = Int(table.text(length.first)), count <= limits.bodyByteCountMax else {
      throw .bodyTooLarge
    }
    return count
  }
}

extension RequestHead {
  /// The bytes of the head, which places lie in.
  var bytes: [UInt8] { table.bytes }

  /// Where the value of a field lies that stands in the request once.
  func place(of name: String) -> Range<Int>? {
    guard let place = table.place(of: name), place.count == 1 else { return nil }
    return place.first
  }

  /// Whether a field stands in the request once, with just that value.
  func says(_ value: String, in place: Range<Int>) -> Bool {
    table.bytes[place].elementsEqual(value.utf8)
  }

  /// Calls `body` with the place of each member of a list field until it returns false.
  func forEachMember(of name: String, _ body: (Range<Int>) -> Bool) {
    table.forEachMember(of: name, body)
  }

  /// What lies at a place, as text.
  func text(_ place: Range<Int>) -> String { table.text(place) }
}

/// Where the three parts of a request's first line lie, with one space between them (RFC 9112
/// section 3).
struct RequestLine {
  let method: Range<Int>
  let target: Range<Int>
  let version: Range<Int>

  init(_ bytes: Span<UInt8>) throws(HTTPViolation) {
    let end = ByteScan.firstIndex(of: ASCII.carriageReturn, in: bytes.bytes, from: 0)
    var methodEnd = 0
    while methodEnd < end, ASCII.token.contains(bytes[methodEnd]) { methodEnd += 1 }
    guard methodEnd > 0, methodEnd < end, bytes[methodEnd] == ASCII.space else {
      throw .malformedRequestLine
    }
    var targetEnd = methodEnd + 1
    while targetEnd < end, bytes[targetEnd] != ASCII.space { targetEnd += 1 }
    guard targetEnd < end else { throw .malformedRequestLine }
    for index in (targetEnd + 1)..<end where bytes[index] == ASCII.space {
      throw .malformedRequestLine
    }
    method = 0..<methodEnd
    target = (methodEnd + 1)..<targetEnd
    version = (targetEnd + 1)..<end
  }
}
