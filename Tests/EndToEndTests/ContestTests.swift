import ArenaCrypto
import ArenaProtocol
import ArenaStorage
import ArenaTestSupport
import ArenaTypes
import FoundationEssentials
import Testing

/// Nobody may start a race in its last half minute, and these tests play in the hour's real race.
private func hasTimeForARace() -> Bool {
  3_600 - Date().timeIntervalSince1970.truncatingRemainder(dividingBy: 3_600) > 75
}

@Suite("Contests and moderators over real sockets", .enabled(if: hasTimeForARace()))
struct ContestTests {

  /// Answers the open question of a run and returns the answer.
  private func answer(
    _ client: PlayerClient, _ contest: ContestID, _ run: JSONValue, right: Bool, id: String? = nil
  ) throws -> JSONValue {
    let question = try run.at("question")
    let side = try DuelTests.right(question)
    let command = ClientCommand.ContestAnswer(
      contest: contest, question: try question.count("number"),
      side: (side == .a) == right ? .a : .b)
    return try client.ask(.contestAnswer(command), id: id)
  }

  @Test("The hour's race is open at start; a run goes on until the third wrong answer")
  func run() async throws {
    try await TestServer.with { server in
      let ada = try server.join("Ada")
      let contest = try ada.openContest()
      let early = ClientCommand.ContestAnswer(contest: contest, question: 1, side: .a)
      #expect(try ada.refusal(.contestAnswer(early)) == .notStarted)
      var run = try ada.ask(.contestStart(.init(contest: contest)), id: "go").at("run")
      #expect(try run.count("question", "number") == 1)
      // Starting again is returning.
      let again = try ada.ask(.contestStart(.init(contest: contest))).at("run")
      #expect(try again.at("question") == run.at("question"))

      let unit = UnitID(rawValue: try run.text("question", "unit", "id"))
      // Also while a duel asks about another one.
      let duel = DuelID(rawValue: try ada.ask(.queueAcceptBot(.init(format: .pick))).text("duel"))
      #expect(try ada.refusal(.unitGet(.init(unit: unit))) == .sealed)
      try ada.ask(.duelResign(.init(duel: duel)))
      let first = try answer(ada, contest, run, right: true, id: "once")
      #expect(try first.at("right") == .bool(true))
      let text = try #require(ada.received.last { $0.contains("\"re\":\"once\"") })
      let repeated = ClientCommand.ContestAnswer(contest: contest, question: 1, side: .a)
      try ada.ask(.contestAnswer(repeated), id: "once")
      #expect(ada.received.last { $0.contains("\"re\":\"once\"") } == text)
      run = try first.at("run")
      #expect(try run.count("points") == 1)
      #expect(try run.count("question", "number") == 2)
      let ahead = ClientCommand.ContestAnswer(contest: contest, question: 9, side: .a)
      #expect(try ada.refusal(.contestAnswer(ahead)) == .wrongQuestion)

      // Another connection finds the run.
      let tab = try server.connect(prefix: "d")
      #expect(try tab.sayHello(as: ada).text("activeRun") == contest.rawValue)
      try tab.follow(.me)
      let snapshot = try tab.event("me.snapshot").data
      #expect(try snapshot.count("run", "points") == 1)

      for wrong in 1...3 {
        run = try answer(ada, contest, run, right: false).at("run")
        #expect(try run.count("wrong") == wrong)
      }
      #expect(try run.text("endReason") == "wrongAnswers")
      #expect(try run.at("question") == .null)
      let over = try tab.event("contest.run") { $0["run"]?["over"] == .bool(true) }
      #expect(try over.data.count("run", "points") == 1)
      _ = try tab.event("contest.judged") { $0["question"]?.integer == 4 }
      let late = ClientCommand.ContestAnswer(contest: contest, question: 5, side: .a)
      #expect(try ada.refusal(.contestAnswer(late)) == .runOver)
      #expect(try ada.refusal(.contestStart(.init(contest: contest))) == .alreadyRun)
      try ada.ask(.unitGet(.init(unit: unit)))
    }
  }

  @Test("Snapshot and deltas, applied by a watcher, are the board that a newcomer is sent")
  func board() async throws {
    try await TestServer.with { server in
      let watcher = try server.join("Eve")
      let contest = try watcher.openContest()
      try watcher.follow(.board(contest))
      var model = BoardModel()
      let players = try ["Ada", "Bob", "Cid", "Dee"].map { try server.join($0) }
      for player in players { try player.follow(.board(contest)) }
      for (index, player) in players.enumerated() {
        var run = try player.ask(.contestStart(.init(contest: contest))).at("run")
        for _ in 0...index { run = try answer(player, contest, run, right: true).at("run") }
      }
      while model.entries.first?["points"]?.integer != 4 || model.count != 4 {
        let frame = try watcher.next("board") {
          $0.type.hasPrefix("board.s") || $0.type == "board.delta"
        }
        #expect(try model.take(frame), "no version is missing")
      }
      let newcomer = try server.join()
      try newcomer.follow(.board(contest))
      let snapshot = try newcomer.event("board.snapshot").data
      #expect(try snapshot.at("entries").array == model.entries)
      #expect(try snapshot.count("version") == model.version)
      #expect(try model.entries.map { try $0.text("name") } == ["Dee", "Cid", "Bob", "Ada"])
      #expect(model.deltaCount > 0)

      let place = try players[1].event("board.you") {
        $0["rank"]?.integer == 3 && $0["of"]?.integer == 4
      }
      #expect(try place.data.count("firstRank") == 1)
      #expect(try place.data.at("neighbours").array?.count == 4)
    }
  }

