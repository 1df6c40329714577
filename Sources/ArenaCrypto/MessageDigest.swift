internal import COpenSSL

/// A running hash of OpenSSL; SHA-1 and SHA-256 differ only in the algorithm that they hand in.
///
/// A class because OpenSSL's context has an identity and must be freed once.
final class MessageDigest {
  private let context: OpaquePointer

  init(_ algorithm: OpaquePointer?) throws(CryptoError) {
    guard let context = EVP_MD_CTX_new() else { throw .library("EVP_MD_CTX_new") }
    self.context = context
    guard EVP_DigestInit_ex(context, algorithm, nil) == 1 else {
      throw .library("EVP_DigestInit_ex")
    }
  }

  private init(copyOf other: MessageDigest) throws(CryptoError) {
    guard let context = EVP_MD_CTX_new() else { throw .library("EVP_MD_CTX_new") }
    self.context = context
    guard EVP_MD_CTX_copy_ex(context, other.context) == 1 else {
      throw .library("EVP_MD_CTX_copy_ex")
    }
  }

  deinit { EVP_MD_CTX_free(context) }

  func copy() throws(CryptoError) -> MessageDigest { try MessageDigest(copyOf: self) }

  func update(_ bytes: UnsafeRawBufferPointer) throws(CryptoError) {
    guard EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1 else {
      throw .library("EVP_DigestUpdate")
    }
  }

  func finish() throws(CryptoError) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var byteCount: UInt32 = 0
    guard EVP_DigestFinal_ex(context, &digest, &byteCount) == 1 else {
      throw .library("EVP_DigestFinal_ex")
    }
    return Array(digest.prefix(Int(byteCount)))
  }
}
