import Testing
import WebSocketCodec

@Suite struct MessageReceiverTests {
  private let key = MaskingKey(1, 2, 3, 4)

  @Test("The state of an idle connection takes at most 32 bytes")
  func size() {
    #expect(MemoryLayout<MessageReceiver>.stride <= 32)
  }

  @Test("A whole message lies in the caller's own buffer")
  func noCopy() {
    var memory = FrameEncoder.frame(text: "in place", maskingKey: key)
    memory.withUnsafeMutableBytes { buffer in
      var receiver = MessageReceiver(endpoint: .server)
      var input = buffer
      guard case .text(let bytes) = receiver.next(&input, limits: WebSocketLimits()) else {
        Issue.record("no text")
        return
      }
      #expect(bytes.baseAddress == UnsafeRawPointer(buffer.baseAddress.map { $0 + 6 }))
      #expect(input.isEmpty)
    }
  }

  @Test(
    "A quarter of a megabyte that arrives one byte at a time is one message, and nothing is left over"
  )
  func large() {
    let payload = (0..<(1 << 18)).map { UInt8(truncatingIfNeeded: $0 % 101) }
    let frame = FrameEncoder.frame(.text, payload, maskingKey: key)
    let limits = WebSocketLimits(messageByteCountMax: 1 << 18)
    let peer = Peer.events(of: frame, at: .server, limits: limits, cuts: Array(1..<frame.count))
    #expect(peer.events == [.text(payload)])
    #expect(peer.restByteCountMax == 13)
  }

  @Test("The longest rest is a control frame short of one byte")
  func rest() {
    let ping = FrameEncoder.frame(.ping, [UInt8](repeating: 1, count: 125), maskingKey: key)
    let peer = Peer.events(of: Array(ping.dropLast()), at: .server, cuts: [])
    #expect(peer.rest.count == MessageReceiver.restByteCountMax)
    #expect(peer.events.isEmpty)
  }

  @Test("A copy of a receiver in the middle of a message goes its own way")
  func valueSemantics() {
    var first = Peer(.server)
    first.receive(FrameEncoder.frame(.text, Array("one ".utf8), isFinal: false, maskingKey: key))
    var second = first
    first.receive(FrameEncoder.frame(.continuation, Array("left".utf8), maskingKey: key))
    second.receive(FrameEncoder.frame(.continuation, Array("right".utf8), maskingKey: key))
    #expect(first.events == [.text(Array("one left".utf8))])
    #expect(second.events == [.text(Array("one right".utf8))])
  }

  @Test("A violation after whole messages leaves those messages standing")
  func violationLast() {
    let good = FrameEncoder.frame(text: "good", maskingKey: key)
    let peer = Peer.events(of: good + [0xFF] + good, at: .server, cuts: [])
    #expect(peer.events == [.text(Array("good".utf8)), .violation(.reservedBitSet)])
    #expect(peer.rest.isEmpty)
  }

  @Test("A finished receiver drops whatever comes")
  func finished() {
    var peer = Peer(.server)
    peer.receive(FrameEncoder.closeFrame(.normal, maskingKey: key))
    peer.receive(FrameEncoder.frame(text: "late", maskingKey: key))
    #expect(peer.events == [.close(1000, reason: [])])
    #expect(peer.receiver.isFinished)
    #expect(peer.rest.isEmpty)
  }

  @Test("Limits below zero or of zero refuse instead of trapping")
  func emptyLimits() {
    let limits = WebSocketLimits(messageByteCountMax: 0, fragmentCountMax: 0)
    let frame = FrameEncoder.frame(text: "", maskingKey: key)
    #expect(
      Peer.events(of: frame, at: .server, limits: limits, cuts: []).events
        == [.violation(.tooManyFragments)])
    let negative = WebSocketLimits(messageByteCountMax: -1, fragmentCountMax: 1)
    #expect(
      Peer.events(of: frame, at: .server, limits: negative, cuts: []).events
        == [.violation(.messageTooBig)])
  }
}
