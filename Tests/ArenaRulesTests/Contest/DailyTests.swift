import ArenaTypes
import Testing

@testable import ArenaRules

@Suite struct DailyTests {
  static let five: [RoundKind] = [.pick, .oddOneOut, .predict, .write, .fire]

  @Test("all play the same rounds, on their own clocks, and the points add up")
  func rounds() throws {
    var daily = try Held(.daily, rounds: Self.five, minutes: 1_440)
    try daily.starts(anna)
    daily.wait(3_600)
    try daily.starts(bert)
    for (player, isRight) in [(anna, true), (bert, false)] {
      for number in Self.five.indices {
        let run = try daily.run(player)
        if player == anna, number == 0 {
          // An hour later Anna's first question is over.
          try daily.do(.tick)
          #expect(try daily.run(anna).rounds[0].points == 0)
        } else {
          #expect(run.question?.number == number)
          try daily.submits(
            player, number, isRight ? try daily.right(number) : try daily.wrong(number))
        }
        if number == 4, isRight { try daily.submits(player, number, .done) }
        // A text stands once its checks have let it through.
        try daily.serveEngine(score: { $0.description == "wrong" ? 0 : 71.4 })
        if number < 4 { try daily.do(.next(player: player, question: number)) }
      }
    }
    let (annas, berts) = (try daily.run(anna), try daily.run(bert))
    #expect(annas.rounds.map(\.unit) == berts.rounds.map(\.unit))
    #expect(annas.end == .finished && annas.isSettled && berts.end == .finished)
    #expect(annas.rounds.map(\.points) == [0, 150, 100, 71, 100])
    #expect(annas.points == 421 && berts.points == 0)
    #expect(daily.contest.board.top(9).map(\.points) == [421, 0])
    #expect(
      ShareText.text(date: "2026-09-21", points: annas.rounds.compactMap(\.points))
        == "NeuronArena daily 2026-09-21: 421\n⬛🟩🟩🟨🟩")
    try daily.expectReplay()
  }

  @Test("one try: no second start, no second answer, none to another round, none too late")
  func oneTry() throws {
    var daily = try Held(.daily, rounds: [.pick, .pick])
    let start = ContestCommand.start(
      player: anna, name: "Anna", commandID: command("s"), standing: nil)
    try daily.do(start)
    #expect(try daily.do(start).isEmpty, "repeated")
    #expect(throws: ContestRejection.alreadyStarted) { try daily.starts(anna) }
    #expect(throws: ContestRejection.notStarted) { try daily.submits(bert, 0, .pick(side: .a)) }
    #expect(throws: ContestRejection.notTheQuestion) {
      try daily.submits(anna, 1, .pick(side: .a))
    }
    #expect(throws: ContestRejection.answer(.nothingRevealed)) {
      try daily.do(.next(player: anna, question: 0))
    }
    #expect(throws: ContestRejection.answer(.wrongKindOfAnswer)) {
      try daily.submits(anna, 0, .done)
    }
    let answer = ContestCommand.submit(
      player: anna, question: 0, answer: .pick(side: .a), commandID: command("x"))
    try daily.do(answer)
    #expect(try daily.do(answer).isEmpty, "repeated")
    #expect(throws: ContestRejection.questionOver) { try daily.submits(anna, 0, .pick(side: .b)) }
    try daily.do(.next(player: anna, question: 0))
    #expect(try daily.do(.next(player: anna, question: 0)).isEmpty, "repeated")
    daily.wait(30)
    #expect(throws: ContestRejection.questionOver) { try daily.submits(anna, 1, .pick(side: .a)) }
    try daily.do(.tick)
    #expect(try daily.run(anna).end == .finished)
    #expect(throws: ContestRejection.runOver) { try daily.submits(anna, 1, .pick(side: .a)) }
    try daily.expectReplay()
  }

  @Test("a score that is owed holds nobody up; its points count from when the answer came")
  func lateScore() throws {
    var daily = try Held(.daily, rounds: [.write, .pick])
    try daily.starts(anna)
    daily.wait(10)
    try daily.writes(anna, 0, "kinds of weather")
    daily.wait(66)
    try daily.do(.tick)
    #expect(try daily.run(anna).rounds[0].state == .scoring)
    try daily.do(.next(player: anna, question: 0))
    try daily.submits(anna, 1, try daily.wrong(1))
    #expect(try daily.run(anna).end == .finished && !daily.run(anna).isSettled)
    daily.wait(100)
    try daily.serveEngine()
    #expect(try daily.run(anna).points == 50)
    #expect(daily.contest.board.entry(of: anna)?.finishedAt == .at(10))
    try daily.expectReplay()
  }

  @Test("a refused text may be written again, while there is time")
  func refused() throws {
    var daily = try Held(.daily, rounds: [.write])
    try daily.starts(anna)
    try daily.writes(anna, 0, "rude words")
    #expect(throws: ContestRejection.answer(.beingChecked)) {
      try daily.writes(anna, 0, "others")
    }
    try daily.serveEngine()
    #expect(try daily.run(anna).rounds[0].refusal?.reason == .explicit)
    #expect(try daily.run(anna).question != nil)
    try daily.writes(anna, 0, "kinds of weather")
    try daily.serveEngine()
    #expect(try daily.run(anna).points == 50 && daily.run(anna).rounds[0].refusal == nil)
  }

  @Test("closing waits for what is owed, but not for ever, and says what was lost")
  func closing() throws {
    var daily = try Held(.daily, rounds: [.write, .write])
    try daily.starts(anna)
    try daily.starts(bert)
    for player in [anna, bert] { try daily.writes(player, 0, "kinds of weather") }
    daily.now = .at(3_600)
    try daily.do(.tick)
    #expect(daily.contest.state == .closing && daily.contest.nextDeadline == .at(4_200))
    #expect(throws: ContestRejection.closed) { try daily.starts(PlayerID(rawValue: "late")) }
    let wish = try #require(daily.contest.outstandingWishes.first)
    guard case .checkWanted(let player, 0, let attempt, _, _, _) = wish else {
      Issue.record("\(wish)")
      return
    }
    try daily.do(.checked(player: player, question: 0, attempt: attempt, result: .accepted))
    try daily.do(
      .scored(
        player: player, question: 0, attempt: attempt, outcome: .scored(score: sampleScore(70))))
    #expect(daily.contest.state == .closing, "the other one is owed still")
    #expect(throws: ContestRejection.answer(.notWanted)) {
      try daily.do(.scored(player: player, question: 0, attempt: attempt, outcome: .failed))
    }
    // An outage takes nothing of the time to wait.
    try daily.do(.outage(milliseconds: 500_000))
    daily.now = .at(4_200)
    try daily.do(.tick)
    #expect(daily.contest.state == .closing)
    daily.now = .at(4_700)
    try daily.do(.tick)
    #expect(daily.contest.state == .final && daily.contest.result?.lostCount == 1)
    #expect(daily.contest.board.top(9).map(\.points) == [70, 0])
    #expect(daily.contest.outstandingWishes.isEmpty)
    try daily.expectReplay()
  }

  @Test("only established identities stand on the board; others play beside")
  func beside() throws {
    var daily = try Held(.daily, rounds: [.pick], establishedOnly: true)
    let old = epoch - Standing.establishedAgeMilliseconds
    let standings = [
      Standing(createdAt: old, roundsPlayed: 10), Standing(createdAt: old + 1, roundsPlayed: 99),
      Standing(createdAt: old, roundsPlayed: 9),
    ]
    let players = ["a", "b", "c"].map(PlayerID.init(rawValue:))
    for (player, standing) in zip(players, standings) {
      try daily.starts(player, standing: standing)
      try daily.submits(player, 0, try daily.right(0))
    }
    #expect(try players.map { try daily.run($0).isRanked } == [true, false, false])
    #expect(try players.allSatisfy { try daily.run($0).points == 150 })
    #expect(daily.contest.board.top(9).map(\.player) == [players[0]])
    #expect(daily.contest.besideCount == 2 && daily.contest.playerCount == 3)
    for player in players.dropLast() {
      try daily.do(.remove(player: player, moderator: "m", reason: "out"))
    }
    #expect(daily.contest.besideCount == 1 && daily.contest.board.count == 0)
    #expect(throws: ContestRejection.notStarted) {
      try daily.do(.remove(player: players[0], moderator: "m", reason: "out"))
    }
    try daily.expectReplay()
  }

  @Test("a pause stops the clocks of questions")
  func pause() throws {
    var daily = try Held(.daily, rounds: [.pick])
    try daily.starts(anna)
    daily.wait(10)
    try daily.do(.pause(moderator: "m", reason: "x"))
    daily.wait(1_000)
    #expect(throws: ContestRejection.paused) { try daily.submits(anna, 0, .pick(side: .a)) }
    try daily.do(.resume(moderator: "m", reason: "x"))
    #expect(try daily.run(anna).question?.deadline == .at(1_030))
    try daily.submits(anna, 0, try daily.right(0))
    #expect(try daily.run(anna).points == 133)
    try daily.expectReplay()
  }

  @Test("a clock that jumps back or far ahead loses nothing that was answered")
  func clockJumps() throws {
    var daily = try Held(.daily, rounds: [.pick, .pick], minutes: 60)
    try daily.starts(anna)
    daily.wait(-7_200)
    try daily.do(.tick)
    try daily.submits(anna, 0, try daily.right(0))
    #expect(try daily.run(anna).points == 150, "never more than there is")
    try daily.do(.next(player: anna, question: 0))
    daily.wait(1_000_000)
    #expect(throws: ContestRejection.questionOver) {
      try daily.submits(anna, 1, try daily.right(1))
    }
    try daily.do(.tick)
    #expect(daily.contest.state == .final && daily.contest.board.entry(of: anna)?.points == 150)
    try daily.expectReplay()
  }

  @Test("setups without suitable rounds are refused")
  func setups() {
    #expect(throws: ContestSetupRejection.emptyPool) { try Held(.daily, rounds: []) }
    #expect(throws: ContestSetupRejection.emptyPool) {
      try Held(.daily, rounds: [.pick]) { $0.plan?.rounds.append(.pick) }
    }
    #expect(throws: ContestSetupRejection.self) { try Held(.quest, rounds: [.pick]) }
    #expect(throws: ContestSetupRejection.self) { try Held(.live, rounds: [.write]) }
    #expect(throws: ContestSetupRejection.badClock) {
      try Held(.daily, rounds: [.pick]) { $0.plan?.timing.pickMilliseconds = 0 }
    }
    #expect(throws: ContestSetupRejection.emptyWindow) {
      try Held(.live, rounds: [.pick], minutes: 0) { _ in }
    }
  }
}
