import ArenaCrypto
import ArenaProtocol
import ArenaRules
import ArenaServer
import ArenaStorage
import ArenaTestSupport
import ArenaTypes
import Interpretation
import Testing

@Suite("Dailies, quests and live contests over real sockets")
struct ContestKindTests {
  /// The one contest that there is.
  private func contest(_ client: PlayerClient, kind: String) throws -> ContestID {
    var contests = try client.ask(.contestList).at("contests")
    for _ in 0..<2_000 where contests.array?.isEmpty == true {
      contests = try client.ask(.contestList).at("contests")
    }
    #expect(try contests.text("0", "kind") == kind)
    return ContestID(rawValue: try contests.text("0", "id"))
  }

  private func moderator(_ server: TestServer) async throws -> PlayerClient {
    let now = Timestamp(millisecondsSinceEpoch: 1_700_000_000_000)
    try await server.store.commit([
      .putModeratorToken(
        ModeratorTokenRecord(
          id: "m", hash: try SHA256.hash(Array("let me in".utf8)), label: "Mo",
          role: .moderator, createdAt: now, expiresAt: nil))
    ])
    let moderator = try server.join("Mo")
    try moderator.ask(.moderateLogin(.init(token: "let me in")))
    return moderator
  }

  /// Answers the open round as well as a program can, and returns the run with that round settled.
  private func play(
    _ client: PlayerClient, _ contest: ContestID, _ run: JSONValue
  ) throws -> JSONValue {
    let round = try run.at("round")
    let number = try round.count("number")
    func submit(_ answer: Wire.Answer) throws -> JSONValue {
      try client.ask(.contestSubmit(.init(contest: contest, round: number, answer: answer)))
        .at("run")
    }
    var now: JSONValue
    switch try round.text("kind") {
    case "pick": now = try submit(.pick(try DuelTests.right(round)))
    case "oddOneOut": now = try submit(.oddOneOut(1))
    case "predict": now = try submit(.predict([0, 5]))
    case "write": now = try submit(.write("kinds of weather"))
    default:
      now = try submit(.fire("quick brown foxes"))
      now = try submit(.done)
    }
    let isSettled = { (run: JSONValue?) in
      run?["rounds"]?[number - 1]?["state"]?.string == "done"
    }
    if isSettled(now) { return now }
    now = try client.event("contest.run") { isSettled($0["run"]) }.data.at("run")
    return now
  }

