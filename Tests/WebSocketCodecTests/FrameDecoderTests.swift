import Testing
import WebSocketCodec

@Suite struct FrameDecoderTests {
  private func header(
    _ bytes: [UInt8], at endpoint: Endpoint = .client
  ) throws(ProtocolViolation) -> FrameHeader? {
    let result: Result<FrameHeader?, ProtocolViolation> = bytes.withUnsafeBytes { buffer in
      do throws(ProtocolViolation) {
        return .success(try FrameDecoder.header(in: buffer, at: endpoint))
      } catch { return .failure(error) }
    }
    return try result.get()
  }

  @Test(
    "A header needs all its bytes, and says how many it takes",
    arguments: [0, 1, 125, 126, 127, 65_535, 65_536, 1 << 40], [false, true])
  func wholeHeader(_ payloadByteCount: Int, isMasked: Bool) throws {
    let expected = FrameHeader(
      opcode: .binary, maskingKey: isMasked ? MaskingKey(1, 2, 3, 4) : nil,
      payloadByteCount: payloadByteCount)
    var bytes = [UInt8](repeating: 0, count: FrameHeader.byteCountMax)
    let count = bytes.withUnsafeMutableBytes { FrameEncoder.write(expected, into: $0) }
    #expect(count == expected.byteCount)
    let endpoint: Endpoint = isMasked ? .server : .client
    for end in 0..<count { #expect(try header(Array(bytes[..<end]), at: endpoint) == nil) }
    #expect(try header(Array(bytes[..<count]), at: endpoint) == expected)
  }

  @Test("The first byte alone is enough to refuse reserved bits, opcodes and fragmented controls")
  func firstByte() {
    #expect(throws: ProtocolViolation.reservedBitSet) { try header([0xC1]) }
    #expect(throws: ProtocolViolation.reservedOpcode) { try header([0x83]) }
    #expect(throws: ProtocolViolation.fragmentedControlFrame) { try header([0x09]) }
  }

  @Test("The second byte is enough to refuse a wrong mask and a long control frame")
  func secondByte() {
    #expect(throws: ProtocolViolation.maskUnexpected) { try header([0x81, 0x80]) }
    #expect(throws: ProtocolViolation.maskMissing) { try header([0x81, 0x00], at: .server) }
    #expect(throws: ProtocolViolation.controlFrameTooLong) { try header([0x89, 126]) }
  }

  @Test("Every length below its form's range is refused", arguments: 0...125)
  func minimal(_ length: UInt8) {
    #expect(throws: ProtocolViolation.lengthNotMinimal) { try header([0x82, 126, 0, length]) }
  }

  @Test("Every first byte is either a known frame or a violation")
  func everyFirstByte() {
    for byte in UInt8.min...255 {
      let isKnown =
        byte & 0x70 == 0 && [0, 1, 2, 8, 9, 10].contains(byte & 0x0F)
        && (byte & 0x80 != 0 || byte & 0x08 == 0)
      let isTaken = (try? header([byte, 0])) != nil
      #expect(isTaken == isKnown)
    }
  }
}
