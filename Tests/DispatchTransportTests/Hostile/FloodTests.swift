import ArenaTestSupport
import DispatchTransport
import Glibc
import Testing
import WebSocketCodec

/// Peers that send as much as they can of what costs a server more than them.
@Suite("Floods")
struct FloodTests {
  private static let mask = MaskingKey(9, 8, 7, 6)

  @Test("A million pings are answered, and cost no memory and no other connection")
  func pings() throws {
    let world = try RealWorld()
    let client = try world.connect()
    let other = try world.connect()
    let batchCount = 10_000
    let ping = FrameEncoder.frame(.ping, [], maskingKey: Self.mask)
    let batch = Array(repeatElement(ping, count: batchCount).joined())
    let pongByteCount = FrameEncoder.byteCount(payloadByteCount: 0) * batchCount
    for round in 0..<100 {
      try client.socket.send(batch)
      var received = 0
      while received < pongByteCount { received += try client.socket.receive().count }
      #expect(received == pongByteCount)
      guard round.isMultiple(of: 20) else { continue }
      try other.send(text: "echo \(round)")
      #expect(try other.receiveText() == "\(round)")
    }
    try client.send(text: "pending")
    #expect(try client.receiveText() == "0")
  }

  @Test("A flood of pongs that nobody asked for is taken and forgotten")
  func pongs() throws {
    let world = try RealWorld()
    let client = try world.connect()
    let pong = FrameEncoder.frame(.pong, [1, 2, 3], maskingKey: Self.mask)
    try client.socket.send(Array(repeatElement(pong, count: 100_000).joined()))
    try client.send(text: "echo after")
    #expect(try client.receiveText() == "after")
  }

  @Test("Empty fragments without end are closed with 1008 at their limit")
  func emptyFragments() async throws {
    let world = try RealWorld()
    let client = try world.connect()
    try client.send(.text, Array("echo a".utf8), isFinal: false)
    let limit = TransportLimits().webSocket.fragmentCountMax
    let fragment = FrameEncoder.frame(.continuation, [], isFinal: false, maskingKey: Self.mask)
    try client.socket.send(Array(repeatElement(fragment, count: limit - 1).joined()))
    try client.send(.ping, [7])
    #expect(try client.receive() == .pong([7]))
    try client.socket.send(fragment)
    #expect(try client.receiveClose().code == .policyViolation)
    #expect(await world.eventually { world.log.closes.values.first == [.policyViolation] })
  }

  @Test("As many fragments of one byte as the limit allows are one message")
  func tinyFragments() throws {
    let world = try RealWorld()
    let client = try world.connect()
    let limit = TransportLimits().webSocket.fragmentCountMax
    var bytes = FrameEncoder.frame(
      .text, Array("echo ".utf8), isFinal: false, maskingKey: Self.mask)
    for index in 2...limit {
      bytes += FrameEncoder.frame(
        .continuation, [0x61], isFinal: index == limit, maskingKey: Self.mask)
    }
    for _ in 0..<20 { try client.socket.send(bytes) }
    for _ in 0..<20 { #expect(try client.receiveText().utf8.count == limit - 1) }
  }

  @Test(
    "Headers that announce more than the limit are refused before a byte of it comes",
    arguments: [65_537, 1 << 32, Int(UInt32.max), Int.max])
  func announcedSizes(_ byteCount: Int) throws {
    let world = try RealWorld()
    let client = try world.connect()
    let header = FrameHeader(
      opcode: .binary, maskingKey: Self.mask, payloadByteCount: byteCount)
    var bytes = [UInt8](repeating: 0, count: header.byteCount)
    _ = bytes.withUnsafeMutableBytes { FrameEncoder.write(header, into: $0) }
    try client.socket.send(bytes)
    #expect(try client.receiveClose().code == .messageTooBig)
  }

  @Test("Ten thousand requests in one stream are answered in order")
  func pipelinedRequests() throws {
    let world = try RealWorld()
    let socket = try TestSocket(port: world.port)
    let request = "GET /none HTTP/1.1\r\nHost: a\r\n\r\n"
    let answerMark = Array("HTTP/1.1 404".utf8)
    var answers: [UInt8] = []
    for _ in 0..<100 {
      try socket.send(String(repeating: request, count: 100))
      answers += try socket.receive()
    }
    try socket.send("GET /page HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    answers += try socket.receiveAll()
    let text = String(decoding: answers, as: UTF8.self)
    #expect(text.ranges(of: String(decoding: answerMark, as: UTF8.self)).count == 10_000)
    #expect(text.hasSuffix("hello"))
  }
}
