import CLinux
import Glibc
import HTTPCodec

/// Who a connection or a request comes from, where a trusted proxy stands in front.
extension ShardCore {
  /// Reads the header that must come first on a listener behind a proxy.
  ///
  /// Never a byte more than the header is taken from the socket: what follows it may be TLS, and is
  /// read by whoever reads the connection's own bytes.
  func receiveProxyHeader(_ slot: Int) {
    let connection = slab.base + slot
    var count = copyRestToInput(slot)
    while true {
      let bytes = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(input)[..<count])
      switch ProxyHeader.parse(bytes, byteCountMax: limits.proxyHeaderByteCountMax) {
      case .malformed:
        tally.badProxyHeaders += 1
        log.note(id(of: slot), "bad proxy header", why: "malformed")
        return breakOff(slot)
      case .header(let header, _):
        return proxySpoke(header, at: slot)
      case .incomplete(let needed):
        let space = UnsafeMutableRawBufferPointer(rebasing: input[count..<needed])
        let received = ca_receive(connection.pointee.descriptor, space.baseAddress, space.count)
        if received == -Int(EAGAIN) || received == -Int(EINTR) {
          return keep(UnsafeMutableRawBufferPointer(rebasing: input[..<count]), at: slot)
        }
        guard received > 0 else { return breakOff(slot) }
        tally.bytesReceived += received
        connection.pointee.lastReceived = tick
        count += received
      }
    }
  }

  private func proxySpoke(_ header: ProxyHeader, at slot: Int) {
    let connection = slab.base + slot
    connection.pointee.flags.remove(.awaitsProxyHeader)
    connection.pointee.rest = []
    if let peer = PeerAddress(header, listener: connection.pointee.peer.listener) {
      connection.pointee.peer = peer
    } else if header.isSecure {
      connection.pointee.peer.isSecure = true
    }
    // The proxy passes TLS on as it comes, and it ends with us.
    if connection.pointee.flags.contains(.isSecure) { connection.pointee.peer.isSecure = true }
    if join(slot) == .dropped { breakOff(slot) }
  }

  /// Counts a connection by its peer's address, if that has not been done.
  func join(_ slot: Int) -> Admission.Decision {
    let flags = slab.base[slot].flags
    if flags.contains(.isRefused) { return .refused }
    guard flags.isDisjoint(with: [.isExempt, .isCountedByAddress]) else { return .admitted }
    let decision = admission.join(slab.base[slot].peer.group)
    switch decision {
    case .admitted: slab.base[slot].flags.insert(.isCountedByAddress)
    case .refused:
      slab.base[slot].flags.insert(.isRefused)
      tally.refused += 1
      noteShed()
    case .dropped:
      tally.refused += 1
      noteShed()
    }
    return decision
  }

  /// Who has made the request; nil where the trusted proxies did not say so as they should.
  ///
  /// A proxy may send the requests of different clients over one connection, so each request is asked.
  func peer(of head: RequestHead, at slot: Int) -> PeerAddress? {
    let peer = slab.base[slot].peer
    guard case .forwardedFor(let hops) = configuration.listeners[peer.listener].forwarding else {
      return peer
    }
    return ForwardedPeer.peer(of: head, behind: peer, trustedHops: hops)
  }
}
