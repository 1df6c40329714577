import ArenaTypes
import Testing

@testable import ArenaRules

@Suite struct LiveTests {
  private func live(_ rounds: [RoundKind] = [.pick, .oddOneOut, .predict]) throws -> Held {
    try Held(.live, rounds: rounds, minutes: 60)
  }

  @Test("everyone has the same round at the same moment, speed counts, the truth comes after")
  func rounds() throws {
    var live = try live()
    #expect(live.contest.stage?.phase == .gathering)
    try live.starts(anna)
    try live.starts(bert)
    #expect(throws: ContestRejection.answer(.noQuestion)) {
      try live.submits(anna, 0, .pick(side: .a))
    }
    try live.waitOut()
    let stage = try #require(live.contest.stage)
    #expect(stage.phase == .question && stage.round == 0 && stage.result == nil)
    #expect(stage.since == .at(20) && stage.until == .at(50))
    try live.submits(anna, 0, try live.right(0))
    #expect(throws: ContestRejection.answer(.alreadyAnswered)) {
      try live.submits(anna, 0, .pick(side: .a))
    }
    #expect(try live.run(anna).points == 0, "nothing is told before the reveal")
    live.wait(15)
    try live.submits(bert, 0, try live.right(0))
    try live.waitOut()
    #expect(live.contest.stage?.phase == .reveal && live.contest.stage?.answeredCount == 2)
    #expect(live.contest.stage?.result?.reveal.kind == .pick)
    #expect(live.contest.board.top(2).map(\.points) == [150, 125])
    #expect(throws: ContestRejection.answer(.noQuestion)) {
      try live.submits(anna, 1, .pick(side: .a))
    }
    for _ in 0..<20 where live.contest.state != .final { try live.waitOut() }
    #expect(live.contest.state == .final && live.contest.stage?.phase == .over)
    #expect(live.now < .at(3_600), "it is over when its last reveal is")
    #expect(try live.run(anna).end == .finished)
    #expect(try live.run(anna).rounds.map(\.points) == [150, 0, 0])
    try live.expectReplay()
  }

  @Test("whoever comes late plays from the running round on, until none can be answered")
  func late() throws {
    var live = try live([.pick, .pick])
    try live.waitOut()
    live.wait(29)
    try live.starts(anna)
    try live.submits(anna, 0, try live.right(0))
    try live.waitOut()
    try live.waitOut()
    #expect(live.contest.stage?.round == 1)
    // The last question is open from 58 s to 88 s.
    live.now = .at(83)
    try live.starts(bert)
    live.wait(0.001)
    #expect(throws: ContestRejection.closed) { try live.starts(PlayerID(rawValue: "late")) }
    live.now = .at(88)
    #expect(throws: ContestRejection.questionOver) { try live.submits(bert, 1, .pick(side: .a)) }
    try live.do(.tick)
    #expect(try live.run(bert).rounds.map(\.number) == [1])
    try live.expectReplay()
  }

  @Test("an answer that the round doesn't take is refused when it comes")
  func badAnswers() throws {
    var live = try live([.predict])
    try live.starts(anna)
    try live.waitOut()
    for (answer, why) in [
      (Answer.pick(side: .a), DuelRejection.wrongKindOfAnswer),
      (.predict(tokens: [1, 1]), .repeatedToken), (.predict(tokens: [9_999]), .notAnOption),
    ] {
      #expect(throws: ContestRejection.answer(why)) { try live.submits(anna, 0, answer) }
    }
    let answer = ContestCommand.submit(
      player: anna, question: 0, answer: try live.right(0), commandID: command("x"))
    try live.do(answer)
    #expect(try live.do(answer).isEmpty, "repeated")
    try live.waitOut()
    #expect(try live.do(answer).isEmpty, "repeated after the round")
    #expect(try live.run(anna).points == 100)
  }

  @Test("a server that slept through rounds takes up where the timetable stands")
  func slept() throws {
    var live = try live([.pick, .pick, .pick])
    try live.starts(anna)
    live.now = .at(100)
    let events = try live.do(.tick)
    let stages = events.compactMap { event -> ContestStage? in
      if case .stageChanged(let stage) = event { stage } else { nil }
    }
    #expect(stages.count == 1 && stages[0].round == 2 && stages[0].phase == .question)
    #expect(try live.run(anna).rounds.count == 2)
    try live.expectReplay()
  }

  @Test("a pause and an outage move the timetable; a moderator's end ends it in mid-round")
  func moved() throws {
    var live = try live()
    try live.starts(anna)
    try live.waitOut()
    try live.do(.pause(moderator: "m", reason: "x"))
    live.wait(100)
    try live.do(.resume(moderator: "m", reason: "x"))
    #expect(live.contest.stage?.until == .at(150))
    try live.do(.outage(milliseconds: 10_000))
    #expect(live.contest.stage?.until == .at(160))
    #expect(live.events.last == live.contest.stage.map { .stageChanged(stage: $0) })
    try live.submits(anna, 0, try live.right(0))
    try live.do(.end(moderator: "m", reason: "enough"))
    #expect(live.contest.state == .final && live.contest.stage?.phase == .over)
    #expect(live.contest.board.entry(of: anna)?.points == 0, "an unrevealed round counts nothing")
    try live.expectReplay()
  }
}
