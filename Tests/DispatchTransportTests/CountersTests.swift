import ArenaTestSupport
import ArenaTypes
import DispatchTransport
import HTTPCodec
import Testing
import WebSocketCodec

@Suite("What the transport counts")
struct CountersTests {
  @Test("The round trip of a ping is measured by the pong that brings its payload back")
  func roundTrip() async throws {
    var limits = TransportLimits()
    limits.pingInterval = .milliseconds(40)
    limits.pongTimeout = .seconds(10)
    let world = try RealWorld(limits: limits)
    let client = try world.connect()
    guard case .ping(let payload) = try client.receive() else {
      Issue.record("a ping was awaited")
      return
    }
    #expect(payload.count == 8)
    try client.send(.pong, payload)
    #expect(await world.eventually { world.transport.counters().pingRoundTrips.count == 1 })
    #expect(world.transport.counters().pingsSent >= 1)
  }

  @Test(
    "A pong that brings back something else, or comes unasked, is counted and not measured",
    arguments: [
      [], [UInt8](repeating: 0xFF, count: 8), [UInt8](repeating: 0, count: 8), [1, 2, 3],
      [0x80, 0, 0, 0, 0, 0, 0, 0],
    ])
  func forgedPong(payload: [UInt8]) async throws {
    var limits = TransportLimits()
    limits.pingInterval = .milliseconds(40)
    limits.pongTimeout = .seconds(10)
    let world = try RealWorld(limits: limits)
    let client = try world.connect()
    try client.send(.pong, payload)
    guard case .ping = try client.receive() else {
      Issue.record("a ping was awaited")
      return
    }
    try client.send(.pong, payload)
    try client.send(.pong, payload)
    #expect(
      await world.eventually { world.transport.counters().controlFramesReceived == 3 })
    // An uptime of less than ten minutes takes all zeros for a moment of its own.
    if payload != [UInt8](repeating: 0, count: 8) {
      #expect(world.transport.counters().pingRoundTrips.count == 0)
    }
  }

  @Test("What waits for a peer that does not read is seen, and forgotten with the peer")
  func backlog() async throws {
    var limits = TransportLimits()
    limits.sendBufferByteCount = 4_096
    limits.closeTimeout = .milliseconds(40)
    limits.sendStallTimeout = .seconds(600)
    let world = try RealWorld(limits: limits)
    let client = try world.connect(receiveBufferByteCount: 4_096)
    try client.send(text: "flood 200")
    #expect(await world.eventually { world.transport.counters().bytesWaiting > 100_000 })
    let counters = world.transport.counters()
    #expect(counters.connectionsBehind == 1)
    #expect(counters.framesWaiting > 100)
    #expect(counters.bytesWaitingMax == counters.bytesWaiting)
    client.socket.close()
    #expect(await world.eventually { world.transport.counters().bytesWaiting == 0 })
    #expect(world.transport.counters().bytesWaitingMax == 0)
  }

  @Test("Responses are counted by status, the transport's own among them")
  func statuses() async throws {
    let world = try RealWorld()
    for request in [
      "GET /page HTTP/1.1\r\nHost: a\r\n\r\n", "GET /none HTTP/1.1\r\nHost: a\r\n\r\n",
      "GET /bad HTTP/1.1\r\nHost: a\r\n\r\n", "GET / HTTP/1.1\r\n\r\n",
    ] {
      let socket = try TestSocket(port: world.port)
      try socket.send(Array(request.utf8))
      _ = try socket.receive()
    }
    _ = try world.connect()
    #expect(
      await world.eventually {
        let statuses = world.transport.counters().responsesByStatus
        return statuses.sorted.map(\.code) == [101, 200, 400, 404, 500]
          && statuses.sorted.allSatisfy { $0.count == 1 }
      })
  }

  @Test("Ends are counted by code; what peers make up goes under 0")
  func closes() async throws {
    let world = try RealWorld()
    for code in [1_000, 1_001, 3_000, 3_001, 4_999] {
      let client = try world.connect()
      try client.sendClose(CloseCode(rawValue: UInt16(code)))
      _ = try client.receiveClose()
    }
    let sentAway = try world.connect()
    try sentAway.send(text: "bye now")
    _ = try sentAway.receiveClose()
    try world.connect().socket.close()
    #expect(
      await world.eventually {
        world.transport.counters().closesByCode.sorted.map { [Int($0.code), $0.count] } == [
          [0, 3], [1_000, 1], [1_001, 1], [1_006, 1], [4_001, 1],
        ]
      })
  }

  @Test("Each turn's time away from the sockets falls into the histogram of its shard")
  func lag() async throws {
    let world = try RealWorld()
    let client = try world.connect()
    for number in 0..<5 {
      try client.send(text: "echo \(number)")
      _ = try client.receiveText()
    }
    #expect(await world.eventually { world.transport.counters().loopLag.count >= 5 })
    #expect(world.transport.counters().loopLag.sum > 0)
    world.transport.shards[0].post {
      // Work that keeps the shard from its sockets for longer than the histogram's second bound.
      let start = ContinuousClock.now
      while ContinuousClock.now - start < .milliseconds(3) {}
    }
    #expect(
      await world.eventually {
        world.transport.counters().loopLag.counts.dropFirst(6).reduce(0, +) >= 1
      })
  }

  @Test("Counters of an idle shard are up to date")
  func published() async throws {
    let world = try RealWorld()
    let client = try world.connect()
    for number in 1...50 {
      try client.send(text: "echo x")
      _ = try client.receiveText()
      #expect(await world.eventually { world.transport.counters().framesSent == number })
    }
  }
}
