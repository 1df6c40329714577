import ArenaProtocol
import ArenaRules
import ArenaServer
import ArenaTestSupport
import ArenaTypes
import FoundationEssentials
import Interpretation
import SQLiteStorage
import Testing

@Suite("Mixed duels over real sockets")
struct MixedDuelTests {
  /// What the test servers play; the same for the same number of units.
  static let campaign = ScriptedCampaign.make(unitCount: 40)

  /// The excerpts that a round shows, as the campaign knows them, found by their texts.
  static func excerpts(of round: JSONValue) throws -> [Excerpt] {
    let unit = try #require(
      campaign.unit(UnitID(rawValue: try round.text("unit", "id"))), "an unknown unit")
    let visible = unit.clues.map(\.excerpt) + unit.reveals.map(\.excerpt)
    return try (try round.at("excerpts").array ?? []).map { shown in
      let tokens = shown["tokens"]?.array?.compactMap(\.string) ?? []
      return try #require(visible.first { $0.tokens == tokens }, "a text of no open pool")
    }
  }

  /// The right answer of an odd-one-out round, 0 for "all the same".
  static func odd(of round: JSONValue) throws -> Int {
    let excerpts = try excerpts(of: round)
    #expect(excerpts.count == 4 && Set(excerpts.map(\.id)).count == 4)
    let silent = excerpts.indices.filter { (excerpts[$0].activations.max() ?? 0) < 1 }
    #expect(silent.count <= 1)
    return silent.first.map { $0 + 1 } ?? 0
  }

  /// The tokens that fire in a predict round.
  static func firing(of round: JSONValue) throws -> [Int] {
    let excerpt = try #require(try excerpts(of: round).first)
    #expect(excerpt.id.rawValue.contains("r"), "an excerpt of the reveal pool")
    let peak = excerpt.activations.max() ?? 0
    return excerpt.activations.indices.filter { excerpt.activations[$0] >= peak / 2 }
  }

  /// A server on which fire texts can be measured.
  static func server() async throws -> TestServer {
    try await TestServer(probe: ScriptedProbe(activations: ["boom": 6, "hush": 1]))
  }

  /// Plays the first round, and leaves the second one open.
  private func passFirst(_ players: [PlayerClient], _ duel: DuelID) throws {
    let side = try DuelTests.right(try players[0].round(1))
    for player in players { try player.answer(.pick(side), in: duel, round: 1) }
    _ = try players[0].reveal(1)
    for player in players { try player.ready(in: duel, round: 1) }
  }

  @Test("Two play all five kinds to the end, and nobody is told an answer before its reveal")
  func toTheEnd() async throws {
    try await TestServer.with(Self.server) { server in
      let (ada, bob) = (try server.join("Ada"), try server.join("Bob"))
      let duel = try ada.meet(bob, in: .mixed)
      let eve = try server.join("Eve")
      try eve.follow(.duel(duel))
      let all = [ada, bob, eve]
      var kinds: [String] = []
      for number in 1...5 {
        let round = try ada.round(number)
        #expect(try bob.round(number) == round && eve.round(number) == round)
        #expect(try round.count("weight") == (number == 5 ? 2 : 1))
        kinds.append(try round.text("kind"))
        let (right, wrong) = try answers(to: round)
        try ada.answer(right, in: duel, round: number)
        if number < 5 {
          _ = try eve.event("duel.lockedIn") { $0["round"]?.integer == Int64(number) }
        }
        for client in all {
          try client.follow(.duel(duel))
          try expectNoSecrets(client, of: round, isOwner: client === ada)
        }
        try bob.answer(wrong, in: duel, round: number)
        if case .fire = right {
          for client in [ada, bob] { _ = try client.event("duel.fireResult") }
          for client in [ada, bob] { try client.answer(.done, in: duel, round: number) }
        }
        let reveal = try ada.reveal(number)
        #expect(try bob.reveal(number) == reveal && eve.reveal(number) == reveal)
        try expectTruth(reveal, of: round)
        for client in [ada, bob] { try client.ready(in: duel, round: number) }
      }
      #expect(kinds == ["pick", "oddOneOut", "predict", "write", "fire"])
      let result = try ada.event("duel.finished").data.at("result")
      #expect(try result.text("outcome") == "win" && result.count("winner") == 0)
      #expect(try result.at("rounds").array?.count == 5)
      #expect(
        try ada.event("rating.changed").data.at("change", "after", "rating").number ?? 0 > 1_500)
      let me = try server.connect(prefix: "d").sayHello(as: ada)
      #expect(try me.at("player", "ratings", "mixed", "rating").number ?? 0 > 1_500)
      #expect(try me.at("player", "ratings", "pick", "rating").number == 1_500)
    }
  }

  /// A right and a wrong answer.
  private func answers(to round: JSONValue) throws -> (right: Wire.Answer, wrong: Wire.Answer) {
    switch try round.text("kind") {
    case "pick":
      let side = try DuelTests.right(round)
      return (.pick(side), .pick(side == .a ? .b : .a))
    case "oddOneOut":
      let odd = try Self.odd(of: round)
      return (.oddOneOut(odd), .oddOneOut((odd + 1) % 5))
    case "predict":
      let firing = try Self.firing(of: round)
      return (.predict(firing), .predict((0..<20).filter { !firing.contains($0) }))
    case "write": return (.write("a text of one's own"), .write("quite another thing"))
    default: return (.fire("boom"), .fire("hush"))
    }
  }

  /// No frame that `client` has got so far tells what the open round asks.
  private func expectNoSecrets(
    _ client: PlayerClient, of round: JSONValue, isOwner: Bool
  ) throws {
    let number = try round.count("number")
    guard ["oddOneOut", "predict"].contains(try round.text("kind")) else { return }
    let names = try Self.excerpts(of: round).map { "\"\($0.id.rawValue)\"" }
    let unit = try round.text("unit", "id")
    #expect(try round.at("clues") == .array([]))
    var scannedCount = 0
    for text in client.received {
      guard let frame = try ServerFrame(decoding: Array(text.utf8)) else { continue }
      // A round that is over may have asked about the same unit.
      let (data, shown) = (frame.data, frame.data["duel"] ?? frame.data)
      let asked = data["reveal"]?["number"] ?? shown["round"]?["number"] ?? data["round"]
      if let asked = asked?.integer, asked < Int64(number) { continue }
      for name in names { #expect(!text.contains(name), "\(frame.type) names an excerpt") }
      #expect(!text.contains("\"seed\""))
      // From here on only what is about the round that runs.
      guard text.contains(unit) || frame.data["round"]?.integer == Int64(number) else { continue }
      scannedCount += 1
      for secret in ["activations", "firing", "source", "author", "predicted", "peak"] {
        #expect(!text.contains("\"\(secret)\""), "\(frame.type) has \(secret)")
      }
      for shown in frame.data["round"]?["excerpts"]?.array ?? [] {
        #expect(Set(shown.object?.keys ?? []) == ["tokens", "window"])
      }
      // What a player answered stands in its own snapshots, and in no other's frames.
      guard !isOwner else { continue }
      #expect(!text.contains("\"odd\"") && !text.contains("\"answer\":{"))
    }
    #expect(scannedCount > 0)
  }

  private func expectTruth(_ reveal: JSONValue, of round: JSONValue) throws {
    let weight = try round.count("weight")
    switch try reveal.text("kind") {
    case "oddOneOut":
      let shown = try Self.excerpts(of: round)
      #expect(try reveal.count("odd") == Self.odd(of: round))
      #expect(
        try reveal.at("excerpts").array?.compactMap { $0["id"]?.string }
          == shown.map(\.id.rawValue))
      #expect(try reveal.at("excerpts", "0", "activations").array?.count == 20)
      #expect(try (100...150).contains(reveal.count("points", "0")))
      #expect(try reveal.count("points", "1") == 0)
      #expect(try reveal.count("answers", "0", "odd") == reveal.count("odd"))
      #expect(try reveal.at("heat") == .null)
    case "predict":
      let firing = try Self.firing(of: round)
      #expect(try reveal.at("firing").array?.compactMap(\.integer).map(Int.init) == firing)
      #expect(try reveal.count("points", "0") == 100 && reveal.count("points", "1") == 0)
      #expect(try reveal.at("answers", "1", "tokens").array?.count == 20 - firing.count)
      #expect(try reveal.text("explanation", "text") == round.text("explanation"))
      #expect(try reveal.at("heat", "excerpt", "tokens") == round.at("excerpts", "0", "tokens"))
    case "fire": #expect(try reveal.count("points", "0") == 100 * weight)
    default: break
    }
  }

  @Test("Answers that the question doesn't have are refused and may be mended; late ones are not")
  func refusals() async throws {
    try await TestServer.with(Self.server) { server in
      let (ada, bob) = (try server.join(), try server.join())
      let duel = try ada.meet(bob, in: .mixed)
      func refusal(_ answer: Wire.Answer, round: Int) throws -> ErrorCode? {
        try ada.refusal(.duelAnswer(.init(duel: duel, round: round, answer: answer)))
      }
      try passFirst([ada, bob], duel)
      _ = try ada.round(2)
      #expect(try refusal(.oddOneOut(5), round: 2) == .badField)
      #expect(try refusal(.oddOneOut(-1), round: 2) == .badField)
      #expect(try refusal(.predict([0]), round: 2) == .wrongKindOfAnswer)
      #expect(try refusal(.oddOneOut(1), round: 3) == .wrongRound)
      try ada.answer(.oddOneOut(0), in: duel, round: 2)
      #expect(try refusal(.oddOneOut(1), round: 2) == .alreadyAnswered)
      try bob.answer(.oddOneOut(0), in: duel, round: 2)
      _ = try ada.reveal(2)
      #expect(try refusal(.oddOneOut(1), round: 2) == .roundOver)
      for client in [ada, bob] { try client.ready(in: duel, round: 2) }
      _ = try ada.round(3)
      // The scripted excerpts have 20 tokens.
      #expect(try refusal(.predict([20]), round: 3) == .notAnOption)
      #expect(try refusal(.predict(Array(0..<21)), round: 3) == .notAnOption)
      #expect(try refusal(.predict([3, 4, 3]), round: 3) == .repeatedToken)
      #expect(try refusal(.predict([64]), round: 3) == .badField)
      #expect(try refusal(.predict(Array(repeating: 0, count: 65)), round: 3) == .badField)
      #expect(try refusal(.oddOneOut(1), round: 3) == .wrongKindOfAnswer)
      #expect(bob.received.allSatisfy { !$0.contains("\"round\":3,\"seat\":0") })
      try ada.answer(.predict([]), in: duel, round: 3)
      #expect(try refusal(.predict([1]), round: 3) == .alreadyAnswered)
    }
  }

  @Test("A question that nobody answers is revealed at its deadline, and worth nothing")
  func deadline() async throws {
    try await TestServer.with {
      try await TestServer(probe: ScriptedProbe(activations: [:])) {
        $0.duelTiming.oddOneOutMilliseconds = 300
        $0.duelTiming.predictMilliseconds = 300
      }
    } _: { server in
      let (ada, bob) = (try server.join(), try server.join())
      let duel = try ada.meet(bob, in: .mixed)
      try passFirst([ada, bob], duel)
      for number in 2...3 {
        let round = try ada.round(number)
        #expect(try round.count("deadline") - round.count("startedAt") == 300)
        let reveal = try ada.reveal(number)
        #expect(try reveal.at("points") == .array([.integer(0), .integer(0)]))
        #expect(try reveal.at("answers") == .array([.null, .null]))
        #expect(try reveal.at("counted") == .bool(true))
        let late: Wire.Answer = number == 2 ? .oddOneOut(1) : .predict([1])
        #expect(
          try ada.refusal(.duelAnswer(.init(duel: duel, round: number, answer: late)))
            == .roundOver)
        for client in [ada, bob] { try client.ready(in: duel, round: number) }
      }
    }
  }

  @Test("After a crash in the middle of either kind the answers are there", arguments: [2, 3])
  func crash(in number: Int) async throws {
    let folder = try CrashTests.folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let first = try await TestServer(
      store: try SQLiteStore(path: folder + "/a.sqlite"),
      configure: { $0.duelTiming.absenceMilliseconds = 20_000 })
    let (ada, bob) = (try first.join("Ada"), try first.join("Bob"))
    let duel = try ada.meet(bob, in: .mixed)
    try passFirst([ada, bob], duel)
    if number == 3 {
      _ = try ada.round(2)
      for client in [ada, bob] { try client.answer(.oddOneOut(0), in: duel, round: 2) }
      _ = try ada.reveal(2)
      for client in [ada, bob] { try client.ready(in: duel, round: 2) }
    }
    let round = try ada.round(number)
    let (right, _) = try answers(to: round)
    try ada.answer(right, in: duel, round: number, id: "mine")
    try CrashTests.copyDatabase(from: folder + "/a.sqlite", to: folder + "/b.sqlite")
    ada.vanish()
    bob.vanish()
    try await TestServer.with {
      try await TestServer(
        store: try SQLiteStore(path: folder + "/b.sqlite"),
        configure: { $0.duelTiming.absenceMilliseconds = 20_000 })
    } _: { second in
      let back = try second.join(as: ada, prefix: "d")
      try back.follow(.duel(duel))
      let view = try back.event("duel.snapshot").data.at("duel")
      #expect(try view.at("round", "excerpts") == round.at("excerpts"), "the same question")
      #expect(try view.at("round", "explanation") == round.at("explanation"))
      #expect(try view.text("you", "answer", "kind") == (number == 2 ? "oddOneOut" : "predict"))
      #expect(try view.count("round", "deadline") >= round.count("deadline"))
      let again = ClientCommand.duelAnswer(.init(duel: duel, round: number, answer: right))
      #expect(try back.ask(again, id: "mine").count("round") == number)
      let other = try second.join(as: bob, prefix: "d")
      try other.follow(.duel(duel))
      #expect(try other.event("duel.snapshot").data.at("duel", "you", "answer") == .null)
      try other.answer(number == 2 ? .oddOneOut(4) : .predict([]), in: duel, round: number)
      let reveal = try back.reveal(number)
      #expect(try reveal.count("points", "0") >= 100)
      for client in [back, other] { try client.ready(in: duel, round: number) }
      _ = try back.round(number + 1)
    }
    await first.stop()
  }
}
