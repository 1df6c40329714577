import ArenaProtocol
import ArenaStorage
import ArenaTestSupport
import ArenaTypes
import Dispatch
import Interpretation
import Testing

@testable import ArenaServer

/// Suspects texts that whisper, as a sentence model would.
private struct WhisperSuspicion: TextSuspicion {
  var failure: InterpretationError?

  func isSuspect(_ text: String) throws(InterpretationError) -> Bool {
    if let failure { throw failure }
    return text.contains("whisper")
  }
}

/// Reads nothing before the test allows it.
private struct StuckSuspicion: TextSuspicion {
  let gate = DispatchSemaphore(value: 0)

  func isSuspect(_ text: String) throws(InterpretationError) -> Bool {
    if gate.wait(timeout: .now() + .seconds(20)) == .timedOut { throw .engine("too late") }
    return false
  }
}

@Suite("Explicit texts that players write")
struct HiddenTextTests {
  private func begin(
    _ server: SimulatedServer, _ format: Wire.DuelFormat = .write
  ) throws -> (ada: PlayerClient, bob: PlayerClient, eve: PlayerClient, duel: DuelID) {
    let (ada, bob) = (try server.join("Ada", prefix: "a"), try server.join("Bob", prefix: "b"))
    let eve = try server.join("Eve", prefix: "e")
    let duel = try ada.meet(bob, in: format)
    try eve.follow(.duel(duel))
    server.advance(by: .seconds(4))
    _ = try ada.round(1)
    return (ada, bob, eve, duel)
  }

  private func expectUnseen(_ words: [String], by clients: PlayerClient...) {
    for client in clients {
      let pipe = client.pipe as? SimulatedPipe
      for text in client.received + (pipe?.takeArrived() ?? []) {
        for word in words { #expect(!text.contains(word), "\(text)") }
      }
    }
  }

  private func audit(_ server: SimulatedServer) async throws -> [AuditRecord] {
    try await server.store.read { reader throws(StorageError) in
      try reader.audit(before: nil, limit: 50)
    }.map(\.record)
  }

  @Test("What its words block is refused, tells its author why, and is shown to nobody")
  func blocked() async throws {
    let server = try await SimulatedServer(suspicion: WhisperSuspicion())
    let (ada, bob, eve, duel) = try begin(server)
    try ada.answer(.write("sh1tty words"), in: duel, round: 1)
    let refused = try ada.event("duel.writeChecked").data
    #expect(try refused.at("accepted") == .bool(false))
    #expect(try refused.text("refused", "code") == "explicit_text")
    #expect(try refused.at("hidden") == .bool(false))
    try ada.answer(.write("rude words"), in: duel, round: 1)
    #expect(try ada.event("duel.writeChecked").data.at("accepted") == .bool(true))
    try bob.answer(.write("words"), in: duel, round: 1)
    #expect(try bob.reveal(1).text("answers", "0", "text") == "rude words")
    expectUnseen(["sh1tty"], by: bob, eve)
    #expect(try await audit(server).isEmpty)
  }

  @Test(
    "What a moderator should see first stands and is scored, but only its author reads it",
    arguments: ["lustful glances", "who whispers at night"])
  func hidden(text: String) async throws {
    let server = try await SimulatedServer(suspicion: WhisperSuspicion())
    let (ada, bob, eve, duel) = try begin(server)
    try ada.answer(.write(text), in: duel, round: 1)
    let checked = try ada.event("duel.writeChecked").data
    #expect(try checked.at("accepted") == .bool(true))
    #expect(try checked.at("hidden") == .bool(true))
    #expect(try await audit(server).isEmpty)
    try bob.answer(.write("harmless words"), in: duel, round: 1)
    #expect(try bob.event("duel.writeChecked").data.at("hidden") == .bool(false))

    let reveal = try bob.reveal(1)
    #expect(try eve.reveal(1) == reveal)
    #expect(try reveal.at("hidden") == .array([.bool(true), .bool(false)]))
    #expect(try reveal.text("answers", "0", "text").isEmpty)
    #expect(try reveal.text("answers", "1", "text") == "harmless words")
    #expect(try reveal.at("scores", "0", "value").number != nil)
    _ = try bob.event("duel.heat")
    expectUnseen([text], by: bob, eve)

    let back = try server.join(as: ada, prefix: "c")
    try back.follow(.duel(duel))
    let own = try back.event("duel.snapshot").data.at("duel", "you")
    #expect(try own.text("answer", "text") == text)
    #expect(try own.at("hidden") == .bool(true))
    let watcher = try server.join("Fay", prefix: "f")
    try watcher.follow(.duel(duel))
    _ = try watcher.event("duel.snapshot")
    expectUnseen([text], by: watcher)

    let entries = try await audit(server)
    #expect(entries.map(\.subject) == [ada.player.rawValue])
    #expect(entries.allSatisfy { $0.why.hasSuffix(": \(text)") && $0.what == "hid a text" })
  }

  @Test("A text that the engine can't read is hidden rather than shown")
  func unreadable() async throws {
    let server = try await SimulatedServer(
      suspicion: WhisperSuspicion(failure: .engine("no model")))
    let (ada, bob, _, duel) = try begin(server)
    try ada.answer(.write("plain words"), in: duel, round: 1)
    #expect(try ada.event("duel.writeChecked").data.at("hidden") == .bool(true))
    try bob.answer(.write("other words"), in: duel, round: 1)
    #expect(try bob.reveal(1).at("hidden") == .array([.bool(true), .bool(true)]))
    expectUnseen(["plain words"], by: bob)
  }

  @Test("A text that nobody has checked when the round ends is shown to nobody")
  func unchecked() async throws {
    let suspicion = StuckSuspicion()
    defer { for _ in 0..<8 { suspicion.gate.signal() } }
    let server = try await SimulatedServer(suspicion: suspicion)
    let (ada, bob, eve, duel) = try begin(server)
    try ada.answer(.write("unread words"), in: duel, round: 1)
    let again = ClientCommand.DuelAnswer(duel: duel, round: 1, answer: .write("more"))
    #expect(try ada.refusal(.duelAnswer(again)) == .beingChecked)
    server.advance(by: .seconds(75 + 20))
    let reveal = try bob.reveal(1)
    #expect(try reveal.at("counted") == .bool(false))
    #expect(try reveal.at("hidden") == .array([.bool(true), .bool(false)]))
    expectUnseen(["unread words"], by: bob, eve)
  }

  @Test("Of fire texts too only the author reads what is refused, or hidden")
  func fire() async throws {
    let server = try await SimulatedServer(suspicion: WhisperSuspicion())
    let (ada, bob, eve, duel) = try begin(server, .fire)
    try ada.answer(.fire("bullsh1t here"), in: duel, round: 1)
    let refused = try ada.event("duel.fireResult").data
    #expect(try refused.text("result", "refused", "code") == "explicit_text")
    #expect(try refused.text("result", "text") == "bullsh1t here")
    for text in ["lustful glances", "they whisper", "calm seas"] {
      try ada.answer(.fire(text), in: duel, round: 1)
      let result = try ada.event("duel.fireResult").data.at("result")
      #expect(try result.text("state") == "measured")
      #expect(try result.text("text") == text)
      #expect(try result.at("hidden") == .bool(text != "calm seas"))
      #expect(try result.at("tokens").array?.isEmpty == false)
    }
    try bob.answer(.done, in: duel, round: 1)
    let tries = try eve.reveal(1).at("tries", "0")
    #expect(try tries.array?.map { try $0.text("text") } == ["", "", "", "calm seas"])
    let hidden = try tries.array?.map { try $0.at("hidden") == .bool(true) }
    #expect(hidden == [true, true, true, false])
    #expect(try tries.at("1", "tokens") == .array([]))
    #expect(try tries.at("1", "peak").number != nil)
    _ = try bob.reveal(1)
    expectUnseen(["bullsh1t", "lustful", "whisper"], by: bob, eve)
    let entries = try await audit(server)
    #expect(entries.map(\.why).map { $0.contains("bullsh1t") } == [false, false])

    let back = try server.join(as: ada, prefix: "c")
    try back.follow(.duel(duel))
    let own = try back.event("duel.snapshot").data.at("duel", "you", "tries")
    #expect(try own.array?.map { try $0.text("text") }.contains("lustful glances") == true)
  }
}

@Suite("Explicit excerpts and who wants to see them")
struct ExplicitClueTests {
  private static let campaign = ScriptedCampaign.explicit(each: 3)

