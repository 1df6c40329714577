import ArenaTypes
import HTTPCodec
import Testing

/// The fast parser says of every stream what the slow one says.
@Suite struct ReferenceParserTests {
  private static let parts: [[String]] = [
    ["GET", "POST", "OPTIONS", "HEAD", "PUT", "get", "BREW", ""],
    [" ", "  ", "\t", ""],
    [
      "/", "/a/b?x=%", "*", "http://h:1/x", "HTTPS://h?y", "http://other/", "/%41", "/%4", "//h/",
      "", "/\u{E9}", "/a#b",
    ],
    [" HTTP/1.1", " HTTP/1.0", " HTTP/2", " http/1.1", "  HTTP/1.1", " HTTP/1.1 "],
  ]
  private static let lines = [
    "Host: h:1", "host:h", "Host: [::1]:80", "Host: h:", "Host: h:123456", "Host: [h]", "Host:",
    "Content-Length: 3", "content-length:0", "Content-Length: 3, 3", "Content-Length: 99999",
    "Transfer-Encoding: chunked", "Expect: 100-continue", "X: \u{E9} \t", "X-Y:a:b", " folded",
    "NoColon", "Bad Name: 1", ":", "X:\u{0}", "X: a\tb", "Connection: close, x",
  ]
  private static let ends = ["\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\n", "\r", "\r\r\n"]

  private func request(_ generator: inout SeededGenerator) -> String {
    func pick(_ list: [String], usually: String) -> String {
      guard Int.random(in: 0..<5, using: &generator) == 0 else { return usually }
      return list.randomElement(using: &generator) ?? usually
    }
    var text = Int.random(in: 0..<8, using: &generator) == 0 ? "\r\n" : ""
    for (part, usual) in zip(Self.parts, ["GET", " ", "/v1", " HTTP/1.1"]) {
      text += pick(part, usually: usual)
    }
    text += pick(Self.ends, usually: "\r\n")
    text += pick([""], usually: "Host: h:1\r\n")
    for _ in 0..<Int.random(in: 0..<4, using: &generator) {
      text += Self.lines.randomElement(using: &generator) ?? ""
      text += pick(Self.ends, usually: "\r\n")
    }
    return text + "\r\n" + pick(["abc", "a"], usually: "")
  }

  @Test("Generated requests mean the same to both, cut at every position", arguments: 1...40)
  func generated(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    for round in 0..<40 {
      let limits = HTTPLimits(
        requestLineByteCountMax: Int.random(in: 12...40, using: &generator),
        headByteCountMax: Int.random(in: 30...160, using: &generator),
        fieldCountMax: Int.random(in: 1...5, using: &generator), bodyByteCountMax: 3)
      let text = request(&generator) + request(&generator)
      let expected = ReferenceParser(limits: limits).items(of: text)
      for cut in 0..<text.unicodeScalars.count {
        let found = Exchange.items(of: text, limits: limits, cuts: [cut]).map(ReferenceItem.init)
        guard found == expected else {
          Issue.record(
            "seed \(seed), round \(round), cut \(cut): \(text.debugDescription): \(found)")
          return
        }
      }
    }
  }

  @Test("Changed bytes mean the same to both", arguments: 1...20)
  func changed(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let valid = latin1(
      "POST /v1?x=1 HTTP/1.1\r\nHost: h:1\r\nContent-Length: 2\r\nConnection: a, b\r\n\r\nhi"
        + "GET http://h/ HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\n\r\n")
    for round in 0..<300 {
      var bytes = valid
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        guard let index = bytes.indices.randomElement(using: &generator) else { continue }
        bytes[index] = UInt8.random(in: 0...255, using: &generator)
      }
      let text = String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
      let expected = ReferenceParser(limits: HTTPLimits()).items(of: text)
      guard Exchange.items(of: text).map(ReferenceItem.init) == expected else {
        Issue.record("seed \(seed), round \(round): \(text.debugDescription)")
        return
      }
    }
  }
}
