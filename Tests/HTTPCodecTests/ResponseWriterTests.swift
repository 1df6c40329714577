import HTTPCodec
import Testing

@Suite struct ResponseWriterTests {
  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  @Test("A response has its status line, fields, length and body")
  func whole() throws {
    let response = try ResponseWriter.response(
      .ok, fields: [HTTPField("Content-Type", "text/plain")], body: Array("hi".utf8))
    #expect(
      text(response)
        == "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nhi")
  }

  @Test("An answer to HEAD tells the length and has no body")
  func head() throws {
    let response = try ResponseWriter.response(.ok, body: Array("hi".utf8), omitsBody: true)
    #expect(text(response) == "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n")
  }

  @Test("The last response says that it is", arguments: [true, false])
  func close(_ keepsAlive: Bool) throws {
    let response = text(try ResponseWriter.response(.notFound, keepsAlive: keepsAlive))
    #expect(response.contains("Connection: close\r\n") == !keepsAlive)
  }

  @Test(
    "Statuses without a body have neither length nor body",
    arguments: [HTTPStatus.noContent, .notModified, .switchingProtocols])
  func noBody(_ status: HTTPStatus) throws {
    let response = text(try ResponseWriter.response(status, body: [1, 2, 3]))
    #expect(response == "HTTP/1.1 \(status)\r\n\r\n")
  }

  @Test(
    "A value cannot smuggle a field or a response in",
    arguments: ["a\r\nSet-Cookie: x", "a\nb", "a\rb", "a\u{0}b", "\u{7F}", "\r\n\r\n<html>"])
  func injectedValue(_ value: String) {
    #expect(throws: ResponseError.malformedFieldValue(name: "Location")) {
      try ResponseWriter.response(.seeOther, fields: [HTTPField("Location", value)])
    }
  }

  @Test("A name cannot smuggle a field in", arguments: ["", "A B", "A:", "A\r\nB", "Ä", "A\t"])
  func injectedName(_ name: String) {
    #expect(throws: ResponseError.malformedFieldName(name)) {
      try ResponseWriter.response(.ok, fields: [HTTPField(name, "x")])
    }
  }

  @Test(
    "What frames the response is the writer's alone",
    arguments: ["Content-Length", "transfer-encoding", "CONNECTION"])
  func reserved(_ name: String) {
    #expect(throws: ResponseError.fieldReserved(name)) {
      try ResponseWriter.response(.ok, fields: [HTTPField(name, "1")])
    }
  }

  @Test("Every violation has an answer that ends the connection", arguments: HTTPViolation.allCases)
  func violation(_ violation: HTTPViolation) {
    let answer = text(ResponseWriter.response(to: violation))
    #expect(answer.hasPrefix("HTTP/1.1 \(violation.status)\r\n"))
    #expect(answer.contains("\r\nConnection: close\r\n"))
    #expect((400...505).contains(violation.status.code))
    #expect(
      answer.contains("\r\nAllow: GET, HEAD, POST, OPTIONS\r\n") == (violation == .methodNotAllowed)
    )
  }

  @Test("Every refused handshake has an answer with its fields", arguments: UpgradeRefusal.allCases)
  func refusal(_ refusal: UpgradeRefusal) {
    let answer = text(ResponseWriter.response(to: refusal))
    #expect(answer.hasPrefix("HTTP/1.1 \(refusal.status)\r\n"))
    for field in refusal.fields {
      #expect(answer.contains("\r\n\(field.name): \(field.value)\r\n"))
    }
    let upgrades = refusal.status == .upgradeRequired
    #expect(answer.contains("\r\nConnection: close, Upgrade\r\n") == upgrades)
  }
}