  @Test("All play the same five rounds of the day, one try each, and may share without spoiling")
  func daily() async throws {
    try await TestServer.with {
      try await TestServer { $0.contests = [.dailyFive] }
    } _: { server in
      var units: [[String]] = []
      var kinds: Set<String> = []
      for name in ["Ada", "Bob"] {
        let player = try server.join(name)
        let contest = try contest(player, kind: "daily")
        try player.follow(.board(contest))
        var run = try player.ask(.contestStart(.init(contest: contest)), id: "go").at("run")
        #expect(try run.at("ranked") == .bool(false), "a newcomer plays beside the board")
        #expect(try run.at("reveal") == .null)
        for number in 1...5 {
          #expect(try run.count("round", "number") == number)
          kinds.insert(try run.text("round", "kind"))
          let unit = UnitID(rawValue: try run.text("round", "unit", "id"))
          #expect(try player.refusal(.unitGet(.init(unit: unit))) == .sealed)
          let other = ClientCommand.ContestSubmit(
            contest: contest, round: number % 5 + 1, answer: .pick(.a))
          #expect(
            try player.refusal(.contestSubmit(other)) == (number < 5 ? .wrongQuestion : .roundOver))
          let early = ClientCommand.contestNext(.init(contest: contest, round: number))
          #expect(try player.refusal(early) == .nothingRevealed)
          run = try play(player, contest, run)
          #expect(try run.at("reveal", "number").integer == Int64(number))
          try player.ask(.unitGet(.init(unit: unit)))
          if number < 5 {
            run = try player.ask(early).at("run")
            #expect(try run.at("reveal") == .null)
          }
        }
        #expect(try run.at("over") == .bool(true))
        let share = try run.text("share").split(separator: "\n")
        #expect(share.count == 2 && share[1].count == 5)
        #expect(share[0].hasPrefix("NeuronArena daily 20"))
        units.append(try run.at("rounds").array.map { try $0.map { try $0.text("unit") } } ?? [])
        // Whoever comes back finds what became of it, and no second try.
        let tab = try server.join(as: player, prefix: "d")
        let again = try tab.ask(.contestStart(.init(contest: contest))).at("run")
        #expect(try again.at("share") == run.at("share"))
        let late = ClientCommand.ContestSubmit(contest: contest, round: 5, answer: .done)
        #expect(try tab.refusal(.contestSubmit(late)) == .runOver)
        let old = ClientCommand.ContestAnswer(contest: contest, question: 5, side: .a)
        #expect(try tab.refusal(.contestAnswer(old)) == .wrongKindOfAnswer)
      }
      #expect(units[0] == units[1] && Set(units[0]).count == 5)
      #expect(kinds == ["pick", "oddOneOut", "predict", "write", "fire"])
      let eve = try server.join()
      let summary = try eve.ask(.contestList).at("contests", "0")
      #expect(try summary.count("beside") == 2 && summary.count("players") == 2)
      #expect(try summary.at("establishedOnly") == .bool(true))
      #expect(try summary.text("zone") == "UTC")
    }
  }

  @Test("A quest's best texts are settled on the second half, and anybody can recompute the seal")
  func quest() async throws {
    let scores = ["good": 80.0, "better": 90, "poor": 10]
    try await TestServer.with {
      try await TestServer(
        scorer: ScriptedScorer(scores: scores),
        settler: ScriptedScorer(scores: ["good": 70, "better": 33, "poor": 5])
      ) { $0.contests = [.weeklyQuest] }
    } _: { server in
      let (ada, bob) = (try server.join("Ada"), try server.join("Bob"))
      let contest = try contest(ada, kind: "quest")
      try ada.follow(.board(contest))
      let start = try ada.ask(.contestStart(.init(contest: contest)))
      let rounds = try start.at("rounds").array ?? []
      #expect(rounds.count == 5)
      try bob.ask(.contestStart(.init(contest: contest)))
      for number in [3, 1] {
        let unit = UnitID(rawValue: try rounds[number - 1].text("unit", "id"))
        #expect(try ada.refusal(.unitGet(.init(unit: unit))) == .sealed)
        for (index, text) in ["poor", "better", "good"].enumerated() {
          try write(ada, contest, number, text, expecting: index)
        }
        let fourth = ClientCommand.ContestSubmit(
          contest: contest, round: number, answer: .write("once more"))
        #expect(try ada.refusal(.contestSubmit(fourth)) == .tooManyTries)
      }
      try write(bob, contest, 1, "good", expecting: 0)
      try write(bob, contest, 2, "good", expecting: 0)
      let none = ClientCommand.ContestSubmit(contest: contest, round: 6, answer: .write("x"))
      #expect(try bob.refusal(.contestSubmit(none)) == .wrongQuestion)
      _ = try ada.next("the board") {
        $0.data["operations"] != nil && $0.data["count"]?.integer == 2
      }
      let early = ClientCommand.contestFinal(.init(contest: contest, from: 1))
      #expect(try ada.refusal(early) == .wrongState)

      let mo = try await moderator(server)
      try mo.ask(.moderateEndContest(.init(contest: contest, reason: "a short week")))
      let final = try ada.next("the end") { $0.data["contest"]?["state"]?.string == "final" }
      #expect(try final.data.count("contest", "seal", "unsettled") == 0)
      let page = try expectSeal(of: contest, by: bob)
      #expect(try page.at("entries").array?.map { try $0.text("name") } == ["Bob", "Ada"])
      #expect(try page.at("entries").array?.map { try $0.count("points") } == [140, 66])
      let hash = try page.text("seal", "hash")
      #expect(try final.data.text("contest", "seal", "hash") == hash)

      // A moderator's change is said, sealed anew, and names what it replaces.
      try mo.ask(
        .moderateRemoveFromContest(
          .init(contest: contest, player: bob.player, reason: "two accounts")))
      let amended = try ada.next("the change") {
        $0.data["contest"]?["amended"] == .bool(true)
      }
      #expect(try amended.data.text("contest", "amendedBecause") == "two accounts")
      let second = try expectSeal(of: contest, by: bob)
      #expect(try second.text("seal", "amends") == hash)
      #expect(try second.text("seal", "hash") != hash && second.count("count") == 1)
      let beyond = ClientCommand.contestFinal(.init(contest: contest, from: 99))
      #expect(try bob.ask(beyond).at("entries") == .array([]))
    }
  }

  private func write(
    _ client: PlayerClient, _ contest: ContestID, _ number: Int, _ text: String,
    expecting tries: Int
  ) throws {
    try client.ask(
      .contestSubmit(.init(contest: contest, round: number, answer: .write(text))))
    _ = try client.event("contest.run") {
      $0["run"]?["rounds"]?[number - 1]?["tries"]?[tries]?["state"]?.string == "scored"
    }
  }

  /// Computes a final board's hash from what the wire tells, as `protocol/board-seal.md` says.
  private func expectSeal(of contest: ContestID, by client: PlayerClient) throws -> JSONValue {
    let page = try client.ask(.contestFinal(.init(contest: contest, from: 1)))
    let seal = try page.at("seal")
    var text = "neuronarena-board/1\ncontest \(contest)\n"
    text += try "rules \(seal.text("rules"))\nseed \(seal.text("seed"))\n"
    text += try "settled \(seal.count("settledAt"))\nlost \(seal.count("lost"))\n"
    text += try "unsettled \(seal.count("unsettled"))\namends \(seal["amends"]?.string ?? "-")\n"
    for (index, entry) in try (page.at("entries").array ?? []).enumerated() {
      text += try "\(index + 1) \(entry.text("player")) \(entry.count("points")) "
      text += try "\(entry.count("finishedAt")) \(entry.count("joinedAt"))\n"
    }
    #expect(Hex.encode(try SHA256.hash(Array(text.utf8))) == (try seal.text("hash")))
    return page
  }

  @Test("In a live contest everyone has the same question at once, and the truth only after it")
  func live() async throws {
    // Its timetable waits for nobody: on a machine too busy to keep up, it is played again more slowly.
    for slowness in [1, 5] where try await playLive(slowness: slowness) { return }
    Issue.record("nobody could keep up")
  }

  /// Plays a live contest of two rounds; false where the players were too slow for it.
  private func playLive(slowness: Int) async throws -> Bool {
    let offer = ContestOffer(
      schedule: ContestSchedule(prefix: "quiz", repeats: .none(opensAt: TestServer.now)),
      kind: .live, title: "The quiz", rounds: [.pick, .pick])
    var isInTime = false
    try await TestServer.with {
      try await TestServer {
        $0.contests = [offer]
        $0.contestGathering = .seconds(2 * slowness)
        $0.duelTiming.pickMilliseconds = Int64(2_000 * slowness)
        $0.duelTiming.pickRevealMilliseconds = 500
      }
    } _: { server in
      do {
        try expectLive(server)
        isInTime = true
      } catch PlayerClientError.refused(let code, _)
        where [.contestNotOpen, .roundOver, .noQuestion, .runOver].contains(code)
      {
      } catch PlayerClientError.notAmong {
        // A phase passed before its frame could be read: the next attempt tells whether it was that.
      }
    }
    return isInTime
  }

  private func expectLive(_ server: TestServer) throws {
    let (ada, eve) = (try server.join("Ada"), try server.join("Eve"))
    let contest = try contest(ada, kind: "live")
    try ada.ask(.contestStart(.init(contest: contest)))
    try ada.follow(.board(contest))
    try eve.follow(.board(contest))
    for number in 1...2 {
      let stage = try stage(ada, "question", number)
      let seen = try self.stage(eve, "question", number)
      #expect(try stage.at("round") == seen.at("round"), "who watches sees the same")
      #expect(try stage.at("reveal") == .null)
      let side = try DuelTests.right(try stage.at("round"))
      let answer = ClientCommand.contestSubmit(
        .init(contest: contest, round: number, answer: .pick(side)))
      let run = try ada.ask(answer, id: "live\(number)").at("run")
      #expect(try run.text("given", "side") == side.rawValue)
      let reveal = try self.stage(ada, "reveal", number)
      #expect(try reveal.text("reveal", "right") == side.rawValue)
      #expect(try reveal.count("answered") == 1)
      _ = try ada.event("contest.run") {
        ($0["run"]?["rounds"]?[number - 1]?["points"]?.integer ?? 0) >= 100
      }
    }
    let over = try ada.event("contest.run") { $0["run"]?["over"] == .bool(true) }
    #expect(try over.data.text("run", "endReason") == "finished")
    _ = try eve.next("the end") { $0.data["contest"]?["state"]?.string == "final" }
    _ = try expectSeal(of: contest, by: eve)
  }

  /// The stage in a phase of a round, told by a delta or by a snapshot.
  private func stage(_ client: PlayerClient, _ phase: String, _ number: Int) throws -> JSONValue {
    try client.next("\(phase) \(number)") {
      $0.data["stage"]?["phase"]?.string == phase
        && $0.data["stage"]?["round"]?["number"]?.integer == Int64(number)
    }.data.at("stage")
  }
}
