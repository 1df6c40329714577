/// What a client makes of the server's answer so far.
public enum ClientHandshakeAnswer: Hashable, Sendable {
  /// The answer is not whole yet.
  case incomplete
  /// The connection speaks WebSocket from that byte on, with the agreed subprotocol; the caller has
  /// to check what the lines of `Sec-WebSocket-Extensions` agree to, none where none was offered.
  case accepted(byteCount: Int, subprotocol: String?, extensions: [String])
  /// The server refuses with that status code.
  case refused(status: Int)
  /// The answer is not a valid one; the connection has to be failed (RFC 6455 section 4.1).
  case malformed
}

/// The client's side of the opening handshake (RFC 6455 section 4.1), for tests, the load generator
/// and the end-to-end client.
public struct ClientHandshake: Sendable {
  /// The request, ready to be sent.
  public let requestBytes: [UInt8]

  /// The longest answer that is read, 16,384 bytes: no server has more to say.
  public static let answerByteCountMax = 16_384

  private let key: String
  private let subprotocols: [String]
  private let offersExtensions: Bool

  /// Prepares a request.
  ///
  /// - Parameters:
  ///   - host: the host with its port.
  ///   - target: the path, and a query if there is one.
  ///   - key: 16 random bytes in base64.
  ///   - subprotocols: what to offer, the best first.
  ///   - extensions: the value of `Sec-WebSocket-Extensions`, if any are offered.
  ///   - fields: more fields, such as `Origin`.
  /// - Throws: a field that could break the framing.
  public init(
    host: String, target: String, key: String, subprotocols: [String] = [],
    extensions: String? = nil, fields: [HTTPField] = []
  ) throws(ResponseError) {
    var all = [HTTPField("Host", host), HTTPField("Upgrade", "websocket")]
    all += [HTTPField("Sec-WebSocket-Version", "13"), HTTPField("Sec-WebSocket-Key", key)]
    if !subprotocols.isEmpty {
      all.append(
        HTTPField("Sec-WebSocket-Protocol", subprotocols.joined(separator: ", ")))
    }
    if let extensions { all.append(HTTPField("Sec-WebSocket-Extensions", extensions)) }
    all += fields
    guard !target.isEmpty, target.utf8.allSatisfy(ASCII.target.contains) else {
      throw .malformedFieldValue(name: "target")
    }
    var bytes = Array("GET \(target) HTTP/1.1\r\nConnection: Upgrade\r\n".utf8)
    for field in all {
      try ResponseWriter.check(field)
      ResponseWriter.append(field, to: &bytes)
    }
    requestBytes = bytes + "\r\n".utf8
    self.key = key
    self.subprotocols = subprotocols
    offersExtensions = extensions != nil
  }

  /// Looks at all bytes of the answer so far.
  ///
  /// - Parameter base64SHA1: the SHA-1 of the given bytes in base64.
  /// - Throws: what the hash throws.
  /// - Complexity: O(*n*) in all bytes given; an answer is a few hundred bytes.
  public func answer<Failure: Error>(
    in bytes: UnsafeRawBufferPointer,
    base64SHA1: (UnsafeRawBufferPointer) throws(Failure) -> String
  ) throws(Failure) -> ClientHandshakeAnswer {
    let head = Array(bytes.prefix(Self.answerByteCountMax))
    guard let end = Self.endOfHead(in: head) else {
      return head.count < Self.answerByteCountMax ? .incomplete : .malformed
    }
    let lineEnd = head.firstIndex(of: ASCII.carriageReturn) ?? end
    let words = head[..<lineEnd].split(separator: ASCII.space)
    guard words.count >= 2, words[0].elementsEqual("HTTP/1.1".utf8), words[1].count == 3,
      let status = Int(String(decoding: words[1], as: UTF8.self))
    else { return .malformed }
    guard status == HTTPStatus.switchingProtocols.code else { return .refused(status: status) }
    guard
      let table = try? FieldTable(
        bytes: head, lines: (lineEnd + 2)..<(end - 2), countMax: HTTPLimits().fieldCountMax)
    else { return .malformed }
    let expected = try UpgradeHandshake.accept(Array(key.utf8)[...], base64SHA1: base64SHA1)
    let extensions = table.values(of: "Sec-WebSocket-Extensions")
    let agreed = table.values(of: "Sec-WebSocket-Protocol")
    guard table.hasToken("websocket", in: "Upgrade"),
      table.hasToken("upgrade", in: "Connection"),
      table.values(of: "Sec-WebSocket-Accept") == [expected],
      extensions.isEmpty || offersExtensions,
      agreed.count <= 1, agreed.allSatisfy(subprotocols.contains)
    else { return .malformed }
    return .accepted(byteCount: end, subprotocol: agreed.first, extensions: extensions)
  }

  /// The index behind the empty line.
  private static func endOfHead(in bytes: [UInt8]) -> Int? {
    guard bytes.count >= 4 else { return nil }
    let mark = Array("\r\n\r\n".utf8)
    return (4...bytes.count).first { bytes[($0 - 4)..<$0].elementsEqual(mark) }
  }
}
