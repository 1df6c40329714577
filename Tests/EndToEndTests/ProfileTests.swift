import ArenaProtocol
import ArenaRules
import ArenaServer
import ArenaStorage
import ArenaTestSupport
import ArenaTypes
import Interpretation
import Testing

@Suite("A profile over real sockets")
struct ProfileTests {
  @Test("A newcomer's profile is empty, with a small budget")
  func empty() async throws {
    try await TestServer.with { server in
      let profile = try server.join("Ada").ask(.profileGet).at("profile")
      #expect(try profile.count("budget", "of") == 20)
      #expect(try profile.at("budget", "established") == .bool(false))
      #expect(try profile.count("streak", "days") == 0)
      #expect(try profile.at("streak", "lately").array?.count == 28)
      #expect(try profile.count("streak", "sparesLeft") == 2)
      #expect(try profile.at("milestones").array?.count == Milestone.allCases.count)
      #expect(try profile.at("milestones", "0", "earnedAt") == .null)
      for list in ["atlas", "texts", "votes", "duels"] {
        #expect(try profile.at(list) == .array([]), "\(list)")
      }
    }
  }

  @Test("An established player has a hundred scores a day")
  func established() async throws {
    try await TestServer.with { server in
      let ada = try server.join("Ada")
      let id = ada.player
      let record = try await server.store.read { reader throws(StorageError) in
        try reader.player(id)
      }
      var old = try #require(record)
      old.createdAt = TestServer.now + .seconds(-2 * 86_400)
      old.roundsPlayed = 10
      try await server.store.commit([.putPlayer(old)])
      // The room that is in memory knows nothing of it, so another server is asked.
      try await TestServer.with {
        try await TestServer(store: server.store)
      } _: { second in
        let back = try second.join(as: ada, prefix: "d")
        let budget = try back.ask(.profileGet).at("profile", "budget")
        #expect(try budget.count("of") == 100 && budget.count("left") == 100)
        #expect(try budget.at("established") == .bool(true))
      }
    }
  }

  @Test("Accuracy earns milestones and fills the atlas; both are kept")
  func milestones() async throws {
    let scorer = ScriptedScorer(scores: ["sharp words": 88, "dull words": 12])
    try await TestServer.with {
      try await TestServer(scorer: scorer)
    } _: { server in
      let ada = try server.join("Ada")
      let unit = UnitID(model: "scripted", layer: 0, kind: .mlp, index: 3)
      _ = try ada.ask(.soloOpen(.init(unit: unit)))
      for text in ["dull words", "sharp words"] {
        let id = try ada.ask(.soloSubmit(.init(unit: unit, text: text))).text("explanation")
        _ = try ada.event("solo.scored") { $0["text"]?["id"]?.string == id }
      }
      let profile = try ada.ask(.profileGet).at("profile")
      let earned = try (profile.at("milestones").array ?? [])
        .filter { $0["earnedAt"] != .null }.compactMap { $0["id"]?.string }
      #expect(earned == ["half", "clear", "brilliant", "ahead"])
      #expect(try profile.at("atlas").array?.count == 1, "one entry a unit, the best")
      #expect(try profile.text("atlas", "0", "text") == "sharp words")
      #expect(try profile.at("atlas", "0", "best") == .bool(true))
      let again = try ada.ask(.profileGet).at("profile")
      #expect(try again.at("milestones") == profile.at("milestones"))

      // Somebody who does better takes the star, but no milestone that was earned.
      let bob = try server.join("Bob")
      _ = try bob.ask(.soloOpen(.init(unit: unit)))
      let record = try await server.store.read { reader throws(StorageError) in
        try reader.explanations(of: unit, limit: 9)
      }
      var rival = try #require(record.first)
      rival.explanation = Explanation(
        id: ExplanationID(rawValue: "rival"), unit: unit, text: try ExplanationText("sharper"),
        author: .player(bob.player))
      rival.score = Score(value: 95, low: 90, high: 100, cap: nil, scorer: "scripted/1")
      try await server.store.commit([.putExplanation(rival)])
      let beaten = try ada.ask(.profileGet).at("profile")
      #expect(try beaten.at("atlas", "0", "best") == .bool(false))
      #expect(try beaten.at("milestones", "3", "earnedAt") != .null)
    }
  }

  @Test("A finished daily begins a streak, on the daily's own day")
  func streak() async throws {
    try await TestServer.with {
      try await TestServer {
        $0.contests = [.dailyFive]
        $0.duelTiming.engineWaitMilliseconds = 60_000
      }
    } _: { server in
      let ada = try server.join("Ada")
      var contests = try ada.ask(.contestList).at("contests")
      for _ in 0..<2_000 where contests.array?.isEmpty == true {
        contests = try ada.ask(.contestList).at("contests")
      }
      let contest = ContestID(rawValue: try contests.text("0", "id"))
      var run = try ada.ask(.contestStart(.init(contest: contest))).at("run")
      for _ in 0..<5 {
        run = try await play(ada, contest, run)
        if try run.at("over") == .bool(true) { break }
        run = try ada.ask(
          .contestNext(.init(contest: contest, round: run.at("rounds").array?.count ?? 1))
        )
        .at("run")
      }
      #expect(try run.text("endReason") == "finished")
      let profile = try ada.ask(.profileGet).at("profile", "streak")
      #expect(try profile.count("days") == 1 && profile.at("today") == .bool(true))
      let id = ada.player
      let days = try await server.store.read { reader throws(StorageError) in
        try reader.finishedDailies(of: id, limit: 9)
      }
      #expect(
        days.map(\.day) == [LocalTime(seconds: TestServer.now.millisecondsSinceEpoch / 1_000).day])
    }
  }

  /// Plays the open round of a daily, and waits until its points are known.
  private func play(
    _ client: PlayerClient, _ contest: ContestID, _ run: JSONValue
  ) async throws -> JSONValue {
    let round = try run.at("round")
    let number = try round.count("number")
    let answers: [Wire.Answer] =
      switch try round.text("kind") {
      case "pick": [.pick(.a)]
      case "oddOneOut": [.oddOneOut(1)]
      case "predict": [.predict([0, 5])]
      case "write": [.write("kinds of weather")]
      default: [.fire("quick brown foxes"), .done]
      }
    var now = run
    for answer in answers {
      now = try client.ask(
        .contestSubmit(.init(contest: contest, round: number, answer: answer))
      ).at("run")
    }
    let isSettled = { (run: JSONValue?) in
      run?["rounds"]?[number - 1]?["state"]?.string == "done"
    }
    if isSettled(now) { return now }
    return try client.event("contest.run") { isSettled($0["run"]) }.data.at("run")
  }

  @Test("Duels are listed with what became of them")
  func duels() async throws {
    try await TestServer.with { server in
      let (ada, bob) = (try server.join("Ada"), try server.join("Bob"))
      let duel = try ada.meet(bob, in: .pick)
      try ada.ask(.duelResign(.init(duel: duel)))
      _ = try ada.event("rating.changed")
      let lost = try ada.ask(.profileGet).at("profile", "duels", "0")
      #expect(try lost.text("outcome") == "lost" && lost.text("opponent") == "Bob")
      #expect(try lost.text("duel") == duel.rawValue && lost.at("bot") == .bool(false))
      _ = try bob.event("rating.changed")
      #expect(try bob.ask(.profileGet).text("profile", "duels", "0", "outcome") == "won")
    }
  }
}
