/// The fields of a head: one copy of its bytes, and where names and values lie in it.
///
/// Names are compared without regard to letter case (RFC 9110 section 5.1). A look-up walks the
/// fields and compares a key of each, which for twenty of them beats hashing; nothing is copied and
/// no text is made before somebody asks for it.
struct FieldTable: Sendable, Hashable {
  private struct Entry: Hashable {
    /// See `key(of:count:)`.
    let key: UInt32
    let nameStart: UInt32
    let nameEnd: UInt32
    let valueStart: UInt32
    let valueEnd: UInt32

    var name: Range<Int> { Int(nameStart)..<Int(nameEnd) }
    var value: Range<Int> { Int(valueStart)..<Int(valueEnd) }
  }

  let bytes: [UInt8]
  private var entries: [Entry] = []

  /// How many fields most requests have at most; more make the table grow.
  private static let usualCount = 20

  /// Reads the field lines in `lines`, each with its CRLF; `bytes` has no bare CR or LF any more.
  init(bytes: [UInt8], lines: Range<Int>, countMax: Int) throws(HTTPViolation) {
    self.bytes = bytes
    entries.reserveCapacity(Self.usualCount)
    let span = bytes.span
    var start = lines.lowerBound
    while start < lines.upperBound {
      guard entries.count < countMax else { throw .tooManyFields }
      let end = min(
        ByteScan.firstIndex(of: ASCII.carriageReturn, in: span.bytes, from: start),
        lines.upperBound)
      entries.append(try Self.entry(span, start..<end))
      start = end + 2
    }
  }

  private static func entry(
    _ bytes: Span<UInt8>, _ line: Range<Int>
  ) throws(HTTPViolation) -> Entry {
    if !line.isEmpty, bytes[line.lowerBound] == ASCII.space || bytes[line.lowerBound] == ASCII.tab {
      throw .obsoleteFolding
    }
    var colon = line.lowerBound
    while colon < line.upperBound, ASCII.token.contains(bytes[colon]) { colon += 1 }
    guard colon > line.lowerBound, colon < line.upperBound, bytes[colon] == UInt8(ascii: ":")
    else { throw .malformedFieldName }
    let value = ASCII.trimmed((colon + 1)..<line.upperBound, of: bytes)
    return Entry(
      key: key(
        first: bytes[line.lowerBound], last: bytes[colon - 1], count: colon - line.lowerBound),
      nameStart: UInt32(line.lowerBound), nameEnd: UInt32(colon),
      valueStart: UInt32(value.lowerBound), valueEnd: UInt32(value.upperBound))
  }

  /// Tells most names apart at a glance: how long they are, and how they begin and end.
  private static func key(first: UInt8, last: UInt8, count: Int) -> UInt32 {
    UInt32(truncatingIfNeeded: count) << 16 | UInt32(first | 0x20) << 8 | UInt32(last | 0x20)
  }

  private static func key(of name: String) -> UInt32 {
    var name = name
    return name.withUTF8 { name in
      guard let first = name.first, let last = name.last else { return 0 }
      return key(first: first, last: last, count: name.count)
    }
  }

  // MARK: Looking up

  /// Calls `body` with the place of each value of that name, in order, until it returns false.
  private func forEachPlace(of name: String, _ body: (Range<Int>) -> Bool) {
    let key = Self.key(of: name)
    let span = bytes.span
    for entry in entries where entry.key == key {
      guard ASCII.matches(span, entry.name, name) else { continue }
      if !body(entry.value) { return }
    }
  }

  /// Where the first value of that name lies, and how many there are.
  func place(of name: String) -> (first: Range<Int>, count: Int)? {
    var first: Range<Int>?
    var count = 0
    forEachPlace(of: name) { place in
      if count == 0 { first = place }
      count += 1
      return true
    }
    return first.map { ($0, count) }
  }

  /// Whether there is a field of that name.
  func has(_ name: String) -> Bool {
    var isFound = false
    forEachPlace(of: name) { _ in
      isFound = true
      return false
    }
    return isFound
  }

  /// The values of all fields of that name, as text; bytes that are not UTF-8 become U+FFFD.
  func values(of name: String) -> [String] {
    var values: [String] = []
    forEachPlace(of: name) { place in
      values.append(text(place))
      return true
    }
    return values
  }

  /// Calls `body` with the place of each member of a list field until it returns false: split at
  /// commas over all its lines, trimmed, empty ones left out (RFC 9110 section 5.6.1).
  func forEachMember(of name: String, _ body: (Range<Int>) -> Bool) {
    let span = bytes.span
    forEachPlace(of: name) { place in
      var start = place.lowerBound
      while start < place.upperBound {
        var end = start
        while end < place.upperBound, span[end] != UInt8(ascii: ",") { end += 1 }
        let member = ASCII.trimmed(start..<end, of: span)
        if !member.isEmpty, !body(member) { return false }
        start = end + 1
      }
      return true
    }
  }

  /// The members of a list field, as text.
  func list(_ name: String) -> [String] {
    var members: [String] = []
    forEachMember(of: name) { place in
      members.append(text(place))
      return true
    }
    return members
  }

  /// Whether a list field has that member, letter case aside.
  func hasToken(_ token: String, in name: String) -> Bool {
    var isFound = false
    forEachMember(of: name) { place in
      isFound = ASCII.matches(bytes.span, place, token)
      return !isFound
    }
    return isFound
  }

  /// What lies at a place, as text.
  func text(_ place: Range<Int>) -> String { String(decoding: bytes[place], as: UTF8.self) }

  /// All fields as text, in order.
  var all: [HTTPField] { entries.map { HTTPField(text($0.name), text($0.value)) } }
}
