import ArenaTypes
import DispatchTransport
import HTTPCodec
import Synchronization

/// What is answered over plain HTTP, and who may open a socket.
final class WebRoutes: Sendable {
  /// Where the WebSocket is.
  static let socketPath = "/v1/socket"
  /// The subprotocol that clients offer.
  static let subprotocol = "neuronarena.v1.json"

  private let files: StaticFiles
  private let export: ExportDesk?
  private let units: UnitPages?
  private let addresses = WholeAddresses()
  private let hostNames: Set<String>
  private let origins: Set<String>
  /// Set once all rooms are restored; until then nobody is let in.
  private let ready = Atomic(false)

  init(
    files: StaticFiles, units: UnitPages? = nil, hostNames: [String], origins: [String] = [],
    export: ExportDesk? = nil
  ) {
    self.files = files
    self.units = units
    self.export = export
    self.hostNames = Set(hostNames.map { $0.lowercased() })
    self.origins = Set(origins.map { $0.lowercased() })
  }

  /// Lets clients in, or no longer.
  func setReady(_ isReady: Bool) { ready.store(isReady, ordering: .releasing) }

  private var isReady: Bool { ready.load(ordering: .acquiring) }

  /// Answers a request that is no upgrade.
  ///
  /// - Parameter isSecure: Whether it came by `https`.
  func respond(to request: RequestHead, isSecure: Bool = false) -> HTTPReply {
    guard answers(to: request.host) else { return Self.text(.misdirectedRequest, "Unknown host.") }
    switch request.method {
    case .get, .head: break
    case .options: return HTTPReply(status: .noContent, fields: Self.securityFields + [Self.allow])
    case .post: return Self.text(.methodNotAllowed, "Use GET.", [Self.allow])
    }
    switch request.path {
    case "/livez", "/readyz": return probe(request)
    case Self.socketPath:
      // Whoever's handshake failed may ask here why: a browser doesn't tell it.
      return isReady
        ? Self.text(.upgradeRequired, "This is a WebSocket.", [HTTPField("Upgrade", "websocket")])
        : Self.starting
    case ExportDesk.path: return research()
    default:
      let origin = "\(isSecure ? "https" : "http")://\(request.host.lowercased())"
      if let units, units.owns(request.path) { return units.respond(to: request, origin: origin) }
      return file(request, origin: origin)
    }
  }

  /// The research export, as far as there is one.
  private func research() -> HTTPReply {
    switch isReady ? export?.ask() : .making {
    case .ready(let body):
      HTTPReply(
        status: .ok,
        fields: Self.securityFields + [
          HTTPField("Content-Type", ExportDesk.contentType),
          HTTPField("Cache-Control", "public, max-age=600"),
          HTTPField("Content-Disposition", "attachment; filename=\"neuronarena.jsonl\""),
        ], body: body)
    case .making:
      Self.text(
        .serviceUnavailable, "The export is being made.", [HTTPField("Retry-After", "2")])
    case .withheld, nil:
      Self.text(.notFound, "What is learnt from rated play is not handed out while it goes on.")
    }
  }

  private func probe(_ request: RequestHead) -> HTTPReply {
    guard request.path == "/readyz" else { return Self.text(.ok, "alive") }
    return isReady ? Self.text(.ok, "ready") : Self.text(.serviceUnavailable, "starting")
  }

  /// Answers a request on the operator's own listener.
  func respondToOperator(_ request: RequestHead, metrics: ServerMetrics) -> HTTPReply {
    guard answers(to: request.host) || Self.isAddress(request.host) else {
      return Self.text(.misdirectedRequest, "Unknown host.")
    }
    guard request.path == "/metrics", request.method == .get || request.method == .head else {
      return ["/livez", "/readyz"].contains(request.path)
        ? probe(request) : Self.text(.notFound, "The metrics are at /metrics.")
    }
    return HTTPReply(
      status: .ok,
      fields: [
        HTTPField("Content-Type", PrometheusText.contentType),
        HTTPField("Cache-Control", "no-store"),
      ], body: Array(metrics.text().utf8))
  }

