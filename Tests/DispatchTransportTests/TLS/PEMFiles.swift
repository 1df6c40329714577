import COpenSSL
import Glibc

/// A folder with a certificate and its key in PEM files, removed when the test is over.
final class PEMFiles {
  let folder: String
  var certificateFile: String { folder + "/certificate.pem" }
  var keyFile: String { folder + "/key.pem" }

  init() throws {
    var template = Array("/tmp/arena-tls-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { throw Failure.system }
    folder = String(cString: made)
    try renew()
  }

  deinit {
    for name in ["certificate.pem", "key.pem", "other.pem"] { unlink(folder + "/" + name) }
    rmdir(folder)
  }

  enum Failure: Error { case system }

  /// Writes a new certificate and its key over the old ones, each in one step.
  func renew(name: String = "test", validSeconds: Int = 3_600) throws {
    let key = try Self.makeKey()
    defer { EVP_PKEY_free(key) }
    try writeCertificate(of: key, name: name, validSeconds: validSeconds)
    try writeKey(key)
  }

  /// Writes a certificate alone, of another key than the one that lies there.
  func renewCertificateAlone() throws {
    let key = try Self.makeKey()
    defer { EVP_PKEY_free(key) }
    try writeCertificate(of: key, name: "other", validSeconds: 3_600)
  }

  /// Writes a new key alone, locked with a passphrase or not.
  func renewKeyAlone(passphrase: String? = nil) throws {
    let key = try Self.makeKey()
    defer { EVP_PKEY_free(key) }
    try writeKey(key, passphrase: passphrase)
  }

  /// Puts any text into a file of the folder.
  func write(_ text: String, to file: String) throws {
    try Self.replace(file) { BIO_write($0, text, Int32(text.utf8.count)) > 0 || text.isEmpty }
  }

  private static func makeKey() throws -> OpaquePointer {
    guard let key = ca_p256_key_new() else { throw Failure.system }
    return key
  }

  private func writeKey(_ key: OpaquePointer, passphrase: String? = nil) throws {
    try Self.replace(keyFile) { bio in
      guard var passphrase = passphrase.map({ Array($0.utf8) }) else {
        return PEM_write_bio_PrivateKey(bio, key, nil, nil, 0, nil, nil) == 1
      }
      return PEM_write_bio_PrivateKey(
        bio, key, EVP_aes_128_cbc(), &passphrase, Int32(passphrase.count), nil, nil) == 1
    }
  }

  private func writeCertificate(
    of key: OpaquePointer, name: String, validSeconds: Int
  ) throws {
    guard let certificate = X509_new() else { throw Failure.system }
    defer { X509_free(certificate) }
    X509_set_version(certificate, 2)
    ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), UInt64.random(in: 1..<1 << 60))
    X509_gmtime_adj(X509_getm_notBefore(certificate), -7_200)
    X509_gmtime_adj(X509_getm_notAfter(certificate), validSeconds)
    X509_NAME_add_entry_by_txt(
      X509_get_subject_name(certificate), "CN", MBSTRING_UTF8, name, -1, -1, 0)
    X509_set_issuer_name(certificate, X509_get_subject_name(certificate))
    X509_set_pubkey(certificate, key)
    guard X509_sign(certificate, key, EVP_sha256()) > 0 else { throw Failure.system }
    try Self.replace(certificateFile) { PEM_write_bio_X509($0, certificate) == 1 }
  }

  private static func replace(_ file: String, _ write: (OpaquePointer) -> Bool) throws {
    let draft = file + ".new"
    guard let bio = BIO_new_file(draft, "w") else { throw Failure.system }
    let isWritten = write(bio)
    BIO_free(bio)
    guard isWritten, rename(draft, file) == 0 else { throw Failure.system }
  }
}
