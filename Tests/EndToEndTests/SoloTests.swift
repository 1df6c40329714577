import ArenaProtocol
import ArenaRules
import ArenaServer
import ArenaStorage
import ArenaTestSupport
import ArenaTypes
import Interpretation
import Testing

@Suite("Solo play over real sockets")
struct SoloTests {
  /// The unit that a player is at.
  private func open(_ client: PlayerClient, _ unit: UnitID? = nil) throws -> JSONValue {
    try client.ask(.soloOpen(.init(unit: unit))).at("solo")
  }

  private func unit(_ solo: JSONValue) throws -> UnitID {
    UnitID(rawValue: try solo.text("unit", "id"))
  }

  private func submit(
    _ client: PlayerClient, _ text: String, at unit: UnitID, id: String? = nil
  ) throws -> JSONValue {
    try client.ask(.soloSubmit(.init(unit: unit, text: text)), id: id)
  }

  private func vote(
    _ client: PlayerClient, _ explanation: String, at unit: UnitID, _ vote: Wire.VoteDirection
  ) throws -> JSONValue {
    try client.ask(
      .soloVote(
        .init(unit: unit, explanation: ExplanationID(rawValue: explanation), vote: vote)))
  }

  /// The event that tells the score of a text.
  private func scored(_ client: PlayerClient, _ explanation: String) throws -> JSONValue {
    try client.event("solo.scored") { $0["text"]?["id"]?.string == explanation }.data
  }

  /// Lets a player see explanations at once.
  private func reveal(_ client: PlayerClient) throws {
    try client.ask(.settingsSet(.init(showExplicit: false, hideExplanations: false)))
  }

  /// A unit at which several players meet.
  private static let shared = UnitID(model: "scripted", layer: 0, kind: .mlp, index: 3)

