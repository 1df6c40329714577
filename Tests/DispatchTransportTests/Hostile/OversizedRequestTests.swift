import ArenaTestSupport
import DispatchTransport
import HTTPCodec
import Testing

/// Requests at each limit, and one byte or field above it.
@Suite("Requests above the limits")
struct OversizedRequestTests {
  private static let limits: TransportLimits = {
    var limits = TransportLimits()
    limits.http = HTTPLimits(
      requestLineByteCountMax: 100, headByteCountMax: 400, fieldCountMax: 5, bodyByteCountMax: 50)
    return limits
  }()

  /// A request line of that many bytes.
  private func line(_ byteCount: Int) -> String {
    "GET /" + String(repeating: "p", count: byteCount - "GET / HTTP/1.1".count) + " HTTP/1.1\r\n"
  }

  /// The status of what is answered to a request that asks for the end.
  private func status(_ head: String, _ body: String = "") throws -> String {
    let world = try RealWorld(limits: Self.limits)
    let socket = try TestSocket(port: world.port)
    try socket.send(head + body)
    let answer = String(decoding: try socket.receiveAll(), as: UTF8.self)
    return String(answer.dropFirst("HTTP/1.1 ".count).prefix(3))
  }

  private static let close = "Host: a\r\nConnection: close\r\n"

  @Test("A request line at the limit is read, above it gets 414")
  func requestLine() throws {
    #expect(try status(line(100) + Self.close + "\r\n") == "404")
    #expect(try status(line(101) + Self.close + "\r\n") == "414")
    #expect(try status(String(repeating: "G", count: 101)) == "414")
  }

  @Test("A head at the limit is read, above it gets 431")
  func head() throws {
    func head(_ byteCount: Int) -> String {
      let start = "GET / HTTP/1.1\r\n" + Self.close + "X: "
      return start + String(repeating: "y", count: byteCount - start.utf8.count - 4) + "\r\n\r\n"
    }
    #expect(try status(head(400)) == "404")
    #expect(try status(head(401)) == "431")
    #expect(try status(String(head(5_000).prefix(450))) == "431")
  }

  @Test("As many fields as the limit are read, one more gets 431")
  func fields() throws {
    let start = "GET / HTTP/1.1\r\n" + Self.close
    #expect(try status(start + String(repeating: "A: b\r\n", count: 3) + "\r\n") == "404")
    #expect(try status(start + String(repeating: "A: b\r\n", count: 4) + "\r\n") == "431")
  }

  @Test("A body at the limit is read, above it gets 413 before it comes")
  func body() throws {
    func head(_ byteCount: String) -> String {
      "POST /body HTTP/1.1\r\n\(Self.close)Content-Length: \(byteCount)\r\n\r\n"
    }
    #expect(try status(head("50"), String(repeating: "b", count: 50)) == "200")
    #expect(try status(head("51")) == "413")
    #expect(try status(head("99999999999999999999999")) == "413")
  }
}
