import ArenaTypes
import ArenaTestSupport
import DispatchTransport
import HTTPCodec
import Testing
import WebSocketCodec

/// permessage-deflate over real sockets on loopback.
@Suite("Compressed connections")
struct DeflateConnectionTests {
  private static let long = String(repeating: "neuron π fires ", count: 100)

  private static func keeping(windowBits: Int = 15) -> DeflateConfiguration {
    var configuration = DeflateConfiguration()
    configuration.windowBits = windowBits
    configuration.serverKeepsContext = true
    configuration.clientKeepsContext = true
    return configuration
  }

  /// Sends `text`, and returns how many bytes of the wire its answer took.
  private func wireByteCount(
    of text: String, _ client: WebSocketTestClient, command: String = "echo"
  ) throws -> Int {
    client.wire = []
    try client.sendCompressed(.text, Array("\(command) \(text)".utf8))
    #expect(try client.receiveText() == text)
    return client.wire?.count ?? 0
  }

  @Test("A long message comes and goes compressed, a short one goes as it is")
  func echo() async throws {
    let world = try RealWorld()
    let client = try world.connect(deflate: DeflateConfiguration())
    #expect(client.deflate?.serverKeepsContext == false)
    for command in ["echo", "raw"] {
      #expect(try wireByteCount(of: Self.long, client, command: command) < 200)
      #expect(try wireByteCount(of: "short", client, command: command) == 7)
    }
    #expect(await world.eventually { world.transport.counters().inflatedMessages == 4 })
    let counters = world.transport.counters()
    #expect(counters.deflatedFrames == 2)
    #expect(counters.deflateOutputBytes < counters.deflateInputBytes / 10)
  }

  @Test(
    "Messages as they are, and compressed ones in fragments with a ping between, are taken, too")
  func mixed() throws {
    let world = try RealWorld()
    let client = try world.connect(deflate: DeflateConfiguration())
    try client.send(text: "echo plain")
    #expect(try client.receiveText() == "plain")
    try client.sendCompressed(.text, Array("echo \(Self.long)".utf8), fragmentCount: 5)
    #expect(try client.receiveText() == Self.long)
  }

  @Test("A broadcast over all shards is compressed once, and goes plain to who did not offer")
  func broadcast() async throws {
    let world = try RealWorld(shardCount: 3)
    let clients = try (0..<12).map { index in
      let client = try world.connect(deflate: index % 4 == 3 ? nil : DeflateConfiguration())
      client.wire = []
      return client
    }
    #expect(await world.eventually { world.log.openedIDs.count == 12 })
    let ids = world.log.openedIDs
    let frame = SharedFrame(text: Self.long)
    for shard in world.transport.shards {
      shard.post {
        for id in ids where id.shardIndex == shard.index { shard.send(frame, to: id) }
      }
    }
    for (index, client) in clients.enumerated() {
      #expect(try client.receiveText() == Self.long)
      let byteCount = client.wire?.count ?? 0
      #expect((byteCount > Self.long.utf8.count) == (index % 4 == 3))
    }
    #expect(await world.eventually { world.transport.counters().framesSent == 12 })
    #expect(world.transport.counters().deflatedFrames == 1)
  }

  @Test("What must not be compressed goes as it is")
  func secret() async throws {
    let world = try RealWorld()
    let client = try world.connect(deflate: DeflateConfiguration())
    client.wire = []
    let id = try #require(world.log.openedIDs.first)
    let shard = world.transport.shards[0]
    shard.post {
      shard.send(SharedFrame(text: Self.long, isCompressible: false), to: id)
      var text = Self.long
      text.withUTF8 {
        shard.send(text: UnsafeRawBufferPointer($0), to: id, isCompressible: false)
      }
    }
    for _ in 0..<2 { #expect(try client.receiveText() == Self.long) }
    #expect(
      client.wire == FrameEncoder.frame(text: Self.long) + FrameEncoder.frame(text: Self.long))
    #expect(world.transport.counters().deflatedFrames == 0)
  }

