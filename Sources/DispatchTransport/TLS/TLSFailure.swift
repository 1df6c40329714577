import COpenSSL

/// Why a TLS connection ended before its time, as counters tell it.
public enum TLSFailure: String, Hashable, Sendable, CaseIterable {
  /// The peer speaks HTTP without TLS; it got a 400 in plain text.
  case plainHTTP = "plain_http"
  /// What came is no TLS at all, or breaks it.
  case malformed
  /// The peer speaks only versions below TLS 1.2.
  case version
  /// There is no cipher or group that both sides know.
  case cipher
  /// The peer speaks other protocols than HTTP/1.1 (ALPN).
  case protocolName = "protocol"
  /// The peer ended it with an alert, such as that it does not trust the certificate.
  case alert
  /// The peer was gone before the handshake was over.
  case ended
  /// The handshake was not over in time.
  case tooLate = "timeout"
  /// OpenSSL failed, out of memory perhaps.
  case library

  /// The failure that a reason of OpenSSL's stands for.
  init(reason: Int32) {
    switch reason {
    case SSL_R_HTTP_REQUEST, SSL_R_HTTPS_PROXY_REQUEST: self = .plainHTTP
    case SSL_R_UNSUPPORTED_PROTOCOL, SSL_R_WRONG_SSL_VERSION, SSL_R_INAPPROPRIATE_FALLBACK:
      self = .version
    case SSL_R_NO_SHARED_CIPHER, SSL_R_NO_SUITABLE_KEY_SHARE, SSL_R_NO_SHARED_GROUPS,
      SSL_R_NO_SHARED_SIGNATURE_ALGORITHMS, SSL_R_NO_SUITABLE_SIGNATURE_ALGORITHM:
      self = .cipher
    case SSL_R_NO_APPLICATION_PROTOCOL: self = .protocolName
    // Alerts of the peer's are 1,000 and their number.
    case 1_000..<1_256: self = .alert
    case Int32(ERR_R_MALLOC_FAILURE), Int32(ERR_R_INTERNAL_ERROR): self = .library
    default: self = .malformed
    }
  }
}