  /// A server that knows the moderator's token `let me in`.
  private func withModerator(
    _ work: (TestServer, PlayerClient) async throws -> Void
  ) async throws {
    try await TestServer.with { server in
      let now = Timestamp(millisecondsSinceEpoch: 1_700_000_000_000)
      func record(_ token: String, expires: Timestamp?) throws -> StoreWrite {
        .putModeratorToken(
          ModeratorTokenRecord(
            id: token, hash: try SHA256.hash(Array(token.utf8)), label: "Mo",
            role: .moderator, createdAt: now, expiresAt: expires))
      }
      try await server.store.commit([
        record("let me in", expires: nil), record("too old", expires: now + .seconds(1)),
      ])
      let moderator = try server.join("Mo")
      #expect(try moderator.refusal(.moderateLogin(.init(token: "guess"))) == .unauthorised)
      #expect(try moderator.refusal(.moderateLogin(.init(token: "too old"))) == .unauthorised)
      let answer = try moderator.ask(.moderateLogin(.init(token: "let me in")))
      #expect(try answer.text("role") == "moderator")
      #expect(try answer.text("label") == "Mo")
      try await work(server, moderator)
    }
  }

  @Test("Without a token nobody moderates")
  func forbidden() async throws {
    try await TestServer.with { server in
      let ada = try server.join()
      let contest = try ada.openContest()
      #expect(
        try ada.refusal(.moderateEndContest(.init(contest: contest, reason: "x"))) == .forbidden)
      #expect(
        try ada.refusal(.moderateKick(.init(player: ada.player, reason: "x", seconds: 0)))
          == .forbidden)
      #expect(try ada.refusal(.moderateAudit(.init(limit: 10))) == .forbidden)
      #expect(try ada.refusal(.subscribe(.init(topic: .moderation))) == .forbidden)
    }
  }

  @Test("A moderator pauses, resumes and ends a contest, and takes a run off its board")
  func moderatedContest() async throws {
    try await withModerator { server, moderator in
      let (ada, bob) = (try server.join("Ada"), try server.join("Bob"))
      let contest = try ada.openContest()
      try ada.follow(.board(contest))
      var run = try ada.ask(.contestStart(.init(contest: contest))).at("run")
      try bob.ask(.contestStart(.init(contest: contest)))
      let noReason = ClientCommand.moderatePauseContest(.init(contest: contest, reason: " "))
      #expect(try moderator.refusal(noReason) == .reasonMissing)
      try moderator.ask(.moderatePauseContest(.init(contest: contest, reason: "a check")))
      _ = try ada.next("pause") { $0.data["contest"]?["state"]?.string == "paused" }
      let question = ClientCommand.ContestAnswer(contest: contest, question: 1, side: .a)
      #expect(try ada.refusal(.contestAnswer(question)) == .contestPaused)
      #expect(
        try moderator.refusal(
          .moderatePauseContest(.init(contest: contest, reason: "again"))) == .wrongState)
      try moderator.ask(.moderateResumeContest(.init(contest: contest, reason: "done")))
      _ = try ada.next("resume") {
        $0.type.hasPrefix("board.") && $0.data["contest"]?["state"]?.string == "open"
      }
      run = try answer(ada, contest, run, right: true).at("run")
      try moderator.ask(
        .moderateRemoveFromContest(
          .init(contest: contest, player: bob.player, reason: "a bot of his own")))
      let removed = try bob.event("contest.run") { $0["run"]?["over"] == .bool(true) }
      #expect(try removed.data.text("run", "endReason") == "removed")
      try moderator.ask(.moderateEndContest(.init(contest: contest, reason: "enough")))
      let final = try ada.next("the end") { $0.data["contest"]?["state"]?.string == "final" }
      #expect(try final.data.text("contest", "endedBecause") == "enough")
      let board = try await server.store.read { reader throws(StorageError) in
        try reader.finalBoard(of: contest)
      }
      #expect(board?.entries.map(\.name) == ["Ada"])
      #expect(board?.entries.map(\.points) == [1])

      // Even off a final board, which then says so.
      try moderator.ask(
        .moderateRemoveFromContest(
          .init(contest: contest, player: ada.player, reason: "she too")))
      _ = try ada.event("board.delta") {
        $0["contest"]?["amended"] == .bool(true) && $0["count"]?.integer == 0
      }
      let rest = try await server.store.read { reader throws(StorageError) in
        try reader.finalBoard(of: contest)
      }
      #expect(rest?.amendedBecause == "she too")
      #expect(rest?.entries.isEmpty == true)
    }
  }

  @Test("A moderator sees all live sessions, ends a duel, and finds every act in the log")
  func moderatedDuel() async throws {
    try await withModerator { server, moderator in
      try moderator.follow(.moderation)
      let (ada, bob) = (try server.join("Ada"), try server.join("Bob"))
      let duel = try ada.meet(bob, in: .pick)
      let live = try moderator.event("moderation.snapshot") { data in
        let moderation = data["moderation"]
        return moderation?["duels"]?[0]?["id"]?.string == duel.rawValue
          && (moderation?["players"]?.array ?? []).contains {
            $0["duel"]?.string == duel.rawValue
          }
      }
      #expect(try live.data.count("moderation", "connections") == 3)
      try moderator.ask(.moderateEndDuel(.init(duel: duel, reason: "two of one household")))
      let result = try ada.event("duel.finished").data.at("result")
      #expect(try result.text("outcome") == "void")
      #expect(try result.text("note") == "two of one household")
      let none = DuelID(rawValue: "d_none")
      #expect(
        try moderator.refusal(.moderateEndDuel(.init(duel: none, reason: "x"))) == .notFound)
      _ = try moderator.event("moderation.snapshot") { data in
        data["moderation"]?["duels"]?.array?.isEmpty == true
      }
      let log = try moderator.ask(.moderateAudit(.init(limit: 10))).at("entries")
      // What was refused is no act.
      #expect(log.array?.count == 1)
      #expect(try log.text("0", "reason") == "two of one household")
      #expect(try log.text("0", "moderator") == "Mo")
      let older = try moderator.ask(
        .moderateAudit(.init(before: try log.count("0", "number"), limit: 10)))
      #expect(try older.at("entries") == .array([]))
    }
  }

  @Test("A kicked player is told why, closed with 4500 and may come back; a banned one may not")
  func kick() async throws {
    try await withModerator { server, moderator in
      let ada = try server.join("Ada")
      try moderator.ask(
        .moderateKick(.init(player: ada.player, reason: "cool down", seconds: 0)))
      #expect(try ada.event("kicked").data.text("reason") == "cool down")
      #expect(try ada.closeCode() == CloseReason.kicked.rawValue)
      let back = try server.join(as: ada)
      try back.ask(.queueJoin(.init(format: .pick)))
      try moderator.ask(.moderateKick(.init(player: ada.player, reason: "out", seconds: 60)))
      #expect(try back.event("kicked").data.at("until") != .null)
      #expect(try back.closeCode() == CloseReason.banned.rawValue)
      let third = try server.connect()
      let hello = ClientCommand.Hello(
        protocolName: "neuronarena.v1", client: "tests/1",
        player: .init(id: ada.player, secret: ada.secret))
      #expect(try third.refusal(.hello(hello)) == .banned)
      #expect(try third.closeCode() == CloseReason.banned.rawValue)
      try moderator.follow(.lobby)
      _ = try moderator.event("lobby.snapshot") {
        $0["lobby"]?["waiting"]?["pick"]?.integer == 0 && $0["lobby"]?["online"]?.integer == 1
      }
    }
  }

  @Test("The lobby shows who is here, what is played and what is open, but no private duel")
  func lobby() async throws {
    try await TestServer.with { server in
      let eve = try server.join("Eve")
      try eve.follow(.lobby)
      let (ada, bob) = (try server.join("Ada"), try server.join("Bob"))
      let invite = try ada.ask(.duelInvite(.init(format: .pick))).text("invite", "code")
      let hidden = try bob.ask(.duelJoin(.init(code: invite))).text("duel")
      let (cid, dee) = (try server.join("Cid"), try server.join("Dee"))
      let duel = try cid.meet(dee, in: .fire)
      let shown = try eve.event("lobby.snapshot") { data in
        data["lobby"]?["duels"]?[0]?["id"]?.string == duel.rawValue
          && data["lobby"]?["online"]?.integer == 5 && data["lobby"]?["playing"]?.integer == 2
      }
      #expect(try shown.data.at("lobby", "duels").array?.count == 1)
      #expect(try shown.data.text("lobby", "contests", "0", "state") == "open")
      #expect(eve.received.allSatisfy { !$0.contains(hidden) })
      try eve.follow(.duel(duel))
      let counted = try cid.event("duel.spectators").data
      #expect(try counted.count("count") == 1)
      // A player's second tab is no spectator.
      let tab = try server.join(as: cid, prefix: "d")
      try tab.follow(.duel(duel))
      let snapshot = try tab.event("duel.snapshot").data
      #expect(try snapshot.count("duel", "spectators") == 1)
    }
  }
}
