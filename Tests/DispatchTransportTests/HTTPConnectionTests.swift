import ArenaTestSupport
import DispatchTransport
import HTTPCodec
import Testing
import WebSocketCodec

/// Plain HTTP on the same port.
@Suite("HTTP connections")
struct HTTPConnectionTests {
  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  private func get(_ path: String, close: Bool = false) -> String {
    "GET \(path) HTTP/1.1\r\nHost: a\r\n\(close ? "Connection: close\r\n" : "")\r\n"
  }

  @Test("Requests that come together are answered in order on one connection")
  func pipelining() async throws {
    let world = try RealWorld()
    let socket = try TestSocket(port: world.port)
    try socket.send(
      get("/page") + get("/none") + "POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
        + get("/page", close: true))
    let answer = text(try socket.receiveAll())
    let statuses = answer.matches(of: /HTTP\/1\.1 (\d+)/).map { String($0.output.1) }
    #expect(statuses == ["200", "404", "200", "200"])
    #expect(answer.contains("\r\n\r\nabcHTTP/1.1"))
    #expect(await world.eventually { world.transport.counters().requests == 4 })
  }

  @Test("Large bodies arrive whole at a slow reader, one after the other")
  func largeBodies() throws {
    let page = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    var limits = TransportLimits()
    limits.sendBufferByteCount = 32_768
    let world = try RealWorld(limits: limits, page: page)
    let socket = try TestSocket(port: world.port, receiveBufferByteCount: 32_768)
    try socket.send(get("/page") + get("/page") + get("/page", close: true))
    let answer = try socket.receiveAll()
    #expect(answer.count > 3 * page.count)
    let endsWithPage = answer.suffix(page.count).elementsEqual(page)
    #expect(endsWithPage)
  }

  @Test("A half-closed client still gets its whole answer")
  func halfClosed() throws {
    var limits = TransportLimits()
    limits.sendBufferByteCount = 32_768
    let world = try RealWorld(limits: limits, page: [UInt8](repeating: 7, count: 1_000_000))
    let socket = try TestSocket(port: world.port, receiveBufferByteCount: 32_768)
    try socket.send(get("/page"))
    socket.endSending()
    #expect(try socket.receiveAll().count > 1_000_000)
  }

  @Test("HEAD gets the length and no body")
  func head() throws {
    let world = try RealWorld()
    let socket = try TestSocket(port: world.port)
    try socket.send("HEAD /page HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    let answer = text(try socket.receiveAll())
    #expect(answer.contains("Content-Length: 5\r\n") && answer.hasSuffix("\r\n\r\n"))
  }

  @Test("A request that breaks HTTP gets its status, and the connection ends")
  func badRequest() async throws {
    let world = try RealWorld()
    let socket = try TestSocket(port: world.port)
    try socket.send("GET / HTTP/1.1\nHost: a\n\n")
    #expect(text(try socket.receiveAll()).hasPrefix("HTTP/1.1 400"))
    #expect(await world.eventually { world.transport.counters().badRequests == 1 })
  }

  @Test("A head above the limit gets 431")
  func headTooLarge() throws {
    var limits = TransportLimits()
    limits.http.headByteCountMax = 500
    let world = try RealWorld(limits: limits)
    let socket = try TestSocket(port: world.port)
    try socket.send("GET / HTTP/1.1\r\nHost: a\r\nX: \(String(repeating: "y", count: 600))\r\n\r\n")
    #expect(text(try socket.receiveAll()).hasPrefix("HTTP/1.1 431"))
  }

  @Test("A field of the handler's that would split the response becomes a plain 500")
  func responseSplitting() throws {
    let world = try RealWorld()
    let socket = try TestSocket(port: world.port)
    try socket.send(get("/bad"))
    let answer = text(try socket.receiveAll())
    #expect(answer.hasPrefix("HTTP/1.1 500") && !answer.contains("Set-Cookie"))
  }

  @Test("A handshake of an old version is told which one is spoken")
  func oldVersion() throws {
    let world = try RealWorld()
    let socket = try TestSocket(port: world.port)
    try socket.send(
      """
      GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
      Sec-WebSocket-Version: 8\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n
      """)
    let answer = text(try socket.receiveAll())
    #expect(answer.hasPrefix("HTTP/1.1 426") && answer.contains("Sec-WebSocket-Version: 13"))
  }

  @Test("The subprotocol that the handler chose is in the answer")
  func subprotocol() throws {
    let world = try RealWorld()
    let client = try WebSocketTestClient(port: world.port, subprotocols: ["arena", "other"])
    #expect(client.subprotocol == "arena")
  }

  @Test("A slow head gets 408, a silent connection just its end")
  func slowHead() async throws {
    var limits = TransportLimits()
    limits.requestTimeout = .milliseconds(60)
    let world = try RealWorld(limits: limits)
    let slow = try TestSocket(port: world.port)
    let silent = try TestSocket(port: world.port)
    try slow.send("GET / HT")
    #expect(text(try slow.receiveAll()).hasPrefix("HTTP/1.1 408"))
    #expect(try silent.receiveAll().isEmpty)
    #expect(await world.eventually { world.transport.counters().timeouts == 1 })
  }

  @Test("A second request has its own time, from its first byte")
  func slowSecondRequest() throws {
    var limits = TransportLimits()
    limits.requestTimeout = .milliseconds(60)
    let world = try RealWorld(limits: limits)
    let socket = try TestSocket(port: world.port)
    try socket.send(get("/page"))
    #expect(text(try socket.receive()).hasSuffix("hello"))
    try socket.send("GET /pa")
    #expect(text(try socket.receiveAll()).hasPrefix("HTTP/1.1 408"))
  }

  @Test("An idle connection between requests ends after its time")
  func keepAlive() throws {
    var limits = TransportLimits()
    limits.keepAliveTimeout = .milliseconds(60)
    let world = try RealWorld(limits: limits)
    let socket = try TestSocket(port: world.port)
    try socket.send(get("/page"))
    #expect(text(try socket.receiveAll()).hasSuffix("hello"))
  }

  @Test("A response that is not read is given up")
  func stall() async throws {
    var limits = TransportLimits()
    limits.responseStallTimeout = .milliseconds(60)
    limits.sendBufferByteCount = 32_768
    let world = try RealWorld(limits: limits, page: [UInt8](repeating: 7, count: 8_000_000))
    let socket = try TestSocket(port: world.port, receiveBufferByteCount: 32_768)
    try socket.send(get("/page"))
    #expect(await world.eventually { world.transport.counters().timeouts == 1 })
    #expect(await world.eventually { world.transport.counters().connectionsNow == 0 })
    socket.close()
  }
}
