import ArenaProtocol
import ArenaRules
import ArenaStorage
import ArenaTestSupport
import ArenaTypes
import Testing

@testable import ArenaServer

@Suite("Moderators void duels")
struct VoidedDuelTests {
  @Test("A running duel ends as void and moves no rating")
  func running() async throws {
    let moderated = try await ModeratedServer()
    let server = moderated.server
    let (ada, bob) = (try server.join("Ada", prefix: "a"), try server.join("Bob", prefix: "b"))
    let duel = try ada.meet(bob, in: .pick)
    let dry = try moderated.act(.voidDuel, duel.rawValue, dryRun: true)
    #expect(try dry.text("changes", "0").contains("no rating moves"))
    #expect(!ada.hasUnread("duel.finished"))
    let done = try moderated.act(.voidDuel, duel.rawValue, because: "a bot")
    #expect(try done.at("undo") == .null)
    let result = try ada.event("duel.finished").data.at("result")
    #expect(try result.text("outcome") == "void")
    #expect(try result.text("note") == "a bot")
    #expect(try moderated.refused(.voidDuel, duel.rawValue) == .wrongState)
    #expect(try moderated.refused(.endDuel, duel.rawValue) == .duelOver)
    #expect(try moderated.refused(.voidDuel, "d_none") == .notFound)
    #expect(try moderated.audit().count == 1)
  }

  @Test("A duel that is over gives back exactly what it moved, what later duels moved stays")
  func finished() async throws {
    let store = InMemoryStore()
    let moderated = try await ModeratedServer(store: store)
    let server = moderated.server
    let (ada, bob) = (try server.join("Ada", prefix: "a"), try server.join("Bob", prefix: "b"))
    let first = try ada.meet(bob, in: .pick)
    try ada.ask(.duelResign(.init(duel: first)))
    _ = try bob.event("rating.changed")
    let second = try moderated.invited(ada, bob)
    #expect(try moderated.refused(.voidDuel, first.rawValue) == .busy)
    try bob.ask(.duelResign(.init(duel: second)))
    _ = try bob.event("rating.changed")
    _ = try ada.event("rating.changed")

    let before = try await ratings(store, ada, bob)
    let result = try #require(
      try await store.read { reader throws(StorageError) in try reader.duelResult(first) })
    let dry = try moderated.act(.voidDuel, first.rawValue, dryRun: true)
    #expect(try dry.at("changes").array?.count == 3)
    #expect(try await ratings(store, ada, bob) == before)
    try moderated.act(.voidDuel, first.rawValue, because: "thrown away")
    let after = try await ratings(store, ada, bob)
    for (index, seat) in result.seats.enumerated() {
      let step = try #require(seat.ratingAfter) - #require(seat.ratingBefore)
      let place = seat.player == ada.player ? 0 : 1
      #expect(abs(after[place] - (before[place] - step)) < 1e-9, "seat \(index)")
    }
    // The duel itself has told of its rating once; this tells of it again.
    _ = try ada.event("notice") { $0["text"]?.string?.contains("voided") == true }
    let told = ada.received.filter {
      $0.contains("rating.changed") && $0.contains(first.rawValue)
    }
    #expect(told.count == 2)
    let kept = try await store.read { reader throws(StorageError) in
      try reader.duelResult(first)
    }
    #expect(kept?.voidedBecause == "thrown away")
    #expect(try moderated.refused(.voidDuel, first.rawValue) == .wrongState)
    // Both may play again, from the ratings as they are now.
    _ = try moderated.invited(ada, bob)
    let seats = try ada.event("duel.snapshot").data.at("duel", "players").array ?? []
    let shown = try seats.first { try $0.text("player") == ada.player.rawValue }?.at("rating")
      .number
    #expect(abs((shown ?? 0) - after[0]) < 0.1)
  }

  private func ratings(
    _ store: any DurableStore, _ clients: PlayerClient...
  ) async throws -> [Double] {
    let players = clients.map(\.player)
    return try await store.read { reader throws(StorageError) in
      var found: [Double] = []
      for player in players {
        found += try reader.ratings(of: player).filter { $0.format == "pick" }.map(\.rating)
      }
      return found
    }
  }
}
