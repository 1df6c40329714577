import ArenaProtocol
import ArenaStorage
import ArenaTestSupport
import ArenaTypes
import Dispatch
import Interpretation
import Testing

@testable import ArenaServer

/// A scorer whose first and whose final scores come when the test lets them.
private final class SteppedScorer: Scorer {
  let name = "stepped/1"
  let first = Gate()
  let final = Gate()
  private static let machineTexts = Set(
    ScriptedCampaign.make(unitCount: 40).units.flatMap(\.explanations)
      .filter { $0.role == .machine }.map(\.explanation.text))

  func score(_ text: ExplanationText, unit: UnitID) throws(InterpretationError) -> Score {
    // The machine's text is scored too, in the background; the gates are for what people write.
    let isMachine = Self.machineTexts.contains(text)
    guard isMachine || final.pass() else { throw .engine("the test let no score through") }
    return Score(value: 71.5, low: 60, high: 80.5, cap: nil, scorer: name)
  }

  func provisionalScore(_ text: ExplanationText, unit: UnitID) throws(InterpretationError)
    -> Score?
  {
    guard first.pass() else { throw .engine("the test let no score through") }
    return Score(value: 62.5, low: 48, high: 75.5, cap: nil, scorer: name + "-provisional")
  }

  func predict(_ text: ExplanationText, unit: UnitID, on excerpts: [Excerpt])
    throws(InterpretationError) -> [[Float]]
  { [] }

  /// Lets everything through that still waits, so that the engine's threads can end.
  func open() {
    for gate in [first, final] { gate.let(64) }
  }
}

/// Lets through as many as it was told to.
private final class Gate: Sendable {
  private let semaphore = DispatchSemaphore(value: 0)

  func `let`(_ count: Int) {
    for _ in 0..<count { semaphore.signal() }
  }

  /// Whether it was opened in time.
  func pass() -> Bool { semaphore.wait(timeout: .now() + .seconds(20)) == .success }
}

@Suite("What a player is told of its own score in a write round")
struct WriteScoreTests {
  /// Two who are asked to write, and one who watches.
  private func begin(
    _ server: SimulatedServer
  ) throws -> (ada: PlayerClient, bob: PlayerClient, eve: PlayerClient, duel: DuelID) {
    let (ada, bob) = (try server.join("Ada", prefix: "a"), try server.join("Bob", prefix: "b"))
    let eve = try server.join("Eve", prefix: "e")
    let duel = try ada.meet(bob, in: .write)
    try eve.follow(.duel(duel))
    server.advance(by: .seconds(4))
    _ = try ada.round(1)
    return (ada, bob, eve, duel)
  }

