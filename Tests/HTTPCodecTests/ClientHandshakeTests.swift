import HTTPCodec
import Testing

@Suite struct ClientHandshakeTests {
  private func client() throws -> ClientHandshake {
    try ClientHandshake(
      host: "localhost:8080", target: "/v1/socket?x=1", key: "dGhlIHNhbXBsZSBub25jZQ==",
      subprotocols: ["neuronarena.v1.json", "other"], fields: [HTTPField("Origin", "http://a")])
  }

  private func answer(_ text: String) throws -> ClientHandshakeAnswer {
    try Array(text.utf8).withUnsafeBytes { try client().answer(in: $0, base64SHA1: base64SHA1) }
  }

  @Test("Our server accepts our client, and our client our server, however the answer is cut")
  func bothSides() throws {
    let client = try client()
    let request = String(decoding: client.requestBytes, as: UTF8.self)
    let head = try #require(Exchange.request(of: request))
    #expect(head.path == "/v1/socket")
    #expect(head["Origin"] == "http://a")
    let server = try UpgradeHandshake(head)
    let response = try server.response(
      subprotocol: server.subprotocol(among: ["other"]), base64SHA1: base64SHA1)
    let bytes = response + [0x81, 0x00]
    for end in 0...bytes.count {
      let answer = try Array(bytes[..<end]).withUnsafeBytes {
        try client.answer(in: $0, base64SHA1: base64SHA1)
      }
      #expect(
        answer
          == (end < response.count
            ? .incomplete
            : .accepted(byteCount: response.count, subprotocol: "other", extensions: [])))
    }
  }

  private let good = """
    HTTP/1.1 101 Switching Protocols\r
    Upgrade: WebSocket\r
    Connection: upgrade\r
    Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n
    """

  @Test("A refusal tells its status")
  func refused() throws {
    #expect(try answer("HTTP/1.1 503 Service Unavailable\r\n\r\n") == .refused(status: 503))
    #expect(
      try answer(good + "\r\n")
        == .accepted(byteCount: good.utf8.count + 2, subprotocol: nil, extensions: []))
  }

  @Test(
    "An answer that a client has to fail on is malformed (RFC 6455 section 4.1)",
    arguments: [
      ("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", "s3pPLMBiTxaQ9kYGzzhZRbK+xOp="),
      ("Upgrade: WebSocket", "Upgrade: h2c"), ("Connection: upgrade", "Connection: close"),
      ("HTTP/1.1 101", "HTTP/1.1 1O1"), ("HTTP/1.1 101 Switching Protocols", ""),
      ("Connection", "Sec-WebSocket-Protocol: unknown\r\nConnection"),
      ("Connection", "Sec-WebSocket-Extensions: permessage-deflate\r\nConnection"),
      ("Connection", " Connection"),
    ])
  func malformed(_ old: String, _ new: String) throws {
    var parts = good.split(separator: old, maxSplits: 1, omittingEmptySubsequences: false)
    try #require(parts.count == 2)
    parts.insert(Substring(new), at: 1)
    #expect(try answer(parts.joined() + "\r\n") == .malformed)
  }

  @Test("An answer without end is malformed")
  func endless() throws {
    let text = good + String(repeating: "a", count: ClientHandshake.answerByteCountMax)
    #expect(try answer(text) == .malformed)
  }

  @Test("A field or target that would break the request is refused")
  func injection() {
    let key = "dGhlIHNhbXBsZSBub25jZQ=="
    #expect(throws: ResponseError.malformedFieldValue(name: "Host")) {
      try ClientHandshake(host: "h\r\nX: y", target: "/", key: key)
    }
    #expect(throws: ResponseError.malformedFieldValue(name: "target")) {
      try ClientHandshake(host: "h", target: "/ HTTP/1.1", key: key)
    }
  }
}