  @Test("Explanations are held back by the server until a guess, on the unit's page as well")
  func heldBack() async throws {
    try await TestServer.with { server in
      let ada = try server.join("Ada")
      let solo = try open(ada)
      let unit = try unit(solo)
      #expect(try solo.at("hidden") == .bool(true))
      #expect(try solo.at("explanations") == .array([]))
      #expect(try solo.count("count") == 4)
      #expect(try (solo.at("clues").array ?? []).count > 5)
      let intended = try #require(
        ScriptedCampaign.make(unitCount: 40).unit(unit)?.explanations.first)
      #expect(!ada.received.contains { $0.contains(intended.explanation.text.description) })
      #expect(try ada.refusal(.unitGet(.init(unit: unit))) == .sealed)
      let blind = ClientCommand.SoloVote(
        unit: unit, explanation: intended.explanation.id, vote: .up)
      #expect(try ada.refusal(.soloVote(blind)) == .guessFirst)
      #expect(try ada.refusal(.soloMark(.init(unit: unit, mark: .noneFits))) == .guessFirst)

      let answer = try submit(ada, "a guess of mine", at: unit)
      #expect(try answer.text("outcome") == "scoring")
      #expect(try answer.at("solo", "hidden") == .bool(false))
      #expect(try (answer.at("solo", "explanations").array ?? []).count == 5)
      try ada.ask(.unitGet(.init(unit: unit)))
      #expect(
        try ada.ask(.soloMark(.init(unit: unit, mark: .noneFits))).text("solo", "mark")
          == "noneFits")
    }
  }

  @Test("A mess is a guess; the setting shows explanations at once, and is kept")
  func messAndSetting() async throws {
    try await TestServer.with { server in
      let ada = try server.join("Ada")
      let first = try unit(open(ada))
      let marked = try ada.ask(.soloMark(.init(unit: first, mark: .mess))).at("solo")
      #expect(try marked.at("hidden") == .bool(false) && marked.count("marks", "mess") == 1)
      let taken = try ada.ask(.soloMark(.init(unit: first, mark: .none))).at("solo")
      #expect(try taken.text("mark") == "none" && taken.count("marks", "mess") == 0)
      let next = try ada.ask(.soloNext(.init(unit: first))).at("solo")
      #expect(try next.at("hidden") == .bool(true))
      let changed = try ada.ask(.settingsSet(.init(showExplicit: true, hideExplanations: false)))
      #expect(try changed.at("player", "hideExplanations") == .bool(false))
      #expect(try changed.at("player", "showExplicit") == .bool(true))
      #expect(try open(ada).at("hidden") == .bool(false))
      // Who leaves it out changes nothing of it.
      let other = try ada.ask(.settingsSet(.init(showExplicit: false)))
      #expect(try other.at("player", "hideExplanations") == .bool(false))
    }
  }

  @Test("A text is scored once with its interval, beside the best, and may be bettered")
  func scoring() async throws {
    let scorer = ScriptedScorer(scores: ["one try": 40, "a better try": 77])
    try await TestServer.with {
      try await TestServer(scorer: scorer)
    } _: { server in
      let (ada, bob) = (try server.join("Ada"), try server.join("Bob"))
      _ = try open(ada, Self.shared)
      let first = try submit(ada, "  one   TRY ", at: Self.shared)
      #expect(try first.text("outcome") == "scoring")
      #expect(try first.count("solo", "budget", "left") == 19)
      #expect(try first.count("solo", "budget", "of") == 20)
      _ = try scored(ada, try first.text("explanation"))

      let better = try submit(ada, "a better try", at: Self.shared)
      let told = try scored(ada, try better.text("explanation"))
      #expect(try told.at("text", "score", "value") == .integer(77))
      #expect(try told.at("text", "score", "low") == .integer(59))
      #expect(try told.at("best") == .null, "nothing else has a score here")
      #expect(try told.text("tip", "kind") == "closer")
      #expect(try (told.at("heat", "predicted", "0", "values").array ?? []).count == 20)
      #expect(try told.count("budget", "left") == 18)

      _ = try open(bob, Self.shared)
      let worse = try submit(bob, "something else", at: Self.shared)
      let beside = try scored(bob, try worse.text("explanation"))
      #expect(try beside.text("best", "text") == "a better try")
      #expect(try beside.text("best", "author", "name") == "Ada")
      let listed = try open(bob, Self.shared).at("explanations")
      #expect(try listed.text("0", "text") == "a better try")
      #expect(try open(ada).at("own").array?.count == 2)
    }
  }

  @Test("Several meanings are scored together and each alone, and cost a score each")
  func meanings() async throws {
    let scorer = ScriptedScorer(scores: ["rain | snow": 60, "rain": 50, "snow": 30])
    try await TestServer.with {
      try await TestServer(scorer: scorer)
    } _: { server in
      let ada = try server.join("Ada")
      _ = try open(ada, Self.shared)
      let answer = try submit(ada, "rain|snow", at: Self.shared)
      #expect(try answer.count("solo", "budget", "left") == 17)
      let told = try scored(ada, try answer.text("explanation")).at("text")
      #expect(try told.at("score", "value") == .integer(60))
      #expect(try told.text("meanings", "0", "text") == "rain")
      #expect(try told.at("meanings", "0", "score", "value") == .integer(50))
      #expect(try told.at("meanings", "1", "score", "value") == .integer(30))
      // Whoever comes back finds them again.
      let again = try open(ada).at("own", "0")
      #expect(try again.at("meanings", "1", "score", "value") == .integer(30))
    }
  }

  @Test("What says the same is a vote for what is there, costs nothing, and says so")
  func sameAgain() async throws {
    try await TestServer.with { server in
      let (ada, bob) = (try server.join("Ada"), try server.join("Bob"))
      _ = try open(ada, Self.shared)
      let known = try #require(
        ScriptedCampaign.make(unitCount: 40).unit(Self.shared)?.explanations.first)
      let house = known.explanation.text.description.uppercased()
      let counted = try submit(ada, "The \(house)!", at: Self.shared)
      #expect(try counted.text("outcome") == "counted")
      #expect(try counted.text("explanation") == known.explanation.id.rawValue)
      #expect(try counted.count("solo", "budget", "left") == 20)
      #expect(try counted.at("solo", "hidden") == .bool(false), "it was a guess")
      let row = try #require(
        counted.at("solo", "explanations").array?.first {
          $0["id"]?.string == known.explanation.id.rawValue
        })
      #expect(try row.count("up") == 1 && row.text("vote") == "up")

      let own = try submit(ada, "my own words", at: Self.shared)
      let repeated = try submit(ada, "my own word", at: Self.shared)
      #expect(try repeated.text("outcome") == "repeated")
      #expect(try repeated.text("explanation") == own.text("explanation"))
      #expect(try repeated.at("solo", "own").array?.count == 1)
      #expect(try repeated.count("solo", "budget", "left") == 19)

      _ = try open(bob, Self.shared)
      let same = try submit(bob, "My own words.", at: Self.shared)
      #expect(try same.text("outcome") == "counted")
      #expect(try same.text("explanation") == own.text("explanation"))
    }
  }

  @Test("Votes go up, down and back, several a unit; one's own text has none")
  func votes() async throws {
    try await TestServer.with { server in
      let (ada, bob) = (try server.join("Ada"), try server.join("Bob"))
      try reveal(ada)
      try reveal(bob)
      let solo = try open(ada, Self.shared)
      let ids = try (solo.at("explanations").array ?? []).compactMap { $0["id"]?.string }
      #expect(ids.count == 4)
      #expect(try vote(ada, ids[0], at: Self.shared, .up).count("explanation", "up") == 1)
      #expect(try vote(ada, ids[1], at: Self.shared, .down).count("explanation", "down") == 1)
      #expect(try vote(bob, ids[0], at: Self.shared, .up).count("explanation", "up") == 2)
      let turned = try vote(ada, ids[0], at: Self.shared, .down).at("explanation")
      #expect(try turned.count("up") == 1 && turned.count("down") == 1)
      #expect(try turned.text("vote") == "down")
      let back = try vote(ada, ids[0], at: Self.shared, .none).at("explanation")
      #expect(try back.count("down") == 0 && back.text("vote") == "none")

      let own = try submit(ada, "mine", at: Self.shared).text("explanation")
      let mine = ClientCommand.SoloVote(
        unit: Self.shared, explanation: ExplanationID(rawValue: own), vote: .up)
      #expect(try ada.refusal(.soloVote(mine)) == .ownExplanation)
      let other = ClientCommand.SoloVote(
        unit: Self.shared, explanation: ExplanationID(rawValue: "x4-0"), vote: .up)
      #expect(try ada.refusal(.soloVote(other)) == .notFound, "it is another unit's")
      let profile = try bob.ask(.profileGet).at("profile")
      #expect(try profile.text("votes", "0", "explanation") == ids[0])
      #expect(try profile.at("votes").array?.count == 1)
    }
  }

  @Test("Past the budget a text waits as a draft, and three votes of others have it scored")
  func drafts() async throws {
    try await TestServer.with {
      try await TestServer { $0.waitingTextPause = .seconds(3_600) }
    } _: { server in
      let ada = try server.join("Ada")
      _ = try open(ada, Self.shared)
      for number in 1...20 { _ = try submit(ada, "guess number \(number)", at: Self.shared) }
      let draft = try submit(ada, "what the budget is too small for", at: Self.shared)
      let id = try draft.text("explanation")
      #expect(try draft.text("outcome") == "draft")
      #expect(try draft.count("solo", "budget", "left") == 0)
      #expect(try draft.text("solo", "own", "0", "state") == "draft")
      #expect(try draft.count("solo", "own", "0", "place") >= 1)
      // Too dear for what is left, too.
      #expect(try submit(ada, "one | two", at: Self.shared).text("outcome") == "draft")

      let voters = try ["Bob", "Cyd", "Dan"].map { name in
        let voter = try server.join(name)
        try reveal(voter)
        _ = try open(voter, Self.shared)
        return voter
      }
      for (index, voter) in voters.enumerated() {
        let shown = try vote(voter, id, at: Self.shared, .up).at("explanation")
        #expect(try shown.at("draft") == .bool(true) && shown.count("up") == index + 1)
      }
      let told = try scored(ada, id)
      #expect(try told.text("text", "state") == "scored" && told.count("text", "votes") == 3)
      #expect(try told.count("budget", "left") == 0, "it costs its author nothing")
      let profile = try ada.ask(.profileGet).at("profile")
      #expect(try profile.count("queue") == 1)
      #expect(try profile.at("texts").array?.count == 22)
      // One player can't fill everybody's queue.
      for number in 1...49 { _ = try submit(ada, "draft number \(number)", at: Self.shared) }
      let more = ClientCommand.SoloSubmit(unit: Self.shared, text: "one more")
      let frame = try ada.answer(to: try ada.send(.soloSubmit(more)))
      #expect(frame.errorCode == .budgetSpent)
      #expect(try (1...86_400_000).contains(frame.data.count("retryAfterMs")))
    }
  }

  @Test("An engine that has nothing else to do scores the queue, in turn")
  func idle() async throws {
    try await TestServer.with {
      try await TestServer { $0.waitingTextPause = .milliseconds(20) }
    } _: { server in
      let ada = try server.join("Ada")
      _ = try open(ada, Self.shared)
      for number in 1...20 { _ = try submit(ada, "guess number \(number)", at: Self.shared) }
      let drafts = try ["a later guess", "the last guess"].map {
        try submit(ada, $0, at: Self.shared).text("explanation")
      }
      for draft in drafts { _ = try scored(ada, draft) }
      #expect(try ada.ask(.profileGet).count("profile", "queue") == 0)
    }
  }

  @Test("Back and forth along the trail; a repeated command moves nothing twice")
  func trail() async throws {
    try await TestServer.with { server in
      let ada = try server.join("Ada")
      let first = try unit(open(ada))
      let second = try ada.ask(.soloNext(.init(unit: first)), id: "n1").at("solo")
      #expect(try unit(second) != first && second.count("number") == 2)
      #expect(try second.at("back") == .bool(true) && second.at("forward") == .bool(false))
      let repeated = try ada.ask(.soloNext(.init(unit: first)), id: "n1").at("solo")
      #expect(try unit(repeated) == unit(second))
      let back = try ada.ask(.soloBack(.init(unit: unit(second)))).at("solo")
      #expect(try unit(back) == first && back.at("forward") == .bool(true))
      let forward = try ada.ask(.soloNext(.init(unit: first))).at("solo")
      #expect(try unit(forward) == unit(second))
      #expect(try ada.refusal(.soloOpen(.init(unit: UnitID(rawValue: "no/1/mlp/1")))) == .notFound)
      // Every unit comes once before one comes again.
      var met: Set<UnitID> = [first, try unit(second)]
      var here = try unit(second)
      for _ in 0..<38 {
        here = try unit(ada.ask(.soloNext(.init(unit: here))).at("solo"))
        #expect(met.insert(here).inserted)
      }
      #expect(met.count == 40)
      _ = try ada.ask(.soloNext(.init(unit: here)))
    }
  }

  @Test("Hostile and broken texts are refused with what is wrong, and cost nothing")
  func badTexts() async throws {
    try await TestServer.with { server in
      let ada = try server.join("Ada")
      let solo = try open(ada, Self.shared)
      let refused: [(String, ErrorCode)] = [
        ("", .textEmpty), ("   ", .textEmpty), ("a||b", .textEmpty),
        ("a|b|c|d", .tooManyMeanings), (String(repeating: "x ", count: 13), .tooManyWords),
        (String(repeating: "x", count: 81), .textTooLong), ("a\u{202E}b", .invisibleCharacters),
        (String(repeating: "e\u{301}\u{301}\u{301}\u{301}", count: 80), .textTooLong),
      ]
      for (text, code) in refused {
        #expect(
          try ada.refusal(.soloSubmit(.init(unit: Self.shared, text: text))) == code, "\(text)")
      }
      let clue = try solo.at("clues", "0", "tokens").array?.prefix(7).compactMap(\.string)
      let copied = (clue ?? []).joined()
      #expect(
        try ada.refusal(.soloSubmit(.init(unit: Self.shared, text: copied))) == .copiedFromClue)
      #expect(
        try ada.refusal(
          .soloSubmit(.init(unit: UnitID(rawValue: "no/1/mlp/1"), text: "x"))) == .notFound)
      #expect(try open(ada).count("budget", "left") == 20)
      #expect(try open(ada).at("hidden") == .bool(true))
    }
  }

  @Test("Who is in a duel sees nothing of any unit in solo play")
  func sealedInDuels() async throws {
    try await TestServer.with { server in
      let (ada, bob) = (try server.join("Ada"), try server.join("Bob"))
      try reveal(ada)
      _ = try open(ada)
      let duel = try ada.meet(bob, in: .pick)
      #expect(try ada.refusal(.soloOpen(.init(unit: Self.shared))) == .alreadyInDuel)
      #expect(
        try ada.refusal(.soloSubmit(.init(unit: Self.shared, text: "x"))) == .alreadyInDuel)
      try ada.ask(.duelResign(.init(duel: duel)))
      _ = try ada.event("player.changed")
      _ = try open(ada, Self.shared)
    }
  }
}
