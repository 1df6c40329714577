/// Where the parts of a request's target lie in its head (RFC 9112 section 3.2).
struct RequestTarget: Sendable, Hashable {
  /// The path as sent, percent signs and all; `*` for a request about the server as a whole.
  ///
  /// Empty where an absolute address has none, which stands for `/`.
  let path: Range<Int>
  /// What follows the first question mark.
  let query: Range<Int>?
  /// The authority of an absolute address, which has to be the host's.
  let authority: Range<Int>?

  /// Reads the target of a request line.
  ///
  /// Besides a path, servers must take absolute addresses (section 3.2.2) and, with OPTIONS, a `*`
  /// (section 3.2.4); the authority form belongs to CONNECT, which we refuse.
  init(_ bytes: Span<UInt8>, _ place: Range<Int>, isOptions: Bool) throws(HTTPViolation) {
    guard !place.isEmpty else { throw .malformedTarget }
    for index in place where !ASCII.target.contains(bytes[index]) { throw .malformedTarget }
    if isOptions, ASCII.matches(bytes, place, "*") {
      (path, query, authority) = (place, nil, nil)
      return
    }
    var start = place.lowerBound
    var authority: Range<Int>?
    for scheme in ["http://", "https://"] {
      let prefix = start..<min(start + scheme.utf8.count, place.upperBound)
      guard ASCII.matches(bytes, prefix, scheme) else { continue }
      var end = prefix.upperBound
      while end < place.upperBound, !Self.endsAuthority(bytes[end]) { end += 1 }
      guard HTTPHost.isWellFormed(bytes, prefix.upperBound..<end) else { throw .malformedTarget }
      authority = prefix.upperBound..<end
      start = end
      break
    }
    var mark = start
    while mark < place.upperBound, bytes[mark] != UInt8(ascii: "?") { mark += 1 }
    path = start..<mark
    query = mark < place.upperBound ? (mark + 1)..<place.upperBound : nil
    self.authority = authority
    guard path.isEmpty ? authority != nil : bytes[start] == UInt8(ascii: "/"),
      Self.hasWholePercentSigns(bytes, path)
    else { throw .malformedTarget }
  }

  private static func endsAuthority(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?")
  }

  /// Whether two hexadecimal digits stand behind each percent sign (RFC 3986 section 2.1).
  ///
  /// Where they don't, programs read different paths. Queries are let through: they name no file,
  /// and links with a bare `%` in their text are common.
  private static func hasWholePercentSigns(_ bytes: Span<UInt8>, _ place: Range<Int>) -> Bool {
    for index in place where bytes[index] == UInt8(ascii: "%") {
      guard index + 2 < place.upperBound, ASCII.hexValue(bytes[index + 1]) != nil,
        ASCII.hexValue(bytes[index + 2]) != nil
      else { return false }
    }
    return true
  }
}

/// What a `Host` field or an authority may say (RFC 9110 section 7.2).
enum HTTPHost {
  /// A name or an address in brackets, and a port of at most five digits if it likes.
  static func isWellFormed(_ bytes: Span<UInt8>, _ place: Range<Int>) -> Bool {
    guard !place.isEmpty else { return false }
    var index = place.lowerBound
    if bytes[index] == UInt8(ascii: "[") {
      index += 1
      let start = index
      while index < place.upperBound, isInAddress(bytes[index]) { index += 1 }
      guard index > start, index < place.upperBound, bytes[index] == UInt8(ascii: "]") else {
        return false
      }
      index += 1
    } else {
      while index < place.upperBound, ASCII.hostName.contains(bytes[index]) { index += 1 }
      guard index > place.lowerBound else { return false }
    }
    guard index < place.upperBound else { return true }
    guard bytes[index] == UInt8(ascii: ":"), place.upperBound - index <= 6 else { return false }
    for digit in (index + 1)..<place.upperBound where !ASCII.isDigit(bytes[digit]) { return false }
    return true
  }

  /// What an IPv6 address is written with; zones belong to one machine and never stand in a `Host`.
  private static func isInAddress(_ byte: UInt8) -> Bool {
    ASCII.hexValue(byte) != nil || byte == UInt8(ascii: ":") || byte == UInt8(ascii: ".")
  }
}
