import ArenaProtocol
import ArenaRules
import ArenaStorage
import ArenaTestSupport
import ArenaTypes
import DispatchTransport
import Interpretation
import Testing

@testable import ArenaServer

@Suite("Reports, flags, notices, lists and draining")
struct ModerationDeskTests {
  @Test("A report comes into the queue once, is answered by an act, or dismissed and opened again")
  func reports() async throws {
    let moderated = try await ModeratedServer()
    let (ada, bob) = (
      try moderated.server.join("Ada", prefix: "a"), try moderated.server.join("Bob", prefix: "b")
    )
    let about = "player/\(bob.player)"
    let report = ClientCommand.report(.init(about: about, reason: .rude, note: " shouts\n"))
    try ada.ask(report)
    try ada.ask(report)
    var rows = try moderated.list(.reports)
    #expect(try rows.map { try $0.text("title") } == ["rude: \(about)"])
    #expect(try rows[0].text("detail") == "shouts")
    #expect(try rows[0].text("by") == ada.player.rawValue)
    let name = try rows[0].text("id")
    #expect(try bob.refusal(report) == .wrongState)
    for bad in ["player/", "nobody/x", "duel/a/b/c", "excerpt/"] {
      #expect(try ada.refusal(.report(.init(about: bad, reason: .spam))) == .badField)
    }
    #expect(try moderated.list(.reports, find: "nothing").isEmpty)
    #expect(try moderated.refused(.mute, bob.player.rawValue, seconds: 5, report: "r") == .notFound)

    let dismissed = try moderated.act(.dismiss, name)
    #expect(try moderated.list(.reports).isEmpty)
    #expect(try moderated.refused(.dismiss, name) == .wrongState)
    try moderated.undo(dismissed)
    #expect(try moderated.list(.reports).count == 1)
    try moderated.act(.mute, bob.player.rawValue, seconds: 60, report: name)
    #expect(try moderated.list(.reports).isEmpty)
    rows = try moderated.list(.reports, all: true)
    #expect(try rows[0].text("detail").hasSuffix("mute: a reason"))
    #expect(try bob.refusal(.rename(.init(name: "B"))) == .muted)

    for index in 0..<3 {
      try ada.ask(.report(.init(about: "duel/d\(index)", reason: .cheating)))
    }
    #expect(try ada.refusal(.report(.init(about: "duel/d9", reason: .spam))) == .rateLimited)
  }

  @Test("A notice is told to all, to who comes while it holds, and to nobody afterwards")
  func notices() async throws {
    let store = InMemoryStore()
    let moderated = try await ModeratedServer(store: store)
    let ada = try moderated.server.join("Ada", prefix: "a")
    let done = try moderated.act(
      .announce, seconds: 600, text: "  We restart\n at noon. ", because: "planned")
    let told = try ada.event("notices").data.at("notices")
    #expect(try told.text("0", "text") == "We restart at noon.")
    _ = try ada.event("notice")
    let second = try await ModeratedServer(store: store, prefix: "n")
    let bob = try second.server.connect(prefix: "b")
    let welcome = try bob.sayHello(name: "Bob").at("notices")
    #expect(try welcome.text("0", "text") == "We restart at noon.")
    try bob.follow(.me)
    try second.undo(done)
    #expect(try bob.event("notices").data.at("notices") == .array([]))
    try second.act(.announce, seconds: 5, text: "Soon over")
    second.server.advance(by: .seconds(6))
    let carl = try second.server.connect(prefix: "k")
    #expect(try carl.sayHello(name: "Carl").at("notices") == .array([]))
    withExtendedLifetime(moderated.server) {}
  }

