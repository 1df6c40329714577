import COpenSSL

/// A client's TLS without I/O: bytes of the wire in and out, so that a test can cut them anywhere.
///
/// It trusts every certificate.
public final class TestTLS {
  /// A version of TLS.
  public enum Version: Int32, Sendable, CaseIterable {
    case v1_1 = 0x0302
    case v1_2 = 0x0303
    case v1_3 = 0x0304
  }

  private let context: OpaquePointer
  private let ssl: OpaquePointer
  private let incoming: OpaquePointer
  private let outgoing: OpaquePointer
  /// Whether the handshake is over.
  public private(set) var isEstablished = false
  /// Whether the server's close_notify has come.
  public private(set) var hasPeerClosed = false

  /// A client that has said nothing yet.
  ///
  /// - Parameters:
  ///   - versions: The lowest and the highest that it speaks.
  ///   - protocols: What it offers by ALPN; nothing by default.
  ///   - resuming: A client whose session is to be resumed.
  public init(
    versions: ClosedRange<Int32> = Version.v1_2.rawValue...Version.v1_3.rawValue,
    protocols: [String] = [], resuming: TestTLS? = nil
  ) throws(TestClientError) {
    guard let context = SSL_CTX_new(TLS_client_method()),
      ca_tls_configure_client(context, versions.lowerBound, versions.upperBound) == 1,
      let ssl = SSL_new(context), let incoming = BIO_new(BIO_s_mem()),
      let outgoing = BIO_new(BIO_s_mem())
    else { throw .malformed("OpenSSL") }
    self.context = context
    self.ssl = ssl
    self.incoming = incoming
    self.outgoing = outgoing
    SSL_set_bio(ssl, incoming, outgoing)
    SSL_set_connect_state(ssl)
    _ = ca_tls_set_server_name(ssl, "localhost")
    let offer = protocols.flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) }
    if !offer.isEmpty { SSL_set_alpn_protos(ssl, offer, UInt32(offer.count)) }
    if let resuming {
      // A copy: OpenSSL spoils the session of a connection that ends without a close_notify.
      let session = SSL_SESSION_dup(SSL_get_session(resuming.ssl))
      SSL_set_session(ssl, session)
      SSL_SESSION_free(session)
    }
  }

  /// A client of one version.
  public convenience init(
    _ version: Version, protocols: [String] = [], resuming: TestTLS? = nil
  ) throws(TestClientError) {
    try self.init(
      versions: version.rawValue...version.rawValue, protocols: protocols, resuming: resuming)
  }

  deinit {
    SSL_free(ssl)
    SSL_CTX_free(context)
  }

  // MARK: Bytes

  /// Goes on with the handshake with what was received; what is to be sent.
  public func shake(_ received: [UInt8] = []) throws(TestClientError) -> [UInt8] {
    try put(received)
    ERR_clear_error()
    let result = SSL_do_handshake(ssl)
    if result == 1 {
      isEstablished = true
    } else if SSL_get_error(ssl, result) != SSL_ERROR_WANT_READ {
      throw failure("handshake")
    }
    return takeOutgoing()
  }

  /// What `bytes` look like on the wire.
  public func seal(_ bytes: [UInt8]) throws(TestClientError) -> [UInt8] {
    ERR_clear_error()
    var count = 0
    if !bytes.isEmpty, SSL_write_ex(ssl, bytes, bytes.count, &count) != 1 {
      throw failure("write")
    }
    return takeOutgoing()
  }

  /// What the received bytes hold, as far as records are whole.
  public func open(_ received: [UInt8]) throws(TestClientError) -> [UInt8] {
    try put(received)
    var opened: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 16_384)
    while true {
      var count = 0
      ERR_clear_error()
      let result = SSL_read_ex(ssl, &piece, piece.count, &count)
      guard result == 1 else {
        switch SSL_get_error(ssl, result) {
        case SSL_ERROR_WANT_READ: return opened
        case SSL_ERROR_ZERO_RETURN:
          hasPeerClosed = true
          return opened
        default: throw failure("read")
        }
      }
      opened += piece.prefix(count)
    }
  }

  /// A close_notify.
  public func close() -> [UInt8] {
    _ = SSL_shutdown(ssl)
    return takeOutgoing()
  }

  /// Asks for a new handshake, which TLS 1.2 had; what is to be sent.
  public func renegotiate() -> [UInt8] {
    _ = SSL_renegotiate(ssl)
    _ = SSL_do_handshake(ssl)
    return takeOutgoing()
  }

  /// Changes its key and asks the server to do the same (TLS 1.3); what is to be sent.
  public func updateKey() -> [UInt8] {
    _ = SSL_key_update(ssl, SSL_KEY_UPDATE_REQUESTED)
    _ = SSL_do_handshake(ssl)
    return takeOutgoing()
  }

  // MARK: What was agreed

  /// The version, as `TLSv1.3`.
  public var version: String { SSL_get_version(ssl).map { String(cString: $0) } ?? "" }

  /// The protocol that the server chose by ALPN, if it did.
  public var chosenProtocol: String? {
    var bytes: UnsafePointer<UInt8>?
    var count: UInt32 = 0
    SSL_get0_alpn_selected(ssl, &bytes, &count)
    guard let bytes else { return nil }
    return String(decoding: UnsafeBufferPointer(start: bytes, count: Int(count)), as: UTF8.self)
  }

  /// Whether a session was resumed.
  public var isResumed: Bool { SSL_session_reused(ssl) == 1 }

  /// The server's certificate (DER).
  public var certificate: [UInt8] {
    guard let certificate = SSL_get1_peer_certificate(ssl) else { return [] }
    defer { X509_free(certificate) }
    let count = Int(i2d_X509(certificate, nil))
    guard count > 0 else { return [] }
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      var next = buffer.baseAddress
      initialized = max(0, Int(i2d_X509(certificate, &next)))
    }
  }

  /// Whether the server's certificate is one for that host name.
  public func isCertificate(for name: String) -> Bool {
    guard let certificate = SSL_get1_peer_certificate(ssl) else { return false }
    defer { X509_free(certificate) }
    return X509_check_host(certificate, name, 0, 0, nil) == 1
      || X509_check_ip_asc(certificate, name, 0) == 1
  }

  // MARK: Inside

  private func put(_ bytes: [UInt8]) throws(TestClientError) {
    guard !bytes.isEmpty else { return }
    if BIO_write(incoming, bytes, Int32(bytes.count)) != bytes.count {
      throw .malformed("OpenSSL is out of memory")
    }
  }

  private func takeOutgoing() -> [UInt8] {
    let count = BIO_ctrl_pending(outgoing)
    guard count > 0 else { return [] }
    var bytes = [UInt8](repeating: 0, count: count)
    BIO_read(outgoing, &bytes, Int32(count))
    return bytes
  }

  private func failure(_ what: String) -> TestClientError {
    let error = ERR_peek_error()
    ERR_clear_error()
    let words = ERR_reason_error_string(error).map { String(cString: $0) } ?? "unknown"
    return .malformed("TLS \(what): \(words)")
  }
}
