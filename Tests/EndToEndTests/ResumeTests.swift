import ArenaProtocol
import ArenaRules
import ArenaServer
import ArenaTestSupport
import ArenaTypes
import Testing

@Suite("Coming back over real sockets")
struct ResumeTests {
  @Test("Who comes back with epoch and offset gets exactly what was missed, byte for byte")
  func exactlyTheMissed() async throws {
    try await TestServer.with { server in
      let (ada, bob) = (try server.join(), try server.join())
      let duel = try ada.meet(bob, in: .pick)
      let witness = try server.join()
      let place = try witness.follow(.duel(duel))
      let leaver = try server.join()
      let left = try leaver.follow(.duel(duel))
      _ = try ada.round(1)
      try ada.answer(.pick(.a), in: duel, round: 1)
      try bob.answer(.pick(.b), in: duel, round: 1)
      _ = try witness.reveal(1)
      _ = try witness.event("duel.heat")
      leaver.vanish()

      let back = try server.join(as: leaver, prefix: "d")
      let resumed = try back.follow(
        .duel(duel), epoch: try left.text("epoch"), offset: try left.count("offset"))
      #expect(try resumed.at("recovered") == .bool(true))
      _ = try back.event("duel.heat")
      let topic = "\"topic\":\"duel/"
      func events(_ client: PlayerClient, after offset: Int) throws -> [String] {
        try client.received.filter { text in
          guard text.contains(topic), let frame = try ServerFrame(decoding: Array(text.utf8))
          else { return false }
          return (frame.offset ?? 0) > offset && frame.type != "duel.snapshot"
            && frame.type != "duel.spectators"
        }
      }
      let from = try left.count("offset")
      let through = try resumed.count("offset")
      #expect(try place.count("offset") <= from)
      let missed = try events(back, after: from)
      #expect(missed.count >= 4)
      #expect(try events(witness, after: from).starts(with: missed))
      // No gap and no duplicate, whatever came.
      let offsets = try back.received.compactMap { text -> Int? in
        guard text.contains(topic) else { return nil }
        return try ServerFrame(decoding: Array(text.utf8))?.offset
      }
      #expect(offsets == Array((from + 1)..<(from + 1 + offsets.count)))
      #expect(through <= (offsets.last ?? 0))
    }
  }

  @Test("A stale epoch or an offset from the future gets a snapshot")
  func stale() async throws {
    try await TestServer.with { server in
      let (ada, bob) = (try server.join(), try server.join())
      let duel = try ada.meet(bob, in: .pick)
      let back = try server.join(as: ada, prefix: "d")
      let stale = try back.follow(.duel(duel), epoch: "e_old", offset: 1)
      #expect(try stale.at("recovered") == .bool(false))
      let snapshot = try back.event("duel.snapshot")
      #expect(try snapshot.data.count("duel", "you", "seat") == 0)
      #expect(snapshot.offset == (try stale.count("offset")))
      let future = try back.follow(
        .duel(duel), epoch: try stale.text("epoch"), offset: 9_999)
      #expect(try future.at("recovered") == .bool(false))
      _ = try back.event("duel.snapshot")
    }
  }

  @Test(
    "A command that is repeated after a reconnect gets the first answer and has no second effect")
  func repeatedCommand() async throws {
    try await TestServer.with { server in
      let (ada, bob) = (try server.join(), try server.join())
      let duel = try ada.meet(bob, in: .pick)
      _ = try ada.round(1)
      let answer = ClientCommand.duelAnswer(.init(duel: duel, round: 1, answer: .pick(.a)))
      try ada.ask(answer, id: "mine")
      let first = try #require(ada.received.last { $0.contains("\"re\":\"mine\"") })
      ada.vanish()

      let back = try server.join(as: ada, prefix: "d")
      try back.ask(answer, id: "mine")
      #expect(back.received.last { $0.contains("\"re\":\"mine\"") } == first)
      // Even with another content: the name decides.
      let other = ClientCommand.duelAnswer(.init(duel: duel, round: 1, answer: .pick(.b)))
      try back.ask(other, id: "mine")
      try bob.answer(.pick(.b), in: duel, round: 1)
      #expect(try bob.reveal(1).text("answers", "0", "side") == "a")
      let locks = bob.received.count {
        $0.contains("duel.lockedIn") && $0.contains("\"seat\":0")
      }
      #expect(locks == 1)
    }
  }

