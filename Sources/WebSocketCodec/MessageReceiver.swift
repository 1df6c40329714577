/// The receiving half of a WebSocket connection: bytes in, events out, no I/O (RFC 6455, RFC 7692).
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
/// A compressed message takes the same ways as it is; when it is whole, the inflater that the caller
/// lends turns it into the event, and its text is checked then.
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
  private var flags: Flags

  /// What is true of the frame and message under way, and of the connection, in one byte.
  private struct Flags: OptionSet {
    let rawValue: UInt8
    static let isLastFragment = Flags(rawValue: 1 << 0)
    /// The message under way, or the last one, is compressed.
    static let isCompressed = Flags(rawValue: 1 << 1)
    static let isFinished = Flags(rawValue: 1 << 2)
    static let isClient = Flags(rawValue: 1 << 3)
  }

  private var endpoint: Endpoint { flags.contains(.isClient) ? .client : .server }

  /// Whether a close frame or a violation has ended the stream; all further input is dropped.
  public var isFinished: Bool { flags.contains(.isFinished) }

  /// Whether part of a data frame, or of a fragmented message, has arrived and the rest has not.
  public var isMessageUnderWay: Bool { missingByteCount > 0 || assembler.opcode != nil }

  /// A receiver at the start of a connection, right after the handshake.
  public init(endpoint: Endpoint) { flags = endpoint == .client ? [.isClient] : [] }

  /// The next event in `input`, or nil if it takes more bytes.
  ///
  /// Consumed bytes are cut off the front of `input`; frames are unmasked in place.
  ///
  /// - Parameters:
  ///   - input: what has been received: first the bytes left over last time.
  ///   - limits: what one peer may ask for.
  ///   - inflater: where permessage-deflate is agreed, what undoes it; the same kind in each call.
  ///     Without one a compressed message is a violation.
  /// - Complexity: O(*n*) in the consumed bytes.
  public mutating func next(
    _ input: inout UnsafeMutableRawBufferPointer, limits: WebSocketLimits,
    inflater: Inflater? = nil
  ) -> ReceivedEvent? {
    assembler.release()
    guard !isFinished else {
      input = UnsafeMutableRawBufferPointer(rebasing: input[input.count...])
      return nil
    }
    do throws(ProtocolViolation) {
      return try nextEvent(&input, limits, inflater)
    } catch {
      flags.insert(.isFinished)
      assembler = MessageAssembler()
      input = UnsafeMutableRawBufferPointer(rebasing: input[input.count...])
      return .violation(error)
    }
  }

  @inline(__always)
  private mutating func nextEvent(
    _ input: inout UnsafeMutableRawBufferPointer, _ limits: WebSocketLimits,
    _ inflater: Inflater?
  ) throws(ProtocolViolation) -> ReceivedEvent? {
    while true {
      if missingByteCount > 0 {
        guard !input.isEmpty else { return nil }
        if let event = try absorb(&input, limits, inflater) { return event }
        continue
      }
      guard
        let header = try FrameDecoder.header(
          in: UnsafeRawBufferPointer(input), at: endpoint, allowsCompression: inflater != nil)
      else { return nil }
      if header.opcode.isControl { return try control(header, &input) }
      if header.opcode != .continuation, assembler.opcode == nil {
        flags.set(.isCompressed, to: header.isCompressed)
      }
      try assembler.begin(
        header, isCompressed: flags.contains(.isCompressed), limits: limits)
      let byteCount = header.byteCount
      if header.isFinal, !assembler.isFragmented,
        input.count - byteCount >= header.payloadByteCount
      {
        return try whole(header, &input, limits, inflater)
      }
      _ = Self.cut(byteCount, from: &input)
      missingByteCount = header.payloadByteCount
      maskingKey = header.maskingKey
      flags.set(.isLastFragment, to: header.isFinal)
      if missingByteCount == 0, header.isFinal { return try message(limits, inflater) }
    }
  }

  /// A message in one frame that lies whole in the input: no copy.
  @inline(__always)
  private mutating func whole(
    _ header: FrameHeader, _ input: inout UnsafeMutableRawBufferPointer,
    _ limits: WebSocketLimits, _ inflater: Inflater?
  ) throws(ProtocolViolation) -> ReceivedEvent {
    _ = Self.cut(header.byteCount, from: &input)
    let payload = Self.cut(header.payloadByteCount, from: &input)
    let isASCII = header.maskingKey?.apply(to: payload) ?? false
    var bytes = UnsafeRawBufferPointer(payload)
    if header.isCompressed {
      bytes = try Self.inflate(bytes, limits, inflater)
      try assembler.finishInPlace(bytes, isASCII: false)
    } else {
      try assembler.finishInPlace(bytes, isASCII: isASCII)
    }
    return header.opcode == .text ? .text(bytes) : .binary(bytes)
  }

  /// Takes what there is of the data frame under way; the message if that was its end.
  private mutating func absorb(
    _ input: inout UnsafeMutableRawBufferPointer, _ limits: WebSocketLimits,
    _ inflater: Inflater?
  ) throws(ProtocolViolation) -> ReceivedEvent? {
    let piece = Self.cut(min(missingByteCount, input.count), from: &input)
    maskingKey?.apply(to: piece)
    maskingKey = maskingKey?.advanced(by: piece.count)
    missingByteCount -= piece.count
    try assembler.append(
      UnsafeRawBufferPointer(piece), isCompressed: flags.contains(.isCompressed))
    guard missingByteCount == 0, flags.contains(.isLastFragment) else { return nil }
    return try message(limits, inflater)
  }

  /// The message that came in pieces, now that the last is there.
  private mutating func message(
    _ limits: WebSocketLimits, _ inflater: Inflater?
  ) throws(ProtocolViolation) -> ReceivedEvent {
    let opcode = assembler.opcode
    var bytes = try assembler.finish()
    if flags.contains(.isCompressed) {
      bytes = try Self.inflate(bytes, limits, inflater)
      var validator = UTF8Validator()
      if opcode == .text {
        guard validator.consume(bytes), validator.isComplete else { throw .textNotUTF8 }
      }
    }
    return opcode == .text ? .text(bytes) : .binary(bytes)
  }

  private static func inflate(
    _ payload: UnsafeRawBufferPointer, _ limits: WebSocketLimits, _ inflater: Inflater?
  ) throws(ProtocolViolation) -> UnsafeRawBufferPointer {
    // Only a caller that takes the inflater away in the middle of a message gets here without one.
    guard let inflater else { throw .reservedBitSet }
    return try inflater.inflate(payload, byteCountMax: limits.messageByteCountMax)
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
      flags.insert(.isFinished)
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

extension OptionSet where Element == Self {
  /// Puts `member` in or takes it out.
  @inline(__always)
  fileprivate mutating func set(_ member: Self, to isMember: Bool) {
    if isMember { insert(member) } else { remove(member) }
  }
}
