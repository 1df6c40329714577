/// The fields of a head: one copy of its bytes, and where names and values lie in it.
///
/// Names are compared without regard to letter case (RFC 9110 section 5.1). A look-up walks the
/// fields, which for twenty of them beats hashing.
struct FieldTable: Sendable, Hashable {
  private struct Entry: Hashable {
    var name: Range<Int>
    var value: Range<Int>
  }

  let bytes: [UInt8]
  private var entries: [Entry] = []

  /// Reads the field lines in `lines`, each with its CRLF; `bytes` has no bare CR or LF any more.
  init(
    bytes: [UInt8], lines: Range<Int>, countMax: Int
  ) throws(HTTPViolation) {
    self.bytes = bytes
    var start = lines.lowerBound
    while start < lines.upperBound {
      let line = bytes[start..<lines.upperBound]
      let end = line.firstIndex(of: ASCII.carriageReturn) ?? lines.upperBound
      guard entries.count < countMax else { throw .tooManyFields }
      entries.append(try Self.entry(bytes[start..<end]))
      start = end + 2
    }
  }

  private static func entry(_ line: ArraySlice<UInt8>) throws(HTTPViolation) -> Entry {
    if let first = line.first, first == ASCII.space || first == ASCII.tab {
      throw .obsoleteFolding
    }
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { throw .malformedFieldName }
    let name = line[..<colon]
    guard !name.isEmpty, name.allSatisfy(ASCII.isToken) else { throw .malformedFieldName }
    let value = ASCII.trimmed(line[(colon + 1)...])
    return Entry(name: name.indices, value: value.indices)
  }

  /// The values of all fields of that name, in order.
  func slices(of name: String) -> [ArraySlice<UInt8>] {
    entries.filter { ASCII.matches(bytes[$0.name], name) }.map { bytes[$0.value] }
  }

  /// The values of all fields of that name, as text; bytes that are not UTF-8 become U+FFFD.
  func values(of name: String) -> [String] {
    slices(of: name).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The members of a list field: split at commas over all its lines, trimmed, empty ones left out
  /// (RFC 9110 section 5.6.1).
  func list(_ name: String) -> [ArraySlice<UInt8>] {
    slices(of: name).flatMap { value in
      value.split(separator: UInt8(ascii: ",")).map(ASCII.trimmed).filter { !$0.isEmpty }
    }
  }

  /// Whether a list field has that member, letter case aside.
  func hasToken(_ token: String, in name: String) -> Bool {
    list(name).contains { ASCII.matches($0, token) }
  }

  /// All fields as text, in order.
  var all: [HTTPField] {
    entries.map {
      HTTPField(
        String(decoding: bytes[$0.name], as: UTF8.self),
        String(decoding: bytes[$0.value], as: UTF8.self))
    }
  }
}
