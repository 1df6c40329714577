import ArenaTypes
import Testing

@testable import ArenaRules

@Suite struct ContestScheduleTests {
  /// Zones by their rules: with summer time in both hemispheres, without, off by half an hour, with a
  /// change of half an hour, with one at midnight, and with one before midnight.
  static let zones = [
    "UTC0", "CET-1CEST,M3.5.0,M10.5.0/3", "AEST-10AEDT,M10.1.0,M4.1.0/3", "EST5EDT,M3.2.0,M11.1.0",
    "IST-5:30", "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "CST5CDT,M3.2.0/0,M11.1.0/1",
    "<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "<+0545>-5:45",
  ]
  static let repeats: [ContestSchedule.Repeat] = [
    .hourly(minute: 0), .hourly(minute: 30), .daily(second: 0), .daily(second: 9_000),
    .daily(second: 86_399), .weekly(weekday: 0, second: 9_000), .weekly(weekday: 1, second: 0),
    .monthly(day: 1, second: 0), .monthly(day: 31, second: 9_000),
  ]
  /// 2026-01-01T00:00Z.
  static let start = Timestamp(millisecondsSinceEpoch: 1_767_225_600_000)
  static let dayMilliseconds: Int64 = 86_400_000

  static func zone(_ rule: String) throws -> TimeZoneTable {
    try TimeZoneTable(name: rule, bytes: zoneFile(footer: rule))
  }

  @Test(
    "a window is named for the moment at which it opens",
    arguments: [
      (1_790_000_000_000, "race-20260921T1400Z"), (0, "race-19700101T0000Z"),
      (951_827_696_000, "race-20000229T1200Z"), (1_709_251_199_999, "race-20240229T2300Z"),
      (4_107_542_400_000, "race-21000301T0000Z"), (-1, "race-19691231T2300Z"),
    ])
  func names(milliseconds: Int64, name: String) throws {
    let now = Timestamp(millisecondsSinceEpoch: milliseconds)
    let schedule = ContestSchedule(prefix: "race", repeats: .hourly(minute: 0))
    let window = try #require(schedule.window(at: now))
    #expect(window.id == ContestID(rawValue: name))
    #expect(window.opensAt <= now && now < window.closesAt)
    #expect(window.closesAt - window.opensAt == .seconds(3_600))
  }

  @Test(
    "over years one window follows another without gap or overlap, and any moment finds its own",
    arguments: zones, repeats)
  func succession(rule: String, repeats: ContestSchedule.Repeat) throws {
    let schedule = ContestSchedule(prefix: "x", repeats: repeats, zone: try Self.zone(rule))
    var dice = SeededGenerator(seed: 11).forked(for: rule)
    var window = try #require(schedule.window(at: Self.start))
    #expect(window.opensAt <= Self.start)
    var names: Set<ContestID> = []
    // An hourly contest is looked at until the clocks have changed once everywhere.
    let isHourly = if case .hourly = repeats { true } else { false }
    let end = Self.start + (isHourly ? 95 : 2 * 366) * Self.dayMilliseconds
    while window.opensAt < end {
      try #require(names.insert(window.id).inserted, "\(window)")
      try #require(window.opensAt < window.closesAt, "\(window)")
      let length = window.closesAt.milliseconds(since: window.opensAt)
      if dice.next(below: 8) == 0 {
        let inside = window.opensAt + Int64(dice.next(below: Int(length)))
        for moment in [window.opensAt, inside, window.closesAt - 1] {
          try #require(schedule.window(at: moment) == window, "at \(moment)")
        }
      }
      let next = try #require(schedule.next(after: window))
      try #require(next.opensAt == window.closesAt)
      window = next
    }
  }

  @Test("every local day has one daily, at its time or at the jump over it", arguments: zones)
  func daily(rule: String) throws {
    let zone = try Self.zone(rule)
    for second in [0, 1_800, 9_000, 84_600] {
      let schedule = ContestSchedule(prefix: "d", repeats: .daily(second: second), zone: zone)
      var window = try #require(schedule.window(at: Self.start))
      var day = zone.local(window.opensAt).day
      for _ in 0..<400 {
        let wanted = LocalTime(day: day, secondOfDay: Int64(second))
        try expectFirst(wanted, at: window.opensAt, in: zone)
        #expect(window.date == zone.local(window.opensAt).date)
        window = try #require(schedule.next(after: window))
        day += 1
      }
    }
  }

