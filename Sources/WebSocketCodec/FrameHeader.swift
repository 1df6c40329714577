/// The first 2 to 14 bytes of a frame (RFC 6455 section 5.2).
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-------+-+-------------+-------------------------------+
///     |F|R|R|R| opcode|M|  length 7   |  length 16 (if length 7 = 126)|
///     |I|S|S|S|  (4)  |A|             |  length 64 (if length 7 = 127)|
///     |N|V|V|V|       |S|             |                               |
///     | |1|2|3|       |K|             |                               |
///     +-+-+-+-+-------+-+-------------+-------------------------------+
///     |  masking key, 4 bytes, from clients only, then the payload    |
///     +---------------------------------------------------------------+
///
/// RSV1 says that the message is compressed, where permessage-deflate is agreed (RFC 7692).
public struct FrameHeader: Sendable, Hashable {
  /// The longest header: 2 bytes, a 64-bit length and a masking key.
  public static let byteCountMax = 14

  /// The most payload bytes of a control frame (section 5.5).
  public static let controlPayloadByteCountMax = 125

  /// What the frame carries.
  public var opcode: Opcode
  /// Whether it is the last, or only, fragment of its message.
  public var isFinal: Bool
  /// Whether the message that begins here is compressed: bit RSV1 (RFC 7692 section 6).
  public var isCompressed: Bool
  /// The key of a masked frame.
  public var maskingKey: MaskingKey?
  /// The payload's length in bytes.
  public var payloadByteCount: Int

  /// Describes a frame.
  @inlinable @inline(__always)
  public init(
    opcode: Opcode, isFinal: Bool = true, isCompressed: Bool = false,
    maskingKey: MaskingKey? = nil, payloadByteCount: Int
  ) {
    self.opcode = opcode
    self.isFinal = isFinal
    self.isCompressed = isCompressed
    self.maskingKey = maskingKey
    self.payloadByteCount = payloadByteCount
  }

  /// How many bytes the header takes on the wire.
  @inlinable @inline(__always)
  public var byteCount: Int {
    let lengthByteCount =
      payloadByteCount < 126 ? 0 : payloadByteCount <= Int(UInt16.max) ? 2 : 8
    return 2 + lengthByteCount + (maskingKey == nil ? 0 : 4)
  }
}
