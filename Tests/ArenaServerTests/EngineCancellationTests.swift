import ArenaProtocol
import ArenaTestSupport
import ArenaTypes
import Dispatch
import Interpretation
import Testing
import TransformerEngine

@testable import ArenaServer

/// A scorer that doesn't score what a player writes until it is cancelled, as a model's queue would be.
private struct WaitingScorer: Scorer {
  let name = "waiting/1"
  let begun = DispatchSemaphore(value: 0)
  let cancelled = Locked(0)

  /// Waits until somebody has asked for a score.
  func hasBegun() -> Bool { begun.wait(timeout: .now() + .seconds(20)) == .success }

  func score(_ text: ExplanationText, unit: UnitID) throws(InterpretationError) -> Score {
    // The machine's text is asked for as well, before anybody has written.
    guard text.description == "one thing" else { throw .engine("not wanted here") }
    let ended = DispatchSemaphore(value: 0)
    let key = InferenceTerms.current.handle?.whenCancelled { ended.signal() }
    begun.signal()
    if key != nil, ended.wait(timeout: .now() + .seconds(20)) == .success {
      cancelled.withLock { $0 += 1 }
    }
    throw .engine("cancelled")
  }

  func predict(_ text: ExplanationText, unit: UnitID, on excerpts: [Excerpt])
    throws(InterpretationError) -> [[Float]]
  { [] }
}

@Suite("Work for the engine that nobody wants any more")
struct EngineCancellationTests {
  @Test("A score is given up when the duel that wants it ends")
  func resigned() async throws {
    let scorer = WaitingScorer()
    let server = try await SimulatedServer(scorer: scorer)
    let (ada, bob) = (try server.join("Ada", prefix: "a"), try server.join("Bob", prefix: "b"))
    let duel = try ada.meet(bob, in: .write)
    server.advance(by: .seconds(5))
    _ = try ada.round(1)
    try ada.answer(.write("one thing"), in: duel, round: 1)
    server.settle()
    #expect(scorer.hasBegun())
    try ada.ask(.duelResign(.init(duel: duel)))
    server.settle()
    await server.server.close()
    #expect(scorer.cancelled.withLock { $0 } == 1)
  }
}