  /// Whether a Host is a number: a page elsewhere can make a name of its own stand for this machine,
  /// but not a number.
  private static func isAddress(_ host: String) -> Bool {
    let name = withoutPort(host)
    return name.hasPrefix("[") || name.allSatisfy { $0.isNumber || $0 == "." }
  }

  private func file(_ request: RequestHead, origin: String) -> HTTPReply {
    guard let path = request.decodedPath, var file = files[path] else {
      return Self.text(.notFound, "Not found.")
    }
    if file.contentType.hasPrefix("text/html") { file = addresses.page(file, origin: origin) }
    return FileReply(file, request, securityFields: Self.securityFields).reply
  }

  /// Sends a browser on to `https`.
  func redirect(_ request: RequestHead, _ policy: SecurePolicy) -> HTTPReply {
    answers(to: request.host)
      ? policy.redirect(request) : Self.text(.misdirectedRequest, "Unknown host.")
  }

  /// Whether a request may become a WebSocket: the right place, our own pages or no browser, and our
  /// subprotocol.
  ///
  /// - Parameter isSecure: Whether it came by `https`; then pages must have come so, too.
  func acceptsUpgrade(_ request: RequestHead, isSecure: Bool = false) -> UpgradeDecision {
    guard answers(to: request.host) else {
      return .refuse(Self.text(.misdirectedRequest, "Unknown host."))
    }
    guard request.path == Self.socketPath else {
      return .refuse(Self.text(.notFound, "The WebSocket is at \(Self.socketPath)."))
    }
    guard isWelcomeOrigin(request, isSecure: isSecure) else {
      return .refuse(Self.text(.forbidden, "Pages of other sites may not connect."))
    }
    guard isReady else {
      return .refuse(Self.starting)
    }
    guard request.list("Sec-WebSocket-Protocol").contains(Self.subprotocol) else {
      return .refuse(
        Self.text(.badRequest, "Offer the subprotocol \(Self.subprotocol)."))
    }
    return .accept(subprotocol: Self.subprotocol)
  }

  private func answers(to host: String) -> Bool {
    hostNames.isEmpty || hostNames.contains(Self.withoutPort(host).lowercased())
  }

  /// Whether a browser's page comes from this host or from an origin on the list; programs that are no
  /// browsers send no Origin.
  ///
  /// A proxy may speak `https` to the browser and `http` to us, so a plain connection may be either's.
  private func isWelcomeOrigin(_ request: RequestHead, isSecure: Bool) -> Bool {
    let origins = request.values(of: "Origin")
    guard let origin = origins.first else { return true }
    guard origins.count == 1 else { return false }
    if self.origins.contains(origin.lowercased()) { return true }
    return (isSecure ? ["https://"] : ["http://", "https://"]).contains {
      origin.lowercased() == $0 + request.host.lowercased()
    }
  }

  private static func withoutPort(_ host: String) -> Substring {
    guard let colon = host.lastIndex(of: ":"), !host.hasSuffix("]") else { return host[...] }
    return host[..<colon]
  }

  static func text(
    _ status: HTTPStatus, _ text: String, _ fields: [HTTPField] = []
  ) -> HTTPReply {
    HTTPReply(
      status: status,
      fields: securityFields + [HTTPField("Content-Type", "text/plain; charset=utf-8")] + fields,
      body: Array("\(text)\n".utf8))
  }

  private static let starting = text(
    .serviceUnavailable, "The server is starting.", [HTTPField("Retry-After", "1")])

  private static let allow = HTTPField("Allow", "GET, HEAD, OPTIONS")

  /// What a browser is told not to do with our pages: run or load anything from elsewhere, guess
  /// types, say where it came from, show them in a frame, share a process, or use a device.
  static let securityFields = [
    HTTPField(
      "Content-Security-Policy",
      "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
        + "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"),
    HTTPField("X-Content-Type-Options", "nosniff"),
    HTTPField("X-Frame-Options", "DENY"),
    HTTPField("Referrer-Policy", "no-referrer"),
    HTTPField("Cross-Origin-Opener-Policy", "same-origin"),
    HTTPField("Cross-Origin-Resource-Policy", "same-origin"),
    HTTPField(
      "Permissions-Policy",
      "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"),
  ]
}
