/// The receiving half of a WebSocket connection: bytes in, events out, no I/O (RFC 6455).
///
///     caller's buffer   [ header | payload ][ header | payl
///                          │                   │
///                          │ whole frame       │ piece of a frame, or a fragment
///                          ▼                   ▼
///                     unmask in place      unmask in place, check UTF-8, copy once
///                          │                   ▼
///                          ▼              MessageAssembler ── last fragment ──▶ event
///                   event, no copy
///
///     between frames ──header──▶ inside a payload ──its last byte──▶ between frames
///           │ close frame                │ violation
///           ▼                            ▼
///        finished (takes and drops everything)
///
/// The caller hands in what it has, asks for events until there are none, and keeps the bytes that
/// are left over, at most ``restByteCountMax``: the start of a header or of a control frame. They
/// must come first in the next call's input. Payloads are never left over, so each byte is unmasked,
/// checked and copied at most once, however a large frame is cut.
///
/// It pulls instead of calling a closure, so that nothing holds this value while an event is acted
/// on: what acts may send on, close or even free the same connection.
public struct MessageReceiver {
  /// The most bytes that a call can leave over: a masked control frame short of one byte.
  public static let restByteCountMax = 2 + 4 + FrameHeader.controlPayloadByteCountMax - 1

  private var assembler = MessageAssembler()
  /// Payload bytes of the data frame under way that have not arrived; 0 between frames.
  private var missingByteCount = 0
  /// The key for the next of these bytes.
  private var maskingKey: MaskingKey?
  private var isLastFragment = false
  private let endpoint: Endpoint

  /// Whether a close frame or a violation has ended the stream; all further input is dropped.
  public private(set) var isFinished = false

  /// Whether part of a data frame, or of a fragmented message, has arrived and the rest has not.
  public var isMessageUnderWay: Bool { missingByteCount > 0 || assembler.opcode != nil }

  /// A receiver at the start of a connection, right after the handshake.
  public init(endpoint: Endpoint) { self.endpoint = endpoint }

  /// The next event in `input`, or nil if it takes more bytes.
  ///
  /// Consumed bytes are cut off the front of `input`; frames are unmasked in place.
  ///
  /// - Parameters:
  ///   - input: what has been received: first the bytes left over last time.
  ///   - limits: what one peer may ask for.
  /// - Complexity: O(*n*) in the consumed bytes.
  public mutating func next(
    _ input: inout UnsafeMutableRawBufferPointer, limits: WebSocketLimits
  ) -> ReceivedEvent? {
    assembler.release()
    guard !isFinished else {
      input = UnsafeMutableRawBufferPointer(rebasing: input[input.count...])
      return nil
    }
    do throws(ProtocolViolation) {
      return try nextEvent(&input, limits: limits)
    } catch {
      isFinished = true
      assembler = MessageAssembler()
      input = UnsafeMutableRawBufferPointer(rebasing: input[input.count...])
      return .violation(error)
    }
  }

  @inline(__always)
  private mutating func nextEvent(
    _ input: inout UnsafeMutableRawBufferPointer, limits: WebSocketLimits
  ) throws(ProtocolViolation) -> ReceivedEvent? {
    while true {
      if missingByteCount > 0 {
        guard !input.isEmpty else { return nil }
        if let event = try absorb(&input) { return event }
        continue
      }
      guard
        let header = try FrameDecoder.header(in: UnsafeRawBufferPointer(input), at: endpoint)
      else { return nil }
      if header.opcode.isControl { return try control(header, &input) }
      try assembler.begin(header, limits: limits)
      let byteCount = header.byteCount
      if header.isFinal, !assembler.isFragmented,
        input.count - byteCount >= header.payloadByteCount
      {
        return try whole(header, &input)
      }
      _ = Self.cut(byteCount, from: &input)
      missingByteCount = header.payloadByteCount
      maskingKey = header.maskingKey
      isLastFragment = header.isFinal
      if missingByteCount == 0, isLastFragment { return try message() }
    }
  }

  /// A message in one frame that lies whole in the input: no copy.
  @inline(__always)
  private mutating func whole(
    _ header: FrameHeader, _ input: inout UnsafeMutableRawBufferPointer
  ) throws(ProtocolViolation) -> ReceivedEvent {
    _ = Self.cut(header.byteCount, from: &input)
    let payload = Self.cut(header.payloadByteCount, from: &input)
    let isASCII = header.maskingKey?.apply(to: payload) ?? false
    let bytes = UnsafeRawBufferPointer(payload)
    try assembler.finishInPlace(bytes, isASCII: isASCII)
    return header.opcode == .text ? .text(bytes) : .binary(bytes)
  }

  /// Takes what there is of the data frame under way; the message if that was its end.
  private mutating func absorb(
    _ input: inout UnsafeMutableRawBufferPointer
  ) throws(ProtocolViolation) -> ReceivedEvent? {
    let piece = Self.cut(min(missingByteCount, input.count), from: &input)
    maskingKey?.apply(to: piece)
    maskingKey = maskingKey?.advanced(by: piece.count)
    missingByteCount -= piece.count
    try assembler.append(UnsafeRawBufferPointer(piece))
    return missingByteCount == 0 && isLastFragment ? try message() : nil
  }

  private mutating func message() throws(ProtocolViolation) -> ReceivedEvent {
    let opcode = assembler.opcode
    let bytes = try assembler.finish()
    return opcode == .text ? .text(bytes) : .binary(bytes)
  }

  /// A control frame, once it is whole; it may stand between the fragments of a message.
  private mutating func control(
    _ header: FrameHeader, _ input: inout UnsafeMutableRawBufferPointer
  ) throws(ProtocolViolation) -> ReceivedEvent? {
    guard input.count - header.byteCount >= header.payloadByteCount else { return nil }
    _ = Self.cut(header.byteCount, from: &input)
    let payload = Self.cut(header.payloadByteCount, from: &input)
    header.maskingKey?.apply(to: payload)
    let bytes = UnsafeRawBufferPointer(payload)
    switch header.opcode {
    case .ping: return .ping(bytes)
    case .pong: return .pong(bytes)
    default:
      let event = try Self.close(bytes)
      isFinished = true
      return event
    }
  }

  /// Reads the payload of a close frame (sections 5.5.1 and 7.4).
  private static func close(
    _ payload: UnsafeRawBufferPointer
  ) throws(ProtocolViolation) -> ReceivedEvent {
    guard !payload.isEmpty else { return .close(.noStatusReceived, reason: payload) }
    guard payload.count >= 2 else { throw .closePayloadTooShort }
    let code = CloseCode(rawValue: UInt16(payload[0]) << 8 | UInt16(payload[1]))
    guard code.isSendable else { throw .closeCodeInvalid }
    let reason = UnsafeRawBufferPointer(rebasing: payload[2...])
    var validator = UTF8Validator()
    guard validator.consume(reason), validator.isComplete else { throw .closeReasonNotUTF8 }
    return .close(code, reason: reason)
  }

  /// Cuts the first `byteCount` bytes off; the caller has checked that they are there.
  @inline(__always)
  private static func cut(
    _ byteCount: Int, from input: inout UnsafeMutableRawBufferPointer
  ) -> UnsafeMutableRawBufferPointer {
    let front = UnsafeMutableRawBufferPointer(rebasing: input[..<byteCount])
    input = UnsafeMutableRawBufferPointer(rebasing: input[byteCount...])
    return front
  }
}
