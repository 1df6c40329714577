import ArenaProtocol
import ArenaRules
import ArenaServer
import ArenaStorage
import ArenaTestSupport
import ArenaTypes
import Interpretation
import Testing

/// Contests on a clock that is turned by hand: 2026-11-24 23:10 UTC at the start.
@Suite("Contests open, close and survive by the clock")
struct ContestScheduleServerTests {
  private func daily(_ rounds: [ArenaRules.RoundKind]) -> ContestOffer {
    ContestOffer(
      schedule: ContestOffer.dailyFive.schedule, kind: .daily, title: "Day", rounds: rounds)
  }

  private let today = ContestID(rawValue: "daily-20261124T0000Z")
  private let tomorrow = ContestID(rawValue: "daily-20261125T0000Z")

  private func side(_ round: JSONValue) throws -> Wire.Side {
    try round.text("options", "a").hasPrefix("words about") ? .a : .b
  }

  @Test("The next daily is announced ten minutes ahead and opens at midnight, as the last one ends")
  func midnight() async throws {
    let server = try await SimulatedServer { $0.contests = [daily([.pick, .pick])] }
    let ada = try server.join("Ada")
    #expect(try ada.ask(.contestList).at("contests").array?.count == 1)
    let run = try ada.ask(.contestStart(.init(contest: today))).at("run")
    #expect(try run.text("round", "kind") == "pick")
    server.advance(by: .seconds(2_399))
    #expect(try ada.refusal(.contestStart(.init(contest: tomorrow))) == .notFound)
    server.advance(by: .seconds(2))
    let contests = try ada.ask(.contestList).at("contests")
    #expect(try contests.text("1", "state") == "scheduled")
    try ada.follow(.board(tomorrow))
    let early = ClientCommand.contestStart(.init(contest: tomorrow))
    #expect(try ada.refusal(early) == .contestNotOpen)
    server.advance(by: .seconds(600))
    _ = try ada.next("open") { $0.data["contest"]?["state"]?.string == "open" }
    try ada.ask(early)
    let final = try ada.ask(.contestFinal(.init(contest: today, from: 1)))
    #expect(try final.at("entries") == .array([]), "a newcomer plays beside")
    #expect(try final.text("seal", "rules").contains("date=2026-11-24"))
  }

  @Test("Who is a day old and has played ten rounds stands on the board of the daily")
  func established() async throws {
    let server = try await SimulatedServer {
      $0.contests = [daily(Array(repeating: .pick, count: 10))]
    }
    let ada = try server.join("Ada")
    try play(ada, today, rounds: 10, server)
    server.advance(by: .seconds(86_400 + 3_600))
    #expect(try ada.ask(.contestList).text("contests", "0", "date") == "2026-11-26")
    let second = ContestID(rawValue: "daily-20261126T0000Z")
    let run = try ada.ask(.contestStart(.init(contest: second))).at("run")
    #expect(try run.at("ranked") == .bool(true))
    try ada.follow(.board(second))
    #expect(try ada.event("board.snapshot").data.count("count") == 1)
  }

  private func play(
    _ client: PlayerClient, _ contest: ContestID, rounds: Int, _ server: SimulatedServer
  ) throws {
    var run = try client.ask(.contestStart(.init(contest: contest))).at("run")
    for number in 1...rounds {
      let answer = Wire.Answer.pick(try side(try run.at("round")))
      try client.ask(.contestSubmit(.init(contest: contest, round: number, answer: answer)))
      guard number < rounds else { break }
      run = try client.ask(.contestNext(.init(contest: contest, round: number))).at("run")
    }
  }

  @Test("A server that dies takes a daily up in the same question, its clock moved by the outage")
  func restartOpen() async throws {
    let store = InMemoryStore()
    let first = try await SimulatedServer(store: store) {
      $0.contests = [daily([.pick, .pick])]
    }
    let ada = try first.join("Ada")
    try play(ada, today, rounds: 1, first)
    let before = try ada.ask(.contestNext(.init(contest: today, round: 1))).at("run")
    first.advance(by: .seconds(10))

    let second = try await SimulatedServer(store: store) {
      $0.contests = [daily([.pick, .pick])]
    }
    second.advance(by: .seconds(5))
    let back = try second.join(as: ada, prefix: "d")
    let run = try back.event("me.snapshot").data.at("runs", "0")
    #expect(try run.at("round", "unit") == before.at("round", "unit"))
    #expect(try run.count("points") == before.count("points"))
    let answer = Wire.Answer.pick(try side(try run.at("round")))
    let over = try back.ask(.contestSubmit(.init(contest: today, round: 2, answer: answer)))
    #expect(try over.text("run", "endReason") == "finished")
    #expect(try over.at("run", "share") != .null)
  }

