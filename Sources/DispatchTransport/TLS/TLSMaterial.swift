import COpenSSL

/// A certificate with its key, and the settings that go with them, as OpenSSL holds them.
///
/// It is not changed once it is made; a reload makes another, and connections keep the one that they
/// began with. That is the reason for `@unchecked Sendable`: of a context that nobody changes,
/// OpenSSL makes connections on any thread, and its references are counted atomically.
final class TLSMaterial: @unchecked Sendable {
  let context: OpaquePointer
  let certificate: TLSCertificate
  /// The callbacks of `context` use it.
  private let tickets: TicketKeys

  /// Takes `context` over, which has its certificate and key and is otherwise new.
  init(taking context: OpaquePointer, tickets: TicketKeys) throws(TLSError) {
    self.context = context
    self.tickets = tickets
    guard let x509 = SSL_CTX_get0_certificate(context) else {
      SSL_CTX_free(context)
      throw .library("SSL_CTX_get0_certificate")
    }
    certificate = TLSCertificate(x509)
    ca_tls_set_owner(context, Unmanaged.passUnretained(tickets).toOpaque())
    ca_tls_set_ticket_callback(context, keyTicket)
    SSL_CTX_set_timeout(context, TicketKeys.ticketLifetimeSeconds)
    SSL_CTX_set_alpn_select_cb(context, selectProtocol, nil)
  }

  deinit { SSL_CTX_free(context) }

  /// A context with our settings and nothing else.
  static func makeContext() throws(TLSError) -> OpaquePointer {
    let context = try TLSError.check(SSL_CTX_new(TLS_server_method()), "SSL_CTX_new")
    guard ca_tls_configure(context) == 1 else {
      SSL_CTX_free(context)
      throw .library("SSL_CTX settings")
    }
    return context
  }

  /// Reads a certificate chain and its key, PEM both.
  static func load(
    certificateFile: String, keyFile: String, tickets: TicketKeys
  ) throws(TLSError) -> TLSMaterial {
    try TLSFiles.checkReadable(certificateFile)
    try TLSFiles.checkReadable(keyFile)
    let context = try makeContext()
    do throws(TLSError) {
      try TLSFiles.use(certificateFile: certificateFile, keyFile: keyFile, in: context)
    } catch {
      SSL_CTX_free(context)
      throw error
    }
    return try TLSMaterial(taking: context, tickets: tickets)
  }
}

/// Chooses `http/1.1` of what the client offers (RFC 7301).
///
/// A client that offers others alone is refused with no_application_protocol: it would take our
/// answers for what they are not. One that offers nothing gets HTTP/1.1, too.
private func selectProtocol(
  _ ssl: OpaquePointer?, _ chosen: UnsafeMutablePointer<UnsafePointer<UInt8>?>?,
  _ chosenByteCount: UnsafeMutablePointer<UInt8>?, _ offered: UnsafePointer<UInt8>?,
  _ offeredByteCount: UInt32, _ argument: UnsafeMutableRawPointer?
) -> Int32 {
  let offer = UnsafeBufferPointer(start: offered, count: Int(offeredByteCount))
  var index = 0
  while index < offer.count {
    let nameStart = index + 1
    let nameEnd = nameStart + Int(offer[index])
    guard nameEnd <= offer.count else { break }
    if offer[nameStart..<nameEnd].elementsEqual("http/1.1".utf8) {
      chosen?.pointee = offered.map { $0 + nameStart }
      chosenByteCount?.pointee = offer[index]
      return SSL_TLSEXT_ERR_OK
    }
    index = nameEnd
  }
  return SSL_TLSEXT_ERR_ALERT_FATAL
}

/// Keys a session ticket, as OpenSSL's ticket callback must: 1 or 2 (a new one is due) where it can,
/// 0 for a ticket of unknown keys, -1 on failure.
private func keyTicket(
  _ ssl: OpaquePointer?, _ name: UnsafeMutablePointer<UInt8>?, _ iv: UnsafeMutablePointer<UInt8>?,
  _ cipher: OpaquePointer?, _ mac: OpaquePointer?, _ encrypts: Int32
) -> Int32 {
  guard let ssl, let name, let iv, let owner = ca_tls_owner(ssl) else { return -1 }
  let tickets = Unmanaged<TicketKeys>.fromOpaque(owner).takeUnretainedValue()
  let nameBytes = UnsafeMutableRawBufferPointer(start: name, count: TicketKeys.nameByteCount)
  let key: TicketKeys.Key
  var result: Int32 = 1
  if encrypts == 1 {
    guard let current = tickets.current(), RAND_bytes(iv, EVP_MAX_IV_LENGTH) == 1 else {
      return -1
    }
    key = current
    nameBytes.copyBytes(from: key.name)
  } else {
    guard let found = tickets.key(named: UnsafeRawBufferPointer(nameBytes)) else { return 0 }
    key = found.key
    result = found.isCurrent ? 1 : 2
  }
  return ca_tls_key_ticket(cipher, mac, key.cipherKey, key.macKey, iv, encrypts) == 1 ? result : -1
}
