import ArenaProtocol
import ArenaRules
import ArenaStorage
import ArenaTestSupport
import ArenaTypes
import DispatchTransport
import Interpretation
import Logging
import Testing

@testable import ArenaServer

@Suite("Several campaigns are open at once")
struct SeveralCampaignTests {
  private static let other = CampaignID(rawValue: "other")

  /// Two campaigns, of which the second is for practice.
  private func server(
    store: any DurableStore = InMemoryStore(), contests: [ContestOffer] = [.hourlyRace]
  ) async throws -> SimulatedServer {
    let scripted = ScriptedCampaign.make(unitCount: 40, seed: 5)
    let info = scripted.info
    let second = Campaign(
      info: CampaignInfo(
        id: Self.other, title: "Another", model: info.model, modelDigest: info.modelDigest,
        architecture: info.architecture, layers: info.layers, sources: info.sources,
        seed: info.seed, builtAt: info.builtAt),
      contentHash: scripted.contentHash, units: scripted.units.map(renamed),
      baseline: scripted.baseline)
    return try await SimulatedServer(
      store: store,
      others: [
        OpenCampaign(
          second, isPractice: true, scorer: ScriptedScorer(), probe: ScriptedProbe())
      ]
    ) { $0.contests = contests }
  }

  /// The unit under another model's name, with explanations of its own.
  private func renamed(_ unit: CampaignUnit) -> CampaignUnit {
    let id = UnitID(
      model: "another", layer: unit.id.parts?.layer ?? 0, kind: .mlp,
      index: unit.id.parts?.index ?? 0)
    func named(_ id: ExplanationID) -> ExplanationID { ExplanationID(rawValue: "o\(id)") }
    return CampaignUnit(
      id: id, polarity: unit.polarity, density: unit.density, top20MeanPeak: unit.top20MeanPeak,
      isLexical: unit.isLexical, clues: unit.clues, heldOut: unit.heldOut, reveals: unit.reveals,
      peakWords: unit.peakWords, promoted: unit.promoted, suppressed: unit.suppressed,
      neighbours: [],
      explanations: unit.explanations.map { explanation in
        CampaignExplanation(
          explanation: Explanation(
            id: named(explanation.explanation.id), unit: id, text: explanation.explanation.text,
            author: explanation.explanation.author), role: explanation.role, score: nil)
      },
      pairs: unit.pairs.map {
        ReadPair(
          a: named($0.a), b: named($0.b), verdicts: $0.verdicts, better: $0.better.map(named),
          isInPlay: $0.isInPlay)
      }, scoring: unit.scoring)
  }

  @Test("A newcomer is told of all, the first one as before")
  func welcome() async throws {
    let server = try await server()
    let welcome = try server.connect().sayHello()
    #expect(try welcome.text("campaign", "id") == "scripted")
    #expect(try welcome.text("campaigns", "0", "id") == "scripted")
    #expect(try welcome.at("campaigns", "0", "practice") == .bool(false))
    #expect(try welcome.text("campaigns", "1", "id") == "other")
    #expect(try welcome.at("campaigns", "1", "practice") == .bool(true))
  }

  @Test("Who waits for one campaign is not matched with who waits for another")
  func queues() async throws {
    let server = try await server()
    let (ada, bob, eve) = (try server.join("Ada"), try server.join("Bob"), try server.join("Eve"))
    try ada.follow(.lobby)
    try ada.ask(.queueJoin(.init(format: .pick, campaign: Self.other)))
    try bob.ask(.queueJoin(.init(format: .pick)))
    server.advance(by: .seconds(5))
    #expect(!ada.hasUnread("duel.matched"))
    #expect(try ada.refusal(.queueJoin(.init(format: .pick))) == .alreadyQueued)
    let waiting = try ada.event("queue.waiting").data
    #expect(try waiting.text("queue", "campaign") == "other")
    let lobby = try ada.event("lobby.snapshot") {
      $0["lobby"]?["waiting"]?["pick"]?.integer == 2
    }.data
    #expect(try lobby.text("lobby", "campaigns", "1", "id") == "other")
    #expect(try lobby.count("lobby", "campaigns", "1", "waiting", "pick") == 1)
    #expect(try lobby.count("lobby", "campaigns", "0", "waiting", "pick") == 1)
    try eve.ask(.queueJoin(.init(format: .pick, campaign: Self.other)))
    let duel = try ada.matched()
    #expect(try eve.matched() == duel)
    try ada.follow(.duel(duel))
    let view = try ada.event("duel.snapshot").data.at("duel")
    #expect(try view.text("campaign") == "other")
    #expect(try view.at("rated") == .bool(false), "nothing in a practice campaign is rated")
    server.advance(by: .seconds(3))
    #expect(try ada.round(1).text("unit", "id").hasPrefix("another/"))
  }

