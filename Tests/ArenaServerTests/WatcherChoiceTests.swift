import ArenaProtocol
import ArenaTestSupport
import ArenaTypes
import Interpretation
import Testing

@testable import ArenaServer

@Suite("A watcher's own choice about explicit texts")
struct WatcherChoiceTests {
  private static let campaign = ScriptedCampaign.explicit(each: 2)

  private func wants(_ client: PlayerClient, _ showExplicit: Bool) throws {
    try client.ask(.settingsSet(.init(showExplicit: showExplicit)))
  }

  private func obscene(_ client: PlayerClient, since start: Int = 0) -> Int {
    client.received[start...].count { $0.contains("obscene") }
  }

  @Test(
    "Nobody sees more than they chose, live, after a reveal, on coming back and on changing the mind"
  )
  func stricter() async throws {
    let server = try await SimulatedServer(campaign: Self.campaign)
    let (ada, bob) = (try server.join("Ada", prefix: "a"), try server.join("Bob", prefix: "b"))
    let (eve, fay) = (try server.join("Eve", prefix: "e"), try server.join("Fay", prefix: "f"))
    for client in [ada, bob, fay] { try wants(client, true) }
    let duel = try ada.meet(bob, in: .mixed)
    try eve.follow(.duel(duel))
    try fay.follow(.duel(duel))
    server.advance(by: .seconds(4))
    let clues = try eve.round(1).at("clues").array ?? []
    #expect(clues.count == 5)
    #expect(try clues.allSatisfy { try $0.text("tokens", "0") != "obscene" })
    _ = try ada.round(1)
    _ = try fay.round(1)
    #expect(obscene(ada) > 0 && obscene(fay) > 0)
    // Through all kinds of rounds, with their reveals and what is predicted on them.
    for _ in 0..<40 {
      server.advance(by: .seconds(12))
      for client in [eve, fay] {
        (client.pipe as? SimulatedPipe)?.takeArrived().forEach { text in
          if client === eve { #expect(!text.contains("obscene"), "\(text)") }
        }
      }
    }
    #expect(obscene(eve) == 0)
  }

  @Test("A choice changed while watching counts at once, and the place in the topic is kept")
  func changed() async throws {
    let server = try await SimulatedServer(campaign: Self.campaign)
    let (ada, bob) = (try server.join("Ada", prefix: "a"), try server.join("Bob", prefix: "b"))
    let eve = try server.join("Eve", prefix: "e")
    for client in [ada, bob, eve] { try wants(client, true) }
    let duel = try ada.meet(bob, in: .write)
    try eve.follow(.duel(duel))
    server.advance(by: .seconds(4))
    _ = try eve.round(1)
    #expect(obscene(eve) > 0)
    try wants(eve, false)
    server.settle()
    let start = eve.received.count
    let fresh = try eve.event("duel.cluesChanged")
    #expect(try fresh.data.at("round", "clues").array?.count == 5)
    try ada.answer(.write("some words"), in: duel, round: 1)
    try bob.answer(.write("other words"), in: duel, round: 1)
    let locked = try eve.event("duel.lockedIn")
    _ = try eve.reveal(1)
    #expect(obscene(eve, since: start) == 0)
    #expect(locked.offset == (fresh.offset ?? 0) + 1)
    // Back again, while the next question is open.
    try wants(eve, true)
    try ada.ready(in: duel, round: 1)
    try bob.ready(in: duel, round: 1)
    server.advance(by: .seconds(1))
    let seen = eve.received.count
    _ = try eve.round(2)
    #expect(obscene(eve, since: seen) > 0)
    // The players go on seeing what both of them chose.
    _ = try ada.reveal(1)
  }
}
