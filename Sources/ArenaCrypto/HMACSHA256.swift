internal import COpenSSL

/// HMAC with SHA-256 (RFC 2104): a code that only the holder of the key can make.
public enum HMACSHA256 {
  /// The 32-byte code of some bytes; compare codes with ``constantTimeEquals(_:_:)``.
  ///
  /// - Throws: ``CryptoError/library(operation:message:)``.
  public static func code(of bytes: [UInt8], key: [UInt8]) throws(CryptoError) -> [UInt8] {
    var code = [UInt8](repeating: 0, count: SHA256.digestByteCount)
    var byteCount = 0
    let capacity = code.count
    let result = EVP_Q_mac(
      nil, "HMAC", nil, "SHA256", nil, key, key.count, bytes, bytes.count, &code, capacity,
      &byteCount)
    guard result != nil, byteCount == SHA256.digestByteCount else {
      throw .library("EVP_Q_mac")
    }
    return code
  }
}
