/// A request's first line and fields, checked (RFC 9112).
///
/// Exactly one host, at most one content length, no transfer encoding: what is ambiguous never
/// becomes a value of this type.
public struct RequestHead: Sendable, Hashable {
  /// What to do.
  public let method: HTTPMethod
  /// The host with its port, as the client spells it.
  public let host: String
  /// The length of the body in bytes, 0 without one.
  public let contentByteCount: Int

  private let target: RequestTarget
  private let table: FieldTable

  /// The path as sent: it begins with `/`, percent signs are not decoded.
  public var path: String { target.path }

  /// What follows the first `?` of the target, or nil.
  public var query: String? { target.query }

  /// The value of a field that stands in the request once; nil if it is missing or repeated.
  ///
  /// - Complexity: O(*n*) in the number of fields.
  public subscript(name: String) -> String? {
    let values = table.values(of: name)
    return values.count == 1 ? values.first : nil
  }

  /// The values of all fields of that name, in order.
  public func values(of name: String) -> [String] { table.values(of: name) }

  /// The members of a list field such as `Connection`, over all its lines.
  public func list(_ name: String) -> [String] {
    table.list(name).map { String(decoding: $0, as: UTF8.self) }
  }

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
    let lineEnd = bytes.firstIndex(of: ASCII.carriageReturn) ?? bytes.endIndex
    let parts = bytes[..<lineEnd].split(
      separator: ASCII.space, omittingEmptySubsequences: false)
    guard parts.count == 3, !parts[0].isEmpty, parts[0].allSatisfy(ASCII.isToken) else {
      throw .malformedRequestLine
    }
    target = try RequestTarget(parts[1], method: parts[0])
    try Self.checkVersion(parts[2])
    method = try Self.method(parts[0])
    table = try FieldTable(
      bytes: bytes, lines: (lineEnd + 2)..<(bytes.count - 2),
      countMax: limits.fieldCountMax)
    host = try Self.host(in: table)
    if let authority = target.authority {
      guard authority.lowercased() == host.lowercased() else { throw .targetContradictsHost }
    }
    contentByteCount = try Self.contentByteCount(in: table, limits: limits)
    guard table.slices(of: "Expect").isEmpty else { throw .expectationFailed }
  }

  private static func checkVersion(_ bytes: ArraySlice<UInt8>) throws(HTTPViolation) {
    let version = Array(bytes)
    guard version.count == 8, version.starts(with: "HTTP/".utf8), ASCII.isDigit(version[5]),
      version[6] == UInt8(ascii: "."), ASCII.isDigit(version[7])
    else { throw .malformedVersion }
    guard version.elementsEqual("HTTP/1.1".utf8) else { throw .versionNotSupported }
  }

  private static func method(_ bytes: ArraySlice<UInt8>) throws(HTTPViolation) -> HTTPMethod {
    let name = String(decoding: bytes, as: UTF8.self)
    if let method = HTTPMethod(rawValue: name) { return method }
    throw HTTPMethod.refused.contains(name) ? .methodNotAllowed : .methodUnknown
  }

  private static func host(in table: FieldTable) throws(HTTPViolation) -> String {
    let hosts = table.slices(of: "Host")
    guard let host = hosts.first else { throw .hostMissing }
    guard hosts.count == 1 else { throw .hostRepeated }
    guard !host.isEmpty, host.allSatisfy(ASCII.isHost) else { throw .malformedHost }
    return String(decoding: host, as: UTF8.self)
  }

  /// The body's length; this is where smuggling is stopped (RFC 9112 sections 6.1 to 6.3).
  private static func contentByteCount(
    in table: FieldTable, limits: HTTPLimits
  ) throws(HTTPViolation) -> Int {
    let lengths = table.slices(of: "Content-Length")
    guard table.slices(of: "Transfer-Encoding").isEmpty else {
      throw lengths.isEmpty ? .transferEncodingNotImplemented : .lengthAmbiguous
    }
    guard let length = lengths.first else { return 0 }
    guard lengths.count == 1 else { throw .contentLengthRepeated }
    guard !length.isEmpty, length.allSatisfy(ASCII.isDigit) else {
      throw .malformedContentLength
    }
    // Digits alone that no Int holds are a number all the same, just a large one.
    guard let count = Int(String(decoding: length, as: UTF8.self)),
      count <= limits.bodyByteCountMax
    else { throw .bodyTooLarge }
    return count
  }
}
