import ArenaTestSupport
import DispatchTransport
import HTTPCodec
import Testing

/// Listeners behind proxies, over real sockets.
@Suite("Forwarding")
struct ForwardingTests {
  private static let byHeader = [
    Listener(.tcp(host: "127.0.0.1", port: 0), forwarding: .proxyProtocol)
  ]
  private static func byField(_ hops: Int = 1) -> [Listener] {
    [Listener(.tcp(host: "127.0.0.1", port: 0), forwarding: .forwardedFor(trustedHops: hops))]
  }
  private static let header = ProxyHeaderBytes.header(family: 0x11, ProxyHeaderBytes.four)
  private static let local = ProxyHeaderBytes.header(command: 0x20, family: 0, [])

  private static func header(from last: UInt8) -> [UInt8] {
    var body = ProxyHeaderBytes.four
    body[3] = last
    return ProxyHeaderBytes.header(family: 0x11, body)
  }

  private static func connect(_ world: RealWorld, after header: [UInt8]) throws
    -> WebSocketTestClient
  {
    let socket = try TestSocket(port: world.port)
    try socket.send(header)
    return try WebSocketTestClient(over: socket, host: "a", target: "/peer")
  }

  // MARK: PROXY protocol

  @Test("Handlers see the client that the proxy names, for requests and for WebSockets")
  func named() throws {
    let world = try RealWorld(Self.byHeader)
    #expect(try world.ask(before: Self.header).hasSuffix("203.0.113.9:50000 at 0\n"))
    let client = try Self.connect(world, after: Self.header)
    #expect(try client.receiveText() == "203.0.113.9:50000 at 0")
    let secure = ProxyHeaderBytes.header(
      family: 0x21, ProxyHeaderBytes.six + ProxyHeaderBytes.tls)
    #expect(try world.ask(before: secure).hasSuffix("[2001:db8::5]:50000 secure at 0\n"))
    #expect(try world.ask(before: Self.local).contains("127.0.0.1:"))
  }

  @Test("The header may be cut at each byte, and the request with it")
  func cutEverywhere() throws {
    var limits = TransportLimits()
    limits.handshakesPerSecondPerAddress = nil
    let world = try RealWorld(Self.byHeader, limits: limits)
    let request = Array("GET /peer HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".utf8)
    let bytes = Self.header + request
    for cut in 0...Self.header.count + 3 {
      let socket = try TestSocket(port: world.port)
      try socket.send(Array(bytes[..<cut]))
      try socket.send(Array(bytes[cut...]))
      let answer = String(decoding: try socket.receiveAll(), as: UTF8.self)
      #expect(answer.hasSuffix("203.0.113.9:50000 at 0\n"), "cut at \(cut)")
    }
    let socket = try TestSocket(port: world.port)
    for byte in bytes { try socket.send([byte]) }
    #expect(String(decoding: try socket.receiveAll(), as: UTF8.self).contains("203.0.113.9"))
  }

  @Test("Without the header, or with a broken one, the connection is closed without a word")
  func missing() async throws {
    let world = try RealWorld(Self.byHeader)
    for bytes in [
      Array("GET / HTTP/1.1\r\nHost: a\r\n\r\n".utf8), Array("PROXY TCP4 1.2.3.4".utf8),
      ProxyHeaderBytes.header(family: 0x11, [], length: 65_535),
      ProxyHeaderBytes.header(command: 0x25, family: 0x11, ProxyHeaderBytes.four),
    ] {
      let socket = try TestSocket(port: world.port)
      try socket.send(bytes)
      // The end, or a reset where bytes were not read.
      #expect(((try? socket.receiveAll()) ?? []).isEmpty)
    }
    #expect(await world.eventually { world.transport.counters().badProxyHeaders == 4 })
    #expect(await world.eventually { world.transport.counters().connectionsNow == 0 })
  }

  @Test("A second header is a bad request")
  func repeated() throws {
    let world = try RealWorld(Self.byHeader)
    #expect(try world.ask(before: Self.header + Self.header).hasPrefix("HTTP/1.1 400"))
  }

  @Test("A header that does not come in time closes the connection without an answer")
  func late() async throws {
    var limits = TransportLimits()
    limits.requestTimeout = .milliseconds(60)
    let world = try RealWorld(Self.byHeader, limits: limits)
    let silent = try TestSocket(port: world.port)
    let half = try TestSocket(port: world.port)
    try half.send(Array(Self.header[..<20]))
    #expect(try silent.receiveAll().isEmpty)
    #expect(try half.receiveAll().isEmpty)
    let gone = try TestSocket(port: world.port)
    try gone.send(Array(Self.header[..<5]))
    gone.close()
    #expect(await world.eventually { world.transport.counters().connectionsNow == 0 })
  }

