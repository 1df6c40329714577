import HTTPCodec

/// PROXY protocol headers for tests, well-formed or not.
public enum ProxyHeaderBytes {
  /// A header of these parts, with the length that belongs to them unless another is given.
  public static func header(
    command: UInt8 = 0x21, family: UInt8, _ body: [UInt8], length: Int? = nil
  ) -> [UInt8] {
    let length = length ?? body.count
    return ProxyHeader.signature
      + [command, family, UInt8(length >> 8 & 255), UInt8(length & 255)] + body
  }

  /// 203.0.113.9:50000, to 10.0.0.1:443.
  public static let four: [UInt8] = [203, 0, 113, 9, 10, 0, 0, 1, 0xC3, 0x50, 1, 0xBB]
  /// What IPv4 addresses begin with where they stand among those of IPv6.
  public static let mappedPrefix = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]
  /// 2001:db8::5.
  public static let sixAddress: [UInt8] =
    [0x20, 0x01, 0x0D, 0xB8] + [UInt8](repeating: 0, count: 11) + [5]
  /// 2001:db8::5, port 50000, to 2001:db8::1, port 443.
  public static let six =
    sixAddress + [0x20, 0x01, 0x0D, 0xB8] + [UInt8](repeating: 0, count: 11) + [1]
    + [0xC3, 0x50, 1, 0xBB]
  /// From a client with TLS: the flags, the verification, and the version within.
  public static let tls: [UInt8] = [0x20, 0, 15, 1, 0, 0, 0, 0, 0x21, 0, 7] + Array("TLSv1.3".utf8)
}