  private func expectNothing(of words: [String], _ clients: PlayerClient...) {
    for client in clients {
      let pipe = client.pipe as? SimulatedPipe
      for text in client.received + (pipe?.takeArrived() ?? []) {
        for word in words { #expect(!text.contains(word), "\(text)") }
      }
    }
  }

  @Test("First a provisional one, then the one that counts, with intervals; nobody else is told")
  func bothScores() async throws {
    let scorer = SteppedScorer()
    defer { scorer.open() }
    let server = try await SimulatedServer(scorer: scorer)
    let (ada, bob, eve, duel) = try begin(server)
    try ada.answer(.write("one  thing"), in: duel, round: 1)
    _ = try ada.event("duel.writeChecked")
    scorer.first.let(1)
    let first = try ada.event("duel.score").data
    #expect(try first.at("provisional") == .bool(true))
    #expect(try first.text("text") == "one thing")
    #expect(try first.count("round") == 1)
    #expect(try first.at("score", "value").number == 62.5)
    #expect(try first.at("score", "low").number == 48)
    #expect(try first.at("score", "high").number == 75.5)
    scorer.final.let(1)
    let second = try ada.event("duel.score").data
    #expect(try second.at("provisional") == .bool(false))
    #expect(try second.at("score", "value").number == 71.5)
    #expect(try second.at("score", "low").number == 60)
    server.settle()
    expectNothing(of: ["duel.score", "one thing", "62.5", "71.5"], bob, eve)

    try bob.answer(.write("another"), in: duel, round: 1)
    scorer.first.let(1)
    _ = try bob.event("duel.score")
    scorer.final.let(1)
    let reveal = try eve.reveal(1)
    #expect(try reveal.at("scores", "0", "value").number == 71.5)
    #expect(try reveal.at("scores", "0", "low").number == 60)
    #expect(!ada.hasUnread("duel.score"))
  }

  @Test("No journal has a provisional score")
  func journal() async throws {
    let scorer = SteppedScorer()
    defer { scorer.open() }
    let server = try await SimulatedServer(scorer: scorer)
    let (ada, _, _, duel) = try begin(server)
    try ada.answer(.write("one thing"), in: duel, round: 1)
    scorer.first.let(1)
    _ = try ada.event("duel.score")
    scorer.final.let(1)
    _ = try ada.event("duel.score")
    let entries = try await server.store.read { reader throws(StorageError) in
      try reader.journal(of: .duel(duel), from: 0)
    }
    let texts = entries.map { String(decoding: $0.payload, as: UTF8.self) }
    #expect(texts.contains { $0.contains("stepped") })
    #expect(!texts.contains { $0.contains("provisional") })
  }

  @Test("A provisional score that comes after the end of the duel is dropped")
  func late() async throws {
    let scorer = SteppedScorer()
    defer { scorer.open() }
    let server = try await SimulatedServer(scorer: scorer) { $0.engineJobCountMax = 1 }
    let (ada, bob, _, duel) = try begin(server)
    try ada.answer(.write("one thing"), in: duel, round: 1)
    _ = try ada.event("duel.writeChecked")
    try bob.ask(.duelResign(.init(duel: duel)))
    _ = try ada.event("duel.finished")
    scorer.first.let(1)
    // The engine's only thread gets to this when it is through with the first score.
    let isThrough = DispatchSemaphore(value: 0)
    scorer.final.let(1)
    let unit = ScriptedCampaign.make(unitCount: 1).units[0].id
    server.server.score(try ExplanationText("behind it"), unit: unit) { _ in isThrough.signal() }
    #expect(isThrough.wait(timeout: .now() + .seconds(20)) == .success)
    server.settle()
    expectNothing(of: ["duel.score"], ada)
  }

  @Test("Who comes back is shown the provisional score, and then the one that counts")
  func comeBack() async throws {
    let scorer = SteppedScorer()
    defer { scorer.open() }
    let server = try await SimulatedServer(scorer: scorer)
    let (ada, bob, _, duel) = try begin(server)
    try ada.answer(.write("one thing"), in: duel, round: 1)
    scorer.first.let(1)
    _ = try ada.event("duel.score")
    let back = try server.join(as: ada, prefix: "c")
    try back.follow(.duel(duel))
    let early = try back.event("duel.snapshot").data.at("duel", "you")
    #expect(try early.at("score", "value").number == 62.5)
    #expect(try early.at("provisional") == .bool(true))
    scorer.final.let(1)
    _ = try ada.event("duel.score")
    let again = try server.join(as: ada, prefix: "d")
    try again.follow(.duel(duel))
    let later = try again.event("duel.snapshot").data.at("duel", "you")
    #expect(try later.at("score", "value").number == 71.5)
    #expect(try later.at("provisional") == .bool(false))
    let other = try server.join(as: bob, prefix: "f")
    try other.follow(.duel(duel))
    #expect(try other.event("duel.snapshot").data.at("duel", "you", "score") == .null)
  }

  @Test("After a restart of the server both scores are told again")
  func restart() async throws {
    let store = InMemoryStore()
    let silent = SteppedScorer()
    defer { silent.open() }
    let before = try await SimulatedServer(store: store, scorer: silent)
    let (ada, _, _, duel) = try begin(before)
    try ada.answer(.write("one thing"), in: duel, round: 1)
    _ = try ada.event("duel.writeChecked")

    let scorer = SteppedScorer()
    defer { scorer.open() }
    let after = try await SimulatedServer(store: store, scorer: scorer)
    let back = try after.join(as: ada, prefix: "c")
    try back.follow(.duel(duel))
    #expect(try back.event("duel.snapshot").data.at("duel", "you", "score") == .null)
    scorer.first.let(1)
    #expect(try back.event("duel.score").data.at("provisional") == .bool(true))
    scorer.final.let(1)
    #expect(try back.event("duel.score").data.at("score", "value").number == 71.5)
    withExtendedLifetime(before) {}
  }
}
