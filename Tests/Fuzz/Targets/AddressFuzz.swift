import ArenaRules
import Glibc

/// A range of addresses and an address, with a line break between them, against what the C library
/// reads: the same texts are addresses, and the same addresses lie in a range.
enum AddressFuzz: FuzzTarget {
  static let name = "address"

  static func run(_ input: inout FuzzInput) throws(FuzzFinding) {
    let lines = input.bytes.split(separator: 10, maxSplits: 1, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    let (text, host) = (lines[0], lines.count > 1 ? lines[1] : "")
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let bytes = parts.first.flatMap { address(String($0)) }
    guard let prefix = AddressPrefix(text) else {
      // A text with a slash may have none of the lengths that are meant.
      return try hold(bytes == nil || parts.count == 2 || text.utf8.count > 64, "\(text) is none")
    }
    guard let bytes else { throw FuzzFinding("\(text) is read as \(prefix)") }
    try hold(AddressPrefix(prefix.description) == prefix, "\(text) is written \(prefix)")
    try hold(prefix.contains(String(parts[0])), "\(prefix) is without \(parts[0])")
    let other = address(host)
    let isIn = other.map { lies($0, in: bytes, prefix.bitCount) } ?? false
    try hold(prefix.contains(host) == isIn, "\(host) in \(prefix): not \(isIn)")
    let household = AddressPrefix.household(of: host)
    try hold(
      (household == nil) == (other == nil), "\(host) lives in \(String(describing: household))")
    try hold(household?.contains(host) ?? true, "\(host) does not live at home")
  }

  /// Four bytes or sixteen; nil for what is no address.
  private static func address(_ text: String) -> [UInt8]? {
    // A C string would end there.
    guard !text.utf8.contains(0), text.utf8.count <= 64 else { return nil }
    var bytes = [UInt8](repeating: 0, count: 16)
    if inet_pton(AF_INET, text, &bytes) == 1 { return Array(bytes[..<4]) }
    guard inet_pton(AF_INET6, text, &bytes) == 1 else { return nil }
    let isMapped = bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
    return isMapped ? Array(bytes[12...]) : bytes
  }

  private static func lies(_ one: [UInt8], in range: [UInt8], _ bitCount: Int) -> Bool {
    guard one.count == range.count else { return false }
    return (0..<min(bitCount, 8 * one.count)).allSatisfy { bit in
      let mask = UInt8(0x80) >> UInt8(bit % 8)
      return one[bit / 8] & mask == range[bit / 8] & mask
    }
  }
}
