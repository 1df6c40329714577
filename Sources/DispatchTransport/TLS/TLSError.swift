import COpenSSL
import Glibc

/// Why a certificate or a key can't be used.
public enum TLSError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A file is missing or can't be read; carries its path and the system's words.
  case unreadable(file: String, cause: String)
  /// A file is no PEM of the right kind; carries its path and OpenSSL's words.
  case malformed(file: String, cause: String)
  /// The key is locked with a passphrase, and there is nobody to ask.
  case encryptedKey(file: String)
  /// The key is not that of the certificate.
  case keyMismatch(certificateFile: String, keyFile: String)
  /// A name or address that no certificate can carry.
  case badHostName(String)
  /// OpenSSL failed at what has nothing to do with the files; carries the call and its words.
  case library(call: String, cause: String)

  /// What happened, in words.
  public var description: String {
    switch self {
    case .unreadable(let file, let cause): "\(file) can't be read: \(cause)"
    case .malformed(let file, let cause): "\(file) is not what it should be: \(cause)"
    case .encryptedKey(let file): "\(file) is locked with a passphrase; give one without"
    case .keyMismatch(let certificateFile, let keyFile):
      "the key in \(keyFile) does not belong to the certificate in \(certificateFile)"
    case .badHostName(let name): "\(name) is neither a host name nor an address"
    case .library(let call, let cause): "\(call) failed: \(cause)"
    }
  }

  /// An error of a call of OpenSSL's, with the words of its queue, which is empty then.
  static func library(_ call: String) -> TLSError {
    .library(call: call, cause: OpenSSLErrors.takeWords())
  }

  /// Passes what OpenSSL made on; null is a failure.
  static func check(_ made: OpaquePointer?, _ call: String) throws(TLSError) -> OpaquePointer {
    guard let made else { throw .library(call) }
    return made
  }

  /// Throws unless a call of OpenSSL's returned 1.
  static func check(_ result: Int32, _ call: String) throws(TLSError) {
    if result != 1 { throw .library(call) }
  }
}

/// OpenSSL's queue of errors, one a thread.
enum OpenSSLErrors {
  /// The first error in words, which is the one closest to the cause; empties the queue.
  static func takeWords() -> String {
    let error = ERR_peek_error()
    ERR_clear_error()
    return ERR_reason_error_string(error).map { String(cString: $0) } ?? "out of memory"
  }

  /// The reason of the first error; empties the queue.
  static func takeReason() -> Int32 {
    let error = ERR_peek_error()
    ERR_clear_error()
    return ca_error_reason(error)
  }
}
