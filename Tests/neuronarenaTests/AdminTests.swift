import ArenaProtocol
import Testing

@testable import neuronarena

@Suite("What operators write and read on the command line")
struct AdminTests {
  @Test(
    "Lengths of time",
    arguments: [
      ("90", 90), ("90s", 90), ("15m", 900), ("2h", 7_200), ("7d", 604_800), ("-10m", -600),
      ("0", 0), ("3650d", 315_360_000),
    ])
  func durations(text: String, seconds: Int) {
    #expect(AdminDuration(argument: text)?.seconds == seconds)
  }

  @Test(
    "What is no length of time",
    arguments: ["", "h", "1.5h", "1w", "3651d", "99999999999999999999d", "9223372036854775807h"])
  func noDurations(text: String) { #expect(AdminDuration(argument: text) == nil) }

  @Test("Where a server is")
  func servers() throws {
    #expect(try #require(AdminServer(argument: "127.0.0.1:8080")).port == 8_080)
    let six = try #require(AdminServer(argument: "[::1]:9000"))
    #expect(six.host == "::1" && "\(six)" == "[::1]:9000")
    for bad in ["", "127.0.0.1", "127.0.0.1:", "x:99999", "x:0"] {
      #expect(AdminServer(argument: bad) == nil, "\(bad)")
    }
  }

  @Test("Nothing that players write moves the cursor or turns the direction of text")
  func hostile() {
    let name = "a\u{1B}[2Jb\u{202E}c\nd\u{7}é"
    #expect(AdminText.clean(name) == "a\u{FFFD}[2Jb\u{FFFD}c\u{FFFD}d\u{FFFD}é")
    let row = JSONValue.object(
      JSONObject(
        [
          ("id", .string("p_1")), ("title", .string(name)), ("at", .integer(1_790_000_000_000)),
          ("player", .string("p_1")), ("until", .null),
        ].map { JSONObject.Member(key: $0, value: $1) }))
    #expect(!AdminText.line(row).unicodeScalars.contains { $0.value < 32 })
    #expect(AdminText.line(row).hasPrefix("2026-09-21 14:13  p_1  a"))
  }
}
