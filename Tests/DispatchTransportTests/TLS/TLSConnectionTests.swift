import ArenaTypes
import ArenaTestSupport
import DispatchTransport
import Testing
import WebSocketCodec

/// What goes over an established TLS connection, and how it ends.
@Suite("TLS connections")
struct TLSConnectionTests {
  private func world(
    limits: TransportLimits = TransportLimits(), page: [UInt8] = Array("hello".utf8)
  ) throws -> RealWorld {
    try RealWorld(limits: limits, page: page, tls: try TLSContext.selfSigned())
  }

  private func get(_ path: String, close: Bool = false) -> String {
    "GET \(path) HTTP/1.1\r\nHost: a\r\n\(close ? "Connection: close\r\n" : "")\r\n"
  }

  @Test("Large messages go both ways", arguments: [TestTLS.Version.v1_2, .v1_3])
  func largeMessages(_ version: TestTLS.Version) throws {
    var limits = TransportLimits()
    limits.webSocket.messageByteCountMax = 2_000_000
    limits.losslessByteCountMax = 4_000_000
    let world = try world(limits: limits)
    let client = try world.connect(tls: try TestTLS(version))
    for size in [0, 1, 16_383, 16_384, 16_385, 65_536, 1_500_000] {
      let text = String(repeating: "abcdefg", count: size / 7 + 1)
      try client.send(text: "echo " + text)
      #expect(try client.receiveText() == text)
    }
  }

