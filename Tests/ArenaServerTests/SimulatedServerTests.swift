import ArenaProtocol
import ArenaServer
import ArenaStorage
import ArenaTestSupport
import ArenaTypes
import DispatchTransport
import Interpretation
import Testing

@Suite("The server on a clock that is turned by hand")
struct SimulatedServerTests {
  @Test("A duel that nobody answers runs by its clocks to a draw, to the millisecond")
  func duelByTheClock() async throws {
    let server = try await SimulatedServer()
    let (ada, bob) = (try server.join(), try server.join())
    let duel = try ada.meet(bob, in: .pick)
    let begin = server.clock.now
    server.advance(by: .seconds(3 + 8 * 38 + 1))
    for number in 1...8 {
      let started = try ada.event("duel.roundStarted") {
        $0["round"]?["number"]?.integer == Int64(number)
      }
      let expected = begin + .seconds(3 + (number - 1) * 38)
      #expect(started.at == expected)
      #expect(
        try started.data.count("round", "startedAt") == Int(expected.millisecondsSinceEpoch))
      #expect(try started.data.at("round", "suddenDeath") == .bool(number > 5))
      let reveal = try ada.event("duel.revealed") {
        $0["reveal"]?["number"]?.integer == Int64(number)
      }
      #expect(reveal.at == expected + .seconds(30))
    }
    let finished = try ada.event("duel.finished")
    #expect(finished.at == begin + .seconds(3 + 8 * 38))
    #expect(try finished.data.text("result", "outcome") == "draw")
    // Those who still look find it, and then it is forgotten.
    try bob.follow(.duel(duel))
    server.advance(by: .seconds(301))
    #expect(try ada.refusal(.subscribe(.init(topic: .duel(duel)))) == .notFound)
  }

  @Test("Who comes back soon after a duel gets what was missed, who comes later the whole of it")
  func historyOfTheFinished() async throws {
    let server = try await SimulatedServer()
    let (ada, bob, carl) = (try server.join(), try server.join(), try server.join())
    let duel = try ada.meet(bob, in: .pick)
    let followed = try carl.follow(.duel(duel))
    let (epoch, offset) = (try followed.text("epoch"), try followed.count("offset"))
    try carl.ask(.unsubscribe(.init(topic: .duel(duel))))
    try ada.ask(.duelResign(.init(duel: duel)))
    for (seconds, isMissed) in [(59.0, true), (2, false)] {
      server.advance(by: .seconds(seconds))
      let back = try carl.follow(.duel(duel), epoch: epoch, offset: offset)
      #expect(try back.at("recovered") == .bool(isMissed))
      server.settle()
      let type = isMissed ? "duel.finished" : "duel.snapshot"
      let data = try carl.event(type).data
      #expect(
        try isMissed
          ? data.text("result", "reason") == "resigned"
          : data.text("duel", "phase") == "finished")
      try carl.ask(.unsubscribe(.init(topic: .duel(duel))))
      carl.forgetUnread()
    }
  }

  @Test("Duels that are over keep nobody from playing, and can still be looked at")
  func finishedMakePlace() async throws {
    // Three shards with a place for one each.
    let server = try await SimulatedServer { $0.duelCountMax = 1 }
    let (ada, bob) = (try server.join(), try server.join())
    var played: [DuelID] = []
    for _ in 0..<8 {
      // By a link, since their ratings grow apart.
      let code = try ada.ask(.duelInvite(.init(format: .pick))).at("invite").text("code")
      try bob.ask(.duelJoin(.init(code: code)))
      let duel = try ada.matched()
      try ada.ask(.duelResign(.init(duel: duel)))
      server.settle()
      played.append(duel)
    }
    #expect(Set(played).count == 8)
    let carl = try server.join()
    for duel in played {
      let shown = try carl.ask(.subscribe(.init(topic: .duel(duel))))
      #expect(shown != .null)
      server.settle()
      #expect(
        try carl.event("duel.snapshot").data.text("duel", "phase") == "finished", "\(duel)")
      try carl.ask(.unsubscribe(.init(topic: .duel(duel))))
    }
    // Those that run keep their places.
    var refused: ErrorCode?
    for _ in 0..<4 where refused == nil {
      let (host, friend) = (try server.join(), try server.join())
      let code = try host.ask(.duelInvite(.init(format: .pick))).at("invite").text("code")
      let answer = try friend.answer(to: try friend.send(.duelJoin(.init(code: code))))
      refused = answer.errorCode
    }
    #expect(refused == .busy)
  }

  @Test("A rematch can be wished for two minutes, an invitation is good for half an hour")
  func expiries() async throws {
    let server = try await SimulatedServer()
    let (ada, bob) = (try server.join(), try server.join())
    let duel = try ada.meet(bob, in: .pick)
    try ada.ask(.duelResign(.init(duel: duel)))
    server.advance(by: .seconds(120))
    #expect(try bob.refusal(.duelRematch(.init(duel: duel))) == .rematchOver)
    let invite = try ada.ask(.duelInvite(.init(format: .pick))).at("invite")
    let code = try invite.text("code")
    #expect(
      try invite.count("expiresAt")
        == Int((server.clock.now + .seconds(1_800)).millisecondsSinceEpoch))
    server.advance(by: .seconds(1_800))
    #expect(try bob.refusal(.duelJoin(.init(code: code))) == .inviteExpired)
  }

  @Test("A client is told which duels the campaign has, and what sorts of units")
  func formatsOfCampaign() async throws {
    let server = try await SimulatedServer()
    defer { withExtendedLifetime(server) {} }
    let told = try server.connect().sayHello()
    #expect(
      try told.at("campaign", "formats").array
        == [.string("pick"), .string("write"), .string("fire"), .string("mixed")])
    #expect(try told.at("campaign", "kinds").array == [.string("mlp")])
  }

  @Test("Without the campaign's model duels with fire rounds are refused, and others are played")
  func noModel() async throws {
    let server = try await SimulatedServer(probe: AbsentProbe())
    let told = try server.connect().sayHello()
    #expect(try told.at("campaign", "formats").array == [.string("pick"), .string("write")])
    let (ada, bob) = (try server.join(), try server.join())
    #expect(try ada.refusal(.queueJoin(.init(format: .fire))) == .formatUnavailable)
    #expect(try ada.refusal(.queueAcceptBot(.init(format: .fire))) == .formatUnavailable)
    #expect(try ada.refusal(.duelInvite(.init(format: .fire))) == .formatUnavailable)
    #expect(try ada.refusal(.queueJoin(.init(format: .mixed))) == .formatUnavailable)
    #expect(try ada.refusal(.queueAcceptBot(.init(format: .mixed))) == .formatUnavailable)
    #expect(try ada.refusal(.duelInvite(.init(format: .mixed))) == .formatUnavailable)
    _ = try ada.meet(bob, in: .pick)
  }

  @Test("A bot is offered after eight seconds, and not before")
  func botOffer() async throws {
    let server = try await SimulatedServer()
    let ada = try server.join()
    try ada.ask(.queueJoin(.init(format: .pick)))
    server.advance(by: .milliseconds(7_999))
    let refused = try ada.answer(to: try ada.send(.queueAcceptBot(.init())))
    #expect(refused.errorCode == .noBotOffered)
    #expect(try refused.data.count("retryAfterMs") == 1)
    #expect(!ada.received.contains { $0.contains("queue.botOffered") })
    server.advance(by: .milliseconds(1))
    _ = try ada.event("queue.botOffered")
  }

  @Test(
    "A question that nobody answers is judged when its time is up, and a run ends with its clock")
  func raceClocks() async throws {
    let server = try await SimulatedServer()
    let ada = try server.join("Ada")
    let contest = ContestID(
      rawValue: try ada.ask(.contestList).text("contests", "0", "id"))
    #expect(contest.rawValue == "race-20261124T2300Z")
    try ada.ask(.contestStart(.init(contest: contest)))
    server.advance(by: .seconds(30))
    let judged = try ada.event("contest.judged").data
    #expect(try judged.at("side") == .null)
    #expect(try judged.at("right") == .bool(false))
    #expect(try judged.count("run", "wrong") == 0)
    #expect(try judged.count("run", "question", "number") == 2)
    server.advance(by: .seconds(270))
    let over = try ada.event("contest.run") { $0["run"]?["over"] == .bool(true) }
    #expect(try over.data.text("run", "endReason") == "time")
    #expect(over.at == SimulatedServer.start + .seconds(300))
    let back = try server.join(as: ada, prefix: "d")
    #expect(try back.event("me.snapshot").data.at("run") == .null)
  }

  @Test("On the hour the race closes with a final board in the store, and the next one is open")
  func nextHour() async throws {
    let server = try await SimulatedServer()
    let ada = try server.join("Ada")
    let contest = ContestID(rawValue: "race-20261124T2300Z")
    try ada.follow(.board(contest))
    server.advance(by: .seconds(3_000 - 40))
    try ada.ask(.contestStart(.init(contest: contest)))
    server.advance(by: .seconds(15))
    let bob = try server.join()
    #expect(try bob.refusal(.contestStart(.init(contest: contest))) == .contestNotOpen)
    server.advance(by: .seconds(26))
    let final = try ada.next("final") { $0.data["contest"]?["state"]?.string == "final" }
    #expect(final.type == "board.delta")
    let over = try ada.event("contest.run") { $0["run"]?["over"] == .bool(true) }
    #expect(try over.data.text("run", "endReason") == "closed")
    let board = try await server.store.read { reader throws(StorageError) in
      try reader.finalBoard(of: contest)
    }
    #expect(board?.entries.map(\.name) == ["Ada"])
    #expect(board?.amendedBecause == nil)
    let open = try ada.ask(.contestList).at("contests")
    #expect(try open.text("0", "id") == "race-20261125T0000Z")
    #expect(try open.text("0", "state") == "open")
  }

  @Test("A watcher that can't keep up is sent the newest board, and loses no lossless event")
  func slowWatcher() async throws {
    let server = try await SimulatedServer()
    let (slow, ada) = (try server.join("Slow"), try server.join("Ada"))
    let contest = ContestID(rawValue: "race-20261124T2300Z")
    try slow.follow(.board(contest))
    _ = try slow.event("board.snapshot")
    slow.pipeEnd?.isStuck = true
    var run = try ada.ask(.contestStart(.init(contest: contest))).at("run")
    for _ in 0..<6 {
      let question = try run.at("question")
      let side: Wire.Side =
        try question.text("options", "a").hasPrefix("words about") ? .a : .b
      let answer = ClientCommand.ContestAnswer(
        contest: contest, question: try question.count("number"), side: side)
      run = try ada.ask(.contestAnswer(answer)).at("run")
      server.advance(by: .milliseconds(250))
    }
    slow.pipeEnd?.isStuck = false
    server.settle()
    let board = try slow.event("board.snapshot").data
    #expect(try board.count("entries", "0", "points") == 6)
    #expect(!slow.received.contains { $0.contains("board.delta") })
  }

  @Test("Who goes while the duel is being made counts as away from its start")
  func goneAtTheStart() async throws {
    let disk = FailingStore(wrapping: InMemoryStore())
    let server = try await SimulatedServer(store: disk)
    let (ada, bob) = (try server.join(), try server.join())
    try ada.ask(.queueJoin(.init(format: .pick)))
    disk.holdCommits()
    let joined = try bob.send(.queueJoin(.init(format: .pick)))
    server.transport.pump()
    #expect(disk.heldCommitCount == 1, "the duel's opening is on its way to the disk")
    bob.pipeEnd?.vanish()
    disk.releaseCommits()
    server.settle()
    #expect(!joined.isEmpty)
    let duel = try ada.matched()
    try ada.follow(.duel(duel))
    let view = try ada.next("presence") { frame in
      frame.data["duel"]?["players"]?[1]?["connected"] == .bool(false)
        || (frame.type == "duel.presence" && frame.data["connected"] == .bool(false))
    }
    #expect(view.topic == .duel(duel))
    server.advance(by: .seconds(31))
    try ada.ask(.duelClaim(.init(duel: duel)))
  }

  @Test("Whoever waits in the queue and goes is taken out of it")
  func goneFromTheQueue() async throws {
    let server = try await SimulatedServer()
    let (ada, bob) = (try server.join(), try server.join())
    try ada.ask(.queueJoin(.init(format: .pick)))
    ada.pipeEnd?.vanish()
    server.settle()
    let answer = try bob.ask(.queueJoin(.init(format: .pick)))
    #expect(try answer.count("waiting") == 1)
    #expect(try bob.event("queue.waiting").data.text("queue", "reason") == "alone")
  }

  @Test(
    "Whoever comes back soon is known without a look into the database; after ten minutes with one")
  func comesBackFromMemory() async throws {
    let disk = FailingStore(wrapping: InMemoryStore())
    let server = try await SimulatedServer(store: disk)
    let ada = try server.join("Ada")
    ada.pipeEnd?.vanish()
    server.settle()
    disk.failReads(with: .inputOutput(doing: "reading", reason: "bad sector"))
    let back = try server.join(as: ada)
    #expect(back.player == ada.player)
    back.pipeEnd?.vanish()
    server.advance(by: .seconds(601))
    #expect(throws: (any Error).self) { try server.join(as: ada) }
    disk.heal()
    #expect(try server.join(as: ada).player == ada.player)
  }

  @Test("A wrong secret is refused for players in memory as for those on disk")
  func wrongSecret() async throws {
    let server = try await SimulatedServer()
    let ada = try server.join("Ada")
    let request = SimulatedRequest.upgrade(
      target: "/v1/socket", subprotocols: ["neuronarena.v1.json"])
    for isInMemory in [true, false] {
      if !isInMemory {
        ada.pipeEnd?.vanish()
        server.advance(by: .seconds(601))
      }
      let stranger = try #require(server.transport.connect(request).client)
      let client = try PlayerClient(SimulatedPipe(stranger, of: server), prefix: "x")
      let hello = ClientCommand.Hello(
        protocolName: "neuronarena.v1", client: "tests/1",
        player: .init(id: ada.player, secret: String(ada.secret.reversed())))
      #expect(try client.refusal(.hello(hello)) == .badSecret)
    }
  }
}
