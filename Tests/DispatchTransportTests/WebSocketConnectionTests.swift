import ArenaTypes
import ArenaTestSupport
import DispatchTransport
import Glibc
import Testing
import WebSocketCodec

/// WebSockets over real sockets on loopback.
@Suite("WebSocket connections")
struct WebSocketConnectionTests {
  private static let mask = MaskingKey(7, 1, 255, 40)

  @Test("A handshake and two messages may be cut at each byte")
  func cutEverywhere() throws {
    var limits = TransportLimits()
    limits.handshakesPerSecondPerAddress = nil
    let world = try RealWorld(limits: limits)
    let request = """
      GET /greet HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
      Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n
      """
    let long = String(repeating: "é", count: 100)
    let bytes =
      Array(request.utf8) + FrameEncoder.frame(text: "echo one", maskingKey: Self.mask)
      + FrameEncoder.frame(text: "echo \(long)", maskingKey: Self.mask)
      + FrameEncoder.closeFrame(.normal, maskingKey: Self.mask)
    let expected =
      FrameEncoder.frame(text: "welcome") + FrameEncoder.frame(text: "one")
      + FrameEncoder.frame(text: long) + FrameEncoder.closeFrame(.normal)
    for cut in 0...bytes.count {
      let socket = try TestSocket(port: world.port)
      try socket.send(Array(bytes[..<cut]))
      try socket.send(Array(bytes[cut...]))
      let answer = try socket.receiveAll()
      #expect(Array(answer.suffix(expected.count)) == expected, "cut at \(cut)")
      socket.close()
    }
  }

  @Test("Bytes may come one at a time")
  func byteByByte() throws {
    let world = try RealWorld()
    let client = try world.connect()
    let frame = FrameEncoder.frame(text: "echo slowly", maskingKey: Self.mask)
    for byte in frame { try client.socket.send([byte]) }
    #expect(try client.receiveText() == "slowly")
  }

  @Test("Fragments are put together, with a ping between them answered")
  func fragments() throws {
    let world = try RealWorld()
    let client = try world.connect()
    try client.send(.text, Array("echo a".utf8), isFinal: false)
    try client.send(.ping, [1, 2])
    try client.send(.continuation, Array("b".utf8), isFinal: false)
    try client.send(.continuation, Array("c".utf8))
    #expect(try client.receive() == .pong([1, 2]))
    #expect(try client.receive() == .text("abc"))
  }

  @Test("A violation is answered with its close code, and the connection ended")
  func violation() async throws {
    let world = try RealWorld()
    let client = try world.connect()
    try client.socket.send(FrameEncoder.frame(text: "no mask"))
    #expect(try client.receiveClose().code == .protocolError)
    #expect(try client.receive() == .end)
    #expect(await world.eventually { world.log.closes.values.first == [.protocolError] })
  }

  @Test("A reader that is too slow is closed with 4008 and its end told once")
  func slowReader() async throws {
    var limits = TransportLimits()
    limits.losslessByteCountMax = 20_000
    limits.sendBufferByteCount = 4_096
    limits.closeTimeout = .seconds(60)
    let world = try RealWorld(limits: limits)
    let slow = try world.connect(receiveBufferByteCount: 4_096)
    try slow.send(text: "flood 5000")
    #expect(await world.eventually { !world.log.closes.isEmpty })
    let id = try #require(world.log.openedIDs.first)
    #expect(world.log.closes[id] == [CloseCode.slowConsumer])
    #expect(await world.eventually { world.transport.counters().overflows == 1 })
    // What had begun to go out ends whole, and the close frame follows it.
    #expect(try slow.receiveClose().code == CloseCode.slowConsumer)
  }

  @Test("A peer that pings and does not read is closed with 4008")
  func pingFlood() async throws {
    var limits = TransportLimits()
    limits.losslessByteCountMax = 10_000
    limits.sendBufferByteCount = 4_096
    let world = try RealWorld(limits: limits)
    let client = try world.connect(receiveBufferByteCount: 4_096)
    let ping = FrameEncoder.frame(
      .ping, [UInt8](repeating: 1, count: 125), maskingKey: Self.mask)
    var sent = 0
    while world.log.closes.isEmpty, sent < 100_000 {
      try client.socket.send(Array(repeatElement(ping, count: 50).joined()))
      sent += 50
    }
    #expect(await world.eventually { !world.log.closes.isEmpty })
    #expect(world.log.closes.values.first == [CloseCode.slowConsumer])
  }