  @Test("Many messages in one batch are answered with few sends")
  func batches() async throws {
    let world = try world()
    let client = try world.connect(tls: try TestTLS())
    let before = world.transport.counters().sendCalls
    var generator = SeededGenerator(seed: 1)
    var batch: [UInt8] = []
    for number in 0..<500 {
      batch += FrameEncoder.frame(
        text: "echo \(number)", maskingKey: MaskingKey(using: &generator))
    }
    try client.socket.send(batch)
    for number in 0..<500 { #expect(try client.receiveText() == "\(number)") }
    #expect(await world.eventually { world.transport.counters().messagesReceived == 500 })
    #expect(world.transport.counters().sendCalls - before < 20)
  }

  @Test(
    "Pipelined requests are answered in order, and a page of a megabyte is whole at a slow reader")
  func pipelining() throws {
    let page = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    var limits = TransportLimits()
    limits.sendBufferByteCount = 32_768
    let world = try world(limits: limits, page: page)
    let socket = try TestSocket(port: world.port, receiveBufferByteCount: 32_768)
    try socket.secure(try TestTLS())
    try socket.send(get("/page") + get("/page") + get("/none") + get("/page", close: true))
    let answer = try socket.receiveAll()
    #expect(answer.count > 3 * page.count)
    let endsWithPage = answer.suffix(page.count).elementsEqual(page)
    #expect(endsWithPage)
  }

  @Test("A reader that is too slow is sent away with 4008, and nothing is cut in two")
  func slowReader() async throws {
    var limits = TransportLimits()
    limits.sendBufferByteCount = 16_384
    limits.losslessByteCountMax = 100_000
    limits.closeTimeout = .seconds(60)
    let world = try world(limits: limits)
    let client = try world.connect(receiveBufferByteCount: 8_192, tls: try TestTLS())
    try client.send(text: "flood 3000")
    #expect(await world.eventually { world.transport.counters().overflows == 1 })
    #expect(try client.receiveClose().code == .slowConsumer)
  }

  @Test("What a slow reader has not begun to receive is replaced by the newest")
  func latestWins() async throws {
    var limits = TransportLimits()
    limits.sendBufferByteCount = 16_384
    limits.losslessByteCountMax = 1_000_000
    let world = try world(limits: limits)
    let client = try world.connect(receiveBufferByteCount: 8_192, tls: try TestTLS())
    try client.send(text: "flood 700")
    try client.send(text: "latest 500")
    #expect(await world.eventually { world.transport.counters().latestFramesSent == 500 })
    var texts: [String] = []
    while texts.last != "snapshot 500" { texts.append(try client.receiveText()) }
    #expect(texts.count(where: { $0.hasPrefix("x") }) == 700)
    #expect(texts.count <= 702)
    #expect(world.transport.counters().latestFramesReplaced >= 498)
  }

  @Test("The server says close_notify after the closing handshake, and after a last response")
  func closeNotify() throws {
    let world = try world()
    let tls = try TestTLS()
    let client = try world.connect(tls: tls)
    try client.send(text: "bye now")
    #expect(try client.receiveClose().reason == "now")
    try client.sendClose()
    #expect(try client.receive() == .end)
    #expect(tls.hasPeerClosed)
    let other = try TestTLS()
    let socket = try TestSocket(port: world.port)
    try socket.secure(other)
    try socket.send(get("/page", close: true))
    #expect(String(decoding: try socket.receiveAll(), as: UTF8.self).hasSuffix("hello"))
    #expect(other.hasPeerClosed)
  }

  @Test("An idle connection that is closed hears close_notify, too")
  func idleClose() throws {
    var limits = TransportLimits()
    limits.keepAliveTimeout = .milliseconds(50)
    let world = try world(limits: limits)
    let tls = try TestTLS()
    let socket = try TestSocket(port: world.port)
    try socket.secure(tls)
    try socket.send(get("/page"))
    #expect(String(decoding: try socket.receiveAll(), as: UTF8.self).hasSuffix("hello"))
    #expect(tls.hasPeerClosed)
  }

  @Test("A client's close_notify ends its connection, after the answer", arguments: [true, false])
  func peerCloses(_ saysSo: Bool) async throws {
    let world = try world(page: [UInt8](repeating: 7, count: 300_000))
    let tls = try TestTLS()
    let socket = try TestSocket(port: world.port, receiveBufferByteCount: 8_192)
    try socket.secure(tls)
    try socket.send(get("/page"))
    if saysSo { try socket.sendRaw(tls.close()) } else { socket.endSending() }
    #expect(try socket.receiveAll().count > 300_000)
    #expect(await world.eventually { world.transport.counters().connectionsNow == 0 })
    #expect(world.transport.counters().tlsFailures.isEmpty)
  }

  @Test("A WebSocket whose peer is gone without a word ends like any other")
  func vanished() async throws {
    let world = try world()
    let client = try world.connect(tls: try TestTLS())
    client.socket.close()
    #expect(await world.eventually { world.log.closes.count == 1 })
    #expect(world.log.closes.values.first == [nil])
  }

  @Test("A record that was changed on the way ends the connection")
  func forged() async throws {
    let world = try world()
    let tls = try TestTLS()
    let client = try world.connect(tls: tls)
    var record = try tls.seal([1, 2, 3])
    record[record.count - 1] ^= 1
    try client.socket.sendRaw(record)
    #expect(await world.eventually { world.log.closes.count == 1 })
    #expect(await world.eventually { world.transport.counters().tlsFailures[.malformed] == 1 })
    #expect(world.transport.counters().messagesReceived == 0)
  }

  @Test("A renegotiation is refused, and the connection goes on")
  func renegotiation() throws {
    let world = try world()
    let tls = try TestTLS(.v1_2)
    let client = try world.connect(tls: tls)
    try client.socket.sendRaw(tls.renegotiate())
    // It is the client who gives up, when it reads the refusal.
    #expect(throws: TestClientError.malformed("TLS read: no renegotiation")) {
      _ = try client.receiveText()
    }
  }

  @Test("Keys are changed as often as a client asks for it")
  func keyUpdates() throws {
    let world = try world()
    let tls = try TestTLS(.v1_3)
    let client = try world.connect(tls: tls)
    for number in 0..<50 {
      try client.socket.sendRaw(tls.updateKey())
      try client.send(text: "echo \(number)")
      #expect(try client.receiveText() == "\(number)")
    }
  }

  @Test("Draining says 1012 and close_notify")
  func draining() async throws {
    let world = try world()
    let tls = try TestTLS()
    let client = try world.connect(tls: tls)
    world.transport.drain(within: .seconds(5)) {}
    #expect(try client.receiveClose().code == .serviceRestart)
    try client.sendClose()
    #expect(try client.receive() == .end)
    #expect(tls.hasPeerClosed)
    client.socket.close()
    #expect(await world.eventually { world.transport.counters().connectionsNow == 0 })
  }

  @Test("Handlers learn whether a peer came over TLS")
  func isSecure() throws {
    let secure = try world()
    let client = try secure.connect(target: "/secure", tls: try TestTLS())
    #expect(try client.receiveText() == "true")
    let plain = try RealWorld()
    #expect(try plain.connect(target: "/secure").receiveText() == "false")
  }
}
