/// Reads frame headers and refuses every one that a single frame's bytes prove wrong.
///
/// Each byte is judged as soon as it is there and in the order of the wire, so however the bytes
/// are cut, the same violation comes out.
public enum FrameDecoder {
  /// Reads the header at the start of `bytes`.
  ///
  /// - Parameters:
  ///   - endpoint: our side; a server expects a mask, a client none (section 5.1).
  ///   - allowsCompression: whether permessage-deflate is agreed, so that RSV1 may be set on the
  ///     first frame of a message (RFC 7692 section 6).
  /// - Returns: the header, or nil if more bytes are needed. Its `byteCount` bytes precede the
  ///   payload: minimal length encoding is enforced, so the count follows from the header.
  /// - Throws: what is wrong with it.
  /// - Complexity: O(1).
  @inline(__always)
  public static func header(
    in bytes: UnsafeRawBufferPointer, at endpoint: Endpoint, allowsCompression: Bool = false
  ) throws(ProtocolViolation) -> FrameHeader? {
    guard let base = bytes.baseAddress, bytes.count >= 1 else { return nil }
    let first = base.load(as: UInt8.self)
    guard first & 0x70 == 0 || (allowsCompression && first & 0x30 == 0) else {
      throw .reservedBitSet
    }
    guard let opcode = Opcode(rawValue: first & 0x0F) else { throw .reservedOpcode }
    let isCompressed = first & 0x40 != 0
    guard !isCompressed || opcode == .text || opcode == .binary else { throw .reservedBitSet }
    let isFinal = first & 0x80 != 0
    guard isFinal || !opcode.isControl else { throw .fragmentedControlFrame }

    guard bytes.count >= 2 else { return nil }
    let second = base.load(fromByteOffset: 1, as: UInt8.self)
    let isMasked = second & 0x80 != 0
    guard isMasked == (endpoint == .server) else {
      throw isMasked ? .maskUnexpected : .maskMissing
    }
    var header = FrameHeader(
      opcode: opcode, isFinal: isFinal, isCompressed: isCompressed,
      payloadByteCount: Int(second & 0x7F))
    var offset = 2
    if header.payloadByteCount > 125 {
      guard !opcode.isControl else { throw .controlFrameTooLong }
      guard let length = try extendedLength(in: bytes, wide: header.payloadByteCount == 127)
      else { return nil }
      offset = header.payloadByteCount == 127 ? 10 : 4
      header.payloadByteCount = length
    }
    if isMasked {
      guard bytes.count >= offset + 4 else { return nil }
      header.maskingKey = MaskingKey(
        word: base.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }
    return header
  }

  /// The 16- or 64-bit length that follows the first two bytes, or nil if it is not there yet.
  private static func extendedLength(
    in bytes: UnsafeRawBufferPointer, wide: Bool
  ) throws(ProtocolViolation) -> Int? {
    if !wide {
      guard bytes.count >= 4 else { return nil }
      let length = UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: 2, as: UInt16.self))
      guard length > 125 else { throw .lengthNotMinimal }
      return Int(length)
    }
    guard bytes.count >= 3 else { return nil }
    guard bytes[2] & 0x80 == 0 else { throw .lengthHighBitSet }
    guard bytes.count >= 10 else { return nil }
    let length = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 2, as: UInt64.self))
    guard length > UInt64(UInt16.max) else { throw .lengthNotMinimal }
    return Int(length)
  }
}