  /// That no moment before `moment` shows `wanted` or later, and `moment` does.
  private func expectFirst(
    _ wanted: LocalTime, at moment: Timestamp, in zone: TimeZoneTable
  ) throws {
    let shown = zone.local(moment)
    let before = zone.local(moment - 1_000)
    try #require(before.seconds < wanted.seconds, "\(wanted.date) began earlier")
    if shown != wanted {
      // Jumped over: the second before showed an earlier time, this one a later.
      try #require(shown.seconds > wanted.seconds && shown.seconds - before.seconds > 1)
    }
    // Clocks fall back by hours at most, so a first showing lies in the day before.
    for hour in 1...24 {
      let earlier = zone.local(moment - Int64(hour) * 3_600_000)
      try #require(earlier.seconds < wanted.seconds, "\(wanted.date) is the second showing")
    }
  }

  @Test("an hourly contest opens whenever the clocks show the minute", arguments: zones, [0, 15])
  func hourly(rule: String, minute: Int) throws {
    let zone = try Self.zone(rule)
    let schedule = ContestSchedule(prefix: "h", repeats: .hourly(minute: minute), zone: zone)
    var opened = try #require(schedule.opening(atOrBefore: Self.start))
    var lengths: Set<Int64> = []
    while opened < Self.start + 310 * Self.dayMilliseconds {
      #expect(zone.local(opened).secondOfDay % 3_600 == Int64(minute) * 60)
      let next = try #require(schedule.opening(after: opened))
      lengths.insert(next.milliseconds(since: opened) / 60_000)
      opened = next
    }
    #expect(lengths.isSubset(of: rule.hasPrefix("<+1030>") ? [30, 60, 90] : [60]))
  }

  @Test(
    "a month without the day takes its last",
    arguments: [
      (31, ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31"]),
      (29, ["2027-01-29", "2027-02-28", "2027-03-29", "2027-04-29", "2027-05-29"]),
      (1, ["2027-01-01", "2027-02-01", "2027-03-01", "2027-04-01", "2027-05-01"]),
    ])
  func monthly(day: Int, dates: [String]) throws {
    let zone = try Self.zone("CET-1CEST,M3.5.0,M10.5.0/3")
    let schedule = ContestSchedule(
      prefix: "m", repeats: .monthly(day: day, second: 0), zone: zone)
    var found: [String] = []
    var moment = Timestamp(millisecondsSinceEpoch: 1_798_750_000_000)
    for _ in dates {
      moment = try #require(schedule.opening(after: moment))
      found.append(zone.local(moment).date)
    }
    #expect(found == dates)
  }

  @Test("a length closes a window early, and once is once")
  func lengths() throws {
    let schedule = ContestSchedule(
      prefix: "q", repeats: .daily(second: 68_400), lengthMilliseconds: 600_000)
    let window = try #require(schedule.window(at: Self.start))
    #expect(window.opensAt == Self.start + 68_400_000 && window.date == "2026-01-01")
    #expect(window.closesAt == window.opensAt + 600_000)
    #expect(schedule.window(at: window.closesAt)?.opensAt == window.opensAt + 86_400_000)
    let once = ContestSchedule(
      prefix: "o", repeats: .none(opensAt: Self.start), lengthMilliseconds: 5_000)
    #expect(once.window(at: Self.start - 1)?.opensAt == Self.start)
    #expect(once.window(at: Self.start + 4_999)?.closesAt == Self.start + 5_000)
    #expect(once.window(at: Self.start + 5_000) == nil)
  }
}

/// The bytes of a TZif file that lists nothing and says all in its footer.
func zoneFile(
  footer: String, changes: [(at: Int64, type: UInt8)] = [], types: [Int32] = [0]
) -> [UInt8] {
  func bytes(_ value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.bigEndian) { Array($0) }
  }
  func header(_ counts: [Int32]) -> [UInt8] {
    Array("TZif2".utf8) + Array(repeating: 0, count: 15) + counts.flatMap { bytes($0) }
  }
  var file = header([0, 0, 0, 0, 1, 1]) + bytes(Int32(0)) + [0, 0] + [0]
  file += header([0, 0, 0, Int32(changes.count), Int32(types.count), 1])
  file += changes.flatMap { bytes($0.at) } + changes.map(\.type)
  file += types.flatMap { bytes($0) + [0, 0] } + [0]
  return file + [10] + Array(footer.utf8) + [10]
}
