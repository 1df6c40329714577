import ArenaCrypto
import HTTPCodec
import Testing

@Suite struct UpgradeHandshakeTests {
  private func handshake(offering subprotocols: String?) throws -> UpgradeHandshake {
    var text = "GET / HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    text += "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    if let subprotocols { text += "Sec-WebSocket-Protocol: \(subprotocols)\r\n" }
    return try UpgradeHandshake(try #require(Exchange.request(of: text + "\r\n")))
  }

  @Test("The accept value is that of RFC 6455 section 1.3")
  func accept() throws {
    let response = try handshake(offering: nil)
      .response(subprotocol: nil, base64SHA1: base64SHA1)
    let text = String(decoding: response, as: UTF8.self)
    #expect(text.contains("\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"))
    #expect(text.hasSuffix("\r\n\r\n"))
  }

  @Test("A subprotocol that the client did not offer is never named")
  func notOffered() throws {
    let response = try handshake(offering: "a, b")
      .response(subprotocol: "c", base64SHA1: base64SHA1)
    #expect(!String(decoding: response, as: UTF8.self).contains("Sec-WebSocket-Protocol"))
  }

  @Test("The client's order decides among subprotocols")
  func order() throws {
    let handshake = try handshake(offering: "z, b, a")
    #expect(handshake.offeredSubprotocols == ["z", "b", "a"])
    #expect(handshake.subprotocol(among: ["a", "b"]) == "b")
    #expect(handshake.subprotocol(among: []) == nil)
  }

  @Test("What the hash throws comes out with its own type")
  func hashFailure() throws {
    let handshake = try handshake(offering: nil)
    #expect(throws: CryptoError.library(operation: "test", message: "no")) {
      try handshake.response(subprotocol: nil) { (_) throws(CryptoError) -> String in
        throw .library(operation: "test", message: "no")
      }
    }
  }
}
