import CZlib

/// The content coding `gzip` (RFC 9110 section 8.4.1.3, RFC 1952).
public enum Gzip {
  /// The window's bits; 16 more make zlib write gzip's header and trailer.
  private static let windowBits: Int32 = 15 + 16
  private static let level: Int32 = 9
  private static let memoryLevel: Int32 = 9

  /// Compresses content as small as zlib can, for what is made once and sent often.
  ///
  /// The same bytes give the same result: no file name and no time are written.
  ///
  /// - Returns: nil if the result would not be smaller, or there is no memory for it.
  public static func smaller(_ content: [UInt8]) -> [UInt8]? {
    guard !content.isEmpty, content.count <= UInt32.max else { return nil }
    var stream = z_stream()
    guard arena_deflate_init(&stream, level, windowBits, memoryLevel) == Z_OK else { return nil }
    defer { deflateEnd(&stream) }
    var isWhole = false
    let compressed = [UInt8](unsafeUninitializedCapacity: content.count) { output, count in
      content.withUnsafeBufferPointer { input in
        // zlib only reads its input; its type lacks the word.
        stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        stream.avail_in = UInt32(input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(output.count)
        isWhole = deflate(&stream, Z_FINISH) == Z_STREAM_END
      }
      count = isWhole ? output.count - Int(stream.avail_out) : 0
    }
    return isWhole && compressed.count < content.count ? compressed : nil
  }
}
