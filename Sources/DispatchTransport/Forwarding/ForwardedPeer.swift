import CLinux
import HTTPCodec

/// What trusted proxies say in a request's fields about where it comes from.
enum ForwardedPeer {
  /// The peer that the outermost of `trustedHops` proxies saw; nil where the field does not say.
  ///
  /// Each proxy adds the address of its own peer at the right end of `X-Forwarded-For`, so with two
  /// trusted ones the second entry from the right is what the outer one saw. All that stands left of
  /// it came with the request and is anybody's invention.
  ///
  /// `X-Forwarded-Proto` makes the peer secure if it is `https` and nothing else; a proxy sets that
  /// field, so where it stands twice, one of them is the client's.
  ///
  /// - Parameter proxy: The other end of the socket, for its listener.
  static func peer(
    of request: RequestHead, behind proxy: PeerAddress, trustedHops: Int
  ) -> PeerAddress? {
    let entries = request.list("X-Forwarded-For")
    guard trustedHops >= 1, entries.count >= trustedHops,
      var peer = address(entries[entries.count - trustedHops], listener: proxy.listener)
    else { return nil }
    peer.isForwarded = true
    peer.isSecure = request["X-Forwarded-Proto"]?.lowercased() == "https"
    return peer
  }

  /// Reads `1.2.3.4`, `2001:db8::1`, and both with a port: `1.2.3.4:80`, `[2001:db8::1]:80`.
  static func address(_ entry: String, listener: Int) -> PeerAddress? {
    if let plain = PeerAddress(host: entry, port: 0, listener: listener) { return plain }
    if entry.hasPrefix("["), entry.hasSuffix("]") {
      let host = entry.dropFirst().dropLast()
      return host.contains(":")
        ? PeerAddress(host: String(host), port: 0, listener: listener) : nil
    }
    guard case .tcp(let host, let port) = Listener.Address(entry) else { return nil }
    return PeerAddress(host: host, port: port, listener: listener)
  }
}

extension PeerAddress {
  /// The client that a proxy's header names; nil if it speaks for itself.
  init?(_ header: ProxyHeader, listener: Int) {
    guard case .client(let bytes, let port, let isIPv4) = header.source else { return nil }
    var address = ca_address()
    withUnsafeMutableBytes(of: &address.bytes) { $0.copyBytes(from: bytes) }
    address.port = port
    address.is_ipv4 = isIPv4 ? 1 : 0
    self.init(address, listener: listener)
    isForwarded = true
    isSecure = header.isSecure
  }
}
