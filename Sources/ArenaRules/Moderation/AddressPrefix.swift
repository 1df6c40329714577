/// A range of network addresses, as in `192.0.2.0/24` or `2001:db8::/32`.
///
/// An IPv4 address and the same one mapped into IPv6 (`::ffff:192.0.2.1`) are one.
public struct AddressPrefix: Hashable, Sendable, Codable, CustomStringConvertible {
  /// The fewest leading bits of an IPv4 prefix: shorter ones are slips, and shut out whole continents.
  public static let bitCountMinIPv4 = 8
  /// The fewest leading bits of an IPv6 prefix.
  public static let bitCountMinIPv6 = 16

  private let isIPv4: Bool
  /// The address as eight groups of 16 bits, or two for IPv4, the host's bits zero.
  private let groups: [UInt16]
  /// How many leading bits are the prefix's.
  public let bitCount: Int

  /// Reads an address, or an address and a slash with the number of leading bits; nil where it is
  /// neither, or the prefix is too short to be meant.
  public init?(_ text: String) {
    guard text.utf8.count <= 64 else { return nil }
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let address = Self.groups(of: String(parts[0])) else { return nil }
    let isIPv4 = address.count == 2
    let bitCountMax = isIPv4 ? 32 : 128
    var bitCount = bitCountMax
    if parts.count == 2 {
      let digits = parts[1]
      guard (1...3).contains(digits.utf8.count),
        digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
        let count = Int(digits)
      else { return nil }
      bitCount = count
    }
    let bitCountMin = isIPv4 ? Self.bitCountMinIPv4 : Self.bitCountMinIPv6
    guard (bitCountMin...bitCountMax).contains(bitCount) else { return nil }
    self.isIPv4 = isIPv4
    self.bitCount = bitCount
    groups = Self.masked(address, bitCount: bitCount)
  }

  /// Reads what `description` wrote.
  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let prefix = Self(text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "not a range of addresses"))
    }
    self = prefix
  }

  /// Writes `description`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }

  /// Whether `host`, a numeric address, lies in it; false for what is no address.
  public func contains(_ host: String) -> Bool {
    guard let address = Self.groups(of: host), (address.count == 2) == isIPv4 else { return false }
    return Self.masked(address, bitCount: bitCount) == groups
  }

  /// The network that a host's address can't easily leave: the address of IPv4, the /64 of IPv6; nil
  /// for what is no address.
  public static func household(of host: String) -> AddressPrefix? {
    guard let address = groups(of: host) else { return nil }
    return AddressPrefix(address.count == 2 ? host : "\(host)/64")
  }

  /// The range in its shortest common form, such as `192.0.2.0/24`; without a slash where it is one
  /// address.
  public var description: String {
    let isWhole = bitCount == (isIPv4 ? 32 : 128)
    let address =
      isIPv4
      ? groups.flatMap { [$0 >> 8, $0 & 0xFF] }.map(String.init).joined(separator: ".")
      : Self.shortened(groups)
    return isWhole ? address : "\(address)/\(bitCount)"
  }

  private static func masked(_ groups: [UInt16], bitCount: Int) -> [UInt16] {
    groups.enumerated().map { index, group in
      let kept = min(16, max(0, bitCount - 16 * index))
      return kept == 0 ? 0 : group & (UInt16.max << UInt16(16 - kept))
    }
  }

  /// RFC 5952: the longest run of two or more zero groups becomes `::`.
  private static func shortened(_ groups: [UInt16]) -> String {
    var best = 0..<0
    var start = 0
    for index in 0...groups.count where index == groups.count || groups[index] != 0 {
      if index - start > max(1, best.count) { best = start..<index }
      start = index + 1
    }
    func text(_ slice: ArraySlice<UInt16>) -> String {
      slice.map { String($0, radix: 16) }.joined(separator: ":")
    }
    guard !best.isEmpty else { return text(groups[...]) }
    return text(groups[..<best.lowerBound]) + "::" + text(groups[best.upperBound...])
  }

  /// Two groups of IPv4 or eight of IPv6; nil for anything else.
  private static func groups(of text: String) -> [UInt16]? {
    if !text.utf8.contains(UInt8(ascii: ":")) { return quad(text[...]) }
    guard let eight = groupsOfIPv6(text) else { return nil }
    let isMapped = eight[..<5].allSatisfy { $0 == 0 } && eight[5] == 0xFFFF
    return isMapped ? Array(eight[6...]) : eight
  }

  private static func groupsOfIPv6(_ text: String) -> [UInt16]? {
    let halves = halves(of: text)
    guard let halves else { return nil }
    // Only an address's very end may be written as IPv4 is (RFC 4291, 2.2).
    guard let first = fields(halves.0, endsAddress: halves.1 == nil),
      let second = fields(halves.1 ?? "", endsAddress: true)
    else { return nil }
    if halves.1 == nil { return first.count == 8 ? first : nil }
    let missing = 8 - first.count - second.count
    guard missing >= 1 else { return nil }
    return first + Array(repeating: 0, count: missing) + second
  }

  /// What stands before and after `::`; the second is nil without one; nil for two of them.
  private static func halves(of text: String) -> (Substring, Substring?)? {
    guard let place = text.firstRange(of: "::") else { return (text[...], nil) }
    let rest = text[place.upperBound...]
    guard rest.firstRange(of: "::") == nil, !rest.hasPrefix(":") else { return nil }
    return (text[..<place.lowerBound], rest)
  }

  private static func fields(_ text: Substring, endsAddress: Bool) -> [UInt16]? {
    if text.isEmpty { return [] }
    let words = text.split(separator: ":", omittingEmptySubsequences: false)
    guard words.count <= 8 else { return nil }
    var groups: [UInt16] = []
    for (index, word) in words.enumerated() {
      if endsAddress, index == words.count - 1, word.utf8.contains(UInt8(ascii: ".")) {
        guard let quad = quad(word) else { return nil }
        groups += quad
      } else {
        guard (1...4).contains(word.utf8.count), word.utf8.allSatisfy(isHexadecimal),
          let group = UInt16(word, radix: 16)
        else { return nil }
        groups.append(group)
      }
    }
    return groups
  }

  private static func quad(_ text: Substring) -> [UInt16]? {
    let words = text.split(separator: ".", omittingEmptySubsequences: false)
    guard words.count == 4 else { return nil }
    var bytes: [UInt16] = []
    for word in words {
      guard (1...3).contains(word.utf8.count),
        word.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
        word.utf8.count == 1 || word.utf8.first != UInt8(ascii: "0"), let byte = UInt16(word),
        byte <= 255
      else { return nil }
      bytes.append(byte)
    }
    return [bytes[0] << 8 | bytes[1], bytes[2] << 8 | bytes[3]]
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
      UInt8(ascii: "A")...UInt8(ascii: "F"):
      true
    default: false
    }
  }
}
