import ArenaProtocol
import ArenaTypes
import DispatchTransport
import HTTPCodec
import Testing
import WebSocketCodec

@testable import ArenaServer

@Suite("Logs of topics")
struct TopicLogTests {
  private func log(_ count: Int, capacity: Int) -> TopicLog {
    var log = TopicLog(epoch: "e1", capacity: capacity)
    for number in 1...max(1, count) where count > 0 {
      log.append(SharedFrame(text: "\(number)"))
    }
    return log
  }

  private func texts(_ log: TopicLog, since offset: Int, epoch: String = "e1") -> [String]? {
    log.frames(since: TopicPosition(epoch: epoch, offset: offset))?
      .map { String(decoding: $0.payload, as: UTF8.self) }
  }

  @Test("Whoever was at an offset gets exactly what came after it")
  func exactly() {
    let log = log(5, capacity: 5)
    #expect(log.offset == 5)
    for offset in 0...5 {
      #expect(texts(log, since: offset) == (offset..<5).map { "\($0 + 1)" })
    }
  }

  @Test("What is no longer kept, comes from the future or from another life needs a snapshot")
  func snapshots() {
    let log = log(10, capacity: 4)
    #expect(texts(log, since: 6)?.count == 4)
    #expect(texts(log, since: 5) == nil)
    #expect(texts(log, since: 11) == nil)
    #expect(texts(log, since: 8, epoch: "e0") == nil)
    #expect(log.frames(since: nil) == nil)
  }

  @Test("What was let go needs a snapshot, what comes after it does not")
  func forgotten() {
    var log = log(4, capacity: 5)
    log.forget()
    #expect(log.offset == 4)
    #expect(texts(log, since: 4) == [])
    #expect(texts(log, since: 3) == nil)
    log.append(SharedFrame(text: "5"))
    #expect(texts(log, since: 4) == ["5"])
    #expect(texts(log, since: 3) == nil)
    log.forget()
    log.forget()
    #expect(texts(log, since: 5) == [] && texts(log, since: 4) == nil)
  }

  @Test("A log that keeps nothing tells only that nothing was missed")
  func keepsNothing() {
    let log = log(3, capacity: 0)
    #expect(texts(log, since: 3) == [])
    #expect(texts(log, since: 2) == nil)
  }
}

@Suite("Subscribers of a shard")
struct TopicHubTests {
  /// A handler that accepts every connection and does nothing.
  private final class QuietHandler: ShardHandler {
    func connectionOpened(_ id: ConnectionID, request: RequestHead, peer: PeerAddress) {}
    func messageReceived(_ id: ConnectionID, text: UnsafeRawBufferPointer) {}
    func connectionClosed(_ id: ConnectionID, code: CloseCode?) {}
    func respond(
      to request: RequestHead, body: UnsafeRawBufferPointer, peer: PeerAddress
    ) -> HTTPReply { HTTPReply(status: .notFound, fields: [], body: []) }
    func acceptsUpgrade(_ request: RequestHead, peer: PeerAddress) -> UpgradeDecision {
      .accept(subprotocol: nil)
    }
  }

  @Test("A frame reaches each subscriber of its topic once, whatever the others did before")
  func delivery() throws {
    let transport = SimulatedTransport(
      scheduler: ManualScheduler(now: Timestamp(millisecondsSinceEpoch: 0))
    ) { _ in QuietHandler() }
    let clients = try (0..<12).map { _ in try #require(transport.connect().client) }
    let hub = TopicHub(shard: transport.shards[0])
    let (lobby, duel) = (TopicName.lobby, TopicName.duel(DuelID(rawValue: "d")))
    var generator = SeededGenerator(seed: 7)
    var following: [TopicName: Set<Int>] = [lobby: [], duel: []]
    for step in 0..<300 {
      let index = Int.random(in: clients.indices, using: &generator)
      let topic = Bool.random(using: &generator) ? lobby : duel
      if Bool.random(using: &generator) {
        hub.subscribe(clients[index].id, to: topic)
        following[topic]?.insert(index)
      } else {
        hub.unsubscribe(clients[index].id, from: topic)
        following[topic]?.remove(index)
      }
      #expect(hub.subscriberCount(of: topic) == following[topic]?.count)
      hub.deliver(SharedFrame(text: "\(step)"), on: topic)
      transport.pump()
      for (position, client) in clients.enumerated() {
        let isFollowing = following[topic]?.contains(position) == true
        #expect(client.takeTexts() == (isFollowing ? ["\(step)"] : []))
      }
    }
  }
}

@Suite("Where rooms live")
struct ShardDirectoryTests {
  @Test("A room's place follows from its name alone, the same in every run")
  func stable() {
    // FNV-1a, computed apart from this code; a journal is read by the next run.
    #expect(ShardDirectory.hash(of: "") == 0xCBF2_9CE4_8422_2325)
    #expect(ShardDirectory.hash(of: "a") == 0xAF63_DC4C_8601_EC8C)
    #expect(ShardDirectory.hash(of: "foobar") == 0x8594_4171_F739_67E8)
  }

  @Test("Rooms are spread evenly over shards")
  func even() {
    for count in [2, 3, 8] {
      var rooms = Array(repeating: 0, count: count)
      for number in 0..<10_000 {
        rooms[ShardDirectory.place(of: "duel/d_\(number)", among: count)] += 1
      }
      let mean = 10_000 / count
      #expect(rooms.allSatisfy { abs($0 - mean) < mean / 8 }, "\(rooms)")
    }
  }
}