  @Test("A duel of a practice campaign moves no rating, and its answers say where they are from")
  func practice() async throws {
    let server = try await server()
    let (ada, bob) = (try server.join("Ada"), try server.join("Bob"))
    let code = try ada.ask(.duelInvite(.init(format: .pick, campaign: Self.other)))
      .text("invite", "code")
    try bob.ask(.duelJoin(.init(code: code)))
    let duel = try ada.matched()
    server.advance(by: .seconds(3))
    try ada.answer(.pick(.a), in: duel, round: 1)
    try bob.ask(.duelResign(.init(duel: duel)))
    server.settle()
    let (results, ratings, answers) = try await server.store.read {
      [player = ada.player] reader throws(StorageError) in
      (
        try reader.duelResults(of: player, limit: 9), try reader.ratings(of: player),
        try reader.answers(after: 0, limit: 9)
      )
    }
    #expect(results.map(\.campaign) == [Self.other] && results.allSatisfy { !$0.isRated })
    #expect(ratings.isEmpty)
    #expect(answers.allSatisfy { $0.record.campaign == Self.other } && answers.count == 2)
    #expect(answers.allSatisfy { $0.record.circumstances?.isRated == false })
  }

  @Test("A campaign's duels are recordings for those who wait for it, and replayed as they were")
  func recordings() async throws {
    let server = try await server()
    let (ada, bob, eve) = (try server.join("Ada"), try server.join("Bob"), try server.join("Eve"))
    for player in [ada, bob] {
      try player.ask(.queueJoin(.init(format: .pick, campaign: Self.other)))
    }
    let source = try ada.matched()
    #expect(try bob.matched() == source)
    for player in [ada, bob, eve] { try player.follow(.duel(source)) }
    let units = try GhostTests.play(server, ada, bob, source)
    let replay = try eve.ask(.duelReplay(.init(duel: source, from: 0)))
    let asked = try replay.at("events").array?.first { $0["type"]?.string == "duel.roundStarted" }
    #expect(try asked?["data"]?["round"] == eve.round(1))

    let cleo = try server.join("Cleo")
    try cleo.ask(.queueJoin(.init(format: .pick)))
    server.advance(by: .seconds(9))
    _ = try cleo.event("queue.botOffered")
    #expect(!cleo.hasUnread("queue.ghostOffered"), "it is of another campaign")
    try cleo.ask(.queueLeave)
    try cleo.ask(.queueJoin(.init(format: .pick, campaign: Self.other)))
    server.advance(by: .seconds(9))
    _ = try cleo.event("queue.ghostOffered")
    try cleo.ask(.queueAcceptGhost)
    let duel = try cleo.matched()
    try cleo.follow(.duel(duel))
    let view = try cleo.event("duel.snapshot").data.at("duel")
    #expect(try view.text("campaign") == "other")
    server.advance(by: .seconds(3))
    #expect(try cleo.round(1).text("unit", "id") == units[0])
  }

  @Test("A campaign that is not open is refused, and a bot plays in the one that is named")
  func named() async throws {
    let server = try await server()
    let ada = try server.join("Ada")
    let unknown = CampaignID(rawValue: "unknown")
    #expect(try ada.refusal(.queueJoin(.init(format: .pick, campaign: unknown))) == .notFound)
    #expect(try ada.refusal(.duelInvite(.init(format: .pick, campaign: unknown))) == .notFound)
    let duel = DuelID(
      rawValue: try ada.ask(.queueAcceptBot(.init(format: .pick, campaign: Self.other)))
        .text("duel"))
    try ada.follow(.duel(duel))
    #expect(try ada.event("duel.snapshot").data.text("duel", "campaign") == "other")
  }

  @Test("A contest asks about its campaign and says which it is")
  func contest() async throws {
    var offer = ContestOffer.hourlyRace
    offer.campaign = Self.other
    let server = try await server(contests: [offer])
    let ada = try server.join("Ada")
    server.advance(by: .seconds(2))
    let contest = try ada.ask(.contestList).at("contests", "0")
    #expect(try contest.text("campaign") == "other")
    let run = try ada.ask(
      .contestStart(.init(contest: ContestID(rawValue: try contest.text("id"))))
    ).at("run")
    #expect(try run.text("question", "unit", "id").hasPrefix("another/"))
  }

  @Test("A duel goes on after a restart in the campaign that it was begun in")
  func restart() async throws {
    let store = InMemoryStore()
    let first = try await server(store: store)
    let ada = try first.join("Ada")
    let duel = DuelID(
      rawValue: try ada.ask(.queueAcceptBot(.init(format: .pick, campaign: Self.other)))
        .text("duel"))
    first.advance(by: .seconds(3))
    let second = try await server(store: store)
    let back = try second.join(as: ada, prefix: "d")
    try back.follow(.duel(duel))
    second.advance(by: .seconds(3))
    #expect(try back.round(1).text("options", "a").isEmpty == false)
    #expect(back.received.contains { $0.contains("\"another/") })
  }
}
