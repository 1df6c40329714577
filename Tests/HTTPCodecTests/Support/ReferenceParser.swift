import HTTPCodec

/// What a reference reading finds, without the fast parser's types.
enum ReferenceItem: Equatable {
  case request(method: String, path: String, query: String?, fields: [HTTPField], body: [UInt8])
  case violation(HTTPViolation)

  init(_ item: ParsedItem) {
    switch item {
    case .violation(let violation): self = .violation(violation)
    case .request(let head, let body):
      self = .request(
        method: head.method.rawValue, path: head.path, query: head.query, fields: head.fields,
        body: body)
    }
  }
}

/// A slow and obvious reading of a stream of requests, to compare the fast one with.
///
/// It goes byte by byte over text whose characters are bytes, and splits with the standard library.
struct ReferenceParser {
  let limits: HTTPLimits
  private static let tokenSigns = "!#$%&'*+-.^_`|~"

  func items(of text: String) -> [ReferenceItem] {
    var rest = Array(text.unicodeScalars)
    var items: [ReferenceItem] = []
    while true {
      do throws(HTTPViolation) {
        guard let (item, count) = try first(in: rest) else { return items }
        items.append(item)
        rest.removeFirst(count)
      } catch {
        return items + [.violation(error)]
      }
    }
  }

  private func first(
    in all: [Unicode.Scalar]
  ) throws(HTTPViolation) -> (ReferenceItem, count: Int)? {
    let start = all.starts(with: "\r\n".unicodeScalars) ? 2 : 0
    guard let lines = try lines(of: all[start...]) else { return nil }
    let headCount = start + lines.reduce(2) { $0 + $1.count + 2 }
    let parts = lines[0].split(separator: " ", omittingEmptySubsequences: false).map(Self.text)
    guard parts.count == 3, Self.isToken(parts[0]) else { throw .malformedRequestLine }
    let target = try target(parts[1], isOptions: parts[0] == "OPTIONS")
    guard parts[2].wholeMatch(of: /HTTP\/[0-9]\.[0-9]/) != nil else { throw .malformedVersion }
    guard parts[2] == "HTTP/1.1" else { throw .versionNotSupported }
    guard ["GET", "HEAD", "POST", "OPTIONS"].contains(parts[0]) else {
      let isKnown = ["PUT", "DELETE", "PATCH", "CONNECT", "TRACE"].contains(parts[0])
      throw isKnown ? .methodNotAllowed : .methodUnknown
    }
    let fields = try fields(lines.dropFirst().map { Self.text($0) })
    let length = try length(fields, target.authority)
    guard all.count >= headCount + length else { return nil }
    let body = all[headCount..<(headCount + length)].map { UInt8(truncatingIfNeeded: $0.value) }
    let item = ReferenceItem.request(
      method: parts[0], path: target.path, query: target.query, fields: fields, body: body)
    return (item, headCount + length)
  }

  /// The lines before the empty one, or nil if that has not come.
  private func lines(
    of head: ArraySlice<Unicode.Scalar>
  ) throws(HTTPViolation) -> [[Unicode.Scalar]]? {
    var lines: [[Unicode.Scalar]] = [[]]
    for (count, scalar) in head.enumerated() {
      if count >= limits.headByteCountMax { throw .headTooLarge }
      let isBehindReturn = lines[lines.count - 1].last == "\r"
      if isBehindReturn, scalar != "\n" { throw .bareCarriageReturn }
      if isBehindReturn {
        lines[lines.count - 1].removeLast()
        if lines[lines.count - 1].isEmpty {
          guard lines.count > 1 else { throw .malformedRequestLine }
          return Array(lines.dropLast())
        }
        lines.append([])
        continue
      }
      if scalar == "\n" { throw .bareLineFeed }
      if scalar.value < 32 && scalar != "\t" && scalar != "\r" || scalar.value == 127 {
        throw .controlCharacter
      }
      lines[lines.count - 1].append(scalar)
      if lines.count == 1, scalar != "\r", lines[0].count > limits.requestLineByteCountMax {
        throw .requestLineTooLong
      }
    }
    return nil
  }

