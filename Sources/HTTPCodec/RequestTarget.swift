/// What a request asks for: a path and a query (RFC 9112 section 3.2).
struct RequestTarget: Sendable, Hashable {
  /// The path as sent, percent signs and all; `*` for a request about the server as a whole.
  var path: String
  /// What follows the first question mark.
  var query: String?
  /// The authority of an absolute address, which has to be the host's.
  var authority: String?

  /// Reads the target of a request line.
  ///
  /// Besides a path, servers must take absolute addresses (section 3.2.2) and, with OPTIONS, a `*`
  /// (section 3.2.4); the authority form belongs to CONNECT, which we refuse.
  init(_ bytes: ArraySlice<UInt8>, method: ArraySlice<UInt8>) throws(HTTPViolation) {
    guard !bytes.isEmpty, bytes.allSatisfy(ASCII.isTarget) else { throw .malformedTarget }
    var rest = bytes
    if ASCII.matches(bytes, "*"), method.elementsEqual("OPTIONS".utf8) {
      path = "*"
      return
    }
    for scheme in ["http://", "https://"] where ASCII.matches(bytes.prefix(scheme.count), scheme) {
      let afterScheme = bytes.dropFirst(scheme.count)
      let end = afterScheme.firstIndex { byte in
        byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?")
      }
      let name = afterScheme[..<(end ?? afterScheme.endIndex)]
      guard !name.isEmpty, name.allSatisfy(ASCII.isHost) else { throw .malformedTarget }
      authority = String(decoding: name, as: UTF8.self)
      rest = afterScheme[name.endIndex...]
    }
    let mark = rest.firstIndex(of: UInt8(ascii: "?"))
    let pathBytes = rest[..<(mark ?? rest.endIndex)]
    guard pathBytes.first == UInt8(ascii: "/") || (authority != nil && pathBytes.isEmpty) else {
      throw .malformedTarget
    }
    path = pathBytes.isEmpty ? "/" : String(decoding: pathBytes, as: UTF8.self)
    query = mark.map { String(decoding: rest[($0 + 1)...], as: UTF8.self) }
  }
}
