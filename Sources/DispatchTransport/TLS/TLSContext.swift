import ArenaTypes
/// A TLS server's certificate and settings: TLS 1.2 and 1.3 through OpenSSL 3, `http/1.1`, sessions
/// in tickets.
///
/// A ``Listener`` with one speaks `https` and `wss`. It may be given a new certificate at any time
/// with ``reload()``: whoever comes from then on gets the new one, and who is connected notices
/// nothing. Safe from any thread.
public final class TLSContext: Sendable {
  private enum Source: Sendable {
    case files(certificate: String, key: String)
    case memory
  }

  private let source: Source
  private let tickets = TicketKeys()
  private let current: Locked<TLSMaterial>

  /// A context with the certificate chain and the key in two PEM files (or in one, named twice).
  ///
  /// - Throws: `TLSError`, which names the file and what is wrong with it. An expired certificate is
  ///   no error, for a server must start; see ``certificate``.
  public init(certificateFile: String, keyFile: String) throws(TLSError) {
    source = .files(certificate: certificateFile, key: keyFile)
    current = Locked(
      try TLSMaterial.load(
        certificateFile: certificateFile, keyFile: keyFile, tickets: tickets))
  }

  private init(selfSignedFor hostNames: [String]) throws(TLSError) {
    source = .memory
    let context = try SelfSignedCertificate.makeContext(hostNames: hostNames)
    current = Locked(try TLSMaterial(taking: context, tickets: tickets))
  }

  /// A context with a certificate that it makes for itself: EC P-256, good for 90 days, for these
  /// names or numeric addresses and for those of loopback.
  ///
  /// Browsers warn of it. It is for trying out; the key is in memory alone.
  ///
  /// - Throws: `TLSError.badHostName`, or `TLSError.library`.
  public static func selfSigned(hostNames: [String] = []) throws(TLSError) -> TLSContext {
    try TLSContext(selfSignedFor: hostNames)
  }

  /// The certificate that newcomers get.
  public var certificate: TLSCertificate { current.withLock { $0.certificate } }

  /// Reads the files again; on failure the certificate stays as it was.
  ///
  /// Nothing happens to a self-signed one. Session tickets stay good.
  ///
  /// - Throws: `TLSError`, as `init` does.
  public func reload() throws(TLSError) {
    guard case .files(let certificateFile, let keyFile) = source else { return }
    // Read first and then exchanged: newcomers meanwhile don't wait for the disk.
    let loaded = try TLSMaterial.load(
      certificateFile: certificateFile, keyFile: keyFile, tickets: tickets)
    current.withLock { $0 = loaded }
  }

  /// The files that it was made of; none if it is self-signed.
  var files: [String] {
    switch source {
    case .files(let certificate, let key): [certificate, key]
    case .memory: []
    }
  }

  /// A new connection's state.
  ///
  /// - Throws: `TLSError.library` where memory is short.
  func makeSession(on wire: TLSWire) throws(TLSError) -> TLSSession {
    try TLSSession(current.withLock { $0 }, wire: wire)
  }
}
