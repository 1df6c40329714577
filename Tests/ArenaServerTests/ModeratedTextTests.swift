import ArenaProtocol
import ArenaStorage
import ArenaTestSupport
import ArenaTypes
import Interpretation
import Testing

@testable import ArenaServer

private struct WhisperSuspicion: TextSuspicion {
  func isSuspect(_ text: String) throws(InterpretationError) -> Bool { text.contains("whisper") }
}

@Suite("Moderators hide and restore texts")
struct ModeratedTextTests {
  private func revealed(
    _ moderated: ModeratedServer, _ text: String
  ) throws -> (ada: PlayerClient, bob: PlayerClient, eve: PlayerClient, duel: DuelID) {
    let server = moderated.server
    let (ada, bob) = (try server.join("Ada", prefix: "a"), try server.join("Bob", prefix: "b"))
    let eve = try server.join("Eve", prefix: "e")
    let duel = try ada.meet(bob, in: .write)
    try eve.follow(.duel(duel))
    server.advance(by: .seconds(4))
    try ada.answer(.write(text), in: duel, round: 1)
    try bob.answer(.write("harmless words"), in: duel, round: 1)
    _ = try bob.reveal(1)
    _ = try eve.reveal(1)
    return (ada, bob, eve, duel)
  }

  @Test(
    "What waits is in a queue; restored, all who follow the duel see it at once, and who comes later"
  )
  func restored() async throws {
    let store = InMemoryStore()
    let moderated = try await ModeratedServer(store: store, suspicion: WhisperSuspicion())
    let (ada, bob, eve, duel) = try revealed(moderated, "who whispers at night")
    let waiting = try moderated.list(.texts)
    #expect(try waiting.map { try $0.text("title") } == ["who whispers at night"])
    #expect(try waiting.map { try $0.text("state") } == ["waits"])
    #expect(try waiting.map { try $0.text("player") } == [ada.player.rawValue])
    let name = try waiting[0].text("id")
    #expect(name == "duel/\(duel)/0/0/0")

    let done = try moderated.act(.restore, name, because: "harmless")
    #expect(try done.text("undo") == "hide")
    for client in [bob, eve] {
      let changed = try client.event("duel.textChanged").data
      #expect(try changed.text("text") == "who whispers at night")
      #expect(try changed.at("hidden") == .bool(false))
      #expect(try changed.count("round") == 1)
    }
    #expect(try moderated.list(.texts).isEmpty)
    #expect(try moderated.list(.texts, all: true).map { try $0.text("state") } == ["restored"])
    let fay = try moderated.server.join("Fay", prefix: "f")
    try fay.follow(.duel(duel))
    let reveal = try fay.event("duel.snapshot").data.at("duel", "reveal")
    #expect(try reveal.text("answers", "0", "text") == "who whispers at night")
    #expect(try reveal.at("hidden") == .array([.bool(false), .bool(false)]))
    let entry = try #require(try moderated.audit().first)
    #expect(try entry.text("action") == "restore")
    #expect(try entry.text("undo") == "hide")
    #expect(try moderated.refused(.restore, name) == .wrongState)

    // A server that starts again has not forgotten.
    let second = try await ModeratedServer(store: store, suspicion: WhisperSuspicion(), prefix: "n")
    let back = try second.server.join(as: bob, prefix: "c")
    try back.follow(.duel(duel))
    let kept = try back.event("duel.snapshot").data.at("duel", "reveal")
    #expect(try kept.text("answers", "0", "text") == "who whispers at night")
    try second.undo(done)
    #expect(try back.event("duel.textChanged").data.text("text").isEmpty)
    #expect(try second.list(.texts, all: true).map { try $0.text("state") } == ["hidden"])
    withExtendedLifetime(moderated.server) {}
  }

  @Test("A text that nobody suspected is hidden as well; its author still reads it")
  func hidden() async throws {
    let moderated = try await ModeratedServer()
    let (ada, bob, _, duel) = try revealed(moderated, "plain words")
    #expect(try moderated.refused(.hide, "duel/\(duel)/0/2/0") == .notFound)
    #expect(try moderated.refused(.hide, "duel/\(duel)/1/0/0") == .notFound)
    #expect(try moderated.refused(.restore, "duel/\(duel)/0/0/0") == .wrongState)
    #expect(try moderated.refused(.hide, "nonsense") == .badField)
    let before = bob.received.count
    try moderated.act(.hide, "duel/\(duel)/0/0/0", because: "an insult")
    #expect(try bob.event("duel.textChanged").data.at("hidden") == .bool(true))
    #expect(!bob.received[before...].contains { $0.contains("plain words") })
    let back = try moderated.server.join(as: ada, prefix: "c")
    try back.follow(.duel(duel))
    let own = try back.event("duel.snapshot").data.at("duel", "you")
    #expect(try own.text("answer", "text") == "plain words")
    #expect(try own.at("hidden") == .bool(true))
  }

  @Test(
    "A hidden excerpt gives way to the next clue in the running round, and is in no round to come")
  func excerpt() async throws {
    let moderated = try await ModeratedServer()
    let server = moderated.server
    let (ada, bob) = (try server.join("Ada", prefix: "a"), try server.join("Bob", prefix: "b"))
    let duel = try ada.meet(bob, in: .write)
    server.advance(by: .seconds(4))
    let round = try ada.round(1)
    let clues = try #require(try round.at("clues").array?.map { try $0.text("id") })
    #expect(clues.count == 5)
    #expect(try moderated.refused(.hide, "excerpt/none") == .notFound)
    // One that is scored on can't be named at all.
    #expect(try moderated.refused(.hide, "excerpt/u0held0") == .notFound)
    let done = try moderated.act(.hide, "excerpt/\(clues[1])", because: "a name in it")
    let changed = try ada.event("duel.cluesChanged").data.at("round")
    let after = try #require(try changed.at("clues").array?.map { try $0.text("id") })
    #expect(after.count == 5 && Set(after).count == 5)
    #expect(!after.contains(clues[1]))
    #expect(after[0] == clues[0] && after[2...] == clues[2...])
    #expect(try changed.at("deadline") == round.at("deadline"))
    _ = try bob.event("duel.cluesChanged")
    let watcher = try server.join("Eve", prefix: "e")
    try watcher.follow(.duel(duel))
    let seen = try watcher.event("duel.snapshot").data.at("duel", "round", "clues").array ?? []
    #expect(try seen.map { try $0.text("id") } == after)
    let unit = UnitID(rawValue: try round.text("unit", "id"))
    let page = try watcher.ask(.unitGet(.init(unit: unit))).at("unit", "clues").array ?? []
    #expect(try !page.map { try $0.text("id") }.contains(clues[1]))

    try moderated.undo(done)
    let again = try ada.event("duel.cluesChanged").data.at("round", "clues").array ?? []
    #expect(try again.map { try $0.text("id") } == clues)
  }
}
