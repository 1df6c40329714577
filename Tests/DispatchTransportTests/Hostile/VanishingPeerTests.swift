import ArenaTypes
import ArenaTestSupport
import DispatchTransport
import Testing
import WebSocketCodec

/// Peers that reset, end or fall silent at every moment of a connection's life.
///
/// Whatever they do, the connection is gone afterwards, its handler has been told once, and others
/// are served.
@Suite("Vanishing peers")
struct VanishingPeerTests {
  /// Waits for all connections to be gone, and checks what the handlers were told.
  private func expectAllGone(_ world: RealWorld) async throws {
    let isOver = await world.eventually { world.transport.counters().connectionsNow == 0 }
    #expect(isOver, "\(world.transport.counters())")
    #expect(world.transport.counters().webSocketsNow == 0)
    #expect(await world.eventually { world.log.closes.count == world.log.openedIDs.count })
    #expect(world.log.closes.values.allSatisfy { $0.count == 1 })
    let client = try world.connect()
    try client.send(text: "echo still served")
    #expect(try client.receiveText() == "still served")
  }

  @Test("A reset leaves nothing behind", arguments: Moment.allCases)
  func resets(_ moment: Moment) async throws {
    let world = try RealWorld(limits: Moment.limits, page: Moment.page)
    for _ in 0..<8 { try moment.reach(world).reset() }
    try await expectAllGone(world)
  }

  @Test(
    "A peer that is killed, its socket closed with bytes unread, leaves nothing behind",
    arguments: Moment.allCases)
  func kills(_ moment: Moment) async throws {
    let world = try RealWorld(limits: Moment.limits, page: Moment.page)
    for _ in 0..<8 { try moment.reach(world).close() }
    try await expectAllGone(world)
  }

  @Test("A peer that ends its side is brought to its end", arguments: Moment.allCases)
  func halfCloses(_ moment: Moment) async throws {
    let world = try RealWorld(limits: Moment.limits, page: Moment.page)
    let socket = try moment.reach(world)
    socket.endSending()
    // All that was asked for before, or a reset; never a wait.
    do {
      _ = try socket.receiveAll()
    } catch TestClientError.ended {}
    socket.close()
    try await expectAllGone(world)
  }

  @Test("A peer that falls silent, and reads nothing, is given up", arguments: Moment.allCases)
  func silence(_ moment: Moment) async throws {
    var limits = Moment.limits
    limits.requestTimeout = .milliseconds(400)
    limits.keepAliveTimeout = .milliseconds(200)
    limits.responseStallTimeout = .milliseconds(200)
    limits.messageTimeout = .milliseconds(200)
    limits.pingInterval = .milliseconds(150)
    limits.pongTimeout = .milliseconds(150)
    limits.closeTimeout = .milliseconds(200)
    let world = try RealWorld(limits: limits, page: Moment.page)
    let silent = try moment.reach(world)
    try await expectAllGone(world)
    silent.close()
  }

  @Test("A reset while the server drains does not keep it from its end", arguments: Moment.allCases)
  func draining(_ moment: Moment) async throws {
    let world = try RealWorld(limits: Moment.limits, page: Moment.page)
    let sockets = try (0..<4).map { _ in try moment.reach(world) }
    #expect(
      await world.eventually { world.transport.counters().accepted >= sockets.count })
    let isDone = Locked(false)
    world.transport.drain(within: .seconds(60)) { isDone.withLock { $0 = true } }
    for socket in sockets { socket.reset() }
    #expect(await world.eventually { isDone.withLock { $0 } })
    #expect(world.transport.counters().connectionsNow == 0)
    #expect(world.log.closes.count == world.log.openedIDs.count)
  }
}
