internal import Glibc

extension SHA256 {
  /// How much of a file is in memory at a time, in bytes.
  private static let pieceByteCount = 1 << 20

  /// The 32-byte digest of a file, read in pieces of 1 MB.
  ///
  /// - Throws: ``CryptoError``, with the path for what the file system refused.
  /// - Complexity: O(*n*) time, O(1) memory.
  public static func hash(fileAt path: String) throws(CryptoError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw .file(path: path, operation: "open", errorNumber: errno)
    }
    defer { close(descriptor) }
    let piece = UnsafeMutableRawBufferPointer.allocate(
      byteCount: pieceByteCount, alignment: 64)
    defer { piece.deallocate() }
    var hash = try SHA256()
    while true {
      let count = read(descriptor, piece.baseAddress, piece.count)
      if count == 0 { return try hash.finish() }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        throw .file(path: path, operation: "read", errorNumber: errno)
      }
      try hash.update(UnsafeRawBufferPointer(rebasing: piece[..<count]))
    }
  }
}
