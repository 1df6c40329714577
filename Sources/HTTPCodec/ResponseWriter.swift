/// Why a response cannot be written: a mistake of ours, stopped before it reaches the wire.
public enum ResponseError: Error, Hashable, Sendable {
  /// A field name that is not a token.
  case malformedFieldName(String)
  /// A value with a line end or another control character: it could start a field or a response
  /// of its own.
  case malformedFieldValue(name: String)
  /// A field that the writer itself answers for: `Content-Length`, `Transfer-Encoding`,
  /// `Connection`.
  case fieldReserved(String)
}

/// Writes responses (RFC 9112 section 4).
public enum ResponseWriter {
  /// Whether the writer itself answers for a field; most names differ in length already.
  private static func isReserved(_ name: String) -> Bool {
    switch name.utf8.count {
    case 10: name.lowercased() == "connection"
    case 14: name.lowercased() == "content-length"
    case 17: name.lowercased() == "transfer-encoding"
    default: false
    }
  }

  /// Writes the head of a response, down to its empty line; the body follows as it is.
  ///
  /// - Parameters:
  ///   - date: what the `Date` field says, see ``HTTPDate``; a server with a clock sends one
  ///     (RFC 9110 section 6.6.1).
  ///   - bodyByteCount: the body's length, also in answer to HEAD, which gets no body.
  ///   - keepsAlive: whether the connection stays open; if not, the response says so.
  /// - Throws: a field that could break the framing.
  public static func head(
    _ status: HTTPStatus, fields: [HTTPField] = [], date: String? = nil, bodyByteCount: Int,
    keepsAlive: Bool
  ) throws(ResponseError) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(1_024)
    bytes += "HTTP/1.1 \(status.code) \(status.phrase)\r\n".utf8
    if let date { append(HTTPField("Date", date), to: &bytes) }
    for field in fields {
      try check(field)
      append(field, to: &bytes)
    }
    if !status.forbidsBody {
      append(HTTPField("Content-Length", String(bodyByteCount)), to: &bytes)
    }
    if !keepsAlive { append(HTTPField("Connection", "close"), to: &bytes) }
    bytes += "\r\n".utf8
    return bytes
  }

  /// Writes a whole response.
  ///
  /// - Parameter omitsBody: true in answer to HEAD.
  /// - Throws: a field that could break the framing.
  public static func response(
    _ status: HTTPStatus, fields: [HTTPField] = [], date: String? = nil, body: [UInt8] = [],
    omitsBody: Bool = false, keepsAlive: Bool = true
  ) throws(ResponseError) -> [UInt8] {
    var bytes = try head(
      status, fields: fields, date: date, bodyByteCount: body.count, keepsAlive: keepsAlive)
    if !omitsBody, !status.forbidsBody { bytes += body }
    return bytes
  }

  /// The answer to a request that broke the rules: a plain sentence, and the connection ends.
  public static func response(to violation: HTTPViolation, date: String? = nil) -> [UInt8] {
    refusal(
      violation.status, date: date,
      fields: violation == .methodNotAllowed ? [HTTPField("Allow", HTTPMethod.allowed)] : [],
      text: violation.rawValue)
  }

  /// The answer to a handshake that is refused; the connection ends.
  public static func response(to refusal: UpgradeRefusal, date: String? = nil) -> [UInt8] {
    self.refusal(refusal.status, date: date, fields: refusal.fields, text: refusal.rawValue)
  }

  /// Writes a refusal out of our own constants, which is why nothing is left to check.
  private static func refusal(
    _ status: HTTPStatus, date: String?, fields: [HTTPField], text: String
  ) -> [UInt8] {
    let body = "\(status): \(text)\n"
    var bytes: [UInt8] = []
    bytes += "HTTP/1.1 \(status.code) \(status.phrase)\r\n".utf8
    if let date { append(HTTPField("Date", date), to: &bytes) }
    for field in fields { append(field, to: &bytes) }
    append(HTTPField("Content-Type", "text/plain; charset=utf-8"), to: &bytes)
    append(HTTPField("Content-Length", String(body.utf8.count)), to: &bytes)
    // A 426 names the upgrade, and a hop-by-hop field has to stand in Connection as well.
    let upgrades = fields.contains { $0.name == "Upgrade" }
    append(HTTPField("Connection", upgrades ? "close, Upgrade" : "close"), to: &bytes)
    bytes += "\r\n".utf8
    bytes += body.utf8
    return bytes
  }

  static func check(_ field: HTTPField) throws(ResponseError) {
    guard !field.name.isEmpty, field.name.utf8.allSatisfy(ASCII.token.contains) else {
      throw .malformedFieldName(field.name)
    }
    guard !isReserved(field.name) else { throw .fieldReserved(field.name) }
    let isClean = field.value.utf8.allSatisfy { byte in
      byte == ASCII.tab || (byte >= ASCII.space && byte != 0x7F)
    }
    guard isClean else { throw .malformedFieldValue(name: field.name) }
  }

  static func append(_ field: HTTPField, to bytes: inout [UInt8]) {
    bytes += field.name.utf8
    bytes += ": ".utf8
    bytes += field.value.utf8
    bytes += "\r\n".utf8
  }
}