  @Test("A player who comes back finds the duel, the round and the own answer in snapshots")
  func backIntoTheRound() async throws {
    try await TestServer.with {
      try await TestServer { $0.duelTiming.absenceMilliseconds = 20_000 }
    } _: { server in
      let (ada, bob) = (try server.join(), try server.join())
      let duel = try ada.meet(bob, in: .write)
      let round = try ada.round(1)
      try ada.answer(.write("kinds of weather"), in: duel, round: 1)
      ada.vanish()
      _ = try bob.event("duel.presence")

      let back = try server.connect(prefix: "d")
      let welcome = try back.sayHello(as: ada)
      #expect(try welcome.text("activeDuel") == duel.rawValue)
      try back.follow(.me)
      #expect(try back.event("me.snapshot").data.text("activeDuel") == duel.rawValue)
      try back.follow(.duel(duel))
      let view = try back.event("duel.snapshot").data.at("duel")
      #expect(try view.at("round", "clues") == round.at("clues"))
      #expect(try view.text("you", "answer", "text") == "kinds of weather")
      #expect(try view.text("you", "textState") == "accepted")
      let seen = try bob.event("duel.presence") { $0["connected"] == .bool(true) }
      #expect(try seen.data.at("claimableAt") == .null)
      let spectator = try server.join()
      try spectator.follow(.duel(duel))
      let public1 = try spectator.event("duel.snapshot")
      #expect(try public1.data.at("duel", "you") == .null)
      #expect(spectator.received.allSatisfy { !$0.contains("kinds of weather") })
    }
  }

  @Test("A refused text is told again to a player who comes back")
  func refusedTextAgain() async throws {
    try await TestServer.with { server in
      let (ada, bob) = (try server.join(), try server.join())
      let duel = try ada.meet(bob, in: .write)
      let round = try ada.round(1)
      let copy = try round.at("clues", "0", "tokens").array?.prefix(6).compactMap(\.string)
      try ada.answer(.write(copy?.joined() ?? ""), in: duel, round: 1)
      _ = try ada.event("duel.writeChecked")
      try ada.follow(.duel(duel))
      let view = try ada.event("duel.snapshot") { $0["duel"]?["you"]?["answer"] != .null }
      #expect(try view.data.text("duel", "you", "textState") == "refused")
      #expect(try view.data.text("duel", "you", "refused", "code") == "copied_from_clue")
    }
  }

  @Test("One who unsubscribes or goes at once takes no events from others on the same shard")
  func hastyFollowers() async throws {
    try await TestServer.with { server in
      let (ada, bob) = (try server.join(), try server.join())
      let duel = try ada.meet(bob, in: .pick)
      let watchers = try (0..<4).map { _ in try server.join() }
      for watcher in watchers { try watcher.follow(.duel(duel)) }
      for index in 0..<8 {
        let hasty = try server.join()
        let follow = try hasty.send(.subscribe(.init(topic: .duel(duel))))
        if index.isMultiple(of: 2) {
          try hasty.send(.unsubscribe(.init(topic: .duel(duel))))
          _ = try hasty.answer(to: follow)
        }
        hasty.vanish()
      }
      try ada.answer(.pick(.a), in: duel, round: try ada.round(1).count("number"))
      for watcher in watchers + [bob] { _ = try watcher.event("duel.lockedIn") }
    }
  }

  @Test("A unit's page is sealed while the player's round asks about it, and open after")
  func sealedUnit() async throws {
    try await TestServer.with { server in
      let (ada, bob) = (try server.join(), try server.join())
      let duel = try ada.meet(bob, in: .pick)
      let round = try ada.round(1)
      let unit = ClientCommand.unitGet(.init(unit: UnitID(rawValue: try round.text("unit", "id"))))
      #expect(try ada.refusal(unit) == .sealed)
      let page = try server.join().ask(unit)
      #expect(try page.at("unit", "clues").array?.count == 15)
      try ada.answer(.pick(.a), in: duel, round: 1)
      #expect(try ada.refusal(unit) == .sealed)
      try bob.answer(.pick(.a), in: duel, round: 1)
      _ = try ada.reveal(1)
      try ada.ask(unit)
      let none = ClientCommand.unitGet(.init(unit: UnitID(rawValue: "no/1/mlp/2")))
      #expect(try ada.refusal(none) == .notFound)
    }
  }
}
