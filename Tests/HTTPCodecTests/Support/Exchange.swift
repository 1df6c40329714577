import ArenaCrypto
import HTTPCodec

/// What became of a stream of requests, with the bytes of the bodies.
enum ParsedItem: Equatable {
  case request(RequestHead, body: [UInt8])
  case violation(HTTPViolation)
}

/// Parses as a transport does: keeps the bytes of the unfinished request, hands in all of them.
struct Exchange {
  var parser: RequestParser
  var pending: [UInt8] = []
  var items: [ParsedItem] = []
  private var isClosed = false

  init(limits: HTTPLimits = HTTPLimits()) { parser = RequestParser(limits: limits) }

  mutating func receive(_ bytes: some Sequence<UInt8>) {
    guard !isClosed else { return }
    pending += bytes
    while true {
      switch pending.withUnsafeBytes({ parser.parse($0) }) {
      case .incomplete: return
      case .request(let head, let body, let byteCount):
        items.append(.request(head, body: Array(pending[body])))
        pending.removeFirst(byteCount)
      case .violation(let violation):
        items.append(.violation(violation))
        isClosed = true
        return
      }
    }
  }

  /// The items of a text whose characters are bytes, cut at the given positions.
  static func items(
    of text: String, limits: HTTPLimits = HTTPLimits(), cuts: [Int] = []
  ) -> [ParsedItem] {
    let bytes = latin1(text)
    var exchange = Exchange(limits: limits)
    var start = 0
    for cut in cuts + [bytes.count] {
      exchange.receive(bytes[start..<cut])
      start = cut
    }
    return exchange.items
  }

  /// The one violation that the text comes to, or nil.
  static func violation(of text: String, limits: HTTPLimits = HTTPLimits()) -> HTTPViolation? {
    let items = items(of: text, limits: limits)
    guard items.count == 1, case .violation(let violation) = items[0] else { return nil }
    return violation
  }

  /// The one request that the text comes to, or nil.
  static func request(of text: String, limits: HTTPLimits = HTTPLimits()) -> RequestHead? {
    let items = items(of: text, limits: limits)
    guard items.count == 1, case .request(let head, _) = items[0] else { return nil }
    return head
  }
}

/// Each character as one byte; characters above U+00FF become question marks.
func latin1(_ text: String) -> [UInt8] {
  text.unicodeScalars.map { UInt8(exactly: $0.value) ?? UInt8(ascii: "?") }
}

/// The hash that a handshake is given.
let base64SHA1: @Sendable (UnsafeRawBufferPointer) throws(CryptoError) -> String = {
  (bytes) throws(CryptoError) in Base64.encode(try SHA1.hash(bytes))
}
