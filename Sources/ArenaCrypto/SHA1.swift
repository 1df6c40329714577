internal import COpenSSL

/// SHA-1 (FIPS 180-4), which the WebSocket handshake asks for (RFC 6455 section 4.2.2).
///
/// It proves that the server read the key and nothing more. Never use it where anyone gains from a
/// collision.
public enum SHA1 {
  /// The length of a digest.
  fileprivate static let byteCount = 20

  /// The algorithm, looked up once: OpenSSL 3 searches its providers whenever `EVP_sha1()` is put
  /// to use, which takes longer than to hash a handshake's key.
  ///
  /// Nobody frees or changes it, and OpenSSL lets every thread use it; it is kept as an address
  /// because the compiler can't know that of a pointer.
  private static let algorithmAddress = UInt(bitPattern: EVP_MD_fetch(nil, "SHA1", nil))

  fileprivate static var algorithm: OpaquePointer? { OpaquePointer(bitPattern: algorithmAddress) }

  /// The 20-byte digest of some bytes.
  ///
  /// - Throws: ``CryptoError/library(operation:message:)``.
  public static func hash(_ bytes: UnsafeRawBufferPointer) throws(CryptoError) -> [UInt8] {
    var isDone = false
    let digest = [UInt8](unsafeUninitializedCapacity: byteCount) { digest, count in
      isDone =
        EVP_Digest(bytes.baseAddress, bytes.count, digest.baseAddress, nil, algorithm, nil) == 1
      count = isDone ? byteCount : 0
    }
    guard isDone else { throw .library("EVP_Digest") }
    return digest
  }

  /// The 20-byte digest of some bytes.
  ///
  /// - Throws: ``CryptoError/library(operation:message:)``.
  public static func hash(_ bytes: [UInt8]) throws(CryptoError) -> [UInt8] {
    try bytes.borrowed { bytes throws(CryptoError) in try hash(bytes) }
  }
}

/// SHA-1 many times over with one context, for who computes it again and again on one queue.
///
/// To make a context takes longer than to hash a handshake's key.
public final class SHA1Hasher {
  private let context: OpaquePointer

  /// A hasher.
  ///
  /// - Throws: ``CryptoError/library(operation:message:)``.
  public init() throws(CryptoError) {
    guard let context = EVP_MD_CTX_new() else { throw .library("EVP_MD_CTX_new") }
    self.context = context
  }

  deinit { EVP_MD_CTX_free(context) }

  /// The 20-byte digest of some bytes, which has nothing to do with those before.
  ///
  /// - Throws: ``CryptoError/library(operation:message:)``.
  public func hash(_ bytes: UnsafeRawBufferPointer) throws(CryptoError) -> [UInt8] {
    guard EVP_DigestInit_ex(context, SHA1.algorithm, nil) == 1,
      EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1
    else { throw .library("EVP_DigestInit_ex") }
    var isDone = false
    let digest = [UInt8](unsafeUninitializedCapacity: SHA1.byteCount) { digest, count in
      isDone = EVP_DigestFinal_ex(context, digest.baseAddress, nil) == 1
      count = isDone ? SHA1.byteCount : 0
    }
    guard isDone else { throw .library("EVP_DigestFinal_ex") }
    return digest
  }
}
