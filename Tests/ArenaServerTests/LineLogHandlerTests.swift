import ArenaTypes
import Logging
import Testing

@testable import ArenaServer

@Suite("Lines of the log")
struct LineLogHandlerTests {
  /// What a logger of this format writes.
  private func lines(
    _ format: LineLogHandler.Format, level: Logger.Level = .info, _ body: (inout Logger) -> Void
  ) -> [String] {
    let written = Locked<[String]>([])
    var logger = Logger(label: "arena") { label in
      LineLogHandler(
        label: label, level: level, format: format,
        now: { Timestamp(millisecondsSinceEpoch: 1_795_561_800_123) },
        write: { line in written.withLock { $0.append(line) } })
    }
    body(&logger)
    return written.withLock { $0 }
  }

  @Test("A line of text has the moment, the level, the logger, the message and sorted fields")
  func text() {
    let lines = lines(.text) { $0.notice("it happens", metadata: ["b": "two words", "a": "1"]) }
    #expect(lines == ["2026-11-24T23:10:00.123Z notice arena: it happens a=1 b=\"two words\"\n"])
  }

  @Test("A line of JSON is one object with the fields as members")
  func json() {
    let lines = lines(.json) { $0.warning("it \"happens\"", metadata: ["connection": "0/1/2"]) }
    #expect(
      lines == [
        #"{"time":"2026-11-24T23:10:00.123Z","level":"warning","logger":"arena","#
          + #""message":"it \"happens\"","connection":"0/1/2"}"# + "\n"
      ])
  }

  @Test(
    "Nothing that is logged ends its line or its string",
    arguments: [
      "a\nb", "a\r\nb", "\u{0}", "\u{1B}[2J", "\u{7F}", "\u{85}", "\u{2028}", "\u{2029}",
      "\",\"level\":\"critical", "\\", "\\\"", "a b=c", "",
    ])
  func forgery(value: String) throws {
    for format in LineLogHandler.Format.allCases {
      let lines = lines(format) { $0.info("\(value)", metadata: ["field": "\(value)"]) }
      let line = try #require(lines.first)
      #expect(line.unicodeScalars.filter { $0 == "\n" }.count == 1)
      #expect(line.hasSuffix("\n"))
      let controls = line.dropLast().unicodeScalars.contains {
        $0.value < 0x20 || (0x7F...0x9F).contains($0.value) || $0.value == 0x2028
          || $0.value == 0x2029
      }
      #expect(!controls)
    }
    let json = lines(.json) { $0.info("\(value)", metadata: ["field": "\(value)"]) }
    let parsed = try #require(try JSONLine(json[0]))
    #expect(parsed.members["message"] == value)
    #expect(parsed.members["field"] == value)
    #expect(parsed.members["level"] == "info")
  }

  @Test("A field can't stand in for one of the record's own")
  func reserved() throws {
    let json = lines(.json) { $0.info("true", metadata: ["level": "critical", "time": "never"]) }
    let parsed = try #require(try JSONLine(json[0]))
    #expect(parsed.members["level"] == "info")
    #expect(parsed.members["_level"] == "critical")
    #expect(parsed.members["_time"] == "never")
  }

  @Test("What is below the level is not put together")
  func level() {
    var count = 0
    func counted() -> String {
      count += 1
      return "x"
    }
    let lines = lines(.text, level: .notice) { logger in
      logger.info("\(counted())")
      logger.notice("\(counted())")
      logger.logLevel = .error
      logger.notice("\(counted())")
    }
    #expect(lines.count == 1)
    #expect(count == 1)
  }

  @Test("A logger's own fields go with every record, and the record's win")
  func metadata() {
    let lines = lines(.text) { logger in
      logger[metadataKey: "shard"] = "1"
      logger.info("a")
      logger.info("b", metadata: ["shard": "2"])
    }
    #expect(lines.map { $0.suffix(10) } == ["a shard=1\n", "b shard=2\n"].map { $0.suffix(10) })
  }

  @Test(
    "Moments are written as RFC 3339 says",
    arguments: [
      (0, "1970-01-01T00:00:00.000Z"), (951_782_399_999, "2000-02-28T23:59:59.999Z"),
      (951_782_400_000, "2000-02-29T00:00:00.000Z"), (951_868_800_000, "2000-03-01T00:00:00.000Z"),
      (1_709_164_800_000, "2024-02-29T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
      (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
      (1_767_225_599_999, "2025-12-31T23:59:59.999Z"),
    ] as [(Int64, String)])
  func moments(milliseconds: Int64, text: String) {
    #expect(UTCTime.text(of: Timestamp(millisecondsSinceEpoch: milliseconds)) == text)
  }
}

/// A JSON object whose members are strings, read strictly.
private struct JSONLine {
  struct Malformed: Error {}

  private(set) var members: [String: String] = [:]

  init?(_ line: String) throws {
    var rest = line.dropLast()[...]
    guard rest.popFirst() == "{" else { throw Malformed() }
    repeat {
      let name = try Self.string(&rest)
      guard rest.popFirst() == ":" else { throw Malformed() }
      guard members.updateValue(try Self.string(&rest), forKey: name) == nil else { return nil }
      let next = rest.popFirst()
      if next == "}" { break }
      guard next == "," else { throw Malformed() }
    } while true
    guard rest.isEmpty else { throw Malformed() }
  }

  private static func string(_ rest: inout Substring) throws -> String {
    guard rest.popFirst() == "\"" else { throw Malformed() }
    var value = String.UnicodeScalarView()
    while let scalar = rest.unicodeScalars.popFirst() {
      switch scalar {
      case "\"": return String(value)
      case "\\":
        switch rest.unicodeScalars.popFirst() {
        case "\""?: value.append("\"")
        case "\\"?: value.append("\\")
        case "u"?:
          let digits = String(rest.unicodeScalars.prefix(4))
          rest = rest.dropFirst(4)
          guard let code = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(code)
          else { throw Malformed() }
          value.append(scalar)
        default: throw Malformed()
        }
      default: value.append(scalar)
      }
    }
    throw Malformed()
  }
}