  @Test("A draining server starts nothing, says so, lets what runs run, and ends when it is empty")
  func draining() async throws {
    let moderated = try await ModeratedServer()
    let server = moderated.server
    let ended = Locked(false)
    server.server.whenDrained { ended.withLock { $0 = true } }
    let (ada, bob) = (try server.join("Ada", prefix: "a"), try server.join("Bob", prefix: "b"))
    let duel = try ada.meet(bob, in: .pick)
    let eve = try server.join("Eve", prefix: "e")
    try eve.ask(.queueJoin(.init(format: .pick)))
    try eve.follow(.lobby)
    #expect(try moderated.act(.drain, dryRun: true).text("changes", "1").contains("1 duels"))
    #expect(try eve.event("lobby.snapshot").data.at("lobby", "draining") == .bool(false))
    try moderated.act(.drain)
    #expect(try moderated.refused(.drain) == .wrongState)
    _ = try eve.event("queue.left")
    #expect(try eve.refusal(.queueJoin(.init(format: .pick))) == .draining)
    #expect(try eve.refusal(.queueAcceptBot(.init(format: .pick))) == .draining)
    #expect(try eve.refusal(.duelInvite(.init(format: .pick))) == .draining)
    let contest = ContestID(rawValue: try eve.ask(.contestList).text("contests", "0", "id"))
    #expect(try eve.refusal(.contestStart(.init(contest: contest))) == .draining)
    server.advance(by: .seconds(5))
    _ = try eve.event("lobby.snapshot") { $0["lobby"]?["draining"] == .bool(true) }
    #expect(ended.withLock { $0 } == false)
    try ada.ask(.duelResign(.init(duel: duel)))
    server.advance(by: .seconds(3))
    #expect(ended.withLock { $0 })
    try moderated.act(.resume)
    try eve.ask(.contestStart(.init(contest: contest)))
  }

  @Test("Lists are paged without gaps or doubles, and found by words")
  func lists() async throws {
    let moderated = try await ModeratedServer()
    var names: Set<String> = []
    var clients: [PlayerClient] = []
    for index in 0..<23 {
      let client = try moderated.server.join("Guest \(index)", prefix: "g\(index)x")
      names.insert(client.player.rawValue)
      clients.append(client)
    }
    names.insert(moderated.moderator.player.rawValue)
    var seen: [String] = []
    var after: String?
    repeat {
      let page = try moderated.moderator.ask(
        .moderateList(.init(list: .players, after: after, limit: 5)))
      seen += try page.at("rows").array?.map { try $0.text("id") } ?? []
      #expect(try page.count("total") == 24)
      after = page["next"]?.string
    } while after != nil
    #expect(seen.count == 24 && Set(seen) == names)
    let found = try moderated.list(.players, find: "GUEST 17").map { try $0.text("title") }
    #expect(found.contains("Guest 17"))
    #expect(try moderated.list(.players, find: clients[9].player.rawValue).count == 1)
    let page = try moderated.moderator.ask(
      .moderateList(.init(list: .players, after: "nonsense", limit: 5)))
    #expect(try page.at("rows").array?.isEmpty == true)
    withExtendedLifetime(clients) {}
  }

