import ArenaTypes
import Testing

@testable import ArenaRules

@Suite struct ExtendedContestTests {
  private func extend(_ seconds: Int64) -> ContestCommand {
    .extend(milliseconds: seconds * 1_000, moderator: "m", reason: "more time")
  }

  @Test("an extended contest closes later; runs and the replayed journal agree")
  func later() throws {
    var race = try Race(sampleContest(minutes: 10))
    _ = try race.starts(anna)
    let end = race.contest.closesAt
    #expect(
      try race.contest.apply(extend(600), now: race.now)
        == [.stateChanged(state: .open, closesAt: end + 600_000)])
    race.now = end + 1_000
    try race.tick()
    #expect(race.contest.state == .open)
    _ = try race.starts(bert)
    race.now = end + 600_000
    try race.tick()
    #expect(race.contest.state == .final)
    #expect(race.contest.board.count == 2)
  }

  @Test("shortened and moved back it is as if nothing had been, pauses included")
  func undone() throws {
    var race = try Race(sampleContest(minutes: 10))
    let before = race.contest
    _ = try race.contest.apply(extend(-300), now: race.now)
    _ = try race.contest.apply(extend(300), now: race.now)
    #expect(race.contest == before)
    _ = try race.contest.apply(.pause(moderator: "m", reason: "r"), now: race.now)
    race.wait(120)
    #expect(try race.contest.apply(extend(60), now: race.now).count == 1)
    _ = try race.contest.apply(.resume(moderator: "m", reason: "r"), now: race.now)
    #expect(race.contest.closesAt == epoch + (600 + 120 + 60) * 1_000)
    #expect(try roundTripped(race.contest) == race.contest)
  }

  @Test("not into the past, not by nothing, not once it closes")
  func refused() throws {
    var race = try Race(sampleContest(minutes: 10))
    race.wait(120)
    let bad: [Int64] = [0, -481, -480, Int64(Moderation.extensionSecondsMax) + 1, .min / 1_000]
    for seconds in bad {
      #expect(throws: ContestRejection.badDuration, "\(seconds)") {
        try race.contest.apply(extend(seconds), now: race.now)
      }
    }
    let before = race.contest
    #expect(race.contest == before)
    _ = try race.contest.apply(.end(moderator: "m", reason: "r"), now: race.now)
    #expect(throws: ContestRejection.wrongState) {
      try race.contest.apply(extend(60), now: race.now)
    }
  }
}
