/// What a frame carries (RFC 6455 section 5.2, the low four bits of its first byte).
public enum Opcode: UInt8, Sendable, CaseIterable {
  /// A further fragment of the message that is under way.
  case continuation = 0x0
  /// A UTF-8 text message, or its first fragment.
  case text = 0x1
  /// A binary message, or its first fragment.
  case binary = 0x2
  /// The closing handshake.
  case close = 0x8
  /// A question whether the peer is alive; its payload comes back in a pong.
  case ping = 0x9
  /// The answer to a ping.
  case pong = 0xA

  /// Whether this is a control frame: at most 125 bytes and never fragmented (section 5.5).
  @inlinable public var isControl: Bool { rawValue & 0x8 != 0 }
}
