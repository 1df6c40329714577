import ArenaServer
import ArgumentParser
import DispatchTransport

/// The options of `serve` for `https` and `wss`.
struct TLSOptions: ParsableArguments {
  @Option(
    help: """
      A PEM file with the certificate and its chain, for https and wss. It is read again when it \
      changes and on SIGHUP; nobody is disconnected.
      """)
  var tlsCertificate: String?

  @Option(help: "The PEM file with the certificate's key, without a passphrase.")
  var tlsKey: String?

  @Flag(
    help: """
      Speak https and wss with a certificate made at start, for loopback and for the host names; \
      browsers warn of it. For trying out.
      """)
  var tlsSelfSigned = false

  @Option(
    help: "A plain port beside, on the same address, that sends browsers on to https.")
  var redirectPort: UInt16?

  func validate() throws {
    if (tlsCertificate == nil) != (tlsKey == nil) {
      throw ValidationError("--tls-certificate and --tls-key belong together.")
    }
    if tlsCertificate != nil, tlsSelfSigned {
      throw ValidationError("Give either --tls-certificate or --tls-self-signed.")
    }
    if redirectPort != nil, tlsCertificate == nil, !tlsSelfSigned {
      throw ValidationError("--redirect-port needs --tls-certificate or --tls-self-signed.")
    }
  }

  /// Has the listeners on TCP speak TLS, puts the one that redirects behind them, and notes both.
  ///
  /// Unix-domain sockets stay plain: what ends TLS stands before them.
  ///
  /// - Returns: The certificate; nil for plain HTTP.
  /// - Throws: `TLSError`, which names the file, or a `ValidationError`.
  func secure(
    _ listeners: inout [Listener], _ configuration: inout ServerConfiguration
  ) throws -> TLSContext? {
    guard let context = try context(hostNames: configuration.hostNames) else { return nil }
    var places: [(host: String, port: UInt16)] = []
    for index in listeners.indices {
      guard case .tcp(let host, let port) = listeners[index].address else { continue }
      listeners[index].tls = context
      places.append((host, port))
    }
    guard let place = places.first else {
      throw ValidationError("TLS needs a listener with a port, not a socket file alone.")
    }
    if let redirectPort {
      guard place.port != 0 else {
        throw ValidationError("--redirect-port needs a --port to send browsers to.")
      }
      configuration.secure.redirectListener = listeners.count
      configuration.secure.port = place.port
      listeners.append(Listener(host: place.host, port: redirectPort))
    }
    if !context.certificate.isSelfSigned {
      configuration.secure.strictTransportSecurity = .seconds(365 * 86_400)
    }
    return context
  }

  private func context(hostNames: [String]) throws -> TLSContext? {
    if let tlsCertificate, let tlsKey {
      return try TLSContext(certificateFile: tlsCertificate, keyFile: tlsKey)
    }
    return tlsSelfSigned ? try .selfSigned(hostNames: hostNames) : nil
  }
}