  /// How many of the five clues of a duel's first round are explicit.
  private func explicitClues(
    _ server: SimulatedServer, _ ada: PlayerClient, _ bob: PlayerClient
  ) throws -> Int {
    // By invitation: who has resigned has another rating.
    let invite = try ada.ask(.duelInvite(.init(format: .write))).at("invite")
    try bob.ask(.duelJoin(.init(code: try invite.text("code"))))
    let duel = try ada.matched()
    try ada.follow(.duel(duel))
    try bob.follow(.duel(duel))
    server.advance(by: .seconds(4))
    let clues = try ada.round(1).at("clues").array ?? []
    #expect(clues.count == 5)
    try ada.ask(.duelResign(.init(duel: duel)))
    _ = try bob.event("duel.finished")
    ada.forgetUnread()
    bob.forgetUnread()
    return try clues.count { try $0.text("tokens", "0") == "obscene" }
  }

  @Test("Hidden and replaced by the next, unless both want it; the choice is kept over a restart")
  func choice() async throws {
    let store = InMemoryStore()
    let first = try await SimulatedServer(store: store, campaign: Self.campaign)
    let (ada, bob) = (try first.join("Ada", prefix: "a"), try first.join("Bob", prefix: "b"))
    #expect(try explicitClues(first, ada, bob) == 0)
    let settings = ClientCommand.SettingsSet(showExplicit: true)
    #expect(try ada.ask(.settingsSet(settings)).at("player", "showExplicit") == .bool(true))
    #expect(try explicitClues(first, ada, bob) == 0)

    let second = try await SimulatedServer(store: store, campaign: Self.campaign)
    let anna = try second.join(as: ada, prefix: "c")
    let bert = try second.join(as: bob, prefix: "d")
    #expect(try anna.event("me.snapshot").data.at("player", "showExplicit") == .bool(true))
    #expect(try explicitClues(second, anna, bert) == 0)
    try bert.ask(.settingsSet(settings))
    #expect(try explicitClues(second, anna, bert) == 2)
    try anna.ask(.settingsSet(.init(showExplicit: false)))
    #expect(try explicitClues(second, anna, bert) == 0)
    withExtendedLifetime(first) {}
  }
}
