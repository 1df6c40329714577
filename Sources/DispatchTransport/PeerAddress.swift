import CLinux

/// Where a connection comes from, as far as its listener can tell: the other end of the socket, or
/// what a trusted proxy says of it.
public struct PeerAddress: Hashable, Sendable, CustomStringConvertible {
  private let high: UInt64
  private let low: UInt64
  /// The peer's port.
  public let port: UInt16
  private let listenerIndex: UInt8
  private let family: Family
  /// Whether nobody on the way can read along: TLS up to here, or up to a trusted proxy that says so.
  public internal(set) var isSecure = false

  /// Whether a trusted proxy has named it.
  public internal(set) var isForwarded = false

  private enum Family: UInt8 { case ipv4, ipv6, unix }

  private var isIPv4: Bool { family == .ipv4 }

  /// The place, in the configuration, of the listener that took the connection.
  public var listener: Int { Int(listenerIndex) }

  init(_ address: ca_address, listener: Int) {
    var address = address
    (high, low) = withUnsafeBytes(of: &address.bytes) { bytes in
      (
        bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self),
        bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
      )
    }
    port = address.port
    family = address.is_unix != 0 ? .unix : address.is_ipv4 != 0 ? .ipv4 : .ipv6
    listenerIndex = UInt8(truncatingIfNeeded: listener)
  }

  /// The address of `host`, which is numeric: IPv4 or IPv6; nil where it is neither.
  public init?(host: String, port: UInt16, listener: Int = 0) {
    var address = ca_address()
    // C would read up to a zero byte and believe it.
    guard !host.utf8.contains(0), ca_address_parse(host, port, &address) == 0 else { return nil }
    self.init(address, listener: listener)
  }

  var cAddress: ca_address {
    var address = ca_address()
    withUnsafeMutableBytes(of: &address.bytes) { bytes in
      bytes.storeBytes(of: high, toByteOffset: 0, as: UInt64.self)
      bytes.storeBytes(of: low, toByteOffset: 8, as: UInt64.self)
    }
    address.port = port
    address.is_ipv4 = family == .ipv4 ? 1 : 0
    address.is_unix = family == .unix ? 1 : 0
    return address
  }

  /// The numeric address without the port; `unix` for a peer on a Unix-domain socket.
  public var host: String {
    if family == .unix { return "unix" }
    var address = cAddress
    var text = [CChar](repeating: 0, count: 46)
    ca_address_format(&address, &text, text.count)
    return text.withUnsafeBufferPointer { buffer in
      String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }

  /// Whether the peer is on this machine; never where a proxy says so, whose machine that may be.
  public var isLoopback: Bool {
    if isForwarded { return false }
    return switch family {
    case .ipv4: (low.bigEndian >> 24) & 0xFF == 127
    case .ipv6: high == 0 && low.bigEndian == 1
    case .unix: true
    }
  }

  /// What connections are counted by: the IPv4 address, or the /64 network that an IPv6 host can
  /// choose its address from as it likes, or all Unix-domain sockets together.
  var group: AddressGroup { AddressGroup(high: high, low: isIPv4 ? low : 0) }

  /// `host:port`, for logs.
  public var description: String {
    switch family {
    case .ipv4: "\(host):\(port)"
    case .ipv6: "[\(host)]:\(port)"
    case .unix: host
    }
  }
}

/// Addresses that are counted as one.
struct AddressGroup: Hashable, Sendable {
  let high: UInt64
  let low: UInt64
}
