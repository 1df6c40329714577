/// A place to take connections from, and how far what comes in there is trusted.
///
/// Handlers tell listeners apart by `PeerAddress.listener`.
public struct Listener: Sendable {
  /// Where to listen.
  public enum Address: Hashable, Sendable, CustomStringConvertible {
    /// A numeric IPv4 or IPv6 address, and a port; port 0 lets the kernel choose.
    ///
    /// `::` takes IPv4 connections too, whatever the system's default is: one listener serves both
    /// families, and an IPv4 peer counts as IPv4 wherever it came in. So it can't share its port with
    /// a listener on `0.0.0.0`.
    case tcp(host: String, port: UInt16)
    /// A socket file, at most 107 bytes of path.
    ///
    /// The file is for its owner and group (0660), so a proxy must be of that group; it is removed when
    /// the transport stops listening. One that a dead server left behind is replaced; one that somebody
    /// answers at is not touched. All its peers are of this machine and count as one address.
    case unix(path: String)

    /// `host:port`, `[host]:port` or `unix:path`, as ``init(_:)`` reads it.
    public var description: String {
      switch self {
      case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
      case .unix(let path): "unix:\(path)"
      }
    }
  }

  /// Whom the listener believes about where a connection comes from.
  public enum Forwarding: Hashable, Sendable {
    /// Nobody: the peer is who holds the other end of the socket.
    case none
    /// Each connection begins with a PROXY protocol header of version 2, which a trusted proxy wrote.
    ///
    /// Whoever reaches such a listener can claim any address, so only the proxy may reach it.
    case proxyProtocol
    /// This many proxies stand in front and have each added an entry to `X-Forwarded-For`; at least 1.
    case forwardedFor(trustedHops: Int)
  }

  /// Where to listen.
  public var address: Address
  /// Whom to believe about where a connection comes from; by default nobody.
  public var forwarding: Forwarding
  /// Whether its connections are outside of the bounds for peers.
  ///
  /// So the metrics are there when the rest is full. Only for listeners that the public can't reach.
  public var isExempt: Bool
  /// The certificate, for `https` and `wss`; nil for plain HTTP.
  public var tls: TLSContext?

  /// A listener on `address`.
  public init(
    _ address: Address, forwarding: Forwarding = .none, isExempt: Bool = false,
    tls: TLSContext? = nil
  ) {
    self.tls = tls
    self.address = address
    self.forwarding = forwarding
    self.isExempt = isExempt
  }

  /// A TCP listener; by default of this machine alone.
  public init(host: String = "127.0.0.1", port: UInt16, tls: TLSContext? = nil) {
    self.init(.tcp(host: host, port: port), tls: tls)
  }
}

extension Listener.Address {
  /// The address with the port that the kernel chose for it.
  public func bound(to port: UInt16) -> Self {
    if case .tcp(let host, _) = self { .tcp(host: host, port: port) } else { self }
  }

  /// Reads `host:port`, `[host]:port` or `unix:path`; nil where `text` is none of them.
  ///
  /// Whether the host is an address of this machine shows when the transport starts.
  public init?(_ text: String) {
    if text.hasPrefix("unix:") {
      let path = text.dropFirst("unix:".count)
      guard !path.isEmpty else { return nil }
      self = .unix(path: String(path))
      return
    }
    guard let colon = text.lastIndex(of: ":") else { return nil }
    let digits = text[text.index(after: colon)...]
    guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = UInt16(digits)
    else { return nil }
    var host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = host.dropFirst().dropLast()
      guard host.contains(":") else { return nil }
    } else if host.contains(":") {
      return nil
    }
    guard PeerAddress(host: String(host), port: port) != nil else { return nil }
    self = .tcp(host: String(host), port: port)
  }
}
