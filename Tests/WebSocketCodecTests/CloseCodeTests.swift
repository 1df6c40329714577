import Testing
import WebSocketCodec

@Suite struct CloseCodeTests {
  @Test("Exactly the registered, library and application codes may be sent")
  func sendable() {
    let codes = (0...UInt16.max).filter { CloseCode(rawValue: $0).isSendable }
    let expected =
      Array(UInt16(1000)...1003) + Array(UInt16(1007)...1014) + Array(UInt16(3000)...4999)
    #expect(codes == expected)
  }

  @Test("The codes that stand for events are not sent")
  func events() {
    #expect(!CloseCode.noStatusReceived.isSendable)
    #expect(!CloseCode.abnormal.isSendable)
    #expect(CloseCode.serviceRestart.description == "1012")
  }
}
