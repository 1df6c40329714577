import ArenaProtocol
import ArenaTestSupport
import ArenaTypes
import Interpretation
import Testing

@Suite("Duels over real sockets")
struct DuelTests {
  /// The right side of a scripted pick round: every other explanation begins in another way.
  static func right(_ round: JSONValue) throws -> Wire.Side {
    try round.text("options", "a").hasPrefix("words about") ? .a : .b
  }

  @Test("Two from the queue play a pick duel to the end, while a spectator sees no secret")
  func pickDuel() async throws {
    try await TestServer.with { server in
      let (ada, bob) = (try server.join("Ada"), try server.join("Bob"))
      let duel = try ada.meet(bob, in: .pick)
      let spectator = try server.join("Eve")
      try spectator.follow(.duel(duel))

      for number in 1...5 {
        let round = try ada.round(number)
        #expect(try bob.round(number) == round)
        _ = try spectator.round(number)
        let right = try Self.right(round)
        try ada.answer(.pick(right), in: duel, round: number)
        _ = try spectator.event("duel.lockedIn")
        try expectNoSecrets(spectator, of: round)
        try expectNoSecrets(bob, of: round)
        try bob.answer(.pick(right == .a ? .b : .a), in: duel, round: number)
        let reveal = try ada.reveal(number)
        #expect(try spectator.reveal(number) == reveal)
        #expect(try reveal.text("right") == right.rawValue)
        #expect(try reveal.count("points", "0") >= 100 * (number == 5 ? 2 : 1))
        #expect(try reveal.count("points", "1") == 0)
        #expect(try reveal.at("heat", "predicted") == .array([]))
        let heat = try ada.event("duel.heat") { $0["round"]?.integer == Int64(number) }
        #expect(try heat.data.at("heat", "predicted").array?.count == 2)
        try ada.ready(in: duel, round: number)
        try bob.ready(in: duel, round: number)
      }
      let finished = try ada.event("duel.finished")
      #expect(try finished.data.text("result", "outcome") == "win")
      #expect(try finished.data.count("result", "winner") == 0)
      #expect(try spectator.event("duel.finished").data == finished.data)
      let rating = try ada.event("rating.changed").data
      #expect(
        try rating.at("change", "after", "rating").number ?? 0
          > rating.at("change", "before", "rating").number ?? 0)
      #expect(try bob.event("player.changed").data.count("player", "roundsPlayed") == 5)
      #expect(spectator.received.allSatisfy { !$0.contains("\"you\":{") })
      #expect(
        try ada.refusal(.duelAnswer(.init(duel: duel, round: 5, answer: .pick(.a)))) == .duelOver)
    }
  }

  /// Nothing received so far says how the open round's pick was answered or which side is right.
  private func expectNoSecrets(_ client: PlayerClient, of round: JSONValue) throws {
    let number = try round.count("number")
    for text in client.received {
      guard let frame = try ServerFrame(decoding: Array(text.utf8)) else { continue }
      if frame.type == "duel.revealed" {
        #expect(try frame.data.count("reveal", "number") < number)
      } else if frame.type == "duel.roundStarted" || frame.type == "duel.lockedIn" {
        #expect(!text.contains("\"right\""))
        #expect(!text.contains("\"side\""))
        #expect(!text.contains("\"author\""))
      }
    }
  }

  @Test("A late answer is refused with round_over, an early one with wrong_round")
  func lateAndEarly() async throws {
    try await TestServer.with { server in
      let (ada, bob) = (try server.join(), try server.join())
      let duel = try ada.meet(bob, in: .pick)
      _ = try ada.round(1)
      let early = ClientCommand.DuelAnswer(duel: duel, round: 2, answer: .pick(.a))
      #expect(try ada.refusal(.duelAnswer(early)) == .wrongRound)
      let wrongKind = ClientCommand.DuelAnswer(duel: duel, round: 1, answer: .fire("storm"))
      #expect(try ada.refusal(.duelAnswer(wrongKind)) == .wrongKindOfAnswer)
      try ada.answer(.pick(.a), in: duel, round: 1)
      let second = ClientCommand.DuelAnswer(duel: duel, round: 1, answer: .pick(.b))
      #expect(try ada.refusal(.duelAnswer(second)) == .alreadyAnswered)
      try bob.answer(.pick(.a), in: duel, round: 1)
      _ = try ada.reveal(1)
      #expect(try ada.refusal(.duelAnswer(second)) == .roundOver)
      let stranger = try server.join()
      #expect(try stranger.refusal(.duelAnswer(second)) == .notYourDuel)
      #expect(try stranger.refusal(.duelResign(.init(duel: duel))) == .notYourDuel)
      let nowhere = DuelID(rawValue: "d_nowhere")
      #expect(try ada.refusal(.duelResign(.init(duel: nowhere))) == .notFound)
    }
  }

  @Test("Texts are scored in a write duel; a copy of a clue and a long text are refused")
  func writeDuel() async throws {
    try await TestServer.with { server in
      let (ada, bob) = (try server.join(), try server.join())
      let duel = try ada.meet(bob, in: .write)
      for number in 1...3 {
        let round = try ada.round(number)
        if number == 1 {
          let copy = try round.at("clues", "0", "tokens").array?.prefix(6)
            .compactMap(\.string).joined()
          try ada.answer(.write(copy ?? ""), in: duel, round: 1)
          let refused = try ada.event("duel.writeChecked").data
          #expect(try refused.at("accepted") == .bool(false))
          #expect(try refused.text("refused", "code") == "copied_from_clue")
          let empty = ClientCommand.DuelAnswer(duel: duel, round: 1, answer: .write(" | "))
          #expect(try ada.refusal(.duelAnswer(empty)) == .textEmpty)
        }
        try ada.answer(.write("a text about \(number)"), in: duel, round: number)
        let accepted = try ada.event("duel.writeChecked").data
        #expect(try accepted.at("accepted") == .bool(true))
        _ = try bob.event("duel.lockedIn")
        #expect(bob.received.allSatisfy { !$0.contains("a text about \(number)") })
        // In the second round both say the same.
        let other = number == 2 ? "A text about 2" : "quite another thing"
        try bob.answer(.write(other), in: duel, round: number)
        let reveal = try ada.reveal(number)
        #expect(try reveal.at("counted") == .bool(true))
        #expect(try reveal.at("shared") == .bool(number == 2))
        if number == 2 {
          #expect(try reveal.count("points", "0") == reveal.count("points", "1"))
        }
        #expect(try reveal.text("answers", "0", "text") == "a text about \(number)")
        #expect(try reveal.at("scores", "0", "value").number != nil)
        _ = try ada.event("duel.heat")
        try ada.ready(in: duel, round: number)
        try bob.ready(in: duel, round: number)
      }
      _ = try ada.next("the end") { $0.type == "duel.finished" || $0.type == "duel.roundStarted" }
    }
  }

  @Test("Fire texts are measured privately; taboo words cost no try, copies count nothing")
  func fireDuel() async throws {
    try await TestServer.with {
      try await TestServer(probe: ScriptedProbe(activations: ["boom": 6, "hush": 1]))
    } _: { server in
      let (ada, bob) = (try server.join(), try server.join())
      let duel = try ada.meet(bob, in: .fire)
      let round = try ada.round(1)
      let taboo = try round.text("taboo", "0")

      let first = try ada.answer(.fire("\(taboo) boom"), in: duel, round: 1)
      #expect(try first.count("attempt") == 1)
      let refused = try ada.event("duel.fireResult").data
      #expect(try refused.text("result", "refused", "code") == "taboo_word")
      #expect(try refused.count("triesLeft") == 3)

      let second = try ada.answer(.fire("hush"), in: duel, round: 1)
      #expect(try second.count("triesLeft") == 2)
      let measured = try ada.event("duel.fireResult").data
      #expect(try measured.text("result", "state") == "measured")
      #expect(try measured.count("result", "points") == 17)
      #expect(try measured.count("triesLeft") == 2)

      let clue = try round.at("clues", "0", "tokens").array?.compactMap(\.string) ?? []
      let quiet = clue.prefix { token in
        !(round["taboo"]?.array ?? []).compactMap(\.string).contains {
          token.lowercased().contains($0)
        }
      }
      if quiet.count >= 5 {
        try ada.answer(.fire(quiet.prefix(6).joined()), in: duel, round: 1)
        let copied = try ada.event("duel.fireResult").data
        #expect(try copied.at("result", "copied") == .bool(true))
        #expect(try copied.count("result", "points") == 0)
      } else {
        try ada.answer(.fire("hush hush"), in: duel, round: 1)
        _ = try ada.event("duel.fireResult")
      }
      let many = Array(repeating: "word", count: 25).joined(separator: " ")
      try ada.answer(.fire(many), in: duel, round: 1)
      let long = try ada.event("duel.fireResult").data
      #expect(try long.text("result", "refused", "code") == "text_too_long")

      try ada.answer(.fire("boom"), in: duel, round: 1)
      #expect(try ada.event("duel.fireResult").data.count("result", "points") == 100)
      _ = try bob.event("duel.lockedIn")
      #expect(bob.received.allSatisfy { !$0.contains("boom") })
      let fourth = ClientCommand.DuelAnswer(duel: duel, round: 1, answer: .fire("again"))
      #expect(try ada.refusal(.duelAnswer(fourth)) == .tooManyTries)

      try bob.answer(.done, in: duel, round: 1)
      let reveal = try bob.reveal(1)
      #expect(try reveal.count("points", "0") == 100)
      #expect(try reveal.count("points", "1") == 0)
      #expect(try reveal.at("tries", "0").array?.count == 5)
    }
  }
}
