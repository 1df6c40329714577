import ArenaTypes
import DispatchTransport
import HTTPCodec
import Testing
import WebSocketCodec

/// What only a simulation can do.
@Suite("Simulated transport")
struct SimulatedTransportTests {
  private func make(shards: Int = 1, limits: TransportLimits = TransportLimits())
    -> (SimulatedTransport, ManualScheduler, EventLog)
  {
    let scheduler = ManualScheduler(now: Timestamp(millisecondsSinceEpoch: 0))
    let log = EventLog()
    let transport = SimulatedTransport(shardCount: shards, scheduler: scheduler, limits: limits) {
      ScriptedHandler($0, log)
    }
    return (transport, scheduler, log)
  }

  @Test("A stuck client fills its lossless lane until it is closed with 4008")
  func stuckOverflow() throws {
    var limits = TransportLimits()
    limits.losslessByteCountMax = 5_100
    let (transport, _, log) = make(limits: limits)
    let client = try #require(transport.connect().client)
    client.isStuck = true
    client.deliver(text: "flood 5")
    #expect(transport.shards[0].pendingByteCount(of: client.id) == 5 * 1_004)
    #expect(client.isOpen)
    client.deliver(text: "flood 1")
    #expect(!client.isOpen)
    #expect(log.closes[client.id] == [CloseCode.slowConsumer])
    client.isStuck = false
    transport.pump()
    #expect(client.closeFrame?.code == CloseCode.slowConsumer)
    #expect(client.takeTexts().isEmpty)
  }

  @Test("A stuck watcher gets one snapshot when it moves again")
  func stuckLatest() throws {
    let (transport, _, _) = make()
    let client = try #require(transport.connect().client)
    client.isStuck = true
    for _ in 0..<50 { client.deliver(text: "latest 1") }
    client.deliver(text: "latest 4")
    #expect(client.takeTexts().isEmpty)
    client.isStuck = false
    transport.pump()
    #expect(client.takeTexts() == ["snapshot 4"])
    #expect(transport.counters().latestFramesReplaced == 53)
  }

  @Test("Connections take turns on the shards, or land where they are told")
  func shards() throws {
    let (transport, _, log) = make(shards: 3)
    for _ in 0..<3 { _ = transport.connect() }
    _ = transport.connect(shard: 1)
    #expect(log.openedIDs.map(\.shardIndex) == [0, 1, 2, 1])
  }

  @Test("Timers run at their own time while the clock is turned past them")
  func clock() throws {
    let (transport, scheduler, _) = make()
    let client = try #require(transport.connect().client)
    client.deliver(text: "timer 500")
    transport.advance(by: .milliseconds(499))
    #expect(client.takeTexts().isEmpty)
    transport.advance(by: .seconds(10))
    #expect(client.takeTexts() == ["timer"])
    #expect(scheduler.now == Timestamp(millisecondsSinceEpoch: 10_499))
  }

  @Test("A client that vanishes ends without a code")
  func vanishing() throws {
    let (transport, _, log) = make()
    let client = try #require(transport.connect().client)
    client.vanish()
    #expect(log.closes[client.id] == [nil])
    #expect(transport.counters().connectionsNow == 0)
  }

  @Test("Draining tells each client another time to come back")
  func drain() throws {
    let (transport, _, log) = make(shards: 2)
    let clients = (0..<8).compactMap { _ in transport.connect().client }
    transport.drain(reconnectSpread: .seconds(4))
    #expect(clients.allSatisfy { $0.closeFrame?.code == .serviceRestart })
    #expect(Set(clients.compactMap(\.closeFrame?.reason)).count == 4)
    #expect(log.closes.count == 8)
  }

  @Test("Plain requests are answered")
  func requests() {
    let (transport, _, _) = make()
    let reply = transport.request(SimulatedRequest.plain(target: "/page"))
    #expect(reply.status == .ok && reply.body == Array("hello".utf8))
  }
}
