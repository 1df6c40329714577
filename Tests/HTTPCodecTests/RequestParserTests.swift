import ArenaTypes
import HTTPCodec
import Testing

@Suite struct RequestParserTests {
  @Test("Requests that follow each other come out one by one, with their bodies")
  func pipelined() throws {
    let first = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n"
    let second = "POST /b HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello"
    let text = first + second + first
    let whole = Exchange.items(of: text)
    #expect(whole.count == 3)
    let heads: [(String, [UInt8])] = whole.compactMap { item in
      guard case .request(let head, let body) = item else { return nil }
      return (head.path, body)
    }
    #expect(heads.map(\.0) == ["/a", "/b", "/a"])
    #expect(heads.map(\.1) == [[], Array("hello".utf8), []])
    for cut in 1..<text.utf8.count { #expect(Exchange.items(of: text, cuts: [cut]) == whole) }
  }

  @Test("Bytes behind a handshake stay for the frames")
  func bytesBehind() {
    let text = "GET / HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\n\r\n"
    let bytes = Array(text.utf8) + [0x81, 0x80]
    var parser = RequestParser()
    guard case .request(_, let body, let byteCount) = bytes.withUnsafeBytes({ parser.parse($0) })
    else {
      Issue.record("no request")
      return
    }
    #expect(body.isEmpty)
    #expect(Array(bytes[byteCount...]) == [0x81, 0x80])
  }

  @Test("Each limit is reached exactly")
  func limits() {
    let limits = HTTPLimits(
      requestLineByteCountMax: 16, headByteCountMax: 40, fieldCountMax: 2, bodyByteCountMax: 3)
    #expect(limits.requestByteCountMax == 43)
    func violation(_ text: String) -> HTTPViolation? {
      Exchange.violation(of: text, limits: limits)
    }
    func isTaken(_ text: String) -> Bool { Exchange.request(of: text, limits: limits) != nil }
    #expect(isTaken("GET /aa HTTP/1.1\r\nHost: h\r\n\r\n"))
    #expect(violation("GET /aaa HTTP/1.1\r\nHost: h\r\n\r\n") == .requestLineTooLong)
    #expect(isTaken("GET / HTTP/1.1\r\nHost: h\r\nX: aaaaaaaa\r\n\r\n"))
    #expect(violation("GET / HTTP/1.1\r\nHost: h\r\nX: aaaaaaaaa\r\n\r\n") == .headTooLarge)
    #expect(isTaken("GET / HTTP/1.1\r\nHost: h\r\nX: a\r\n\r\n"))
    #expect(violation("GET / HTTP/1.1\r\nHost: h\r\nX:\r\nY:\r\n\r\n") == .tooManyFields)
    let wide = HTTPLimits(bodyByteCountMax: 3)
    let post = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: "
    #expect(Exchange.request(of: post + "3\r\n\r\nabc", limits: wide) != nil)
    #expect(Exchange.violation(of: post + "4\r\n\r\nabcd", limits: wide) == .bodyTooLarge)
  }

  @Test("After a violation the parser says the same for ever")
  func sticky() {
    var parser = RequestParser()
    for text in ["\n", "GET / HTTP/1.1\r\nHost: h\r\n\r\n"] {
      guard case .violation(.bareLineFeed) = Array(text.utf8).withUnsafeBytes({ parser.parse($0) })
      else {
        Issue.record("no violation")
        return
      }
    }
  }

  @Test(
    "Random bytes and changed requests never crash, and mean the same however they are cut",
    arguments: UInt64(1)...10)
  func fuzz(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let valid = latin1(
      "POST /v1?x=1 HTTP/1.1\r\nHost: h:1\r\nContent-Length: 2\r\nConnection: a, b\r\n\r\nhi"
        + "GET http://h/ HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\n\r\n")
    for round in 0..<500 {
      var bytes = valid
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        guard let index = bytes.indices.randomElement(using: &generator) else { continue }
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: bytes[index] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes.remove(at: index)
        default: bytes.insert(bytes[index], at: index)
        }
      }
      let text = String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
      let cuts = (0..<5).map { _ in Int.random(in: 0...bytes.count, using: &generator) }.sorted()
      guard Exchange.items(of: text) == Exchange.items(of: text, cuts: cuts) else {
        Issue.record("seed \(seed), round \(round), cuts \(cuts): \(text.debugDescription)")
        return
      }
    }
  }
}
