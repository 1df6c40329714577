import ArenaTypes
import Testing

@testable import ArenaSimulation

@Suite("Nobody can tell an answer before its reveal")
struct SecrecyProbeTests {
  private func run(_ answer: Int, isFlipped: Bool) throws -> SimulationReport {
    var settings = SimulationSettings(seed: 9, duration: .seconds(400))
    settings.playerCount = 16
    settings.hazards = .none
    settings.probe = SecrecyProbe(answer: answer)
    settings.probe?.isFlipped = isFlipped
    return try Simulation(settings).run()
  }

  @Test("Two worlds that differ in one answer look alike to all but its author until the reveal")
  func alike() throws {
    var seenCount = 0
    for answer in 0..<10 {
      let (given, flipped) = (
        try run(answer, isFlipped: false), try run(answer, isFlipped: true)
      )
      let view = try #require(given.probed)
      #expect(flipped.probed == view, "answer \(answer)")
      // An answer that came too late, or a duel that ended before, shows nothing.
      guard view.isRevealed, view.frameCount > 0 else { continue }
      seenCount += 1
      #expect(flipped.traceHash != given.traceHash, "the author did answer something else")
    }
    #expect(seenCount >= 3)
  }
}