  @Test("A quest that dies while it is being settled is settled after the restart, once")
  func restartClosing() async throws {
    let store = InMemoryStore()
    let contest = ContestID(rawValue: "quest-20261123T0000Z")
    let first = try await SimulatedServer(
      store: store, scorer: ScriptedScorer(scores: ["words": 60]),
      settler: ScriptedScorer(failure: nil)
    ) { $0.contests = [.weeklyQuest] }
    let ada = try first.join("Ada")
    try ada.ask(.contestStart(.init(contest: contest)))
    try ada.ask(.contestSubmit(.init(contest: contest, round: 1, answer: .write("words"))))
    _ = try ada.event("contest.run") { $0["run"]?["points"]?.integer == 60 }
    // The journal of a contest that has closed and not been settled, as a crash leaves it.
    let key = RoomKey.contest(contest)
    let entries = try await store.read { reader throws(StorageError) in
      try reader.journal(of: key, from: 0)
    }
    let tick = #"{"end":{"moderator":"m","reason":"a test"}}"#
    try await store.commit([
      .appendJournal(
        JournalEntry(
          room: key, sequence: entries.count, at: first.clock.now, payload: Array(tick.utf8)))
    ])
    let second = try await SimulatedServer(
      store: store, settler: ScriptedScorer(scores: ["words": 44])
    ) {
      $0.contests = [.weeklyQuest]
      $0.commandBurst = 10_000
    }
    let back = try second.join(as: ada, prefix: "d")
    var page = try? back.ask(.contestFinal(.init(contest: contest, from: 1)))
    for _ in 0..<2_000 where page == nil {
      page = try? back.ask(.contestFinal(.init(contest: contest, from: 1)))
    }
    #expect(try page?.count("entries", "0", "points") == 44)
    let third = try await SimulatedServer(store: store) { $0.contests = [.weeklyQuest] }
    let again = try third.join(as: ada, prefix: "e")
    #expect(try again.ask(.contestFinal(.init(contest: contest, from: 1))) == page)
  }

  @Test("A paused and a scheduled contest come back as such; a final one stays final")
  func restartOthers() async throws {
    let store = InMemoryStore()
    let offers = [ContestOffer.hourlyRace, daily([.pick])]
    let first = try await SimulatedServer(store: store) { $0.contests = offers }
    first.advance(by: .seconds(2_401))
    let key = RoomKey.contest(today)
    let pause = #"{"pause":{"moderator":"m","reason":"a test"}}"#
    let count = try await store.read { reader throws(StorageError) in
      try reader.journal(of: key, from: 0).count
    }
    try await store.commit([
      .appendJournal(
        JournalEntry(
          room: key, sequence: count, at: first.clock.now, payload: Array(pause.utf8)))
    ])
    let second = try await SimulatedServer(store: store) { $0.contests = offers }
    let ada = try second.join()
    let contests = try ada.ask(.contestList).at("contests").array ?? []
    let states = Dictionary(
      uniqueKeysWithValues: try contests.map { (try $0.text("id"), try $0.text("state")) })
    #expect(states[today.rawValue] == "paused")
    #expect(states[tomorrow.rawValue] == "scheduled")
    #expect(states["race-20261124T2300Z"] == "open")
    #expect(try ada.refusal(.contestStart(.init(contest: today))) == .contestPaused)
  }

