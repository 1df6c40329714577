import ArenaTypes
import Testing
import WebSocketCodec

/// Random messages, fragments, interleaved control frames and cuts; a failure prints its seed.
@Suite struct MessageReceiverPropertyTests {
  @Test(
    "What is sent arrives, however it is fragmented, interleaved and cut",
    arguments: UInt64(1)...40)
  func roundTrip(seed: UInt64) {
    for endpoint in [Endpoint.server, .client] {
      var script = RandomScript(seed: seed, towards: endpoint)
      for _ in 0..<20 { script.addMessage() }
      for _ in 0..<10 {
        let cuts = script.randomCuts()
        let peer = Peer.events(of: script.bytes, at: endpoint, cuts: cuts)
        guard peer.events == script.events, peer.rest.isEmpty else {
          Issue.record("seed \(seed), \(endpoint), cuts \(cuts)")
          return
        }
        #expect(peer.restByteCountMax <= MessageReceiver.restByteCountMax)
      }
    }
  }

  @Test("Random bytes never crash, and whole or cut they mean the same", arguments: UInt64(1)...20)
  func fuzz(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let firstBytes: [UInt8] = [0x81, 0x82, 0x01, 0x02, 0x00, 0x80, 0x88, 0x89, 0x8A]
    for round in 0..<1_000 {
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        bytes.append(firstBytes.randomElement(using: &generator) ?? 0)
        bytes.append(UInt8.random(in: 0x80...0xFF, using: &generator))
        let count = Int.random(in: 0...24, using: &generator)
        bytes += (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
      }
      if round.isMultiple(of: 5) {
        bytes = bytes.map { _ in UInt8.random(in: 0...255, using: &generator) }
      }
      let whole = Peer.events(of: bytes, at: .server, cuts: [])
      let single = Peer.events(of: bytes, at: .server, cuts: Array(1..<bytes.count))
      guard whole.events == single.events, whole.rest == single.rest else {
        Issue.record("seed \(seed), round \(round): \(bytes)")
        return
      }
    }
  }

  @Test("A correct stream with one byte changed never crashes", arguments: UInt64(1)...20)
  func mutation(seed: UInt64) {
    var script = RandomScript(seed: seed, towards: .server)
    for _ in 0..<5 { script.addMessage() }
    for _ in 0..<300 {
      var bytes = script.bytes
      guard let index = bytes.indices.randomElement(using: &script.generator) else { return }
      bytes[index] = UInt8.random(in: 0...255, using: &script.generator)
      let whole = Peer.events(of: bytes, at: .server, cuts: [])
      let cut = Peer.events(of: bytes, at: .server, cuts: script.randomCuts())
      guard whole.events == cut.events else {
        Issue.record("seed \(seed), byte \(index) = \(bytes[index])")
        return
      }
    }
  }
}
