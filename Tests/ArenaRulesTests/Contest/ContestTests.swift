import ArenaTypes
import Testing

@testable import ArenaRules

func sampleContest(
  pool: Int = 12, seed: UInt64 = 3, minutes: Int64 = 60,
  change: (inout ContestSetup) -> Void = { _ in }
) throws -> Contest {
  var setup = ContestSetup(
    id: ContestID(rawValue: "race-1"), title: "The hour", opensAt: epoch,
    closesAt: epoch + minutes * 60_000, materials: (0..<pool).map(sampleMaterial), seed: seed)
  change(&setup)
  return try Contest(setup)
}

/// A contest whose players are driven by hand.
struct Race {
  var contest: Contest
  var now = epoch
  private var commandCount = 0

  init(_ contest: Contest) throws {
    self.contest = contest
    _ = try self.contest.apply(.tick, now: now)
  }

  mutating func fresh() -> CommandID {
    commandCount += 1
    return command("c\(commandCount)")
  }

  mutating func starts(_ player: PlayerID) throws -> [ContestEvent] {
    try contest.apply(
      .start(player: player, name: player.rawValue, commandID: fresh(), standing: nil),
      now: now)
  }

  /// Answers the open question, right or wrong.
  @discardableResult
  mutating func answers(_ player: PlayerID, right: Bool) throws -> [ContestEvent] {
    let asked = try #require((contest.rule as? RaceRule)?.runs[player]?.asked)
    let side: Side = right ? asked.right : (asked.right == .a ? .b : .a)
    return try contest.apply(
      .answer(player: player, question: asked.number, side: side, commandID: fresh()), now: now)
  }

  mutating func wait(_ seconds: Double) { now = now + Int64(seconds * 1_000) }

  @discardableResult
  mutating func tick() throws -> [ContestEvent] { try contest.apply(.tick, now: now) }
}

