import Testing
import WebSocketCodec

@Suite struct ProtocolViolationTests {
  @Test("Every violation can be told in a close frame", arguments: ProtocolViolation.allCases)
  func closeFrame(_ violation: ProtocolViolation) {
    #expect(violation.closeCode.isSendable)
    #expect((1...123).contains(violation.reason.utf8.count))
    let frame = FrameEncoder.closeFrame(violation.closeCode, reason: violation.reason)
    let peer = Peer.events(of: frame, at: .client, cuts: [])
    #expect(
      peer.events
        == [.close(violation.closeCode.rawValue, reason: Array(violation.reason.utf8))])
  }

  @Test("Every violation names its section", arguments: ProtocolViolation.allCases)
  func section(_ violation: ProtocolViolation) {
    let isOfDeflate =
      violation == .compressedDataInvalid || violation == .compressedDataIncomplete
    #expect(isOfDeflate == (violation.section == "7.2.2"))
    #expect(
      ["5.1", "5.2", "5.4", "5.5", "5.5.1", "7.4", "8.1", "10.4", "7.2.2"].contains(
        violation.section))
  }
}
