import ArenaTestSupport
import DispatchTransport
import Glibc
import Testing
import WebSocketCodec

/// Peers that send a byte now and then, to hold what a server keeps for them.
@Suite("Slow peers")
struct SlowPeerTests {
  /// Sends `bytes` one at a time from each socket, until each has been answered.
  ///
  /// - Returns: The most bytes that one of them could send before.
  private func trickle(_ bytes: [UInt8], from sockets: [TestSocket]) async throws -> Int {
    for (count, byte) in bytes.enumerated() {
      var isAllAnswered = true
      for socket in sockets where !socket.isReadable(within: 0) {
        isAllAnswered = false
        try? socket.send([byte])
      }
      if isAllAnswered { return count }
      try await Task.sleep(for: .milliseconds(2))
    }
    return bytes.count
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  /// An endless head, and a body that is as endless as its length allows.
  private static let requests = [
    "GET / HTTP/1.1\r\nHost: a\r\nX: " + String(repeating: "y", count: 16_000),
    "POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 8000\r\n\r\n"
      + String(repeating: "z", count: 7_999),
  ]

  @Test("Slowloris: a request that comes byte by byte gets 408 in its time", arguments: requests)
  func slowloris(_ request: String) async throws {
    var limits = TransportLimits()
    limits.requestTimeout = .milliseconds(300)
    let world = try RealWorld(limits: limits)
    let slow = try (0..<40).map { _ in try TestSocket(port: world.port) }
    let honest = try world.connect()
    let sent = try await trickle(Array(request.utf8), from: slow)
    #expect(sent < request.utf8.count)
    for socket in slow { #expect(text(try socket.receive()).hasPrefix("HTTP/1.1 408")) }
    try honest.send(text: "echo served meanwhile")
    #expect(try honest.receiveText() == "served meanwhile")
    #expect(await world.eventually { world.transport.counters().timeouts == slow.count })
    // What they sent is all that they made the server do.
    #expect(world.transport.counters().requests == 0)
  }

  @Test("A message that comes byte by byte is closed with 1008 in its time")
  func slowMessage() async throws {
    var limits = TransportLimits()
    limits.messageTimeout = .milliseconds(300)
    let world = try RealWorld(limits: limits)
    let clients = try (0..<20).map { _ in try world.connect() }
    let frame = FrameEncoder.frame(
      .text, [UInt8](repeating: 0x61, count: 16_000), maskingKey: MaskingKey(1, 2, 3, 4))
    let sent = try await trickle(frame, from: clients.map(\.socket))
    #expect(sent < frame.count)
    for client in clients { #expect(try client.receiveClose().code == .policyViolation) }
  }

  @Test("A peer that pings while its message never ends is closed all the same")
  func pingsInUnfinishedMessage() async throws {
    var limits = TransportLimits()
    limits.messageTimeout = .milliseconds(200)
    // The closing handshake is left unanswered, and must not be counted beside it.
    limits.closeTimeout = .seconds(300)
    let world = try RealWorld(limits: limits)
    let client = try world.connect()
    try client.send(.text, [0x61], isFinal: false)
    var pongCount = 0
    while pongCount < 5_000 {
      try? client.send(.ping)
      guard case .pong = try client.receive() else { break }
      pongCount += 1
      try await Task.sleep(for: .milliseconds(2))
    }
    #expect(pongCount < 5_000)
    #expect(await world.eventually { world.transport.counters().timeouts == 1 })
    #expect(await world.eventually { world.log.closes.values.first == [.policyViolation] })
  }

  @Test("A reader of one byte at a time holds no more than its lane")
  func slowReader() async throws {
    var limits = TransportLimits()
    limits.sendBufferByteCount = 4_096
    limits.losslessByteCountMax = 60_000
    let world = try RealWorld(limits: limits)
    let slow = try world.connect(receiveBufferByteCount: 4_096)
    let others = try (0..<4).map { _ in try world.connect() }
    for round in 0..<100 {
      try slow.send(text: "flood 5")
      _ = try? slow.socket.receive(max: 1)
      for other in others {
        try other.send(text: "echo \(round)")
        #expect(try other.receiveText() == "\(round)")
      }
      if !world.log.closes.isEmpty { break }
    }
    #expect(await world.eventually { world.log.closes.values.first == [CloseCode.slowConsumer] })
  }
}
