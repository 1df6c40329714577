/// What a proxy says of a connection before the connection's own bytes: the PROXY protocol, version 2
/// (HAProxy, "The PROXY protocol", section 2.2).
///
/// ```
///  0            12  13  14      16                              16 + length
///  ┌────────────┬───┬───┬───────┬──────────────────┬────────────┐
///  │ signature  │2·c│f·t│ length│ source, target,  │ type,      │
///  │ 12 bytes   │   │   │ 16 bit│ their ports      │ length, …  │
///  └────────────┴───┴───┴───────┴──────────────────┴────────────┘
///     c command   f family   t transport
/// ```
///
/// Version 1, which is text, is not spoken: it has no length, and every proxy that matters writes 2.
public struct ProxyHeader: Hashable, Sendable {
  /// Who the proxy speaks for.
  public enum Source: Hashable, Sendable {
    /// Itself: a health check, or a client of a kind that has no address here.
    case proxy
    /// A client at this address: 16 bytes, IPv4 as IPv4-mapped IPv6, in network order.
    case client(address: [UInt8], port: UInt16, isIPv4: Bool)
  }

  /// What the bytes so far say.
  public enum Parsing: Hashable, Sendable {
    /// This many bytes in all are needed to say more.
    case incomplete(needed: Int)
    /// A whole header of so many bytes; what follows is the connection's own.
    case header(ProxyHeader, byteCount: Int)
    /// It is none, or breaks the protocol or the bound.
    case malformed
  }

  /// Who the proxy speaks for.
  public let source: Source
  /// Whether the client speaks TLS with the proxy.
  public let isSecure: Bool

  /// What every header begins with; no HTTP request and no TLS handshake does.
  public static let signature: [UInt8] = [
    0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A,
  ]
  /// Signature, version, command, family, transport and length.
  public static let fixedByteCount = 16

  /// Reads a header from the front of `bytes`.
  ///
  /// - Parameter byteCountMax: A header that says that it is longer is malformed.
  /// - Complexity: O(bytes).
  public static func parse(_ bytes: UnsafeRawBufferPointer, byteCountMax: Int) -> Parsing {
    // The first byte that differs is enough: nobody is waited for who speaks something else.
    guard zip(bytes, signature).allSatisfy(==) else { return .malformed }
    guard bytes.count >= fixedByteCount else { return .incomplete(needed: fixedByteCount) }
    let byteCount = fixedByteCount + Int(number(in: bytes, at: 14))
    guard byteCount <= byteCountMax else { return .malformed }
    guard bytes.count >= byteCount else { return .incomplete(needed: byteCount) }
    let header = UnsafeRawBufferPointer(rebasing: bytes[..<byteCount])
    guard let parsed = ProxyHeader(whole: header) else { return .malformed }
    return .header(parsed, byteCount: byteCount)
  }

  private init?(whole bytes: UnsafeRawBufferPointer) {
    let (command, family) = (bytes[12], bytes[13])
    switch command {
    // LOCAL: whatever stands behind it is skipped.
    case 0x20: self.init(source: .proxy, isSecure: false)
    case 0x21:
      // TCP over IPv4, TCP over IPv6, a Unix-domain stream, or unspecified. Datagrams are not ours.
      let addressByteCounts: [UInt8: Int] = [0x00: 0, 0x11: 12, 0x21: 36, 0x31: 216]
      guard let addressByteCount = addressByteCounts[family],
        bytes.count >= Self.fixedByteCount + addressByteCount,
        let extras = Self.extras(in: bytes, from: Self.fixedByteCount + addressByteCount)
      else { return nil }
      self.init(source: Self.source(in: bytes, family: family), isSecure: extras.isSecure)
    default: return nil
    }
  }

  private init(source: Source, isSecure: Bool) {
    self.source = source
    self.isSecure = isSecure
  }

  private static func source(in bytes: UnsafeRawBufferPointer, family: UInt8) -> Source {
    switch family {
    case 0x11:
      let mapped = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]
      return .client(
        address: mapped + bytes[16..<20], port: number(in: bytes, at: 24), isIPv4: true)
    case 0x21:
      let address = Array(bytes[16..<32])
      let isMapped = address.starts(with: [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF])
      return .client(address: address, port: number(in: bytes, at: 48), isIPv4: isMapped)
    default: return .proxy
    }
  }

  private static func number(in bytes: UnsafeRawBufferPointer, at index: Int) -> UInt16 {
    UInt16(bytes[index]) << 8 | UInt16(bytes[index + 1])
  }

  // MARK: Extras

  private struct Extras {
    var isSecure = false
  }

  /// Walks the type-length-value extras; nil where one does not fit or the checksum is wrong.
  private static func extras(in bytes: UnsafeRawBufferPointer, from start: Int) -> Extras? {
    var extras = Extras()
    var index = start
    while index < bytes.count {
      guard index + 3 <= bytes.count else { return nil }
      let value = (index + 3)..<(index + 3 + Int(number(in: bytes, at: index + 1)))
      guard value.upperBound <= bytes.count else { return nil }
      switch bytes[index] {
      case 0x03:
        guard value.count == 4, checksumHolds(bytes, at: value) else { return nil }
      // PP2_TYPE_SSL: the first byte's lowest bit says that the client came with TLS.
      case 0x20:
        guard value.count >= 5 else { return nil }
        extras.isSecure = bytes[value.lowerBound] & 1 == 1
      default: break
      }
      index = value.upperBound
    }
    return extras
  }

  /// Whether the four bytes at `field` are the CRC-32C of the header with zeros in their place.
  private static func checksumHolds(_ bytes: UnsafeRawBufferPointer, at field: Range<Int>) -> Bool {
    let stated = field.reduce(UInt32(0)) { $0 << 8 | UInt32(bytes[$1]) }
    return stated == crc32c(bytes, blank: field)
  }

  /// CRC-32C (RFC 3720 appendix B.4) with `blank` read as zeros.
  ///
  /// Bit by bit: it sees a few hundred bytes a connection, if a proxy writes one at all.
  static func crc32c(_ bytes: UnsafeRawBufferPointer, blank: Range<Int>) -> UInt32 {
    var remainder: UInt32 = .max
    for index in bytes.indices {
      remainder ^= blank.contains(index) ? 0 : UInt32(bytes[index])
      for _ in 0..<8 {
        remainder = remainder >> 1 ^ (remainder & 1 == 1 ? 0x82F6_3B78 : 0)
      }
    }
    return ~remainder
  }
}