  @Test("With context kept the second message refers to the first, and boards stay out of it")
  func context() throws {
    let world = try RealWorld(deflate: Self.keeping())
    let client = try world.connect(deflate: Self.keeping())
    #expect(client.deflate?.serverKeepsContext == true)
    #expect(client.deflate?.clientKeepsContext == true)
    var generator = SeededGenerator(seed: 1)
    let words = (0..<300).map { _ in String(generator.next() as UInt64, radix: 36) }
    let text = words.joined(separator: " ")
    #expect(try wireByteCount(of: text, client) > 1_500)
    #expect(try wireByteCount(of: text, client, command: "raw") < 100)
    try client.send(text: "latest 9")
    #expect(try client.receiveText() == "snapshot 9")
    #expect(try wireByteCount(of: text, client) < 100)
  }

  @Test("A client with a small window gets what fits into it", arguments: [9, 12])
  func smallWindow(_ windowBits: Int) throws {
    let world = try RealWorld()
    var small = DeflateConfiguration()
    small.windowBits = windowBits
    let client = try world.connect(deflate: small)
    #expect(client.deflate?.serverWindowBits == windowBits)
    var generator = SeededGenerator(seed: 1)
    let word = (0..<60).map { _ in String(generator.next() as UInt64, radix: 36) }.joined()
    // Repeats come closer than 512 bytes, and further apart than that.
    for text in [Self.long, word, word + word, word + word + word] {
      for command in ["echo", "raw"] {
        _ = try wireByteCount(of: text, client, command: command)
      }
    }
  }

  @Test("A server with a small window asks for it, and lives by it with context kept")
  func smallServerWindow() throws {
    let world = try RealWorld(deflate: Self.keeping(windowBits: 10))
    let client = try world.connect(deflate: Self.keeping())
    #expect(client.deflate?.clientWindowBits == 10)
    for _ in 0..<3 { #expect(try wireByteCount(of: Self.long, client) < 200) }
  }

  @Test("Nothing is agreed where the server does not compress")
  func never() throws {
    let world = try RealWorld(deflate: nil)
    let client = try world.connect(deflate: DeflateConfiguration())
    #expect(client.deflate == nil)
    try client.send(text: "echo \(Self.long)")
    #expect(try client.receiveText() == Self.long)
  }

  @Test("A field of extensions that is not its grammar fails the handshake with 400")
  func malformed() throws {
    for deflate in [nil, DeflateConfiguration()] {
      let world = try RealWorld(deflate: deflate)
      #expect(throws: TestClientError.refused(status: 400)) {
        try WebSocketTestClient(
          port: world.port, fields: [HTTPField("Sec-WebSocket-Extensions", "a=b")])
      }
    }
  }

  @Test("Zlib's limits are checked before the start")
  func badConfiguration() {
    var deflate = DeflateConfiguration()
    deflate.windowBits = 8
    #expect(throws: TransportError.self) { try RealWorld(deflate: deflate) }
  }

  @Test("A bomb closes with 1009, and bad data with 1007")
  func badMessages() throws {
    let world = try RealWorld()
    let bomber = try world.connect(deflate: DeflateConfiguration())
    try bomber.sendCompressed(.binary, [UInt8](repeating: 0, count: 8 << 20))
    #expect(try bomber.receiveClose().code == .messageTooBig)
    let bungler = try world.connect(deflate: DeflateConfiguration())
    try bungler.socket.send(
      FrameEncoder.frame(.text, [7], isCompressed: true, maskingKey: MaskingKey(1, 2, 3, 4)))
    #expect(try bungler.receiveClose().code == .invalidPayload)
    let stranger = try world.connect()
    try stranger.socket.send(
      FrameEncoder.frame(.text, [0], isCompressed: true, maskingKey: MaskingKey(1, 2, 3, 4)))
    #expect(try stranger.receiveClose().code == .protocolError)
  }

  @Test("Lanes count the bytes that wait, which are the compressed ones")
  func lanes() throws {
    var limits = TransportLimits()
    limits.losslessByteCountMax = 40_000
    limits.sendBufferByteCount = 4_096
    let world = try RealWorld(limits: limits)
    let client = try world.connect(
      deflate: DeflateConfiguration(), receiveBufferByteCount: 4_096)
    // A megabyte, which takes some twenty thousand bytes of the lane.
    try client.send(text: "flood 1000")
    for _ in 0..<1_000 { #expect(try client.receiveText().utf8.count == 1_000) }
    #expect(world.transport.counters().overflows == 0)
  }
}
