import ArenaProtocol
import ArenaServer
import ArenaStorage
import ArenaTestSupport
import ArenaTypes
import DispatchTransport
import Testing

@Suite("Replays, and coming back after the end")
struct ReplayTests {
  /// All events of a finished duel, page by page.
  private func replay(_ client: PlayerClient, _ duel: DuelID) throws -> [JSONValue] {
    var events: [JSONValue] = []
    while true {
      let page = try client.ask(.duelReplay(.init(duel: duel, from: events.count)))
      let found = try page.at("events").array ?? []
      #expect(found.count <= 40)
      events += found
      if try found.isEmpty || events.count >= page.count("count") { return events }
    }
  }

  @Test("A replay tells what spectators were told, at the same moments and in the same words")
  func asItWas() async throws {
    let server = try await SimulatedServer()
    let (ada, bob, eve) = (try server.join(), try server.join(), try server.join())
    let duel = try ada.meet(bob, in: .pick)
    try eve.follow(.duel(duel))
    #expect(try eve.refusal(.duelReplay(.init(duel: duel, from: 0))) == .wrongState)
    try GhostTests.play(server, ada, bob, duel)
    _ = try eve.event("duel.finished")
    let told = try eve.received.compactMap { try ServerFrame(decoding: Array($0.utf8)) }.filter {
      guard case .duel? = $0.topic else { return false }
      return !["duel.snapshot", "duel.heat", "duel.spectators"].contains($0.type)
    }
    let events = try replay(eve, duel)
    #expect(events.first?["type"]?.string == "duel.started")
    #expect(events.last?["type"]?.string == "duel.finished")
    let replayed = events.dropFirst()
    #expect(replayed.map { $0["type"]?.string } == told.map(\.type))
    for (event, frame) in zip(replayed, told) {
      #expect(event["data"] == frame.data)
      #expect(event["at"]?.integer == frame.at.millisecondsSinceEpoch)
    }
    let lobby = try server.join()
    try lobby.follow(.lobby)
    let finished = try lobby.event("lobby.snapshot").data.at("lobby", "finished")
    #expect(try finished.text("0", "id") == duel.rawValue)
    #expect(
      try eve.refusal(.duelReplay(.init(duel: .init(rawValue: "d_no"), from: 0))) == .notFound)
    let beyond = try eve.ask(.duelReplay(.init(duel: duel, from: 9_999)))
    #expect(try beyond.at("events").array?.isEmpty == true)
  }

  @Test("A duel between friends is replayed for them alone, and journals are forgotten in time")
  func privateAndOld() async throws {
    let server = try await SimulatedServer { $0.replaysKept = .seconds(7_200) }
    let (ada, bob, eve) = (try server.join(), try server.join(), try server.join())
    let code = try ada.ask(.duelInvite(.init(format: .pick))).text("invite", "code")
    let duel = DuelID(rawValue: try bob.ask(.duelJoin(.init(code: code))).text("duel"))
    try ada.ask(.duelResign(.init(duel: duel)))
    #expect(try replay(bob, duel).last?["type"]?.string == "duel.finished")
    #expect(try eve.refusal(.duelReplay(.init(duel: duel, from: 0))) == .notFound)
    server.advance(by: .seconds(3_600))
    _ = try replay(bob, duel)
    server.advance(by: .seconds(7_300))
    let back = try server.join(as: bob, prefix: "b")
    #expect(try back.refusal(.duelReplay(.init(duel: duel, from: 0))) == .notFound)
  }

  @Test("Who was cut before the end finds the result after a restart, for as long as others would")
  func endAfterRestart() async throws {
    let store = InMemoryStore()
    let first = try await SimulatedServer(store: store)
    let (ada, bob) = (try first.join(), try first.join())
    let duel = try ada.meet(bob, in: .pick)
    try ada.ask(.duelResign(.init(duel: duel)))
    let second = try await SimulatedServer(store: store)
    let back = try second.join(as: bob, prefix: "b")
    try back.follow(.duel(duel))
    let view = try back.event("duel.snapshot").data.at("duel")
    #expect(try view.text("phase") == "finished")
    #expect(try view.text("result", "reason") == "resigned")
    #expect(
      try back.refusal(.duelAnswer(.init(duel: duel, round: 1, answer: .pick(.a)))) == .duelOver)
    second.advance(by: .seconds(301))
    #expect(try back.refusal(.subscribe(.init(topic: .duel(duel)))) == .notFound)
    withExtendedLifetime(first) {}
  }

  @Test("Who loses the connection in the queue is told so, and waits again by the same command")
  func queueAfterBreak() async throws {
    let server = try await SimulatedServer()
    let ada = try server.join()
    try ada.ask(.queueJoin(.init(format: .pick)), id: "mine")
    let place = try ada.event("queue.waiting")
    (ada.pipe as? SimulatedPipe)?.client.vanish()
    server.settle()
    let back = try server.connect(prefix: "b")
    try back.sayHello(as: ada)
    try back.follow(.me, epoch: place.epoch, offset: place.offset)
    #expect(try back.event("queue.left").data.text("reason") == "disconnected")
    #expect(
      try back.ask(.queueJoin(.init(format: .pick)), id: "mine").count("position") == 1)
    let bob = try server.join()
    try bob.ask(.queueJoin(.init(format: .pick)))
    #expect(try back.matched() == bob.matched())
  }
}
