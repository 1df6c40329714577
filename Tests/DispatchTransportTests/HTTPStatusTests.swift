import ArenaTestSupport
import DispatchTransport
import HTTPCodec
import Testing

/// Each status that the transport itself answers with, over a real socket.
@Suite("HTTP statuses over a socket")
struct HTTPStatusTests {
  private func answer(_ request: String, limits: TransportLimits = TransportLimits()) throws
    -> String
  {
    let world = try RealWorld(limits: limits)
    let socket = try TestSocket(port: world.port)
    try socket.send(request)
    return String(decoding: try socket.receiveAll(), as: UTF8.self)
  }

  @Test(
    "A request that is not taken gets its status, says so to the last line, and ends",
    arguments: [
      ("GET /\r\nHost: a\r\n\r\n", 400), ("GET / HTTP/1.1\r\n\r\n", 400),
      ("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400),
      ("GET / HTTP/1.1\nHost: a\n\n", 400),
      ("GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\n 2\r\n\r\n", 400),
      ("GET /%4 HTTP/1.1\r\nHost: a\r\n\r\n", 400), ("GET /\u{0} HTTP/1.1\r\nHost: a\r\n\r\n", 400),
      ("GET / HTTP/1.1\r\nHost: a:b\r\n\r\n", 400),
      (
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        400
      ),
      ("GET /none HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 404),
      ("DELETE / HTTP/1.1\r\nHost: a\r\n\r\n", 405),
      ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 8193\r\n\r\n", 413),
      ("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\n", 417),
      (
        "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          + "Sec-WebSocket-Version: 7\r\n\r\n", 426
      ),
      ("BREW / HTTP/1.1\r\nHost: a\r\n\r\n", 501),
      ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", 501),
      ("GET / HTTP/1.0\r\nHost: a\r\n\r\n", 505),
    ])
  func refused(_ request: String, _ status: Int) throws {
    let answer = try answer(request)
    #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
    #expect(answer.contains("\r\nConnection: close"))
    #expect(
      answer.firstMatch(of: /\r\nDate: [A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} [0-9:]{8} GMT\r\n/)
        != nil)
  }

  @Test("A line above its limit gets 414, whole or not")
  func lineTooLong() throws {
    let long = String(repeating: "a", count: 4_100)
    #expect(try answer("GET /\(long) HTTP/1.1\r\nHost: a\r\n\r\n").hasPrefix("HTTP/1.1 414 "))
    #expect(try answer("GET /\(long)").hasPrefix("HTTP/1.1 414 "))
  }

  @Test("Too many fields get 431, as does one that is too long")
  func fieldsTooLarge() throws {
    let many = (0..<101).map { "X-\($0): 1\r\n" }.joined()
    #expect(try answer("GET / HTTP/1.1\r\nHost: a\r\n\(many)\r\n").hasPrefix("HTTP/1.1 431 "))
    let long = String(repeating: "a", count: 17_000)
    #expect(try answer("GET / HTTP/1.1\r\nHost: a\r\nX: \(long)").hasPrefix("HTTP/1.1 431 "))
  }

  @Test("Who comes above the bound of connections gets 503 and a time to come back")
  func tooMany() throws {
    var limits = TransportLimits()
    limits.connectionCountMax = 1
    let world = try RealWorld(limits: limits)
    let first = try TestSocket(port: world.port)
    try first.send("GET /page HTTP/1.1\r\nHost: a\r\n\r\n")
    #expect(try !first.receive().isEmpty)
    let second = try TestSocket(port: world.port)
    try second.send("GET /page HTTP/1.1\r\nHost: a\r\n\r\n")
    let answer = String(decoding: try second.receiveAll(), as: UTF8.self)
    #expect(answer.hasPrefix("HTTP/1.1 503 "))
    #expect(answer.contains("\r\nRetry-After: 5\r\n"))
  }

  @Test("A request byte by byte is answered like one at once")
  func byteByByte() throws {
    let world = try RealWorld()
    let socket = try TestSocket(port: world.port)
    for byte
      in "POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc"
    {
      try socket.send(String(byte))
    }
    let answer = String(decoding: try socket.receiveAll(), as: UTF8.self)
    #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\nDate: ") && answer.hasSuffix("\r\n\r\nabc"))
  }
}
