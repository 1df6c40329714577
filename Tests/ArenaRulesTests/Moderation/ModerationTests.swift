import ArenaTypes
import Testing

@testable import ArenaRules

@Suite struct ModerationTests {
  private let duel = DuelID(rawValue: "d")
  private let contest = ContestID(rawValue: "c")

  @Test("each act does what it says, and its audit entry says who, when, what and why")
  func acts() throws {
    let who = "night watch"
    let why = "too fast"
    let expected: [(ModeratorAct, [ModerationEffect])] = [
      (.endDuel(id: duel), [.duel(id: duel, command: .end(moderator: who, reason: why))]),
      (
        .pauseContest(id: contest),
        [.contest(id: contest, command: .pause(moderator: who, reason: why))]
      ),
      (
        .resumeContest(id: contest),
        [.contest(id: contest, command: .resume(moderator: who, reason: why))]
      ),
      (
        .endContest(id: contest),
        [.contest(id: contest, command: .end(moderator: who, reason: why))]
      ),
      (
        .removeFromContest(id: contest, player: anna),
        [.contest(id: contest, command: .remove(player: anna, moderator: who, reason: why))]
      ),
      (
        .kick(player: anna, seconds: 0),
        [.leaveQueue(player: anna), .disconnect(player: anna, reason: why)]
      ),
      (
        .kick(player: anna, seconds: 60),
        [
          .ban(player: anna, until: .at(60), reason: why), .leaveQueue(player: anna),
          .disconnect(player: anna, reason: why),
        ]
      ),
    ]
    for (act, effects) in expected {
      let done = try Moderation.perform(act, by: who, because: "  too\n fast ", now: epoch)
      #expect(done.effects == effects)
      #expect(done.entry == AuditEntry(at: epoch, moderator: who, act: act, reason: why))
      #expect(try roundTripped(done.entry) == done.entry)
    }
  }

  @Test("no act without a reason of a sensible length, no ban without a sensible time")
  func refused() {
    let act = ModeratorAct.endDuel(id: duel)
    func perform(_ act: ModeratorAct, _ reason: String) throws(ModerationRejection) {
      _ = try Moderation.perform(act, by: "m", because: reason, now: epoch)
    }
    #expect(throws: ModerationRejection.reasonMissing) { try perform(act, " \n ") }
    #expect(throws: ModerationRejection.reasonTooLong) {
      try perform(act, String(repeating: "x", count: 301))
    }
    #expect(throws: Never.self) { try perform(act, String(repeating: "x", count: 300)) }
    for seconds in [-1, Moderation.kickSecondsMax + 1, .max] {
      #expect(throws: ModerationRejection.badDuration) {
        try perform(.kick(player: anna, seconds: seconds), "x")
      }
    }
  }
}
