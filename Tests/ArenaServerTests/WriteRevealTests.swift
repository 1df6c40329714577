import ArenaProtocol
import ArenaStorage
import ArenaTestSupport
import ArenaTypes
import Dispatch
import Interpretation
import Testing

@testable import ArenaServer

@Suite("What is shown and kept after a write round")
struct WriteRevealTests {
  private static let campaign = ScriptedCampaign.make(unitCount: 40)

  @Test("The machine's text stands beside the players', scored by the same scorer")
  func machine() async throws {
    let server = try await SimulatedServer()
    let (ada, bob) = (try server.join("Ada", prefix: "a"), try server.join("Bob", prefix: "b"))
    let duel = try ada.meet(bob, in: .write)
    server.advance(by: .seconds(5))
    let unit = UnitID(rawValue: try ada.round(1).text("unit", "id"))
    // What is asked for now comes behind the machine's text on the engine's queue.
    let done = DispatchSemaphore(value: 0)
    server.server.score(try ExplanationText("asked last"), unit: unit) { _ in done.signal() }
    #expect(done.wait(timeout: .now() + .seconds(20)) == .success)
    try ada.answer(.write("one thing"), in: duel, round: 1)
    try bob.answer(.write("another"), in: duel, round: 1)
    let reveal = try ada.reveal(1)
    let machine = try #require(Self.campaign.unit(unit)?.machineExplanation?.explanation)
    #expect(try reveal.text("machine", "text") == machine.text.description)
    #expect(try reveal.text("machine", "author", "kind") == "machine")
    #expect(try reveal.text("machine", "score", "scorer") == reveal.text("scores", "0", "scorer"))
    await server.server.close()
  }

  @Test("What players wrote is kept with the score, its interval and its scorer")
  func records() async throws {
    let store = InMemoryStore()
    let server = try await SimulatedServer(store: store)
    let (ada, bob) = (try server.join("Ada", prefix: "a"), try server.join("Bob", prefix: "b"))
    let duel = try ada.meet(bob, in: .write)
    server.advance(by: .seconds(5))
    let unit = UnitID(rawValue: try ada.round(1).text("unit", "id"))
    try ada.answer(.write("one thing"), in: duel, round: 1)
    try bob.answer(.write("another"), in: duel, round: 1)
    _ = try ada.reveal(1)
    let (answers, scores) = try await store.read { reader throws(StorageError) in
      (try reader.answers(after: 0, limit: 9), try reader.scores(after: nil, limit: 9))
    }
    let contents = answers.map(\.record.content)
    #expect(contents.count == 2 && scores.map(\.text.description) == ["another", "one thing"])
    for record in scores {
      let expected = try ScriptedScorer().score(record.text, unit: unit)
      #expect(record.score == expected && record.unit == unit)
      #expect(
        contents.contains(
          .write(
            text: record.text.description, score: expected.value, scorer: expected.scorer)))
    }
    await server.server.close()
  }

  @Test("A campaign's own score is shown where no better one is known, and none where it has none")
  func views() throws {
    var unit = Self.campaign.units[0]
    let old = Score(value: 12, low: 1, high: 30, cap: nil, scorer: "old/1")
    for index in unit.explanations.indices { unit.explanations[index].score = old }
    let scored = Campaign(
      info: Self.campaign.info, contentHash: "", units: [unit], baseline: Self.campaign.baseline)
    #expect(WireViews(campaign: scored).machine(of: unit.id)?.score == old)
    let new = Score(value: 70, low: 60, high: 80, cap: nil, scorer: "new/1")
    let views = WireViews(campaign: scored, knownScore: { _, _ in new })
    #expect(views.machine(of: unit.id)?.score == new)
    #expect(views.best(of: unit.id)?.score == old)
    #expect(WireViews(campaign: Self.campaign).machine(of: unit.id)?.score == nil)
    unit.explanations.removeAll { $0.role == .machine }
    let house = Campaign(
      info: Self.campaign.info, contentHash: "", units: [unit], baseline: Self.campaign.baseline)
    #expect(WireViews(campaign: house).machine(of: unit.id) == nil)
    #expect(WireViews(campaign: house).machine(of: UnitID(rawValue: "none")) == nil)
  }
}
