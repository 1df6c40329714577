import HTTPCodec
import Testing

@Suite struct AcceptedCodingsTests {
  private func codings(_ values: String...) throws -> AcceptedCodings {
    let fields = values.map { "Accept-Encoding: \($0)\r\n" }.joined()
    return AcceptedCodings(
      try #require(Exchange.request(of: "GET / HTTP/1.1\r\nHost: h\r\n\(fields)\r\n")))
  }

  @Test("Without the field the content comes as it is")
  func silent() throws {
    #expect(try codings().prefersGzip == false)
    #expect(try codings().takesIdentity)
  }

  @Test(
    "Gzip is preferred where it is named with a weight",
    arguments: [
      ("gzip", true), ("GZip", true), ("x-gzip", true), ("br, gzip;q=0.1", true), ("*", true),
      ("gzip;q=0", false), ("gzip;q=0.000, *", false), ("br", false), ("", false),
      ("identity, gzip;q=0.5", false), ("identity;q=0.5, gzip; Q=0.5", true), ("*;q=0", false),
      ("gzip;q=1.000", true), ("gzip;q=1.001", false), ("gzip;q=2", false), ("gzip;q=.5", false),
      ("gzip;q=0.0001", false), ("gzip;level=1", false), ("gzip ;\tq=0.9 ", true),
    ])
  func gzip(_ value: String, _ isPreferred: Bool) throws {
    #expect(try codings(value).prefersGzip == isPreferred)
  }

  @Test(
    "The content as it is can be excluded, by name or with all that is not named",
    arguments: [
      ("identity;q=0", false), ("*;q=0", false), ("gzip, *;q=0", false),
      ("identity, *;q=0", true), ("gzip", true), ("", true), ("identity;q=0.001", true),
    ])
  func identity(_ value: String, _ isTaken: Bool) throws {
    #expect(try codings(value).takesIdentity == isTaken)
  }

  @Test("Several lines are one list")
  func lines() throws {
    #expect(try codings("br", "gzip").prefersGzip)
    #expect(try codings("identity, gzip;q=0.1", "br").prefersGzip == false)
    #expect(try codings("identity, gzip;q=0.1").takesGzip)
  }
}
