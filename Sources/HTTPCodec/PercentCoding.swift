/// Percent-encoding (RFC 3986 section 2.1).
enum PercentCoding {
  /// A path with its percent signs decoded, or nil where it can't be trusted.
  ///
  /// A `%2F` would make a separator out of a name's part, and a zero byte ends the name for some
  /// programs and not for others; neither stands in any path of ours.
  static func decodedPath(_ path: String) -> String? {
    guard path.utf8.contains(UInt8(ascii: "%")) else { return path }
    var decoded: [UInt8] = []
    var bytes = path.utf8.makeIterator()
    while let byte = bytes.next() {
      guard byte == UInt8(ascii: "%") else {
        decoded.append(byte)
        continue
      }
      guard let high = bytes.next().flatMap(ASCII.hexValue),
        let low = bytes.next().flatMap(ASCII.hexValue)
      else { return nil }
      let value = high << 4 | low
      guard value != 0, value != UInt8(ascii: "/") else { return nil }
      decoded.append(value)
    }
    return String(validating: decoded, as: UTF8.self)
  }
}
