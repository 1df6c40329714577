import ArenaTypes
import Testing

@testable import ArenaRules

@Suite struct StreakTests {
  /// A day of November 2026.
  private func november(_ day: Int64) -> Int64 {
    LocalTime.day(of: "2026-11-\(day < 10 ? "0" : "")\(day)") ?? 0
  }

  private func streak(_ days: [Int64], today: Int64) -> Streak { Streak(days: days, today: today) }

  @Test func nothingPlayedIsNoStreak() {
    let none = streak([], today: november(20))
    #expect(none.count == 0 && none.longest == 0 && !none.isToday && none.sparesLeft == 2)
    #expect(none.lately.count == 28 && none.lately.last == .open)
  }

  @Test func daysInARowCountWhateverTheirOrder() {
    let three = streak(
      [november(12), november(10), november(11), november(11)], today: november(12))
    #expect(three.count == 3 && three.longest == 3 && three.isToday && three.sparesLeft == 2)
    #expect(three.lately.suffix(4) == [.missed, .played, .played, .played])
  }

  @Test func todayBreaksNothingBeforeItIsOver() {
    let open = streak([november(10), november(11)], today: november(12))
    #expect(open.count == 2 && !open.isToday && open.sparesLeft == 2)
    #expect(open.lately.suffix(3) == [.played, .played, .open])
  }

  @Test func twoMissedDaysOfAMonthAreSparedAndNotCounted() {
    let spared = streak([november(10), november(12), november(14)], today: november(14))
    #expect(spared.count == 3 && spared.sparesLeft == 0)
    #expect(spared.lately.suffix(5) == [.played, .spared, .played, .spared, .played])
  }

  @Test func theThirdMissedDayOfAMonthEndsTheStreak() {
    let days = [10, 12, 14, 16, 17].map { november($0) }
    let ended = streak(days, today: november(17))
    #expect(ended.count == 2 && ended.longest == 3)
    #expect(ended.lately.suffix(3) == [.missed, .played, .played])
  }

  @Test func aGapThatIsTooLongCostsNoSpareDay() {
    let broken = streak([november(10), november(14), november(16)], today: november(16))
    #expect(broken.count == 2, "the 15th is spared, since the gap before it used none")
    #expect(broken.sparesLeft == 1)
  }

  @Test func everyMonthHasItsOwnSpareDays() {
    let first = LocalTime.day(of: "2026-12-01") ?? 0
    // The 29th and 30th of November, and the 1st and 2nd of December.
    let across = streak([november(28), first + 2], today: first + 2)
    #expect(across.count == 2 && across.sparesLeft == 0)
    let tooLong = streak([november(27), first + 2], today: first + 2)
    #expect(tooLong.count == 1)
  }

  @Test func yesterdayMissedUsesASpareDayBeforeTodayIsPlayed() {
    let waiting = streak([november(9), november(10)], today: november(12))
    #expect(waiting.count == 2 && waiting.sparesLeft == 1)
    #expect(streak([november(8)], today: november(12)).count == 0)
  }

  @Test func daysOfTheFutureAndOfLongAgoDoNoHarm() {
    let odd = streak([.min, -5, november(12), november(13), .max], today: november(12))
    #expect(odd.count == 1 && odd.isToday)
    #expect(Streak(days: [november(1)], today: november(1), latelyCount: -3).lately == [])
  }

  @Test func agreesWithARecountDayByDay() {
    var generator = SeededGenerator(seed: 20_261_201)
    for seed in 0..<300 {
      let start = november(1) + Int64(generator.next(below: 60))
      let days = (0..<70).filter { _ in generator.next(below: 10) < 7 }.map { start + Int64($0) }
      let today = start + 70
      let streak = Streak(days: days, today: today)
      let spared = streak.lately.count { $0 == .spared }
      #expect(streak.count <= streak.longest, "seed \(seed)")
      #expect(streak.longest <= days.count, "seed \(seed)")
      #expect((0...Streak.sparesAMonth).contains(streak.sparesLeft), "seed \(seed)")
      // 28 days touch at most two months.
      #expect(spared <= 2 * Streak.sparesAMonth, "seed \(seed)")
      for (ago, day) in streak.lately.reversed().enumerated() {
        #expect((day == .played) == days.contains(today - Int64(ago)), "seed \(seed)")
      }
    }
  }
}
