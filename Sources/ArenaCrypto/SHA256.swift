internal import COpenSSL

/// SHA-256 (FIPS 180-4), in one go, piece by piece, or of a file.
public struct SHA256 {
  /// The length of a digest in bytes.
  public static let digestByteCount = 32

  private var digest: MessageDigest

  /// Starts an empty hash.
  ///
  /// - Throws: ``CryptoError/library(operation:message:)``.
  public init() throws(CryptoError) { digest = try MessageDigest(EVP_sha256()) }

  /// Adds bytes.
  ///
  /// - Throws: ``CryptoError/library(operation:message:)``.
  /// - Complexity: O(*n*).
  public mutating func update(_ bytes: UnsafeRawBufferPointer) throws(CryptoError) {
    // A copy of this struct is a value of its own: it gets its own context when it is written to.
    if !isKnownUniquelyReferenced(&digest) { digest = try digest.copy() }
    try digest.update(bytes)
  }

  /// The digest of what was added so far; more may follow.
  ///
  /// - Throws: ``CryptoError/library(operation:message:)``.
  public func finish() throws(CryptoError) -> [UInt8] { try digest.copy().finish() }

  /// The 32-byte digest of some bytes.
  ///
  /// - Throws: ``CryptoError/library(operation:message:)``.
  public static func hash(_ bytes: UnsafeRawBufferPointer) throws(CryptoError) -> [UInt8] {
    let digest = try MessageDigest(EVP_sha256())
    try digest.update(bytes)
    return try digest.finish()
  }

  /// The 32-byte digest of some bytes.
  ///
  /// - Throws: ``CryptoError/library(operation:message:)``.
  public static func hash(_ bytes: [UInt8]) throws(CryptoError) -> [UInt8] {
    try bytes.borrowed { bytes throws(CryptoError) in try hash(bytes) }
  }
}