  @Test("Connections are counted by the client's address, not by the proxy's")
  func perAddress() async throws {
    var limits = TransportLimits()
    limits.connectionCountPerAddressMax = 1
    let world = try RealWorld(Self.byHeader, limits: limits)
    let clients = try (1...3).map { try Self.connect(world, after: Self.header(from: $0)) }
    #expect(throws: TestClientError.refused(status: 503)) {
      try Self.connect(world, after: Self.header(from: 2))
    }
    #expect(await world.eventually { world.transport.counters().connectionsNow == 3 })
    clients[1].socket.close()
    #expect(await world.eventually { world.transport.counters().connectionsNow == 2 })
    _ = try Self.connect(world, after: Self.header(from: 2))
    #expect(await world.eventually { world.transport.counters().refused == 1 })
  }

  @Test("Above the bound for refusals, a client of a full address is dropped")
  func dropped() async throws {
    var limits = TransportLimits()
    limits.connectionCountPerAddressMax = 1
    limits.refusalCountMax = 0
    let world = try RealWorld(Self.byHeader, limits: limits)
    let first = try Self.connect(world, after: Self.header(from: 1))
    let second = try TestSocket(port: world.port)
    try second.send(Self.header(from: 1))
    #expect(((try? second.receive()) ?? []).isEmpty)
    #expect(await world.eventually { world.transport.counters().connectionsNow == 1 })
    first.socket.close()
    #expect(await world.eventually { world.transport.counters().connectionsNow == 0 })
    _ = try Self.connect(world, after: Self.header(from: 1))
  }

  @Test("The header comes before TLS, together with it or byte by byte")
  func beforeTLS() throws {
    let world = try RealWorld([
      Listener(
        .tcp(host: "127.0.0.1", port: 0), forwarding: .proxyProtocol,
        tls: try TLSContext.selfSigned())
    ])
    let whole = try TestSocket(port: world.port)
    try whole.send(Self.header)
    try whole.secure(try TestTLS())
    let client = try WebSocketTestClient(over: whole, host: "a", target: "/peer")
    #expect(try client.receiveText() == "203.0.113.9:50000 secure at 0")
    let pieces = try TestSocket(port: world.port)
    for byte in Self.header { try pieces.send([byte]) }
    try pieces.secure(try TestTLS())
    _ = try WebSocketTestClient(over: pieces, host: "a")
    let together = try TestSocket(port: world.port)
    let tls = try TestTLS()
    let hello = try tls.shake()
    try together.send(Self.header + hello)
    while !tls.isEstablished {
      try together.send(try tls.shake(try together.receive()))
    }
    try together.send(try tls.seal(Array("GET /peer HTTP/1.1\r\nHost: a\r\n\r\n".utf8)))
    var answer: [UInt8] = []
    while !String(decoding: answer, as: UTF8.self).contains("at 0") {
      answer += try tls.open(try together.receive())
    }
    #expect(String(decoding: answer, as: UTF8.self).contains("203.0.113.9:50000 secure"))
  }

  @Test("TLS on a listener that awaits a header is no header")
  func tlsInstead() async throws {
    let world = try RealWorld([
      Listener(
        .tcp(host: "127.0.0.1", port: 0), forwarding: .proxyProtocol,
        tls: try TLSContext.selfSigned())
    ])
    #expect(throws: (any Error).self) { try world.connect(tls: try TestTLS()) }
    #expect(await world.eventually { world.transport.counters().badProxyHeaders == 1 })
  }

  // MARK: X-Forwarded-For

  @Test("Each request's client is the one that its own fields name")
  func fields() throws {
    let world = try RealWorld(Self.byField())
    let socket = try TestSocket(port: world.port)
    for (client, rest) in [("198.51.100.1", ""), ("198.51.100.2", "Connection: close\r\n")] {
      try socket.send(
        """
        GET /peer HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 127.0.0.1\r\n\
        X-Forwarded-For: \(client)\r\nX-Forwarded-Proto: https\r\n\(rest)\r\n
        """)
    }
    let answers = String(decoding: try socket.receiveAll(), as: UTF8.self)
    #expect(answers.contains("198.51.100.1:0 secure at 0"))
    #expect(answers.contains("198.51.100.2:0 secure at 0"))
  }

  @Test("Too few entries, or a trusted one that is no address, is 400")
  func badFields() async throws {
    let world = try RealWorld(Self.byField(2))
    for fields in [
      [], ["X-Forwarded-For: 1.2.3.4"], ["X-Forwarded-For: 1.2.3.4, unknown, 5.6.7.8"],
    ] {
      #expect(try world.ask(fields: fields).hasPrefix("HTTP/1.1 400"), "\(fields)")
    }
    #expect(throws: TestClientError.refused(status: 400)) { try world.connect() }
    #expect(await world.eventually { world.transport.counters().badForwarding == 4 })
    let fields = ["X-Forwarded-For: 1.2.3.4, 5.6.7.8"]
    #expect(try world.ask(fields: fields).contains("1.2.3.4:0 at 0"))
  }

  @Test("The field means nothing where nobody is trusted")
  func untrusted() throws {
    let world = try RealWorld()
    let answer = try world.ask(fields: ["X-Forwarded-For: 1.2.3.4", "X-Forwarded-Proto: https"])
    #expect(answer.contains("127.0.0.1:") && !answer.contains("secure"))
  }

  @Test("WebSockets are counted by the client that the fields name")
  func perField() async throws {
    var limits = TransportLimits()
    limits.connectionCountPerAddressMax = 1
    let world = try RealWorld(Self.byField(), limits: limits)
    func connect(_ client: String) throws -> WebSocketTestClient {
      try WebSocketTestClient(
        port: world.port, target: "/peer", fields: [HTTPField("X-Forwarded-For", client)])
    }
    let clients = try ["1.1.1.1", "2.2.2.2", "3.3.3.3"].map(connect)
    #expect(try clients[2].receiveText() == "3.3.3.3:0 at 0")
    #expect(throws: TestClientError.refused(status: 503)) { try connect("2.2.2.2") }
    clients[1].socket.close()
    #expect(await world.eventually { world.transport.counters().connectionsNow == 2 })
    _ = try connect("2.2.2.2")
  }
}
