import ArenaTypes
import Testing

@testable import ArenaRules

@Suite struct QuestTests {
  private func quest() throws -> Held {
    try Held(.quest, rounds: [.write, .write], minutes: 10_080)
  }

  @Test("three tries a unit in any order; the best ones are summed")
  func tries() throws {
    var quest = try quest()
    #expect(quest.contest.questions.count == 2)
    try quest.starts(anna)
    let scores = ["a one": 30.0, "a two": 80.4, "a three": 79, "b one": 10]
    for (question, text) in [(1, "b one"), (0, "a one"), (0, "a two"), (0, "a three")] {
      quest.wait(10)
      try quest.writes(anna, question, text)
      try quest.serveEngine(score: { scores[$0.description] })
    }
    let run = try quest.run(anna)
    #expect(run.points == 90)
    #expect(run.rounds.map(\.points) == [80, 10] && run.rounds.map(\.triesLeft) == [0, 2])
    #expect(run.rounds[0].tries.map { $0.score?.value } == [30, 80.4, 79])
    #expect(throws: ContestRejection.answer(.tooManyTries)) {
      try quest.writes(anna, 0, "a four")
    }
    let entry = try #require(quest.contest.board.entry(of: anna))
    #expect(entry.points == 90 && entry.finishedAt == .at(30), "when the best of them was sent")
    try quest.expectReplay()
  }

  @Test("a refused text and one that the engine lost use no try up, but texts have an end")
  func free() throws {
    var quest = try quest()
    try quest.starts(anna)
    for number in 0..<QuestUnit.textCountMax {
      try quest.writes(anna, 0, number.isMultiple(of: 2) ? "rude words" : "lost words")
      #expect(throws: ContestRejection.answer(.beingChecked)) { try quest.writes(anna, 0, "x") }
      try quest.serveEngine(score: { _ in nil })
    }
    let round = try quest.run(anna).rounds[0]
    #expect(round.points == nil && round.triesLeft == 0)
    #expect(Set(round.tries.map(\.state)) == [.refused, .lost])
    #expect(throws: ContestRejection.answer(.tooManyTries)) { try quest.writes(anna, 0, "x") }
    try quest.writes(anna, 1, "others")
    try quest.expectReplay()
  }

  @Test("the final board stands on the best texts' scores on the second half, one text a unit")
  func settling() throws {
    var quest = try quest()
    for player in [anna, bert] {
      try quest.starts(player)
      for question in 0...1 {
        try quest.writes(player, question, "\(player) \(question)")
        try quest.serveEngine(score: { $0.description.contains("anna") ? 60 : 50 })
        try quest.writes(player, question, "worse of \(player)")
        try quest.serveEngine(score: { _ in 20 })
      }
    }
    #expect(quest.contest.board.top(2).map(\.points) == [120, 100])
    try quest.waitOut()
    #expect(quest.contest.state == .closing)
    let wishes = quest.contest.outstandingWishes
    #expect(wishes.count == 4)
    let asked = quest.events.compactMap { event -> String? in
      guard case .settleWanted(_, _, _, let text) = event else { return nil }
      return text.description
    }
    #expect(asked == ["p_anna 0", "p_anna 1", "p_bert 0", "p_bert 1"], "leaders first")
    #expect(quest.contest.board.top(2).map(\.points) == [120, 100], "nothing yet")
    try quest.serveEngine(settled: { $0.description.contains("anna") ? 30.4 : 90 })
    #expect(quest.contest.state == .final && quest.contest.result?.unsettledCount == 0)
    #expect(quest.contest.board.top(2).map(\.player) == [bert, anna])
    #expect(quest.contest.board.top(2).map(\.points) == [180, 60])
    #expect(try quest.run(anna).points == 60 && quest.run(anna).rounds[0].settled?.value == 30.4)
    try quest.expectReplay()
  }

  @Test("what is not settled in time keeps its first score, and the result says how many")
  func unsettled() throws {
    var quest = try quest()
    for player in [anna, bert] {
      try quest.starts(player)
      try quest.writes(player, 0, "\(player)")
      try quest.serveEngine()
    }
    try quest.waitOut()
    try quest.do(
      .settled(player: bert, question: 0, outcome: .scored(score: sampleScore(90))))
    #expect(throws: ContestRejection.answer(.notWanted)) {
      try quest.do(
        .settled(player: bert, question: 0, outcome: .scored(score: sampleScore(99))))
    }
    #expect(throws: ContestRejection.answer(.notWanted)) {
      try quest.do(.settled(player: anna, question: 9, outcome: .failed))
    }
    #expect(throws: ContestRejection.wrongState) {
      try quest.do(.end(moderator: "m", reason: "again"))
    }
    try quest.waitOut()
    #expect(quest.contest.state == .final)
    #expect(quest.contest.result?.unsettledCount == 1)
    #expect(quest.contest.board.top(2).map(\.points) == [90, 50])
    try quest.expectReplay()
  }

  @Test("a text on its way when the quest closes is waited for, scored, and then settled")
  func closingSteps() throws {
    var quest = try quest()
    try quest.starts(anna)
    try quest.writes(anna, 0, "kinds of weather")
    try quest.waitOut()
    #expect(quest.contest.state == .closing)
    #expect(throws: ContestRejection.runOver) { try quest.writes(anna, 1, "too late") }
    quest.wait(5)
    try quest.serveEngine(score: { _ in 70 }, settled: { _ in 66 })
    #expect(quest.contest.state == .final && quest.contest.result?.lostCount == 0)
    #expect(quest.contest.board.entry(of: anna)?.points == 66)
    try quest.expectReplay()
  }

  @Test("a run that a moderator took off is not settled, and never comes back to the board")
  func removed() throws {
    var quest = try quest()
    for player in [anna, bert] {
      try quest.starts(player)
      try quest.writes(player, 0, "\(player)")
    }
    try quest.serveEngine()
    try quest.writes(anna, 1, "one more")
    try quest.do(.remove(player: anna, moderator: "m", reason: "two accounts"))
    #expect(quest.contest.board.count == 1)
    try quest.waitOut()
    try quest.serveEngine()
    #expect(quest.contest.state == .final && quest.contest.board.top(9).map(\.player) == [bert])
    try quest.do(.remove(player: bert, moderator: "m", reason: "he too"))
    #expect(quest.contest.result?.amendedBecause == "he too" && quest.contest.board.count == 0)
    try quest.expectReplay()
  }
}
