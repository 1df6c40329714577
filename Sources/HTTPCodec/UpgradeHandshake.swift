/// Why a request does not become a WebSocket (RFC 6455 section 4.2).
///
/// The raw values are the names that `protocol/vectors/handshake.json` uses.
public enum UpgradeRefusal: String, Error, Sendable, CaseIterable {
  /// A method other than GET (section 4.2.1 item 1).
  case methodNotGet
  /// A body, whose end could be taken for the first frame.
  case bodyNotAllowed
  /// No `Upgrade: websocket` (item 3): a plain request at the socket's address.
  case upgradeMissing
  /// No `Connection: Upgrade` (item 4).
  case connectionNotUpgrade
  /// No `Sec-WebSocket-Key`, or several (item 5).
  case keyMissing
  /// A key that is not 16 bytes in base64 (item 5).
  case malformedKey
  /// No `Sec-WebSocket-Version`, or several (item 6).
  case versionMissing
  /// A version other than 13 (section 4.4).
  case versionNotSupported
  /// A subprotocol that is not a token, or is named twice (section 4.1 item 10).
  case malformedSubprotocol

  /// The status that answers it.
  public var status: HTTPStatus {
    switch self {
    case .methodNotGet: .methodNotAllowed
    case .upgradeMissing, .versionNotSupported: .upgradeRequired
    default: .badRequest
    }
  }

  /// The fields that go with the answer, which tell the client what would have worked.
  public var fields: [HTTPField] {
    switch self {
    case .methodNotGet: [HTTPField("Allow", "GET")]
    case .upgradeMissing: [HTTPField("Upgrade", "websocket")]
    case .versionNotSupported:
      [HTTPField("Upgrade", "websocket"), HTTPField("Sec-WebSocket-Version", "13")]
    default: []
    }
  }
}

/// The server's side of the opening handshake (RFC 6455 section 4.2).
///
/// Path, host and origin are the caller's to judge; this judges the handshake itself. Extensions
/// are for the caller to agree to: by itself it names none.
public struct UpgradeHandshake: Sendable {
  /// What the client's key is joined with before it is hashed (section 1.3).
  static let identifier = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

  private let request: RequestHead
  private let keyPlace: Range<Int>

  /// The subprotocols that the client offers, the one it likes best first.
  public var offeredSubprotocols: [String] { request.list(Self.subprotocolField) }

  private static let subprotocolField = "Sec-WebSocket-Protocol"

  /// Checks a request.
  ///
  /// - Throws: what keeps it from becoming a WebSocket.
  public init(_ request: RequestHead) throws(UpgradeRefusal) {
    guard request.method == .get else { throw .methodNotGet }
    guard request.contentByteCount == 0 else { throw .bodyNotAllowed }
    guard request.asksForWebSocket else { throw .upgradeMissing }
    guard request.hasToken("upgrade", in: "Connection") else { throw .connectionNotUpgrade }
    guard let version = request.place(of: "Sec-WebSocket-Version") else { throw .versionMissing }
    guard request.says("13", in: version) else { throw .versionNotSupported }
    guard let key = request.place(of: "Sec-WebSocket-Key") else { throw .keyMissing }
    guard Self.isKey(request.bytes[key]) else { throw .malformedKey }
    guard Self.hasWellFormedSubprotocols(request) else { throw .malformedSubprotocol }
    self.request = request
    keyPlace = key
  }

  /// Whether the offered subprotocols are tokens, each named once.
  private static func hasWellFormedSubprotocols(_ request: RequestHead) -> Bool {
    var places: [Range<Int>] = []
    var isWellFormed = true
    request.forEachMember(of: subprotocolField) { place in
      isWellFormed = request.bytes[place].allSatisfy(ASCII.token.contains)
      places.append(place)
      return isWellFormed
    }
    guard isWellFormed, places.count > 1 else { return isWellFormed }
    return Set(places.map(request.text)).count == places.count
  }

  /// The first offered subprotocol that we speak, or nil.
  ///
  /// Names are compared with their letter case (section 4.2.2 item 5).
  public func subprotocol(among supported: [String]) -> String? {
    offeredSubprotocols.first { supported.contains($0) }
  }

  /// The 101 response; after its last byte the connection speaks WebSocket.
  ///
  /// - Parameters:
  ///   - subprotocol: what was agreed; left out if the client did not offer it, because the client
  ///     would have to fail the connection (section 4.1).
  ///   - extensions: the value of `Sec-WebSocket-Extensions`, if one that the client offered is
  ///     agreed to.
  ///   - base64SHA1: the SHA-1 of the given bytes in base64; this module has no hashes of its own.
  /// - Throws: what the hash throws.
  public func response<Failure: Error>(
    subprotocol: String?, extensions: String? = nil,
    base64SHA1: (UnsafeRawBufferPointer) throws(Failure) -> String
  ) throws(Failure) -> [UInt8] {
    let accept = try Self.accept(request.bytes[keyPlace], base64SHA1: base64SHA1)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(256)
    bytes += "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n".utf8
    bytes += "Connection: Upgrade\r\nSec-WebSocket-Accept: ".utf8
    bytes += accept.utf8
    bytes += "\r\n".utf8
    if let subprotocol, offers(subprotocol) {
      ResponseWriter.append(HTTPField(Self.subprotocolField, subprotocol), to: &bytes)
    }
    if let extensions {
      ResponseWriter.append(HTTPField("Sec-WebSocket-Extensions", extensions), to: &bytes)
    }
    bytes += "\r\n".utf8
    return bytes
  }

  private func offers(_ subprotocol: String) -> Bool {
    var isOffered = false
    request.forEachMember(of: Self.subprotocolField) { place in
      isOffered = request.says(subprotocol, in: place)
      return !isOffered
    }
    return isOffered
  }

  /// The value of `Sec-WebSocket-Accept` for a key (section 4.2.2 item 5).
  static func accept<Failure: Error>(
    _ key: ArraySlice<UInt8>, base64SHA1: (UnsafeRawBufferPointer) throws(Failure) -> String
  ) throws(Failure) -> String {
    var input: [UInt8] = []
    input.reserveCapacity(key.count + identifier.utf8.count)
    input += key
    input += identifier.utf8
    return try input.span.bytes.withUnsafeBytes(base64SHA1)
  }

  /// Whether the text is base64 of 16 bytes: 22 digits and two signs of padding.
  private static func isKey(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard bytes.count == 24, bytes.suffix(2).allSatisfy({ $0 == UInt8(ascii: "=") }) else {
      return false
    }
    return bytes.prefix(22).allSatisfy { byte in
      ASCII.isLetter(byte) || ASCII.isDigit(byte) || byte == UInt8(ascii: "+")
        || byte == UInt8(ascii: "/")
    }
  }
}
