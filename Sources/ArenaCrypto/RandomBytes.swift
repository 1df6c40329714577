internal import COpenSSL

/// Bytes that nobody can guess, from OpenSSL's generator.
///
/// - Throws: ``CryptoError/library(operation:message:)`` if it cannot be seeded; there is no weaker
///   source to fall back on.
public func secureRandomBytes(_ count: Int) throws(CryptoError) -> [UInt8] {
  precondition(count >= 0 && count <= Int(Int32.max), "a count that OpenSSL takes")
  var bytes = [UInt8](repeating: 0, count: count)
  guard RAND_bytes(&bytes, Int32(count)) == 1 else { throw .library("RAND_bytes") }
  return bytes
}
