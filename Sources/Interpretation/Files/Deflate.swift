import CZlib

/// zlib streams (RFC 1950) of known length.
enum Deflate {
  /// The most bytes that one compressed byte can stand for (zlib's "Technical Details").
  private static let ratioMax = 1_032

  /// `bytes`, compressed as far as zlib can.
  static func compress(_ bytes: [UInt8]) throws(CampaignError) -> [UInt8] {
    var length = compressBound(uLong(bytes.count))
    var output = [UInt8](repeating: 0, count: Int(length))
    let status = compress2(&output, &length, bytes, uLong(bytes.count), Z_BEST_COMPRESSION)
    guard status == Z_OK else { throw .file("zlib failed with \(status)") }
    output.removeLast(output.count - Int(length))
    return output
  }

  /// The `count` bytes that were compressed to `bytes`.
  ///
  /// - Throws: `damaged` where they are no zlib stream of exactly that length.
  static func expand(_ bytes: ArraySlice<UInt8>, count: Int, place: String) throws(CampaignError)
    -> [UInt8]
  {
    // A forged length reserves no memory that its stream can't fill.
    guard count <= bytes.count * ratioMax else { throw .damaged(place) }
    var length = uLong(count)
    var output = [UInt8](repeating: 0, count: max(1, count))
    let status = bytes.withUnsafeBufferPointer { source in
      uncompress(&output, &length, source.baseAddress, uLong(source.count))
    }
    guard status == Z_OK, Int(length) == count else { throw .damaged(place) }
    output.removeLast(output.count - count)
    return output
  }
}
