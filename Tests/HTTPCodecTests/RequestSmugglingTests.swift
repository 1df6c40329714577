import HTTPCodec
import Testing

/// Ways to make two programs see different requests in one stream, each refused.
///
/// See RFC 9112 section 11.2. In every test the second request must never come to light.
@Suite struct RequestSmugglingTests {
  private let hidden = "GET /admin HTTP/1.1\r\nHost: h\r\n\r\n"

  private func violation(_ fields: String, body: String = "") -> HTTPViolation? {
    Exchange.violation(of: "POST / HTTP/1.1\r\nHost: h\r\n\(fields)\r\n\r\n\(body)\(hidden)")
  }

  @Test("CL.TE: a length for the proxy and chunks for the server")
  func lengthThenChunks() {
    #expect(
      violation("Content-Length: 6\r\nTransfer-Encoding: chunked", body: "0\r\n\r\nG")
        == .lengthAmbiguous)
  }

  @Test("TE.CL: chunks for the proxy and a length for the server")
  func chunksThenLength() {
    #expect(
      violation(
        "Transfer-Encoding: chunked\r\nContent-Length: 3", body: "8\r\nSMUGGLED\r\n0\r\n\r\n")
        == .lengthAmbiguous)
  }

  @Test(
    "TE.TE: an encoding that one of two programs overlooks",
    arguments: [
      "Transfer-Encoding: xchunked", "Transfer-Encoding: chunked, identity",
      "Transfer-Encoding: identity", "Transfer-Encoding:\tchunked", "transfer-encoding: CHUNKED",
      "Transfer-Encoding: chunked\r\nTransfer-Encoding: x", "Transfer-Encoding: \"chunked\"",
      "Transfer-Encoding:",
    ])
  func hiddenEncoding(_ field: String) {
    #expect(violation(field) == .transferEncodingNotImplemented)
  }

  @Test(
    "White space before the colon hides a field from strict programs",
    arguments: ["Transfer-Encoding : chunked", "Content-Length\t: 5"])
  func spaceBeforeColon(_ field: String) {
    #expect(violation(field) == .malformedFieldName)
  }

  @Test(
    "White space before the name hides a field as the end of the last one",
    arguments: [" Transfer-Encoding: chunked", "\tContent-Length: 5"])
  func folded(_ field: String) {
    #expect(violation("X: y\r\n\(field)") == .obsoleteFolding)
    #expect(violation(field) == .obsoleteFolding)
  }

  @Test(
    "CL.CL: two lengths, equal or not",
    arguments: [
      "Content-Length: 5\r\nContent-Length: 6", "Content-Length: 0\r\ncontent-length: 0",
      "Content-Length: 5\r\nX: y\r\nContent-Length: 5",
    ])
  func twoLengths(_ fields: String) {
    #expect(violation(fields) == .contentLengthRepeated)
  }

  @Test(
    "A length that programs read differently",
    arguments: [
      "+5", "-5", "0x5", "5,5", "5, 6", "5 5", "1e1", "5.0", "", "５", "\u{B2}", "\"5\"", "5;",
    ])
  func oddLength(_ length: String) {
    #expect(violation("Content-Length: \(length)") == .malformedContentLength)
  }

  @Test("A length that wraps around is too large, not small")
  func wrappedLength() {
    #expect(violation("Content-Length: 18446744073709551621") == .bodyTooLarge)
    #expect(violation("Content-Length: 9223372036854775807") == .bodyTooLarge)
  }

  @Test("A length with zeros in front is the same number to everyone")
  func zerosInFront() {
    let text = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 0005\r\n\r\nhello\(hidden)"
    #expect(Exchange.items(of: text).count == 2)
  }

  @Test("A bare line feed that one program takes for a line's end")
  func bareLineFeed() {
    #expect(violation("X: y\nTransfer-Encoding: chunked") == .bareLineFeed)
    #expect(violation("X: y\n\nGET /admin HTTP/1.1") == .bareLineFeed)
    #expect(Exchange.violation(of: "GET / HTTP/1.1\nHost: h\n\n") == .bareLineFeed)
  }

  @Test("A bare carriage return that one program takes for a line's end")
  func bareCarriageReturn() {
    #expect(violation("X: y\rTransfer-Encoding: chunked") == .bareCarriageReturn)
    #expect(violation("X: y\r\r\nTransfer-Encoding: chunked") == .bareCarriageReturn)
  }

  @Test(
    "A zero byte or another control character inside a name or value",
    arguments: ["X: a\u{0}b", "Content\u{0}-Length: 5", "X: \u{B}", "X: \u{7F}", "X: \u{1B}[0m"])
  func controlCharacter(_ field: String) {
    #expect(violation(field) == .controlCharacter)
  }

  @Test("Two hosts, or a host that contradicts the target")
  func hosts() {
    #expect(violation("Host: other") == .hostRepeated)
    #expect(
      Exchange.violation(of: "GET http://other/ HTTP/1.1\r\nHost: h\r\n\r\n")
        == .targetContradictsHost)
    #expect(
      Exchange.violation(of: "GET http://h@other/ HTTP/1.1\r\nHost: h\r\n\r\n")
        == .malformedTarget)
  }

  @Test(
    "A host that carries more than a name", arguments: ["h/x", "h h", "h,other", "h@other", "h#"])
  func hostWithMore(_ host: String) {
    #expect(Exchange.violation(of: "GET / HTTP/1.1\r\nHost: \(host)\r\n\r\n") == .malformedHost)
  }

  @Test("A body of a GET is taken as a body, not as the next request")
  func bodyOfGet() {
    let text =
      "GET / HTTP/1.1\r\nHost: h\r\nContent-Length: \(hidden.utf8.count)\r\n\r\n\(hidden)"
    let items = Exchange.items(of: text)
    #expect(items.count == 1)
    guard case .request(let head, let body) = items.first else {
      Issue.record("no request")
      return
    }
    #expect(head.path == "/")
    #expect(body == Array(hidden.utf8))
  }

  @Test(
    "A version that one program reads as 1.1",
    arguments: ["HTTP/1.1x", "HTTP/01.1", "HTTP/1.1 ", "HTTP/1,1", "HTTP /1.1", "XHTTP/1.1"])
  func version(_ version: String) {
    let found = Exchange.violation(of: "GET / \(version)\r\nHost: h\r\n\r\n")
    #expect(found == .malformedVersion || found == .malformedRequestLine)
  }

  @Test("A tab instead of a space in the request line")
  func tab() {
    #expect(
      Exchange.violation(of: "GET\t/\tHTTP/1.1\r\nHost: h\r\n\r\n") == .malformedRequestLine)
    #expect(Exchange.violation(of: "GET /\t HTTP/1.1\r\nHost: h\r\n\r\n") == .malformedTarget)
  }
}