  @Test("A look shows connections, sanctions and duels; following a duel is not watching it")
  func looks() async throws {
    let moderated = try await ModeratedServer()
    let server = moderated.server
    let ada = try moderated.join("Ada", from: "192.0.2.7", prefix: "a")
    let bob = try moderated.join("Bob", from: "192.0.2.8", prefix: "b")
    let duel = try ada.meet(bob, in: .pick)
    try moderated.moderator.follow(.duel(duel))
    let eve = try server.join("Eve", prefix: "e")
    try eve.follow(.duel(duel))
    server.advance(by: .seconds(5))
    let counts = moderated.moderator.received.filter { $0.contains("duel.spectators") }
    #expect(try eve.event("duel.spectators").data.count("count") == 1)
    #expect(!counts.contains { $0.contains("\"count\":2") })
    try moderated.act(.mute, ada.player.rawValue, seconds: 60)
    let look = try moderated.moderator.ask(.moderateLook(.init(player: ada.player))).at("player")
    #expect(try look.text("name") == "Ada")
    #expect(try look.text("connections", "0", "address") == "192.0.2.7")
    #expect(
      try look.at("connections", "0", "topics") == .array([.string("duel/\(duel)"), .string("me")]))
    #expect(try look.text("duel") == duel.rawValue)
    #expect(try look.text("sanctions", "0", "state") == "mute")
    let nobody = PlayerID(rawValue: "p_nobody")
    #expect(try moderated.moderator.refusal(.moderateLook(.init(player: nobody))) == .notFound)
    #expect(try moderated.refused(.kick, "p_nobody", seconds: 5) == .notFound)
  }

  @Test("Two from one address are flagged, not stopped; the flag is closed and counted")
  func flags() async throws {
    let moderated = try await ModeratedServer()
    let ada = try moderated.join("Ada", from: "192.0.2.7", prefix: "a")
    let bob = try moderated.join("Bob", from: "192.0.2.7", prefix: "b")
    try moderated.moderator.follow(.moderation)
    let duel = try ada.meet(bob, in: .pick)
    moderated.server.advance(by: .seconds(3))
    let rows = try moderated.list(.flags)
    #expect(try rows.map { try $0.text("title") } == ["address"])
    #expect(try rows[0].text("link") == "duel/\(duel)")
    _ = try moderated.moderator.event("moderation.snapshot") {
      $0["moderation"]?["totals"]?["flags"]?.integer == 1
    }
    try moderated.act(.dismiss, try rows[0].text("id"), because: "a family")
    try ada.ask(.duelResign(.init(duel: duel)))
    _ = try moderated.invited(ada, bob)
    moderated.server.advance(by: .seconds(3))
    #expect(try moderated.list(.flags).isEmpty)
    let carl = try moderated.join("Carl", from: "2001:db8:1::7", prefix: "k")
    let dora = try moderated.join("Dora", from: "2001:db8:2::7", prefix: "d")
    _ = try carl.meet(dora, in: .pick)
    moderated.server.advance(by: .seconds(3))
    #expect(try moderated.list(.flags).isEmpty)
  }

  @Test("Answers faster than reading are flagged at the end of the duel")
  func speed() async throws {
    let moderated = try await ModeratedServer { configuration in
      configuration.duelTiming.pickRevealMilliseconds = 1_000
    }
    let server = moderated.server
    let (ada, bob) = (try server.join("Ada", prefix: "a"), try server.join("Bob", prefix: "b"))
    let duel = try ada.meet(bob, in: .pick)
    server.advance(by: .milliseconds(3_001))
    for round in 1...5 {
      let unit = try ada.round(round).text("unit", "id")
      let frame = ada.received.last { $0.contains("roundStarted") } ?? ""
      let right = try #require(Self.right(of: unit, frame))
      try ada.answer(.pick(right), in: duel, round: round)
      server.advance(by: .seconds(4))
      try bob.answer(.pick(right == .a ? .b : .a), in: duel, round: round)
      _ = try ada.reveal(round)
      server.advance(by: .milliseconds(1_001))
    }
    _ = try ada.event("duel.finished")
    server.settle()
    let rows = try moderated.list(.flags)
    #expect(try rows.map { try $0.text("title") } == ["speed"])
    #expect(try rows.map { try $0.text("player") } == [ada.player.rawValue])
  }

  /// The right side of a round's pick, as the scripted campaign has it.
  private static func right(of unit: String, _ frame: String) -> Wire.Side? {
    let campaign = ScriptedCampaign.make(unitCount: 40)
    guard let found = campaign.unit(UnitID(rawValue: unit)) else { return nil }
    for pair in found.pairs {
      guard let better = pair.better, let text = campaign.explanation(better) else { continue }
      if frame.contains("\"a\":\"\(text.explanation.text)\"") { return .a }
      if frame.contains("\"b\":\"\(text.explanation.text)\"") { return .b }
    }
    return nil
  }
}