@Suite struct ContestTests {
  @Test("right answers are points, at the moment they came; the board follows")
  func points() throws {
    var race = try Race(sampleContest())
    _ = try race.starts(anna)
    race.wait(5)
    _ = try race.starts(bert)
    race.wait(2)
    try race.answers(bert, right: true)
    race.wait(1)
    let events = try race.answers(anna, right: true)
    #expect(
      events.contains(
        .boardChanged(
          entry: BoardEntry(
            player: anna, name: "p_anna", points: 1, finishedAt: .at(8), joinedAt: .at(0)))))
    #expect(race.contest.board.top(2).map(\.player) == [bert, anna], "Bert had the point earlier")
    try race.answers(anna, right: true)
    #expect(race.contest.board.rank(of: anna) == 1)
  }

  @Test("a wrong answer costs ten seconds of the player's own clock, the third ends the run")
  func wrong() throws {
    var race = try Race(sampleContest())
    _ = try race.starts(anna)
    race.wait(1)
    try race.answers(anna, right: false)
    #expect(race.contest.run(of: anna)?.endsAt == .at(290))
    try race.answers(anna, right: false)
    let events = try race.answers(anna, right: false)
    let run = try #require(race.contest.run(of: anna))
    #expect(run.end == .wrongAnswers && run.wrongCount == 3 && run.question == nil)
    #expect(events.last == .runEnded(player: anna, run: run))
    #expect(throws: ContestRejection.runOver) {
      try race.contest.apply(
        .answer(player: anna, question: 3, side: .a, commandID: race.fresh()), now: race.now)
    }
  }

  @Test("a wrong answer in the last ten seconds ends the run by time")
  func wrongAtTheEnd() throws {
    var race = try Race(sampleContest())
    _ = try race.starts(anna)
    for _ in 0..<9 {
      race.wait(30)
      try race.tick()
    }
    race.wait(21)
    try race.answers(anna, right: false)
    #expect(race.contest.run(of: anna)?.end == .time)
  }

  @Test("a question whose time runs out costs nothing but that time")
  func timeOut() throws {
    var race = try Race(sampleContest())
    _ = try race.starts(anna)
    #expect(race.contest.nextDeadline == .at(30))
    race.wait(30)
    #expect(throws: ContestRejection.questionOver) { try race.answers(anna, right: true) }
    let events = try race.tick()
    guard case .judged(anna, let verdict)? = events.first else {
      Issue.record("not judged: \(events)")
      return
    }
    #expect(verdict.choice == nil && !verdict.isRight && verdict.wrongCount == 0)
    #expect(verdict.next?.number == 1 && verdict.next?.deadline == .at(60))
    #expect(verdict.endsAt == .at(300))
  }

  @Test("a run ends after five minutes without anybody's doing")
  func runTime() throws {
    var race = try Race(sampleContest())
    _ = try race.starts(anna)
    while let deadline = race.contest.nextDeadline, deadline < .at(1_000) {
      race.now = deadline
      try race.tick()
    }
    #expect(race.now == .at(300))
    #expect(race.contest.run(of: anna)?.end == .time)
    #expect(race.contest.nextDeadline == race.contest.closesAt)
  }

  @Test("a repeated command has no second effect and gives the first verdict")
  func repeated() throws {
    var race = try Race(sampleContest())
    let start = ContestCommand.start(
      player: anna, name: "Anna", commandID: command("s"), standing: nil)
    #expect(try !race.contest.apply(start, now: race.now).isEmpty)
    #expect(try race.contest.apply(start, now: race.now).isEmpty)
    #expect(throws: ContestRejection.alreadyStarted) { try race.starts(anna) }
    let answer = ContestCommand.answer(
      player: anna, question: 0, side: .a, commandID: command("x"))
    _ = try race.contest.apply(answer, now: race.now)
    let verdict = try #require(race.contest.verdict(player: anna, commandID: command("x")))
    let before = race.contest
    race.wait(1)
    #expect(try race.contest.apply(answer, now: race.now) == [])
    #expect(race.contest == before)
    #expect(verdict.question == 0 && verdict.choice == .a)
  }

  @Test("the same questions for the same seed and player, others for others")
  func drawing() throws {
    func order(_ player: PlayerID, seed: UInt64) throws -> [UnitID] {
      var race = try Race(sampleContest(seed: seed))
      _ = try race.starts(player)
      return try (0..<12).map { _ in
        let unit = try #require(race.contest.run(of: player)?.question?.question.unit)
        try race.answers(player, right: true)
        return unit
      }
    }
    let first = try order(anna, seed: 3)
    #expect(try first == order(anna, seed: 3))
    #expect(try first != order(bert, seed: 3))
    #expect(try first != order(anna, seed: 4))
    #expect(Set(first).count == 12, "no repetition before the pool is exhausted")
  }

  @Test("a small pool is drawn anew, never the same unit twice in a row", arguments: 0..<30)
  func exhausted(seed: UInt64) throws {
    var race = try Race(sampleContest(pool: 3, seed: seed))
    _ = try race.starts(anna)
    var units: [UnitID] = []
    for _ in 0..<30 {
      units.append(try #require(race.contest.run(of: anna)?.question?.question.unit))
      try race.answers(anna, right: true)
    }
    #expect(zip(units, units.dropFirst()).allSatisfy { $0 != $1 })
    for pass in 0..<10 { #expect(Set(units[pass * 3..<pass * 3 + 3]).count == 3) }
  }

  @Test("a pause stops every clock, and the end of the contest with them")
  func pause() throws {
    var race = try Race(sampleContest())
    _ = try race.starts(anna)
    race.wait(10)
    let act = (moderator: "m", reason: "look into it")
    _ = try race.contest.apply(.pause(moderator: act.moderator, reason: act.reason), now: race.now)
    #expect(race.contest.nextDeadline == nil)
    #expect(throws: ContestRejection.paused) { try race.answers(anna, right: true) }
    #expect(throws: ContestRejection.paused) { try race.starts(bert) }
    race.wait(1_000)
    #expect(try race.tick() == [])
    // An outage within a pause takes nothing from anybody.
    #expect(try race.contest.apply(.outage(milliseconds: 500_000), now: race.now) == [])
    let events = try race.contest.apply(
      .resume(moderator: act.moderator, reason: act.reason), now: race.now)
    #expect(events.first == .clocksMoved(milliseconds: 1_000_000))
    #expect(race.contest.run(of: anna)?.question?.deadline == .at(1_030))
    #expect(race.contest.run(of: anna)?.endsAt == .at(1_300))
    #expect(race.contest.closesAt == .at(4_600))
    #expect(throws: ContestRejection.wrongState) {
      try race.contest.apply(.resume(moderator: "m", reason: "again"), now: race.now)
    }
    race.wait(19)
    try race.answers(anna, right: true)
  }

  @Test("an outage moves the clocks of an open contest")
  func outage() throws {
    var race = try Race(sampleContest())
    _ = try race.starts(anna)
    race.wait(100)
    let events = try race.contest.apply(.outage(milliseconds: 90_000), now: race.now)
    #expect(events == [.clocksMoved(milliseconds: 90_000)])
    #expect(race.contest.run(of: anna)?.question?.deadline == .at(120))
    #expect(race.contest.closesAt == .at(3_690))
    #expect(throws: ContestRejection.badDuration) {
      try race.contest.apply(.outage(milliseconds: -1), now: race.now)
    }
  }

  @Test("joining ends with the shortest possible try, runs end with the contest")
  func closing() throws {
    var race = try Race(sampleContest())
    race.now = .at(3_570)
    _ = try race.starts(anna)
    #expect(race.contest.run(of: anna)?.endsAt == .at(3_600), "cut at the end")
    race.wait(0.001)
    #expect(throws: ContestRejection.closed) { try race.starts(bert) }
    race.wait(9)
    try race.answers(anna, right: true)
    race.now = .at(3_600)
    #expect(throws: ContestRejection.runOver) { try race.answers(anna, right: true) }
    let events = try race.tick()
    let states = events.compactMap { event -> Contest.State? in
      if case .stateChanged(let state, _) = event { state } else { nil }
    }
    #expect(states == [.closing, .final])
    #expect(race.contest.run(of: anna)?.end == .closed)
    #expect(events.last == race.contest.result.map { .final(result: $0) })
    #expect(race.contest.result?.playerCount == 1)
    #expect(race.contest.nextDeadline == nil)
    #expect(try race.tick() == [])
    #expect(throws: ContestRejection.closed) { try race.starts(bert) }
  }

  @Test("before it opens nobody starts, and a server that slept through it closes it at once")
  func scheduled() throws {
    var contest = try sampleContest()
    #expect(contest.state == .scheduled && contest.nextDeadline == epoch)
    #expect(throws: ContestRejection.notOpenYet(opensAt: epoch)) {
      try contest.apply(
        .start(player: anna, name: "Anna", commandID: command("s"), standing: nil),
        now: epoch - 1)
    }
    #expect(try contest.apply(.tick, now: epoch - 1) == [])
    _ = try contest.apply(.tick, now: .at(9_999))
    #expect(contest.state == .final)
  }

  @Test("a moderator ends it, takes runs off, and changes even a final board, which then says so")
  func moderation() throws {
    var race = try Race(sampleContest())
    _ = try race.starts(anna)
    _ = try race.starts(bert)
    try race.answers(bert, right: true)
    let removed = try race.contest.apply(
      .remove(player: bert, moderator: "m", reason: "two accounts"), now: race.now)
    #expect(removed.contains(.entryRemoved(player: bert)))
    #expect(race.contest.run(of: bert)?.end == .removed)
    #expect(race.contest.board.top(9).map(\.player) == [anna])
    #expect(throws: ContestRejection.runOver) {
      try race.contest.apply(
        .answer(player: bert, question: 1, side: .a, commandID: race.fresh()), now: race.now)
    }
    _ = try race.contest.apply(.end(moderator: "m", reason: "broken unit"), now: race.now)
    #expect(race.contest.state == .final)
    #expect(race.contest.result?.endedBecause == "broken unit")
    #expect(race.contest.result?.isAmended == false)
    _ = try race.contest.apply(
      .remove(player: anna, moderator: "m", reason: "found later"), now: race.now)
    #expect(race.contest.result?.isAmended == true && race.contest.board.count == 0)
    #expect(throws: ContestRejection.wrongState) {
      try race.contest.apply(.end(moderator: "m", reason: "again"), now: race.now)
    }
  }

  @Test("no more players than fit")
  func full() throws {
    var race = try Race(sampleContest { $0.playerCountMax = 1 })
    _ = try race.starts(anna)
    #expect(throws: ContestRejection.full) { try race.starts(bert) }
  }

  @Test("setups that no contest can be made of are refused")
  func setups() {
    #expect(throws: ContestSetupRejection.emptyPool) { try sampleContest(pool: 0) }
    #expect(throws: ContestSetupRejection.emptyWindow) { try sampleContest(minutes: 0) }
    #expect(throws: ContestSetupRejection.badClock) {
      try sampleContest { $0.questionMilliseconds = 0 }
    }
  }
}
