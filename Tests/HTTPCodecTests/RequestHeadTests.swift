import HTTPCodec
import Testing

@Suite struct RequestHeadTests {
  private func parsed(_ lines: String..., target: String = "/", method: String = "GET")
    -> RequestHead?
  {
    let all = ["\(method) \(target) HTTP/1.1", "Host: Example.org:8080"] + lines
    return Exchange.request(of: all.joined(separator: "\r\n") + "\r\n\r\n")
  }

  @Test("Path and query come out as they were sent")
  func target() throws {
    let plain = try #require(parsed(target: "/a%20b"))
    #expect(plain.path == "/a%20b")
    #expect(plain.query == nil)
    let query = try #require(parsed(target: "/a?x=1?y=2"))
    #expect(query.path == "/a")
    #expect(query.query == "x=1?y=2")
    #expect(try #require(parsed(target: "/?")).query == "")
    let absolute = try #require(parsed(target: "HTTP://example.ORG:8080?x"))
    #expect(absolute.path == "/")
    #expect(absolute.query == "x")
    #expect(try #require(parsed(target: "*", method: "OPTIONS")).path == "*")
    #expect(parsed(target: "*") == nil)
    #expect(parsed(target: "//evil.example/") != nil)
  }

  @Test("A field is found in any letter case, and only if it stands there once")
  func fields() throws {
    let head = try #require(parsed("X-One:  a b \t", "x-two: 1", "X-Two: 2", "X-Empty:"))
    #expect(head["x-ONE"] == "a b")
    #expect(head["X-Two"] == nil)
    #expect(head.values(of: "X-TWO") == ["1", "2"])
    #expect(head["X-Empty"] == "")
    #expect(head["X-Three"] == nil)
    #expect(head.host == "Example.org:8080")
    #expect(head.fields.map(\.name) == ["Host", "X-One", "x-two", "X-Two", "X-Empty"])
  }

  @Test("List fields are split, trimmed and joined over their lines")
  func lists() throws {
    let head = try #require(parsed("Connection: keep-alive , ,Upgrade", "Connection: x"))
    #expect(head.list("connection") == ["keep-alive", "Upgrade", "x"])
    #expect(head.hasToken("UPGRADE", in: "Connection"))
    #expect(!head.hasToken("up", in: "Connection"))
  }

  @Test("A connection stays open unless the client says close")
  func keepAlive() throws {
    #expect(try #require(parsed()).keepsAlive)
    #expect(try #require(parsed("Connection: Close")).keepsAlive == false)
  }

  @Test("Characters that differ in one bit but are no letters are different names")
  func letterCase() throws {
    // "^" and "~" differ by the bit that letter case differs by, as do "@" and "`".
    let head = try #require(parsed("x^y: 1"))
    #expect(head["x~y"] == nil)
    #expect(head["X^Y"] == "1")
  }
}
