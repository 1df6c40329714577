import ArenaTypes
import Testing

@testable import ArenaRules

@Suite struct ScheduleTests {
  @Test(
    "a window is named for the hour in which it begins",
    arguments: [
      (1_790_000_000_000, "race-20260921T1400Z"), (0, "race-19700101T0000Z"),
      (951_827_696_000, "race-20000229T1200Z"), (1_709_251_199_999, "race-20240229T2300Z"),
      (4_107_542_400_000, "race-21000301T0000Z"), (-1, "race-19691231T2300Z"),
    ])
  func names(milliseconds: Int64, name: String) {
    let now = Timestamp(millisecondsSinceEpoch: milliseconds)
    let window = HourlySchedule().window(at: now)
    #expect(window.id == ContestID(rawValue: name))
    #expect(window.opensAt <= now && now < window.closesAt)
    #expect(window.opensAt.millisecondsSinceEpoch % 3_600_000 == 0)
    #expect(window.closesAt - window.opensAt == .seconds(3_600))
  }

  @Test("one window follows another without a gap, and no name comes twice")
  func succession() {
    let schedule = HourlySchedule(prefix: "sprint")
    var window = schedule.window(at: epoch)
    var names: Set<ContestID> = []
    for _ in 0..<10_000 {
      #expect(names.insert(window.id).inserted)
      let next = schedule.next(after: window.opensAt)
      #expect(next.opensAt == window.closesAt)
      window = next
    }
  }
}
