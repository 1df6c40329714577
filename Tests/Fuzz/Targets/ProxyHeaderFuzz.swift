import HTTPCodec

/// A proxy's header before a connection's own bytes.
///
/// Until it is whole it asks for more, and for no more than the limit; what is behind it changes
/// nothing.
enum ProxyHeaderFuzz: FuzzTarget {
  static let name = "proxy-header"

  static func run(_ input: inout FuzzInput) throws(FuzzFinding) {
    let limit = input.decision() & 1 == 0 ? 1_024 : 60
    let bytes = input.bytes
    let whole = parse(bytes[...], limit)
    for count in bytes.indices {
      let part = parse(bytes[..<count], limit)
      switch part {
      case .incomplete(let needed):
        try hold(needed > count && needed <= limit, "\(needed) needed after \(count)")
      case .malformed: try hold(whole == .malformed, "malformed after \(count) bytes, then not")
      case .header(_, let byteCount):
        try hold(part == whole && byteCount <= count, "another header after \(count) bytes")
      }
    }
  }

  private static func parse(_ bytes: ArraySlice<UInt8>, _ limit: Int) -> ProxyHeader.Parsing {
    bytes.withUnsafeBytes { ProxyHeader.parse($0, byteCountMax: limit) }
  }
}
