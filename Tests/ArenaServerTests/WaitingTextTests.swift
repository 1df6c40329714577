import ArenaProtocol
import ArenaStorage
import ArenaTestSupport
import ArenaTypes
import Interpretation
import Testing

@testable import ArenaServer

@Suite struct WaitingTextTests {
  private let unit = UnitID(model: "scripted", layer: 0, kind: .mlp, index: 3)

  private func submit(_ client: PlayerClient, _ text: String) throws -> JSONValue {
    try client.ask(.soloSubmit(.init(unit: unit, text: text)))
  }

  @Test func whatWasPaidForAndNeverScoredIsScoredAfterARestart() async throws {
    let store = InMemoryStore()
    let first = try await SimulatedServer(
      store: store, scorer: ScriptedScorer(failure: .engine("it is gone")))
    let ada = try first.join("Ada")
    _ = try ada.ask(.soloOpen(.init(unit: unit)))
    let text = try submit(ada, "words of a text")
    #expect(try text.text("outcome") == "scoring")
    first.advance(by: .seconds(1))
    #expect(!ada.hasUnread("solo.scored"))

    let second = try await SimulatedServer(store: store)
    let back = try second.join(as: ada, prefix: "d")
    second.advance(by: .seconds(20))
    #expect(try back.ask(.profileGet).text("profile", "texts", "0", "state") == "scoring")
    second.advance(by: .seconds(40))
    let told = try back.event("solo.scored").data
    #expect(try told.at("text", "id") == text.at("explanation"))
    #expect(try told.count("budget", "left") == 19, "it is paid for once")
  }

  @Test func aTextThatTheEngineCanNotScoreIsLeftAloneAfterSomeTries() async throws {
    let broken = try await SimulatedServer(
      scorer: ScriptedScorer(failure: .engine("it is gone")),
      configure: { $0.engineJobCountMax = 0 })
    let ada = try broken.join("Ada")
    _ = try ada.ask(.soloOpen(.init(unit: unit)))
    let command = try ada.send(.soloSubmit(.init(unit: unit, text: "a text")))
    runEngine(of: broken)
    #expect(try ada.answer(to: command).data.text("outcome") == "scoring")
    var counts: [Int] = []
    for _ in 0..<12 {
      broken.advance(by: .seconds(40))
      runEngine(of: broken)
      let waiting = try await broken.store.read { reader throws(StorageError) in
        try reader.waitingTexts(limit: 9)
      }
      counts += waiting.map(\.failureCount)
    }
    #expect(counts == counts.sorted() && counts.count == 12, "it stays in the queue: \(counts)")
    #expect(counts.last == WaitingTextsRoom.failureCountMax)
    #expect(try ada.ask(.profileGet).count("profile", "queue") == 1)
  }

  private func runEngine(of server: SimulatedServer) {
    for _ in 0..<4 {
      server.settle()
      while server.server.runEngineJob() { server.settle() }
    }
  }

  @Test func settingsAndTrailSurviveARestart() async throws {
    let store = InMemoryStore()
    let first = try await SimulatedServer(store: store)
    let ada = try first.join("Ada")
    _ = try ada.ask(.settingsSet(.init(showExplicit: false, hideExplanations: false)))
    let solo = try ada.ask(.soloOpen(.init(unit: nil))).at("solo")
    let here = UnitID(rawValue: try solo.text("unit", "id"))
    let next = try ada.ask(.soloNext(.init(unit: here))).at("solo")

    let second = try await SimulatedServer(store: store)
    let back = try second.connect(prefix: "d")
    let welcome = try back.sayHello(as: ada)
    #expect(try welcome.at("player", "hideExplanations") == .bool(false))
    let again = try back.ask(.soloOpen(.init(unit: nil))).at("solo")
    #expect(try again.at("unit") == next.at("unit"))
    #expect(try again.at("back") == .bool(true) && again.at("hidden") == .bool(false))
  }

  @Test func whatAModeratorMustSeeFirstIsShownToItsAuthorAlone() async throws {
    struct Wary: TextSuspicion {
      func isSuspect(_ text: String) throws(InterpretationError) -> Bool { text.contains("odd") }
    }
    let server = try await SimulatedServer(suspicion: Wary())
    let ada = try server.join("Ada")
    let bob = try server.join("Bob")
    for one in [ada, bob] {
      _ = try one.ask(.settingsSet(.init(showExplicit: false, hideExplanations: false)))
      _ = try one.ask(.soloOpen(.init(unit: unit)))
    }
    let answer = try submit(ada, "something odd")
    let id = try answer.text("explanation")
    #expect(try answer.at("solo", "own", "0", "hidden") == .bool(true))
    let seen = try bob.ask(.soloOpen(.init(unit: unit))).at("solo", "explanations").array ?? []
    #expect(!seen.contains { $0["id"]?.string == id })
    let vote = ClientCommand.SoloVote(
      unit: unit, explanation: ExplanationID(rawValue: id), vote: .up)
    #expect(try bob.refusal(.soloVote(vote)) == .notFound)
    let log = try await server.store.read { reader throws(StorageError) in
      try reader.audit(before: nil, limit: 9)
    }
    #expect(log.map(\.record.subject) == [ada.player.rawValue])
  }
}