  private func target(
    _ text: String, isOptions: Bool
  ) throws(HTTPViolation) -> (path: String, query: String?, authority: String?) {
    let isClean = text.unicodeScalars.allSatisfy {
      $0.value > 32 && $0.value < 127 && !"#\"<>\\".unicodeScalars.contains($0)
    }
    guard isClean else { throw .malformedTarget }
    if text == "*", isOptions { return ("*", nil, nil) }
    var rest = text
    var authority: String?
    if let scheme = text.prefixMatch(of: /[hH][tT][tT][pP][sS]?:\/\//) {
      rest = String(text[scheme.range.upperBound...])
      let name = String(rest.prefix { $0 != "/" && $0 != "?" })
      guard Self.isHost(name) else { throw .malformedTarget }
      authority = name
      rest.removeFirst(name.count)
      if !rest.hasPrefix("/") { rest = "/" + rest }
    }
    let path = String(rest.prefix { $0 != "?" })
    guard path.hasPrefix("/"), path.firstMatch(of: /%(?![0-9a-fA-F]{2})/) == nil else {
      throw .malformedTarget
    }
    let query = rest.contains("?") ? String(rest.dropFirst(path.count + 1)) : nil
    return (path, query, authority)
  }

  private func fields(_ lines: [String]) throws(HTTPViolation) -> [HTTPField] {
    var fields: [HTTPField] = []
    for line in lines {
      if fields.count == limits.fieldCountMax { throw .tooManyFields }
      if line.hasPrefix(" ") || line.hasPrefix("\t") { throw .obsoleteFolding }
      let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, Self.isToken(String(parts[0])) else { throw .malformedFieldName }
      let value = parts[1].drop { $0 == " " || $0 == "\t" }
      let end = value.lastIndex { $0 != " " && $0 != "\t" }
      let bytes = latin1(end.map { String(value[...$0]) } ?? "")
      fields.append(HTTPField(String(parts[0]), String(decoding: bytes, as: UTF8.self)))
    }
    return fields
  }

  private func length(
    _ fields: [HTTPField], _ authority: String?
  ) throws(HTTPViolation) -> Int {
    func values(_ name: String) -> [String] {
      fields.filter { $0.name.lowercased() == name }.map(\.value)
    }
    let hosts = values("host")
    guard let host = hosts.first else { throw .hostMissing }
    guard hosts.count == 1 else { throw .hostRepeated }
    guard Self.isHost(host) else { throw .malformedHost }
    if let authority, authority.lowercased() != host.lowercased() { throw .targetContradictsHost }
    let lengths = values("content-length")
    if !values("transfer-encoding").isEmpty {
      throw lengths.isEmpty ? .transferEncodingNotImplemented : .lengthAmbiguous
    }
    if lengths.count > 1 { throw .contentLengthRepeated }
    var count = 0
    if let length = lengths.first {
      guard length.wholeMatch(of: /[0-9]+/) != nil else { throw .malformedContentLength }
      guard let value = Int(length), value <= limits.bodyByteCountMax else { throw .bodyTooLarge }
      count = value
    }
    if !values("expect").isEmpty { throw .expectationFailed }
    return count
  }

  private static func text(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    String(String.UnicodeScalarView(scalars))
  }

  private static func isToken(_ text: String) -> Bool {
    !text.isEmpty
      && text.unicodeScalars.allSatisfy { scalar in
        scalar.isASCII
          && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
            || tokenSigns.unicodeScalars.contains(scalar))
      }
  }

  private static func isHost(_ text: String) -> Bool {
    text.wholeMatch(of: /([A-Za-z0-9.~_-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{0,5})?/) != nil
  }
}
