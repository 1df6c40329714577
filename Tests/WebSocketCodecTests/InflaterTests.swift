import ArenaTypes
import Testing
import WebSocketCodec

@Suite struct InflaterTests {
  private let key = MaskingKey(9, 8, 7, 6)

  @Test("A bomb of zeros is refused at the limit, without the memory that it would take")
  func bomb() throws {
    var configuration = DeflateConfiguration()
    configuration.level = 9
    let deflater = try #require(Deflater(configuration, keepsContext: false))
    // 64 MB that shrink to a thousandth, just below what a compressed message may have.
    let zeros = [UInt8](repeating: 0, count: 64 << 20)
    let payload = try #require(zeros.withUnsafeBytes { deflater.deflateAnyway($0) })
    #expect(payload.count > 60_000 && payload.count < 69_000)
    let frame = FrameEncoder.frame(.binary, payload, isCompressed: true, maskingKey: key)
    let memory = DeflateMemory()
    let inflater = try #require(Inflater(keepsContext: false, memory: memory))
    for _ in 0..<20 {
      let peer = Peer.events(of: frame, at: .server, inflater: inflater, cuts: [frame.count / 2])
      #expect(peer.events == [.violation(.messageTooBig)])
      #expect(memory.byteCount == WebSocketLimits().messageByteCountMax + 1)
    }
    // The next message of another connection is not harmed.
    let good = FrameEncoder.frame(
      .text, [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00], isCompressed: true, maskingKey: key)
    let peer = Peer.events(of: good, at: .server, inflater: inflater, cuts: [])
    #expect(peer.events == [.text(Array("Hello".utf8))])
  }

  @Test("Two connections share an inflater, each with its message in pieces")
  func shared() throws {
    let inflater = try #require(Inflater(keepsContext: false))
    let deflater = try #require(Deflater(DeflateConfiguration(), keepsContext: false))
    let texts = ["first first first first", "second second second"]
    let frames = try texts.map { text in
      let payload = try #require(Array(text.utf8).withUnsafeBytes { deflater.deflateAnyway($0) })
      return FrameEncoder.frame(.text, payload, isCompressed: true, maskingKey: key)
    }
    var peers = [Peer(.server, inflater: inflater), Peer(.server, inflater: inflater)]
    for index in 0..<2 { peers[index].receive(frames[index].prefix(9)) }
    for index in 0..<2 { peers[index].receive(frames[index].dropFirst(9)) }
    #expect(peers.map(\.events) == texts.map { [.text(Array($0.utf8))] })
    #expect(inflater.messageCount == 2)
  }

  @Test(
    "Random payloads never crash, and whole or cut they mean the same", arguments: UInt64(1)...10)
  func fuzz(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let deflater = try #require(Deflater(DeflateConfiguration(), keepsContext: false))
    let limits = WebSocketLimits(messageByteCountMax: 5_000)
    for round in 0..<300 {
      var payload = (0..<Int.random(in: 0...60, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      if round.isMultiple(of: 2) {
        let text = Array(String(repeating: "neuron π ", count: round).utf8)
        payload = try #require(text.withUnsafeBytes { deflater.deflateAnyway($0) })
        let index = Int.random(in: 0..<payload.count, using: &generator)
        payload[index] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      }
      let frame = FrameEncoder.frame(.text, payload, isCompressed: true, maskingKey: key)
      for keepsContext in [false, true] {
        let whole = Peer.events(
          of: frame + frame, at: .server, limits: limits,
          inflater: Inflater(keepsContext: keepsContext), cuts: [])
        let single = Peer.events(
          of: frame + frame, at: .server, limits: limits,
          inflater: Inflater(keepsContext: keepsContext),
          cuts: Array(1..<(frame.count * 2)))
        guard whole.events == single.events, whole.rest == single.rest else {
          Issue.record("seed \(seed), round \(round): \(payload)")
          return
        }
      }
    }
  }

  @Test(
    "What is sent compressed arrives, however it is fragmented, interleaved and cut",
    arguments: UInt64(1)...20)
  func roundTrip(seed: UInt64) throws {
    for (endpoint, keepsContext) in [(Endpoint.server, false), (.client, true)] {
      let deflater = try #require(Deflater(DeflateConfiguration(), keepsContext: keepsContext))
      var script = RandomScript(seed: seed, towards: endpoint, deflater: deflater)
      for _ in 0..<20 { script.addMessage() }
      for _ in 0..<10 {
        let cuts = script.randomCuts()
        let peer = Peer.events(
          of: script.bytes, at: endpoint,
          inflater: Inflater(keepsContext: keepsContext), cuts: cuts)
        guard peer.events == script.events, peer.rest.isEmpty else {
          Issue.record("seed \(seed), \(endpoint), cuts \(cuts)")
          return
        }
        #expect(peer.restByteCountMax <= MessageReceiver.restByteCountMax)
      }
    }
  }
}
