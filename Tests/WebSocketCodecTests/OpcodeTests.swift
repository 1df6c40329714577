import Testing
import WebSocketCodec

@Suite struct OpcodeTests {
  @Test("Six of sixteen opcodes exist, and the upper three are control frames")
  func opcodes() {
    let known = (UInt8(0)...15).compactMap(Opcode.init(rawValue:))
    #expect(known == [.continuation, .text, .binary, .close, .ping, .pong])
    #expect(known.filter(\.isControl) == [.close, .ping, .pong])
  }
}
