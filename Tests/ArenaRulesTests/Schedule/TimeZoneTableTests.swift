import ArenaTypes
import FoundationEssentials
import Testing

@testable import ArenaRules

@Suite struct TimeZoneTableTests {
  private func offset(_ rule: String, at second: Int64) throws -> Int64 {
    try TimeZoneTable(name: rule, bytes: zoneFile(footer: rule))
      .offset(at: Timestamp(millisecondsSinceEpoch: second * 1_000))
  }

  @Test(
    "the footer's rule says when clocks change",
    arguments: [
      // Berlin, 2027: 28 March and 31 October, 01:00 UTC.
      ("CET-1CEST,M3.5.0,M10.5.0/3", 1_806_195_599, 3_600),
      ("CET-1CEST,M3.5.0,M10.5.0/3", 1_806_195_600, 7_200),
      ("CET-1CEST,M3.5.0,M10.5.0/3", 1_824_944_399, 7_200),
      ("CET-1CEST,M3.5.0,M10.5.0/3", 1_824_944_400, 3_600),
      // Sydney, 2027: 4 April and 3 October, 16:00 UTC of the day before.
      ("AEST-10AEDT,M10.1.0,M4.1.0/3", 1_806_767_999, 39_600),
      ("AEST-10AEDT,M10.1.0,M4.1.0/3", 1_806_768_000, 36_000),
      ("AEST-10AEDT,M10.1.0,M4.1.0/3", 1_822_492_799, 36_000),
      ("AEST-10AEDT,M10.1.0,M4.1.0/3", 1_822_492_800, 39_600),
      ("IST-5:30", 1_806_768_000, 19_800), ("<-0330>3:30", 0, -12_600),
      // The days of a year, with and without 29 February: both are 1 March 2028, in a leap year.
      ("AAA0BBB,J60/0,J300/0", 1_835_481_599, 0), ("AAA0BBB,J60/0,J300/0", 1_835_481_600, 3_600),
      ("AAA0BBB,60/0,300/0", 1_835_481_599, 0), ("AAA0BBB,60/0,300/0", 1_835_481_600, 3_600),
    ])
  func footer(rule: String, second: Int64, expected: Int64) throws {
    #expect(try offset(rule, at: second) == expected)
  }

  @Test("listed changes come before the footer's rule")
  func listed() throws {
    let zone = try TimeZoneTable(
      name: "x",
      bytes: zoneFile(
        footer: "AAA-3", changes: [(-1_000, 1), (2_000, 2)], types: [60, 120, 10_800]))
    #expect(
      [-1_001, -1_000, 1_999, 2_000, 9_999].map(zone.offset(atSecond:))
        == [60, 120, 120, 10_800, 10_800])
  }

  @Test("a time that is shown twice is the first, one that is jumped over is the jump")
  func ambiguous() throws {
    let rule = "CET-1CEST,M3.5.0,M10.5.0/3"
    let zone = try TimeZoneTable(name: rule, bytes: zoneFile(footer: rule))
    func moment(_ year: Int64, _ month: Int64, _ day: Int64, _ second: Int64) -> Int64 {
      let local = LocalTime(
        day: civilDay(year: year, month: month, day: day), secondOfDay: second)
      return zone.moment(of: local).millisecondsSinceEpoch / 1_000
    }
    #expect(moment(2027, 10, 31, 9_000) == 1_824_942_600, "02:30 summer time")
    #expect(moment(2027, 3, 28, 9_000) == 1_806_195_600, "the jump from 02:00 to 03:00")
    #expect(moment(2027, 3, 28, 10_800) == 1_806_195_600)
    #expect(moment(2027, 6, 1, 0) == 1_811_800_800)
  }

  @Test("a day that a zone leaves out begins with the next one")
  func skippedDay() throws {
    // Samoa went from UTC-10 to UTC+14 at the end of 29 December 2011.
    let change: Int64 = 1_325_239_200
    let zone = try TimeZoneTable(
      name: "Pacific/Apia",
      bytes: zoneFile(
        footer: "<+13>-13", changes: [(0, 0), (change, 1), (1_500_000_000, 2)],
        types: [-36_000, 50_400, 46_800]))
    let skipped = LocalTime(
      day: civilDay(year: 2011, month: 12, day: 30), secondOfDay: 43_200)
    #expect(zone.moment(of: skipped).millisecondsSinceEpoch == change * 1_000)
    let schedule = ContestSchedule(prefix: "d", repeats: .daily(second: 0), zone: zone)
    let window = try #require(
      schedule.window(at: Timestamp(millisecondsSinceEpoch: (change - 10) * 1_000)))
    #expect(window.date == "2011-12-29")
    #expect(schedule.next(after: window)?.date == "2011-12-31")
  }

  @Test("bytes that are no zone are refused, wherever they end")
  func damaged() throws {
    let file = zoneFile(
      footer: "CET-1CEST,M3.5.0,M10.5.0/3", changes: [(5, 1), (9, 0)], types: [0, 3_600])
    _ = try TimeZoneTable(name: "whole", bytes: file)
    for count in 0..<file.count {
      #expect(throws: TimeZoneError.self) {
        try TimeZoneTable(name: "cut", bytes: Array(file.prefix(count)))
      }
    }
    var dice = SeededGenerator(seed: 5)
    for _ in 0..<3_000 {
      var bytes = file
      bytes[dice.next(below: bytes.count)] = UInt8(truncatingIfNeeded: dice.next())
      // Whatever it says, it says it without a trap.
      let zone = try? TimeZoneTable(name: "changed", bytes: bytes)
      _ = zone?.offset(atSecond: Int64(dice.next(below: 4_000_000_000)))
    }
  }

  @Test(
    "rules that are none are refused",
    arguments: [
      "", "X", "CET", "CET-", "CET-1CEST,", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0",
      "CET-1CEST,M3.6.0,M10.5.0", "CET-1CEST,M3.5.7,M10.5.0", "CET-1CEST,J0,J1", "CET-25",
      "<CET-1", "CET-1CEST,M3.5.0,M10.5.0/168", "CET-1 ",
    ])
  func badRules(text: String) {
    #expect(PosixZone(text) == nil)
  }

  @Test("the system's zones are read, where there are any")
  func system() throws {
    let folder = "/usr/share/zoneinfo/"
    let known: [(name: String, second: Int64, offset: Int64)] = [
      ("Europe/Berlin", 1_806_195_600, 7_200), ("Europe/Berlin", 1_806_195_599, 3_600),
      ("Australia/Lord_Howe", 1_806_764_399, 39_600),
      ("Australia/Lord_Howe", 1_806_764_400, 37_800), ("Asia/Kolkata", 0, 19_800),
      ("America/New_York", 1_836_457_199, -18_000), ("America/New_York", 1_836_457_200, -14_400),
    ]
    for (name, second, offset) in known {
      guard let bytes = FileManager.default.contents(atPath: folder + name) else { continue }
      let zone = try TimeZoneTable(name: name, bytes: Array(bytes))
      #expect(zone.offset(atSecond: second) == offset, "\(name) at \(second)")
    }
  }
}
