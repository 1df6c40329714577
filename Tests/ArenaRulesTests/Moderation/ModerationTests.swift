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
    let expected: [(ModeratorAct, ModerationEffect)] = [
      (.endDuel(id: duel), .duel(id: duel, command: .end(moderator: who, reason: why))),
      (.voidDuel(id: duel), .duel(id: duel, command: .end(moderator: who, reason: why))),
      (
        .pauseContest(id: contest),
        .contest(id: contest, command: .pause(moderator: who, reason: why))
      ),
      (
        .resumeContest(id: contest),
        .contest(id: contest, command: .resume(moderator: who, reason: why))
      ),
      (
        .extendContest(id: contest, seconds: -60),
        .contest(
          id: contest, command: .extend(milliseconds: -60_000, moderator: who, reason: why))
      ),
      (
        .endContest(id: contest), .contest(id: contest, command: .end(moderator: who, reason: why))
      ),
      (
        .removeFromContest(id: contest, player: anna),
        .contest(id: contest, command: .remove(player: anna, moderator: who, reason: why))
      ),
      (.kick(player: anna, seconds: 0), .server),
      (.mute(player: anna, seconds: 60), .server),
      (.hide(text: .excerpt(id: ExcerptID(rawValue: "e"))), .server),
      (.drain, .server),
    ]
    for (act, effect) in expected {
      let done = try Moderation.perform(act, by: who, because: "  too\n fast ", now: epoch)
      #expect(done.effect == effect)
      #expect(done.entry == AuditEntry(at: epoch, moderator: who, act: act, reason: why))
      #expect(try roundTripped(done.entry) == done.entry)
    }
  }

  @Test("what undoes an act undoes it exactly, and some acts nothing undoes")
  func undoing() throws {
    let text = TextReference.duel(id: duel, round: 0, seat: 1, attempt: 2)
    let pairs: [(ModeratorAct, ModeratorAct?)] = [
      (.pauseContest(id: contest), .resumeContest(id: contest)),
      (.extendContest(id: contest, seconds: 90), .extendContest(id: contest, seconds: -90)),
      (.kick(player: anna, seconds: 0), nil), (.kick(player: anna, seconds: 5), .lift(ban: "a")),
      (.mute(player: anna, seconds: 5), .lift(ban: "a")), (.lift(ban: "b"), nil),
      (.hide(text: text), .restore(text: text)), (.restore(text: text), .hide(text: text)),
      (.announce(text: "x", seconds: 5), .withdraw(notice: "a")),
      (.dismiss(report: "r"), .reopen(report: "r")), (.drain, .resume), (.resume, .drain),
      (.endDuel(id: duel), nil), (.voidDuel(id: duel), nil), (.endContest(id: contest), nil),
    ]
    for (act, undo) in pairs { #expect(act.undoing(entry: "a") == undo) }
  }

  @Test("no act without a reason of a sensible length, none without a sensible time")
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
    let bad: [ModeratorAct] =
      [-1, Moderation.kickSecondsMax + 1, .max].map { .kick(player: anna, seconds: $0) }
      + [
        .mute(player: anna, seconds: 0), .announce(text: "x", seconds: 0),
        .extendContest(id: contest, seconds: 0), .extendContest(id: contest, seconds: .max),
      ]
    for act in bad { #expect(throws: ModerationRejection.badDuration) { try perform(act, "x") } }
    #expect(throws: ModerationRejection.noticeEmpty) {
      try perform(.announce(text: " \t", seconds: 5), "x")
    }
    #expect(throws: ModerationRejection.reasonTooLong) {
      try perform(.announce(text: String(repeating: "x", count: 281), seconds: 5), "x")
    }
  }

  @Test("a text's name is read as it was written, and nothing else is one")
  func references() {
    let references: [TextReference] = [
      .excerpt(id: ExcerptID(rawValue: "u1/clue 3")),
      .explanation(id: ExplanationID(rawValue: "x")),
      .duel(id: duel, round: 0, seat: 1, attempt: 12),
    ]
    for reference in references {
      #expect(TextReference(reference.description) == reference)
    }
    let none = [
      "", "excerpt", "excerpt/", "duel/d", "duel/d/0/1", "duel/d/0/1/x", "duel/d/-1/0/0",
      "duel//0/0/0", "duel/d/0/0/0/0", "player/p", "duel/d/9999/0/0",
      "excerpt/" + String(repeating: "x", count: 200),
    ]
    for text in none { #expect(TextReference(text) == nil, "\(text)") }
  }
}