  @Test("A live contest keeps its timetable, and tells no answer and no truth before the reveal")
  func live() async throws {
    let offer = ContestOffer(
      schedule: ContestSchedule(prefix: "quiz", repeats: .hourly(minute: 30)), kind: .live,
      title: "Quiz", rounds: [.pick, .pick])
    let server = try await SimulatedServer { $0.contests = [offer] }
    let contest = ContestID(rawValue: "quiz-20261124T2330Z")
    server.advance(by: .seconds(1_200))
    let (ada, eve) = (try server.join("Ada"), try server.join("Eve"))
    try ada.ask(.contestStart(.init(contest: contest)))
    try eve.follow(.board(contest))
    #expect(try eve.event("board.snapshot").data.text("stage", "phase") == "gathering")
    for number in 1...2 {
      server.advance(by: .seconds(number == 1 ? 20 : 8))
      let stage = try eve.next("question \(number)") {
        $0.data["stage"]?["phase"]?.string == "question"
      }.data.at("stage")
      #expect(try stage.count("round", "number") == number && stage.at("reveal") == .null)
      let right = try side(try stage.at("round"))
      let answer = ClientCommand.contestSubmit(
        .init(contest: contest, round: number, answer: .pick(right)))
      #expect(try eve.refusal(answer) == .notStarted)
      eve.forgetUnread()
      #expect(try ada.ask(answer).text("run", "given", "side") == right.rawValue)
      #expect(try ada.refusal(answer) == .alreadyAnswered)
      server.advance(by: .seconds(29))
      try eve.ask(.contestList)
      #expect(!eve.hasUnread("board.delta"), "an answer changes nothing that others see")
      server.advance(by: .seconds(1))
      let reveal = try eve.next("reveal \(number)") {
        $0.data["stage"]?["phase"]?.string == "reveal"
      }.data
      #expect(try reveal.text("stage", "reveal", "right") == right.rawValue)
      #expect(try reveal.at("stage", "reveal", "answers") == .array([.null, .null]))
      _ = try ada.event("contest.run") {
        $0["run"]?["points"]?.integer == Int64(150 * number)
      }
    }
    server.advance(by: .seconds(8))
    _ = try eve.next("the end") { $0.data["contest"]?["state"]?.string == "final" }
    #expect(try eve.ask(.contestFinal(.init(contest: contest, from: 1))).count("count") == 1)
  }

  @Test("A contest that no unit suits is left out, and the others are held")
  func unsuited() async throws {
    let nothing = ContestOffer(
      schedule: ContestSchedule(prefix: "none", repeats: .hourly(minute: 0)), kind: .live,
      title: "Nothing", rounds: [])
    let server = try await SimulatedServer { $0.contests = [nothing, .hourlyRace] }
    let ada = try server.join()
    #expect(try ada.ask(.contestList).at("contests").array?.count == 1)
  }

  @Test("An engine that fails loses a text, which is said, and the try is not used up")
  func failingEngine() async throws {
    let server = try await SimulatedServer(
      scorer: ScriptedScorer(failure: .engine("it is broken"))
    ) { $0.contests = [.weeklyQuest] }
    let ada = try server.join("Ada")
    let contest = ContestID(rawValue: "quest-20261123T0000Z")
    try ada.ask(.contestStart(.init(contest: contest)))
    try ada.ask(.contestSubmit(.init(contest: contest, round: 2, answer: .write("words"))))
    let run = try ada.event("contest.run") {
      $0["run"]?["rounds"]?[1]?["tries"]?[0]?["state"]?.string == "lost"
    }.data.at("run")
    #expect(try run.count("rounds", "1", "triesLeft") == 3)
    #expect(try run.at("rounds", "1", "points") == .null)
  }

  @Test("A disk that fails in the middle of a daily loses nothing that was acknowledged")
  func failingDisk() async throws {
    let disk = FailingStore(wrapping: InMemoryStore())
    let server = try await SimulatedServer(store: disk) {
      $0.contests = [daily([.pick, .pick])]
    }
    let ada = try server.join("Ada")
    let run = try ada.ask(.contestStart(.init(contest: today))).at("run")
    let answer = ClientCommand.contestSubmit(
      .init(contest: today, round: 1, answer: .pick(try side(try run.at("round")))))
    disk.failCommits(with: .inputOutput(doing: "writing", reason: "a test"))
    #expect(try ada.refusal(answer, id: "once") == .unavailable)
    disk.heal()
    server.advance(by: .seconds(3))
    let done = try ada.ask(answer, id: "once").at("run")
    #expect(try done.count("points") > 100)
    #expect(try ada.ask(answer, id: "once").at("run") == done)
  }
}
