import CZlib

/// Decompresses messages (RFC 7692 section 7.2.2).
///
/// ```
///   payload 00 00 FF FF ──▶ inflate ──▶ memory, which grows with what comes out, up to the limit
///           └ added here
/// ```
///
/// Without context one inflater serves any number of connections. With context it belongs to one
/// connection and must see all its compressed messages, in order.
///
/// Not thread-safe: it belongs to a queue.
public final class Inflater {
  /// Whether messages may refer to those before them.
  public let keepsContext: Bool
  /// How many messages have been decompressed.
  public private(set) var messageCount = 0
  /// zlib's state points back at the stream, so it must not move.
  private let stream: UnsafeMutablePointer<z_stream>
  private let memory: DeflateMemory
  private let tail: UnsafeMutableBufferPointer<UInt8>
  private var byteCount = 0

  /// An inflater without history.
  ///
  /// - Parameters:
  ///   - windowBits: the most that the peer uses, 8 to 15. zlib allocates the window when it is
  ///     first needed.
  ///   - memory: where messages are put; shared with others of the same queue.
  /// - Returns: nil if there is no memory for it.
  public init?(
    windowBits: Int = 15, keepsContext: Bool, memory: DeflateMemory = DeflateMemory()
  ) {
    guard (8...15).contains(windowBits) else { return nil }
    self.keepsContext = keepsContext
    self.memory = memory
    tail = .allocate(capacity: Deflater.tail.count)
    _ = tail.initialize(from: Deflater.tail)
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    if arena_inflate_init(stream, Int32(-windowBits)) != Z_OK { return nil }
  }

  deinit {
    // A stream that was never set up is refused without harm.
    inflateEnd(stream)
    stream.deallocate()
    tail.deallocate()
  }

  /// Decompresses a whole message.
  ///
  /// - Returns: the message, which lies in the memory until the next one.
  /// - Throws: `messageTooBig` as soon as more than `byteCountMax` bytes have come out, at any ratio;
  ///   `compressedDataInvalid` and `compressedDataIncomplete`.
  /// - Complexity: O(*n* + *m*) in the payload's length and that of what comes out, at most
  ///   `byteCountMax`.
  func inflate(
    _ payload: UnsafeRawBufferPointer, byteCountMax: Int
  ) throws(ProtocolViolation) -> UnsafeRawBufferPointer {
    if !keepsContext { inflateReset(stream) }
    byteCount = 0
    messageCount &+= 1
    memory.reset(byteCount: 1_024)
    guard payload.count <= Int(UInt32.max) else { throw .messageTooBig }
    // Strictly the tail alone is no block. But a compressor that flushes twice writes nothing the
    // second time, and there is but one message that this can mean.
    if payload.isEmpty { return payload }
    var isComplete = try consume(payload.bindMemory(to: UInt8.self), byteCountMax)
    if !isComplete { isComplete = try consume(UnsafeBufferPointer(tail), byteCountMax) }
    // Bit 7: right behind a block; the lowest six: bits that were read and not used.
    guard isComplete || stream.pointee.data_type & 0xBF == 0x80 else {
      throw .compressedDataIncomplete
    }
    return UnsafeRawBufferPointer(rebasing: memory.bytes[..<byteCount])
  }

  /// Puts bytes in until they are used up.
  ///
  /// - Returns: whether they end a block that says it is the last. A message may contain such blocks
  ///   (section 7.2.3.4); one that ends with it needs no tail.
  private func consume(
    _ bytes: UnsafeBufferPointer<UInt8>, _ byteCountMax: Int
  ) throws(ProtocolViolation) -> Bool {
    stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
    stream.pointee.avail_in = UInt32(truncatingIfNeeded: bytes.count)
    while true {
      if byteCount == memory.bytes.count {
        memory.grow(to: capacity(byteCountMax), keeping: byteCount)
      }
      let room = UnsafeMutableRawBufferPointer(rebasing: memory.bytes[byteCount...])
        .bindMemory(to: UInt8.self)
      let offered = min(room.count, Int(UInt32.max))
      stream.pointee.next_out = room.baseAddress
      stream.pointee.avail_out = UInt32(truncatingIfNeeded: offered)
      let status = CZlib.inflate(stream, Z_SYNC_FLUSH)
      byteCount += offered - Int(stream.pointee.avail_out)
      guard byteCount <= byteCountMax else { throw .messageTooBig }
      switch status {
      case Z_OK, Z_BUF_ERROR:
        // With room left it stopped for want of input.
        if stream.pointee.avail_out > 0 { return false }
      case Z_STREAM_END:
        // Keeps the window: blocks behind it may refer to what came before.
        inflateResetKeep(stream)
        if stream.pointee.avail_in == 0 { return true }
      default: throw .compressedDataInvalid
      }
    }
  }

  /// The next size of the memory: four times as much, but no more than proves a message too big.
  private func capacity(_ byteCountMax: Int) -> Int {
    let (limit, overflows) = max(byteCountMax, 0).addingReportingOverflow(1)
    let wanted = max(memory.bytes.count * 4, 1_024)
    return overflows ? wanted : max(min(wanted, limit), byteCount + 1)
  }
}
