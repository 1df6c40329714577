import ArenaTestSupport
import DispatchTransport
import Testing

/// How a TLS connection comes to be, and all the ways in which it doesn't.
@Suite("TLS handshakes")
struct TLSHandshakeTests {
  private static let get = "GET /page HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"

  private func world(limits: TransportLimits = TransportLimits()) throws -> RealWorld {
    try RealWorld(limits: limits, tls: try TLSContext.selfSigned())
  }

  private func failures(of world: RealWorld, _ failure: TLSFailure) async -> Bool {
    await world.eventually { world.transport.counters().tlsFailures[failure] == 1 }
  }

  @Test("TLS 1.2 and 1.3 are spoken", arguments: [TestTLS.Version.v1_2, .v1_3])
  func versions(_ version: TestTLS.Version) async throws {
    let world = try world()
    let tls = try TestTLS(version)
    let client = try world.connect(tls: tls)
    try client.send(text: "echo hello")
    #expect(try client.receiveText() == "hello")
    #expect(tls.version == (version == .v1_2 ? "TLSv1.2" : "TLSv1.3"))
    #expect(await world.eventually { world.transport.counters().tlsHandshakes == 1 })
    #expect(world.transport.counters().tlsFailures.isEmpty)
  }

  @Test("TLS 1.1 is refused")
  func oldVersion() async throws {
    let world = try world()
    #expect(throws: TestClientError.malformed("TLS handshake: tlsv1 alert protocol version")) {
      try world.connect(tls: try TestTLS(.v1_1))
    }
    #expect(await failures(of: world, .version))
  }

  @Test("http/1.1 is chosen, wherever it stands in the offer")
  func protocolChosen() throws {
    let world = try world()
    for offer in [["http/1.1"], ["h2", "http/1.1"], ["http/1.1", "h2"]] {
      let tls = try TestTLS(protocols: offer)
      _ = try world.connect(tls: tls)
      #expect(tls.chosenProtocol == "http/1.1")
    }
    let silent = try TestTLS()
    _ = try world.connect(tls: silent)
    #expect(silent.chosenProtocol == nil)
  }

  @Test("A client of other protocols is refused", arguments: [["h2"], ["http/1.0", "http/1.12"]])
  func protocolRefused(_ offer: [String]) async throws {
    let world = try world()
    #expect(
      throws: TestClientError.malformed("TLS handshake: tlsv1 alert no application protocol")
    ) { try world.connect(tls: try TestTLS(protocols: offer)) }
    #expect(await failures(of: world, .protocolName))
  }

  @Test("A ticket resumes the session, on any shard", arguments: [TestTLS.Version.v1_2, .v1_3])
  func resumption(_ version: TestTLS.Version) async throws {
    let world = try RealWorld(shardCount: 2, tls: try TLSContext.selfSigned())
    let first = try TestTLS(version)
    let client = try world.connect(tls: first)
    // The ticket of TLS 1.3 comes with the first bytes after the handshake.
    try client.send(text: "echo a")
    #expect(try client.receiveText() == "a")
    #expect(!first.isResumed)
    for _ in 0..<2 {
      let next = try TestTLS(version, resuming: first)
      let again = try world.connect(tls: next)
      #expect(next.isResumed)
      try again.send(text: "echo b")
      #expect(try again.receiveText() == "b")
    }
    #expect(await world.eventually { world.transport.counters().tlsResumed == 2 })
    #expect(world.transport.counters().tlsHandshakes == 3)
  }

  @Test("A ticket of another server's is passed over, and the handshake is a full one")
  func foreignTicket() throws {
    let first = try TestTLS()
    let one = try world()
    let client = try one.connect(tls: first)
    try client.send(text: "echo a")
    #expect(try client.receiveText() == "a")
    let next = try TestTLS(resuming: first)
    let other = try world()
    _ = try other.connect(tls: next)
    #expect(!next.isResumed)
  }

  @Test("Who speaks HTTP on the port of HTTPS is told so in plain text")
  func plainHTTP() async throws {
    let world = try world()
    let socket = try TestSocket(port: world.port)
    try socket.send(Self.get)
    let answer = String(decoding: try socket.receiveAll(), as: UTF8.self)
    #expect(answer.hasPrefix("HTTP/1.1 400 "))
    #expect(answer.hasSuffix("This port speaks HTTPS.\n"))
    #expect(await failures(of: world, .plainHTTP))
    socket.close()
    #expect(await world.eventually { world.transport.counters().connectionsNow == 0 })
  }

  @Test("What is no ClientHello ends the connection with an alert")
  func garbage() async throws {
    let world = try world()
    let socket = try TestSocket(port: world.port)
    // A handshake record (RFC 8446, section 5.1) that holds no handshake.
    try socket.send([22, 3, 1, 2, 0] + [UInt8](repeating: 0xA5, count: 512))
    let answer = try socket.receiveAll()
    // An alert record, fatal.
    #expect(answer.first == 21 && answer.count == 7 && answer[5] == 2)
    #expect(await failures(of: world, .malformed))
  }

  @Test("What is no record of TLS at all gets no answer")
  func noise() async throws {
    let world = try world()
    let socket = try TestSocket(port: world.port)
    try socket.send([UInt8](repeating: 0xA5, count: 600))
    #expect(try socket.receiveAll().isEmpty)
    #expect(await failures(of: world, .malformed))
  }

  @Test("A handshake takes no longer than a request may")
  func tooLate() async throws {
    var limits = TransportLimits()
    limits.requestTimeout = .milliseconds(50)
    let world = try world(limits: limits)
    let silent = try TestSocket(port: world.port)
    let halting = try TestSocket(port: world.port)
    try halting.send(Array(try TestTLS().shake().prefix(100)))
    #expect(try silent.receiveAll().isEmpty)
    #expect(try halting.receiveAll().isEmpty)
    #expect(
      await world.eventually { world.transport.counters().tlsFailures[.tooLate] == 2 })
    #expect(world.transport.counters().requestTimeouts == 2)
    #expect(world.transport.counters().tlsFailures[.ended] == nil)
  }

  @Test("A reset at any step of the handshake harms nobody", arguments: 0..<5)
  func resets(_ step: Int) async throws {
    let world = try world()
    let bystander = try world.connect(tls: try TestTLS())
    let socket = try TestSocket(port: world.port)
    let tls = try TestTLS()
    let hello = try tls.shake()
    switch step {
    case 0: break
    case 1: try socket.send(Array(hello.prefix(hello.count / 2)))
    case 2: try socket.send(hello)
    default:
      try socket.send(hello)
      var answer: [UInt8] = []
      while answer.isEmpty { answer = try tls.shake(try socket.receive()) }
      try socket.send(step == 3 ? Array(answer.prefix(answer.count / 2)) : answer)
    }
    socket.reset()
    #expect(
      await world.eventually {
        let counters = world.transport.counters()
        return counters.accepted == 2 && counters.connectionsNow == 1
      })
    try bystander.send(text: "echo fine")
    #expect(try bystander.receiveText() == "fine")
    // Whoever has said nothing, or all, has not failed.
    let hasFailed = (1...3).contains(step)
    #expect((world.transport.counters().tlsFailures[.ended] == 1) == hasFailed)
  }

  @Test("A handshake that comes byte by byte is like any other")
  func byteByByte() throws {
    let world = try world()
    let socket = try TestSocket(port: world.port)
    let tls = try TestTLS()
    for byte in try tls.shake() { try socket.send([byte]) }
    while !tls.isEstablished {
      for byte in try tls.shake(try socket.receive()) { try socket.send([byte]) }
    }
    for byte in try tls.seal(Array(Self.get.utf8)) { try socket.send([byte]) }
    var answer: [UInt8] = []
    while !tls.hasPeerClosed { answer += try tls.open(try socket.receive()) }
    #expect(String(decoding: answer, as: UTF8.self).hasSuffix("hello"))
  }

  @Test("A crowd's handshakes take turns, and all are done")
  func crowd() async throws {
    var limits = TransportLimits()
    limits.tlsHandshakeStepsPerTurnMax = 1
    let world = try world(limits: limits)
    let crowd = try (0..<20).map { _ in
      (socket: try TestSocket(port: world.port), tls: try TestTLS())
    }
    for each in crowd { try each.socket.send(try each.tls.shake()) }
    for each in crowd {
      while !each.tls.isEstablished {
        try each.socket.send(try each.tls.shake(try each.socket.receive()))
      }
    }
    #expect(await world.eventually { world.transport.counters().tlsHandshakes == 20 })
  }

  @Test("Who comes above the bound gets 503 through TLS")
  func refused() throws {
    var limits = TransportLimits()
    limits.connectionCountMax = 1
    let world = try world(limits: limits)
    let first = try world.connect(tls: try TestTLS())
    #expect(throws: TestClientError.refused(status: 503)) {
      try world.connect(tls: try TestTLS())
    }
    try first.send(text: "echo in")
    #expect(try first.receiveText() == "in")
  }
}
