import ArenaTypes
import ArenaTestSupport
import CLinux
import Glibc
import Synchronization
import Testing
import WebSocketCodec

@testable import DispatchTransport

/// Accepting, its bounds, and draining.
@Suite("Listening and draining")
struct ListeningTests {
  @Test("More connections than the limit get 503; when one goes, the next may come")
  func tooMany() async throws {
    var limits = TransportLimits()
    limits.connectionCountMax = 2
    let world = try RealWorld(limits: limits)
    let first = try world.connect()
    let second = try world.connect(source: "127.0.0.2")
    #expect(throws: TestClientError.refused(status: 503)) {
      try world.connect(source: "127.0.0.3")
    }
    try first.close()
    // All at once: counters of before the refusal could say 1 too.
    #expect(
      await world.eventually {
        let counters = world.transport.counters()
        return counters.refused == 1 && counters.webSocketsNow == 1
          && counters.connectionsNow == 1
      })
    let third = try world.connect()
    for client in [second, third] {
      try client.send(text: "echo here")
      #expect(try client.receiveText() == "here")
    }
    #expect(await world.eventually { world.transport.counters().refused == 1 })
  }

  @Test("One address may not take all")
  func perAddress() throws {
    var limits = TransportLimits()
    limits.connectionCountPerAddressMax = 2
    let world = try RealWorld(limits: limits)
    let ours = try (0..<2).map { _ in try world.connect() }
    #expect(throws: TestClientError.refused(status: 503)) { try world.connect() }
    let other = try world.connect(source: "127.0.0.9")
    try other.send(text: "echo there")
    #expect(try other.receiveText() == "there")
    #expect(ours.count == 2)
  }

  @Test("Even refusals are bounded: beyond them a connection is closed at once")
  func refusals() throws {
    var limits = TransportLimits()
    limits.connectionCountMax = 1
    limits.refusalCountMax = 1
    let world = try RealWorld(limits: limits)
    let admitted = try world.connect()
    let refused = try TestSocket(port: world.port)
    let dropped = try TestSocket(port: world.port)
    #expect(throws: Never.self) {
      // The end, or a reset.
      #expect((try? dropped.receive())?.isEmpty ?? true)
    }
    try refused.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    #expect(String(decoding: try refused.receiveAll(), as: UTF8.self).contains("503"))
    try admitted.send(text: "echo still")
    #expect(try admitted.receiveText() == "still")
  }

  @Test(
    "Out of descriptors, accepting rests and then goes on", arguments: [EMFILE, ENFILE, ENOMEM])
  func outOfDescriptors(_ error: Int32) async throws {
    let failures = Atomic<Int>(3)
    let calls = Atomic<Int>(0)
    let log = EventLog()
    var limits = TransportLimits()
    limits.acceptBackOff = .milliseconds(10)
    let shared = Counters(failures: failures, calls: calls)
    let transport = DispatchTransport(
      configuration: TransportConfiguration(shardCount: 1, limits: limits),
      accept: { listener, peer in
        shared.calls.add(1, ordering: .relaxed)
        let left = shared.failures.subtract(1, ordering: .relaxed).newValue
        return left >= 0 ? -error : ca_accept(listener, &peer)
      },
      makeHandler: { ScriptedHandler($0, log) })
    let port = try transport.start()[0]
    let client = try WebSocketTestClient(port: port)
    try client.send(text: "echo in")
    #expect(try client.receiveText() == "in")
    // Three failures, one success, one "no more": a shard that spins would have called far oftener.
    #expect(shared.calls.load(ordering: .relaxed) == 5)
    await withCheckedContinuation { done in transport.drain(within: .zero) { done.resume() } }
    #expect(transport.counters().acceptBackOffs == 3)
  }

  private final class WeakShard: Sendable {
    weak let shard: (any TransportShard)?
    init(_ shard: any TransportShard) { self.shard = shard }
  }

  @Test("After its end nothing of a transport is left, with or without open connections")
  func isFreed() async throws {
    let shards = Locked<[WeakShard]>([])
    let log = EventLog()
    for isOpen in [false, true] {
      let transport = DispatchTransport(
        configuration: TransportConfiguration(shardCount: 2)
      ) { shard in
        shards.withLock { $0.append(WeakShard(shard)) }
        return ScriptedHandler(shard, log)
      }
      let port = try transport.start()[0]
      let client = isOpen ? try WebSocketTestClient(port: port) : nil
      let parts = transport.shards
      await withCheckedContinuation { done in transport.drain(within: .zero) { done.resume() } }
      client?.socket.close()
      // Work that comes too late holds what it is posted to.
      for shard in parts { shard.post { [shard] in shard.preconditionIsCurrent() } }
    }
    let world = try RealWorld()
    #expect(await world.eventually { shards.withLock { $0.allSatisfy { $0.shard == nil } } })
    #expect(shards.withLock { $0.count } == 4)
  }

  private final class Counters: Sendable {
    let failures: Atomic<Int>
    let calls: Atomic<Int>
    init(failures: consuming Atomic<Int>, calls: consuming Atomic<Int>) {
      self.failures = failures
      self.calls = calls
    }
  }

  @Test("A port that is taken is said so, and a bad address too")
  func startErrors() throws {
    let world = try RealWorld()
    let log = EventLog()
    func start(_ address: Listener) throws {
      let transport = DispatchTransport(
        configuration: TransportConfiguration(listeners: [address], shardCount: 1)
      ) { ScriptedHandler($0, log) }
      _ = try transport.start()
    }
    #expect(throws: TransportError.addressInUse(host: "127.0.0.1", port: world.port)) {
      try start(Listener(port: world.port))
    }
    #expect(throws: TransportError.badAddress("example.org")) {
      try start(Listener(host: "example.org", port: 0))
    }
  }

  @Test("Draining sends 1012 with spread times to all, waits for them, and ends")
  func drain() async throws {
    var limits = TransportLimits()
    // The idle connection may not end by itself before a busy machine comes to the draining.
    limits.requestTimeout = .seconds(600)
    let world = try RealWorld(shardCount: 2, limits: limits)
    let clients = try (0..<6).map { _ in try world.connect() }
    let idle = try TestSocket(port: world.port)
    #expect(await world.eventually { world.transport.counters().connectionsNow == 7 })
    let port = world.port
    let done = Locked(false)
    world.transport.drain(within: .seconds(10), reconnectSpread: .seconds(5)) {
      done.withLock { $0 = true }
    }
    var hints: Set<String> = []
    for client in clients {
      let close = try client.receiveClose()
      #expect(close.code == .serviceRestart)
      #expect(close.reason.hasPrefix("restart; retry in "))
      hints.insert(close.reason)
      try client.sendClose(.serviceRestart)
      #expect(try client.receive() == .end)
      client.socket.close()
    }
    #expect(hints.count >= 3)
    #expect(try idle.receive().isEmpty)
    #expect(await world.eventually { done.withLock { $0 } })
    #expect(world.log.closes.values.allSatisfy { $0 == [.serviceRestart] })
    #expect(throws: TestClientError.self) { try TestSocket(port: port) }
  }

  @Test("Who does not go while draining is cut off at the deadline")
  func drainDeadline() async throws {
    let world = try RealWorld()
    let stays = try world.connect()
    await world.drain(within: .milliseconds(30))
    #expect(try stays.receiveClose().code == .serviceRestart)
    #expect(world.transport.counters().connectionsNow == 0)
    #expect(world.transport.shards.isEmpty)
  }

  @Test("An IPv6 listener knows its peers, and a /64 network counts as one")
  func addresses() throws {
    let one = try #require(PeerAddress(host: "2001:db8::1", port: 1))
    let two = try #require(PeerAddress(host: "2001:db8::2", port: 2))
    let other = try #require(PeerAddress(host: "2001:db8:0:1::1", port: 1))
    #expect(one.group == two.group)
    #expect(one.group != other.group)
    #expect(one.description == "[2001:db8::1]:1")
    let four = try #require(PeerAddress(host: "127.3.2.1", port: 80, listener: 2))
    #expect(four.description == "127.3.2.1:80")
    #expect(four.isLoopback && !one.isLoopback && four.listener == 2)
    #expect(PeerAddress(host: "::1", port: 1)?.isLoopback == true)
    #expect(PeerAddress(host: "localhost", port: 1) == nil)
  }
}
