import Testing
import WebSocketCodec

@Suite struct FrameEncoderTests {
  @Test("The examples of RFC 6455 section 5.7 come out byte for byte")
  func examples() {
    let key = MaskingKey(0x37, 0xFA, 0x21, 0x3D)
    #expect(FrameEncoder.frame(text: "Hello") == bytes(hex: "810548656c6c6f"))
    #expect(
      FrameEncoder.frame(text: "Hello", maskingKey: key) == bytes(hex: "818537fa213d7f9f4d5158"))
    #expect(
      FrameEncoder.frame(.text, Array("Hel".utf8), isFinal: false) == bytes(hex: "010348656c"))
    #expect(FrameEncoder.frame(.continuation, Array("lo".utf8)) == bytes(hex: "80026c6f"))
    #expect(FrameEncoder.frame(.ping, Array("Hello".utf8)) == bytes(hex: "890548656c6c6f"))
    let short = FrameEncoder.frame(.binary, [UInt8](repeating: 7, count: 256))
    #expect(Array(short.prefix(4)) == bytes(hex: "827e0100"))
    let long = FrameEncoder.frame(.binary, [UInt8](repeating: 7, count: 65_536))
    #expect(Array(long.prefix(10)) == bytes(hex: "827f0000000000010000"))
  }

  @Test(
    "A frame comes back as the message that went in",
    arguments: [0, 1, 125, 126, 127, 65_535, 65_536], [false, true])
  func roundTrip(_ byteCount: Int, isMasked: Bool) {
    let payload = (0..<byteCount).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let frame = FrameEncoder.frame(
      .binary, payload, maskingKey: isMasked ? MaskingKey(9, 8, 7, 6) : nil)
    #expect(
      frame.count
        == FrameEncoder.byteCount(payloadByteCount: byteCount, isMasked: isMasked))
    let peer = Peer.events(of: frame, at: isMasked ? .server : .client, cuts: [])
    #expect(peer.events == [.binary(payload)])
    #expect(peer.rest.isEmpty)
  }

  @Test("A close reason is cut at a character's end")
  func closeReason() {
    let reason = String(repeating: "€", count: 50)
    let frame = FrameEncoder.closeFrame(.goingAway, reason: reason)
    let peer = Peer.events(of: frame, at: .client, cuts: [])
    let kept = Array(String(repeating: "€", count: 41).utf8)
    #expect(peer.events == [.close(1001, reason: kept)])
  }

  @Test("A frame is written into a buffer that someone else owns")
  func intoBuffer() {
    var memory = [UInt8](repeating: 0xEE, count: 16)
    let count = memory.withUnsafeMutableBytes { buffer in
      [UInt8]("abc".utf8).withUnsafeBytes { FrameEncoder.write(.text, $0, into: buffer) }
    }
    #expect(count == 5)
    #expect(memory == [0x81, 3, 0x61, 0x62, 0x63] + [UInt8](repeating: 0xEE, count: 11))
  }
}
