import CZlib

/// Compresses messages (RFC 7692 section 7.2.1).
///
/// Without context each message stands alone, and one deflater serves any number of connections.
/// With context it belongs to one connection, and all that it returns must be sent, in order.
///
/// Not thread-safe: it belongs to a queue.
public final class Deflater {
  /// The most bits of window that a receiver needs.
  public let windowBits: Int
  /// Whether messages refer to those before them.
  public let keepsContext: Bool
  /// zlib's state points back at the stream, so it must not move.
  private let stream: UnsafeMutablePointer<z_stream>
  private let memory: DeflateMemory

  /// What a flush ends with; the receiver adds it again (section 7.2.1).
  static let tail: [UInt8] = [0x00, 0x00, 0xFF, 0xFF]

  /// A deflater without history.
  ///
  /// - Parameters:
  ///   - windowBits: at most this, 9 to 15; nil for the configuration's.
  ///   - memory: where messages are put; shared with others of the same queue.
  /// - Returns: nil if there is no memory for it, or the configuration is not valid.
  public init?(
    _ configuration: DeflateConfiguration, windowBits: Int? = nil, keepsContext: Bool,
    memory: DeflateMemory = DeflateMemory()
  ) {
    let bits = windowBits ?? configuration.windowBits
    guard configuration.isValid, (9...15).contains(bits) else { return nil }
    self.windowBits = bits
    self.keepsContext = keepsContext
    self.memory = memory
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let status = arena_deflate_init(
      stream, Int32(configuration.level), Int32(-bits), Int32(configuration.memoryLevel))
    if status != Z_OK { return nil }
  }

  deinit {
    // A stream that was never set up is refused without harm.
    deflateEnd(stream)
    stream.deallocate()
  }

  /// Compresses a message.
  ///
  /// - Returns: the payload for a frame with RSV1, which lies in the memory until the next message;
  ///   nil if it would not be shorter than the message: that is to be sent as it is.
  /// - Complexity: O(*n*) in the message's length.
  public func deflate(_ message: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    // Room for less than the message and the tail: if that does not do, nothing is gained.
    guard message.count > 1 else { return nil }
    return run(message, capacity: message.count - 1 + Self.tail.count)
  }

  /// Compresses a message whatever comes of it; an empty one, too.
  ///
  /// - Returns: nil only for a message above 4 GB.
  public func deflateAnyway(_ message: UnsafeRawBufferPointer) -> [UInt8]? {
    // An empty block of its own; a second flush without data would write nothing (section 7.2.3.6).
    guard !message.isEmpty else { return [0x00] }
    let bound = Int(deflateBound(stream, uLong(message.count)))
    return run(message, capacity: bound + 16).map(Array.init)
  }

  private func run(
    _ message: UnsafeRawBufferPointer, capacity: Int
  ) -> UnsafeRawBufferPointer? {
    guard let byteCount = UInt32(exactly: message.count), let room = UInt32(exactly: capacity),
      let base = message.bindMemory(to: UInt8.self).baseAddress
    else { return nil }
    if !keepsContext { deflateReset(stream) }
    memory.reset(byteCount: capacity)
    stream.pointee.next_in = UnsafeMutablePointer(mutating: base)
    stream.pointee.avail_in = byteCount
    stream.pointee.next_out = memory.bytes.bindMemory(to: UInt8.self).baseAddress
    stream.pointee.avail_out = room
    let status = CZlib.deflate(stream, Z_SYNC_FLUSH)
    let made = capacity - Int(stream.pointee.avail_out)
    // A flush that ends with room left is complete (zlib's manual).
    guard status == Z_OK, stream.pointee.avail_out > 0, made > Self.tail.count else {
      // The peer never sees what the stream has seen; so both must forget it.
      deflateReset(stream)
      return nil
    }
    return UnsafeRawBufferPointer(rebasing: memory.bytes[..<(made - Self.tail.count)])
  }
}
