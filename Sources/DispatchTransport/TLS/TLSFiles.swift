import COpenSSL
import Glibc

/// Certificates and keys in PEM files.
enum TLSFiles {
  /// What tells one version of a file from the next.
  struct Stamp: Hashable, Sendable {
    let device: UInt
    let inode: UInt
    let byteCount: Int
    let changedAtSecond: Int
    let changedAtNanosecond: Int

    /// The version that lies there now; nil if there is none.
    init?(of file: String) {
      var status = stat()
      guard stat(file, &status) == 0 else { return nil }
      device = UInt(status.st_dev)
      inode = UInt(status.st_ino)
      byteCount = Int(status.st_size)
      changedAtSecond = status.st_mtim.tv_sec
      changedAtNanosecond = status.st_mtim.tv_nsec
    }
  }

  /// Throws where a file can't be opened, with the system's words.
  static func checkReadable(_ file: String) throws(TLSError) {
    let descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw .unreadable(file: file, cause: String(cString: strerror(errno)))
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else {
      throw .unreadable(file: file, cause: "it is a folder")
    }
  }

  /// Gives `context` the chain in one file and the key in another, which may be the same.
  static func use(
    certificateFile: String, keyFile: String, in context: OpaquePointer
  ) throws(TLSError) {
    ERR_clear_error()
    guard SSL_CTX_use_certificate_chain_file(context, certificateFile) == 1 else {
      throw .malformed(file: certificateFile, cause: OpenSSLErrors.takeWords())
    }
    var isLocked = false
    guard useKey(keyFile, in: context, isLocked: &isLocked) else {
      throw isLocked
        ? .encryptedKey(file: keyFile)
        : keyError(certificateFile: certificateFile, keyFile: keyFile)
    }
    guard SSL_CTX_check_private_key(context) == 1 else {
      ERR_clear_error()
      throw .keyMismatch(certificateFile: certificateFile, keyFile: keyFile)
    }
  }

  /// Reads the key; notes whether it would need a passphrase.
  private static func useKey(
    _ keyFile: String, in context: OpaquePointer, isLocked: inout Bool
  ) -> Bool {
    withUnsafeMutablePointer(to: &isLocked) { isLocked in
      // Without this OpenSSL would ask for the passphrase on the terminal, and wait.
      SSL_CTX_set_default_passwd_cb(context) { _, _, _, note in
        note?.assumingMemoryBound(to: Bool.self).pointee = true
        return -1
      }
      SSL_CTX_set_default_passwd_cb_userdata(context, isLocked)
      defer { SSL_CTX_set_default_passwd_cb_userdata(context, nil) }
      return SSL_CTX_use_PrivateKey_file(context, keyFile, SSL_FILETYPE_PEM) == 1
    }
  }

  private static func keyError(certificateFile: String, keyFile: String) -> TLSError {
    let mismatches = [X509_R_KEY_VALUES_MISMATCH, X509_R_KEY_TYPE_MISMATCH]
    let reason = ca_error_reason(ERR_peek_error())
    let words = OpenSSLErrors.takeWords()
    if mismatches.contains(reason) {
      return .keyMismatch(certificateFile: certificateFile, keyFile: keyFile)
    }
    return .malformed(file: keyFile, cause: words)
  }
}
