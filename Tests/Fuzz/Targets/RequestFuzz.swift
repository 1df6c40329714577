import HTTPCodec

/// A stream of HTTP requests, and the handshakes among them.
///
/// However the stream is cut, the same comes out; no request passes its limits; each head answers
/// every question about it; what is written in answer can be read as an answer.
enum RequestFuzz: FuzzTarget {
  static let name = "request"

  private enum Outcome: Hashable {
    case request(RequestHead, body: [UInt8])
    case violation(HTTPViolation)
  }

  private static let tight = HTTPLimits(
    requestLineByteCountMax: 40, headByteCountMax: 200, fieldCountMax: 6, bodyByteCountMax: 10)

  static func run(_ input: inout FuzzInput) throws(FuzzFinding) {
    let limits = input.decision() & 1 == 0 ? HTTPLimits() : tight
    let cuts = input.cuts()
    let bytes = input.bytes
    let whole = try outcomes(of: [bytes[...]], limits)
    try hold(
      try outcomes(of: pieces(of: bytes, cutAt: cuts), limits) == whole, "cut at \(cuts)")
    let each = bytes.indices.map { bytes[$0...$0] }
    try hold(try outcomes(of: each, limits) == whole, "byte by byte")
    for outcome in whole { try check(outcome, limits) }
  }

  /// Receives as a transport does: what is not whole comes again with what follows.
  private static func outcomes(
    of pieces: [ArraySlice<UInt8>], _ limits: HTTPLimits
  ) throws(FuzzFinding) -> [Outcome] {
    var parser = RequestParser(limits: limits)
    var pending: [UInt8] = []
    var outcomes: [Outcome] = []
    for piece in pieces {
      pending += piece
      reading: while !pending.isEmpty {
        switch pending.withUnsafeBytes({ parser.parse($0) }) {
        case .incomplete: break reading
        case .violation(let violation): return outcomes + [.violation(violation)]
        case .request(let head, let body, let byteCount):
          try hold(byteCount <= pending.count && body.upperBound == byteCount, "past the end")
          outcomes.append(.request(head, body: Array(pending[body])))
          pending.removeFirst(byteCount)
        }
      }
      // One empty line before a request is forgiven.
      try hold(pending.count <= limits.requestByteCountMax + 2, "\(pending.count) bytes kept")
    }
    return outcomes
  }

  private static func check(_ outcome: Outcome, _ limits: HTTPLimits) throws(FuzzFinding) {
    guard case .request(let head, let body) = outcome else { return }
    try hold(head.contentByteCount == body.count, "body of \(body.count) bytes")
    try hold(body.count <= limits.bodyByteCountMax, "body above the limit")
    try hold(head.fields.count <= limits.fieldCountMax, "fields above the limit")
    try hold(head.path.hasPrefix("/") || head.path == "*", "path \(head.path)")
    let hosts = head.values(of: "hOsT")
    try hold(hosts == [head.host] && head["Host"] == head.host, "hosts \(hosts)")
    for field in head.fields { _ = (head[field.name], head.list(field.name)) }
    _ = (head.keepsAlive, head.query, head.asksForWebSocket)
    try shakeHands(head)
  }

  private static func shakeHands(_ head: RequestHead) throws(FuzzFinding) {
    guard let handshake = try? UpgradeHandshake(head) else { return }
    let offered = handshake.offeredSubprotocols
    let chosen = handshake.subprotocol(among: Array(offered.reversed().prefix(2)))
    try hold(chosen.map(offered.contains) ?? offered.isEmpty, "chose \(chosen ?? "none")")
    let response = handshake.response(subprotocol: chosen) { _ in "hash" }
    let lines = String(decoding: response, as: UTF8.self)
      .split(separator: "\r\n", omittingEmptySubsequences: false)
    // Status, three fields, perhaps a subprotocol, and the two halves of the empty line's end.
    try hold(lines.count == (chosen == nil ? 6 : 7), "101 in \(lines.count) lines: \(lines)")
    try hold(lines[0] == "HTTP/1.1 101 Switching Protocols", "\(lines[0])")
  }
}
