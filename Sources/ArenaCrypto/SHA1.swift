internal import COpenSSL

/// SHA-1 (FIPS 180-4), which the WebSocket handshake asks for (RFC 6455 section 4.2.2).
///
/// It proves that the server read the key and nothing more. Never use it where anyone gains from a
/// collision.
public enum SHA1 {
  /// The 20-byte digest of some bytes.
  ///
  /// - Throws: ``CryptoError/library(operation:message:)``.
  public static func hash(_ bytes: UnsafeRawBufferPointer) throws(CryptoError) -> [UInt8] {
    let digest = try MessageDigest(EVP_sha1())
    try digest.update(bytes)
    return try digest.finish()
  }

  /// The 20-byte digest of some bytes.
  ///
  /// - Throws: ``CryptoError/library(operation:message:)``.
  public static func hash(_ bytes: [UInt8]) throws(CryptoError) -> [UInt8] {
    try bytes.borrowed { bytes throws(CryptoError) in try hash(bytes) }
  }
}
