import ArenaTypes
import Testing
import WebSocketCodec

@Suite struct DeflaterTests {
  /// Sends messages through a deflater and back through a receiver, compressed or not as they come.
  private func roundTrip(
    _ messages: [[UInt8]], _ configuration: DeflateConfiguration, keepsContext: Bool
  ) throws -> (events: [OwnedEvent], payloadByteCounts: [Int]) {
    let deflater = try #require(Deflater(configuration, keepsContext: keepsContext))
    let inflater = try #require(
      Inflater(windowBits: configuration.windowBits, keepsContext: keepsContext))
    var peer = Peer(
      .client, limits: WebSocketLimits(messageByteCountMax: 1 << 20), inflater: inflater)
    var counts: [Int] = []
    for message in messages {
      let payload = message.withUnsafeBytes { deflater.deflate($0).map { Array($0) } }
      counts.append(payload?.count ?? message.count)
      peer.receive(
        FrameEncoder.frame(.binary, payload ?? message, isCompressed: payload != nil))
    }
    return (peer.events, counts)
  }

  @Test(
    "What is compressed comes back, with and without context, at every window and level",
    arguments: 9...15)
  func everyWindow(_ windowBits: Int) throws {
    var generator = SeededGenerator(seed: UInt64(windowBits))
    var messages: [[UInt8]] = [[], [1], Array("aaaaaaaaaaaaaaaaaaaaaaaaaaaa".utf8)]
    for _ in 0..<30 {
      let words = ["{\"name\":", "\"ada\"", ",\"score\":0.5", "}", "πß€"]
      let count = Int.random(in: 0...2_000, using: &generator)
      messages.append(
        Array((0..<count).map { _ in words.randomElement(using: &generator) ?? "" }.joined().utf8))
      messages.append((0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) })
    }
    for keepsContext in [false, true] {
      var configuration = DeflateConfiguration()
      configuration.windowBits = windowBits
      configuration.level = 1 + windowBits % 9
      configuration.memoryLevel = 1 + windowBits % 9
      let (events, counts) = try roundTrip(messages, configuration, keepsContext: keepsContext)
      #expect(events == messages.map { .binary($0) })
      #expect(zip(counts, messages).allSatisfy { $0 <= $1.count })
    }
  }

  @Test("With context a repeated message shrinks to a few bytes, and without it does not")
  func context() throws {
    var generator = SeededGenerator(seed: 7)
    let message = (0..<3_000).map { _ in UInt8.random(in: 97...122, using: &generator) }
    let kept = try roundTrip([message, message], DeflateConfiguration(), keepsContext: true)
    #expect(kept.payloadByteCounts[1] < 50)
    let alone = try roundTrip([message, message], DeflateConfiguration(), keepsContext: false)
    #expect(alone.payloadByteCounts[0] == alone.payloadByteCounts[1])
    #expect(alone.payloadByteCounts[0] > 1_000)
  }

  @Test("A message that would not shrink is left alone, and the next one is right all the same")
  func incompressible() throws {
    var generator = SeededGenerator(seed: 8)
    let noise = (0..<2_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
    let text = [UInt8](repeating: 65, count: 2_000)
    for keepsContext in [false, true] {
      let (events, counts) = try roundTrip(
        [text, noise, text, noise], DeflateConfiguration(), keepsContext: keepsContext)
      #expect(events == [text, noise, text, noise].map { .binary($0) })
      #expect(counts[1] == 2_000 && counts[3] == 2_000 && counts[2] < 50)
    }
  }

  @Test(
    "Compressed whatever comes of it, an empty message is one zero byte, and noise grows little")
  func anyway() throws {
    let deflater = try #require(Deflater(DeflateConfiguration(), keepsContext: true))
    let empty = UnsafeRawBufferPointer(start: nil, count: 0)
    #expect(deflater.deflateAnyway(empty) == [0])
    #expect(deflater.deflateAnyway(empty) == [0])
    var generator = SeededGenerator(seed: 9)
    let noise = (0..<65_536).map { _ in UInt8.random(in: 0...255, using: &generator) }
    let payload = try #require(noise.withUnsafeBytes { deflater.deflateAnyway($0) })
    #expect(payload.count < 65_536 + 4_096)
    // A message of exactly the limit comes through though it is longer compressed.
    var peer = Peer(.client, inflater: Inflater(keepsContext: true))
    peer.receive(FrameEncoder.frame(.binary, payload, isCompressed: true))
    #expect(peer.events == [.binary(noise)])
  }

  @Test("Values that zlib does not take make no deflater")
  func invalid() {
    var configuration = DeflateConfiguration()
    configuration.level = 10
    #expect(!configuration.isValid)
    #expect(Deflater(configuration, keepsContext: false) == nil)
    #expect(Deflater(DeflateConfiguration(), windowBits: 8, keepsContext: false) == nil)
    #expect(Inflater(windowBits: 16, keepsContext: false) == nil)
    #expect(Inflater(windowBits: 7, keepsContext: false) == nil)
  }
}
