/// Writes frames (RFC 6455 section 5.2).
///
/// A server leaves `maskingKey` out; a client gives a fresh one for each frame (section 5.3).
///
/// What writes into a buffer is inlined into other modules: with a server's constants a header is two
/// or three stores.
public enum FrameEncoder {
  /// Writes a frame's header and returns how many bytes it took.
  ///
  /// - Precondition: `buffer` has room for `header.byteCount` bytes.
  /// - Complexity: O(1).
  @discardableResult
  @inlinable @inline(__always)
  public static func write(
    _ header: FrameHeader, into buffer: UnsafeMutableRawBufferPointer
  ) -> Int {
    let byteCount = header.byteCount
    precondition(buffer.count >= byteCount, "no room for the frame header")
    buffer[0] =
      header.opcode.rawValue | (header.isFinal ? 0x80 : 0) | (header.isCompressed ? 0x40 : 0)
    let maskBit: UInt8 = header.maskingKey == nil ? 0 : 0x80
    let length = header.payloadByteCount
    if length < 126 {
      buffer[1] = UInt8(truncatingIfNeeded: length) | maskBit
    } else if length <= Int(UInt16.max) {
      buffer[1] = 126 | maskBit
      buffer.storeBytes(
        of: UInt16(truncatingIfNeeded: length).bigEndian, toByteOffset: 2, as: UInt16.self)
    } else {
      buffer[1] = 127 | maskBit
      buffer.storeBytes(of: UInt64(length).bigEndian, toByteOffset: 2, as: UInt64.self)
    }
    if let key = header.maskingKey {
      buffer.storeBytes(of: key.word, toByteOffset: byteCount - 4, as: UInt32.self)
    }
    return byteCount
  }

  /// How many bytes a frame takes, header and payload.
  @inlinable @inline(__always)
  public static func byteCount(payloadByteCount: Int, isMasked: Bool = false) -> Int {
    FrameHeader(
      opcode: .binary, maskingKey: isMasked ? MaskingKey(0, 0, 0, 0) : nil,
      payloadByteCount: payloadByteCount
    ).byteCount + payloadByteCount
  }

  /// Writes a whole frame and returns how many bytes it took.
  ///
  /// - Precondition: `buffer` has room for the frame, see ``byteCount(payloadByteCount:isMasked:)``.
  /// - Complexity: O(*n*) in the payload's length.
  @discardableResult
  @inlinable @inline(__always)
  public static func write(
    _ opcode: Opcode, _ payload: UnsafeRawBufferPointer, isFinal: Bool = true,
    isCompressed: Bool = false, maskingKey: MaskingKey? = nil,
    into buffer: UnsafeMutableRawBufferPointer
  ) -> Int {
    let header = FrameHeader(
      opcode: opcode, isFinal: isFinal, isCompressed: isCompressed, maskingKey: maskingKey,
      payloadByteCount: payload.count)
    let start = write(header, into: buffer)
    let end = start + payload.count
    let body = UnsafeMutableRawBufferPointer(rebasing: buffer[start..<end])
    body.copyMemory(from: payload)
    maskingKey?.apply(to: body)
    return end
  }

  /// A whole frame in an array of its own: one allocation, one copy.
  public static func frame(
    _ opcode: Opcode, _ payload: UnsafeRawBufferPointer, isFinal: Bool = true,
    isCompressed: Bool = false, maskingKey: MaskingKey? = nil
  ) -> [UInt8] {
    let count = byteCount(payloadByteCount: payload.count, isMasked: maskingKey != nil)
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
      initializedCount = write(
        opcode, payload, isFinal: isFinal, isCompressed: isCompressed, maskingKey: maskingKey,
        into: UnsafeMutableRawBufferPointer(buffer))
    }
  }

  /// A whole frame around bytes.
  public static func frame(
    _ opcode: Opcode, _ payload: [UInt8], isFinal: Bool = true, isCompressed: Bool = false,
    maskingKey: MaskingKey? = nil
  ) -> [UInt8] {
    payload.withUnsafeBytes {
      frame(opcode, $0, isFinal: isFinal, isCompressed: isCompressed, maskingKey: maskingKey)
    }
  }

  /// A whole text frame.
  public static func frame(text: String, maskingKey: MaskingKey? = nil) -> [UInt8] {
    var text = text
    return text.withUTF8 {
      frame(.text, UnsafeRawBufferPointer($0), maskingKey: maskingKey)
    }
  }

  /// A close frame; a reason above 123 bytes is cut at a character's end (section 5.5).
  ///
  /// - Precondition: the code may be sent, see ``CloseCode/isSendable``. To answer a close frame
  ///   without a code, send a frame with the opcode `close` and an empty payload.
  public static func closeFrame(
    _ code: CloseCode, reason: String = "", maskingKey: MaskingKey? = nil
  ) -> [UInt8] {
    precondition(code.isSendable, "close code \(code) must not be sent")
    var payload: [UInt8] = [UInt8(code.rawValue >> 8), UInt8(truncatingIfNeeded: code.rawValue)]
    for scalar in reason.unicodeScalars {
      let encoded = UTF8.encode(scalar).map(Array.init) ?? []
      guard payload.count + encoded.count <= FrameHeader.controlPayloadByteCountMax else { break }
      payload += encoded
    }
    return frame(.close, payload, maskingKey: maskingKey)
  }
}