  @Test("A flood within the limit arrives whole at a slow reader")
  func floodWithinLimit() throws {
    var limits = TransportLimits()
    limits.sendBufferByteCount = 4_096
    let world = try RealWorld(limits: limits)
    let client = try world.connect(receiveBufferByteCount: 4_096)
    try client.send(text: "flood 200")
    for _ in 0..<200 { #expect(try client.receiveText().utf8.count == 1_000) }
    try client.send(text: "echo end")
    #expect(try client.receiveText() == "end")
  }

  @Test("A stuck watcher gets the snapshot of the last version, and nothing older twice")
  func latestForStuck() async throws {
    var limits = TransportLimits()
    limits.sendBufferByteCount = 4_096
    let world = try RealWorld(limits: limits)
    let watcher = try world.connect(receiveBufferByteCount: 4_096)
    try watcher.send(text: "flood 100")
    for _ in 0..<5 { try watcher.send(text: "latest 3") }
    #expect(await world.eventually { world.log.all.count == 7 })
    var boards: [String] = []
    for _ in 0..<100 { _ = try watcher.receiveText() }
    try watcher.send(text: "echo end")
    while boards.last != "end" { boards.append(try watcher.receiveText()) }
    #expect(boards == ["snapshot 3", "end"])
    #expect(await world.eventually { world.transport.counters().latestFramesReplaced == 14 })
  }

  @Test("A silent peer is pinged, and gone if it stays silent")
  func halfOpen() async throws {
    var limits = TransportLimits()
    limits.pingInterval = .milliseconds(40)
    limits.pongTimeout = .milliseconds(40)
    let world = try RealWorld(limits: limits)
    let silent = try world.connect()
    #expect(try isPing(silent.receive()))
    #expect(await world.eventually { !world.log.closes.isEmpty })
    #expect(world.log.closes.values.first == [nil])
    #expect(await world.eventually { world.transport.counters().timeouts == 1 })
  }

  private func isPing(_ received: WebSocketTestClient.Received) -> Bool {
    if case .ping = received { true } else { false }
  }

  @Test("A peer that answers pings stays")
  func pongs() async throws {
    var limits = TransportLimits()
    limits.pingInterval = .milliseconds(40)
    limits.pongTimeout = .seconds(10)
    let world = try RealWorld(limits: limits)
    let client = try world.connect()
    for _ in 0..<4 {
      #expect(try isPing(client.receive()))
      try client.send(.pong)
    }
    #expect(world.log.closes.isEmpty)
  }

  @Test("A message that is never finished is closed with 1008")
  func unfinishedMessage() throws {
    var limits = TransportLimits()
    limits.messageTimeout = .milliseconds(50)
    let world = try RealWorld(limits: limits)
    let client = try world.connect()
    try client.send(.text, [65], isFinal: false)
    #expect(try client.receiveClose().code == .policyViolation)
  }

  @Test("A peer that does not answer a close is cut off")
  func closeTimeout() async throws {
    var limits = TransportLimits()
    limits.closeTimeout = .milliseconds(50)
    let world = try RealWorld(limits: limits)
    let client = try world.connect()
    try client.send(text: "bye")
    #expect(try client.receiveClose().code == CloseCode(rawValue: 4_001))
    #expect(try client.receive() == .end)
    #expect(await world.eventually { world.transport.counters().connectionsNow == 0 })
  }

  @Test("A reset ends the connection without a code")
  func reset() async throws {
    let world = try RealWorld()
    let client = try world.connect()
    client.socket.reset()
    #expect(await world.eventually { !world.log.closes.isEmpty })
    #expect(world.log.closes.values.first == [nil])
  }

  @Test("A slot that is used again has another id, and the old one names nobody")
  func staleIDs() async throws {
    let world = try RealWorld()
    let first = try world.connect()
    try first.close()
    #expect(await world.eventually { world.transport.counters().connectionsNow == 0 })
    let second = try world.connect()
    let ids = world.log.openedIDs
    #expect(ids.count == 2 && ids[0] != ids[1])
    let shard = world.transport.shards[0]
    shard.post { [shard] in
      shard.send(SharedFrame(text: "for the first"), to: ids[0])
      shard.close(ids[0], code: .normal, reason: "")
      shard.send(SharedFrame(text: "for the second"), to: ids[1])
    }
    #expect(try second.receiveText() == "for the second")
  }

  private final class Seen: Sendable {
    let numbers = Locked<[[Int]]>(Array(repeating: [], count: 8))
  }

  @Test("Thousands of posts from many threads all run, each thread's in order")
  func posts() async throws {
    let world = try RealWorld(shardCount: 2)
    let shards = world.transport.shards
    let seen = Seen()
    await withTaskGroup(of: Void.self) { group in
      for thread in 0..<8 {
        group.addTask {
          for number in 0..<5_000 {
            shards[thread % 2].post { seen.numbers.withLock { $0[thread].append(number) } }
            if number % 500 == 0 { await Task.yield() }
          }
        }
      }
    }
    #expect(
      await world.eventually { seen.numbers.withLock { $0.allSatisfy { $0.count == 5_000 } } })
    for numbers in seen.numbers.withLock({ $0 }) { #expect(numbers == Array(0..<5_000)) }
  }

  @Test("Connections are dealt out evenly over the shards")
  func balance() throws {
    let world = try RealWorld(shardCount: 3)
    let clients = try (0..<9).map { _ in try world.connect() }
    for client in clients {
      try client.send(text: "echo hello")
      #expect(try client.receiveText() == "hello")
    }
    let byShard = Dictionary(grouping: world.log.openedIDs, by: \.shardIndex)
    #expect(byShard.mapValues(\.count) == [0: 3, 1: 3, 2: 3])
  }
}
