/// Puts a message together from its fragments (RFC 6455 section 5.4), and checks text on the way.
///
/// Holds only the message under way; control frames between fragments never come here. Between
/// messages it owns no memory.
struct MessageAssembler {
  private var buffer: MessageBuffer?
  private var fragmentCount: UInt32 = 0
  private var validator = UTF8Validator()
  /// `text` or `binary` while a message is under way, else nil.
  private(set) var opcode: Opcode?

  /// Admits a data frame, or tells what its header breaks.
  ///
  /// - Parameter isCompressed: whether the message is; for what cannot be compressed its payload may
  ///   be a little longer than the message (``WebSocketLimits/compressedByteCountMax``).
  /// - Throws: a frame out of order, or one that passes a limit.
  @inline(__always)
  mutating func begin(
    _ header: FrameHeader, isCompressed: Bool, limits: WebSocketLimits
  ) throws(ProtocolViolation) {
    if header.opcode == .continuation {
      guard opcode != nil else { throw .continuationWithoutStart }
    } else {
      guard opcode == nil else { throw .messageInsideMessage }
      opcode = header.opcode
      fragmentCount = 0
      validator = UTF8Validator()
    }
    fragmentCount &+= 1
    guard fragmentCount <= limits.fragmentCountMax else { throw .tooManyFragments }
    // A 63-bit length cannot overflow a subtraction from what is left, as it might an addition.
    let held = buffer?.byteCount ?? 0
    let byteCountMax =
      isCompressed ? limits.compressedByteCountMax : limits.messageByteCountMax
    guard header.payloadByteCount <= byteCountMax - held else {
      throw .messageTooBig
    }
  }

  /// Adds unmasked payload bytes.
  ///
  /// - Throws: `textNotUTF8` as soon as a byte of a text message cannot be right; what is compressed
  ///   is looked at when it has been inflated.
  mutating func append(
    _ piece: UnsafeRawBufferPointer, isCompressed: Bool
  ) throws(ProtocolViolation) {
    if opcode == .text, !isCompressed, !validator.consume(piece) { throw .textNotUTF8 }
    var own = buffer.take() ?? MessageBuffer()
    // Copies of a receiver are values: whoever appends first takes the bytes along.
    if !isKnownUniquelyReferenced(&own) { own = own.copy() }
    own.append(piece)
    buffer = own
  }

  /// Ends the message after its last fragment.
  ///
  /// - Returns: its bytes; they stay where they are until ``release()``.
  /// - Throws: `textNotUTF8` if text ends inside a character; compressed text has not been looked at.
  mutating func finish() throws(ProtocolViolation) -> UnsafeRawBufferPointer {
    if opcode == .text, !validator.isComplete { throw .textNotUTF8 }
    opcode = nil
    return buffer?.bytes ?? UnsafeRawBufferPointer(start: nil, count: 0)
  }

  /// Checks a message that lies in the input as one whole frame, and ends it.
  ///
  /// - Parameter isASCII: what unmasking has already found out; then nothing is left to check.
  @inline(__always)
  mutating func finishInPlace(
    _ bytes: UnsafeRawBufferPointer, isASCII: Bool
  ) throws(ProtocolViolation) {
    if opcode == .text, !isASCII {
      guard validator.consume(bytes), validator.isComplete else { throw .textNotUTF8 }
    }
    opcode = nil
  }

  /// Whether bytes of this message were kept already, or more frames of it are expected.
  var isFragmented: Bool { fragmentCount > 1 }

  /// Frees the memory of a message that has been delivered.
  @inline(__always)
  mutating func release() {
    if buffer != nil, opcode == nil { buffer = nil }
  }
}
