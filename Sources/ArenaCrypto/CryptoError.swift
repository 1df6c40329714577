internal import COpenSSL

/// What the cryptographic library or the file system would not do.
public enum CryptoError: Error, Hashable, Sendable {
  /// OpenSSL refused: the operation, and its own words.
  case library(operation: String, message: String)
  /// A file could not be read: its path, what was tried, and the system's error number.
  case file(path: String, operation: String, errorNumber: Int32)

  /// The newest entry of OpenSSL's error queue, which is emptied.
  static func library(_ operation: String) -> CryptoError {
    let code = ERR_get_error()
    ERR_clear_error()
    guard code != 0 else { return .library(operation: operation, message: "no reason given") }
    var text = [CChar](repeating: 0, count: 256)
    ERR_error_string_n(code, &text, text.count)
    let bytes = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return .library(operation: operation, message: String(decoding: bytes, as: UTF8.self))
  }
}
