import DispatchTransport
import HTTPCodec

/// What clients are told about `https`, where the server speaks it.
public struct SecurePolicy: Sendable {
  /// The place, among the transport's listeners, of the plain one that sends browsers on to `https`;
  /// nil where there is none.
  public var redirectListener: Int?
  /// The port that it sends them to.
  public var port: UInt16 = 443
  /// For how long browsers are to come by `https` alone (RFC 6797); nil says nothing of it.
  ///
  /// Default nil. `serve` says a year where its certificate is one that browsers may trust: after
  /// that word they accept no other for this name.
  public var strictTransportSecurity: Duration?

  /// Nothing is said.
  public init() {}

  /// Sends a browser to the same place by `https`, whatever the method.
  ///
  /// The host has been found to be one of ours.
  func redirect(_ request: RequestHead) -> HTTPReply {
    let query = request.query.map { "?\($0)" } ?? ""
    let location = "https://\(Self.withoutPort(request.host))\(portSuffix)\(request.path)\(query)"
    return WebRoutes.text(
      .permanentRedirect, "The game is at \(location).", [HTTPField("Location", location)])
  }

  /// What a WebSocket gets there: browsers follow no redirect with it, and a ticket that was sent in
  /// the clear is lost already.
  var upgradeRefusal: HTTPReply { WebRoutes.text(.forbidden, "Use wss.") }

  private var portSuffix: String { port == 443 ? "" : ":\(port)" }

  /// The field of a reply to a request that came by `https`.
  ///
  /// Numbers and loopback names are left out: browsers ignore the one (section 8.1.1), and to bind
  /// the other would bind every server that its owner ever starts.
  func field(for request: RequestHead) -> HTTPField? {
    guard let seconds = strictTransportSecurity?.components.seconds else { return nil }
    let name = Self.withoutPort(request.host).lowercased()
    let isNumber = name.hasPrefix("[") || name.allSatisfy { $0.isNumber || $0 == "." }
    if isNumber || name == "localhost" || name.hasSuffix(".localhost") { return nil }
    return HTTPField("Strict-Transport-Security", "max-age=\(seconds)")
  }

  private static func withoutPort(_ host: String) -> Substring {
    guard let colon = host.lastIndex(of: ":"), !host.hasSuffix("]") else { return host[...] }
    return host[..<colon]
  }
}
