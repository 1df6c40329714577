import ArenaProtocol
import ArenaServer
import ArenaStorage
import ArenaTestSupport
import ArenaTypes
import FoundationEssentials
import Interpretation
import SQLiteStorage
import Testing

@Suite("Nothing of solo play is lost")
struct SoloCrashTests {
  /// The unit that a player is at.
  private func open(_ client: PlayerClient, _ unit: UnitID? = nil) throws -> JSONValue {
    try client.ask(.soloOpen(.init(unit: unit))).at("solo")
  }

  private func submit(
    _ client: PlayerClient, _ text: String, at unit: UnitID, id: String? = nil
  ) throws -> JSONValue {
    try client.ask(.soloSubmit(.init(unit: unit, text: text)), id: id)
  }

  private func vote(
    _ client: PlayerClient, _ explanation: String, at unit: UnitID, _ vote: Wire.VoteDirection
  ) throws -> JSONValue {
    try client.ask(
      .soloVote(
        .init(unit: unit, explanation: ExplanationID(rawValue: explanation), vote: vote)))
  }

  /// Lets a player see explanations at once.
  private func reveal(_ client: PlayerClient) throws {
    try client.ask(.settingsSet(.init(showExplicit: false, hideExplanations: false)))
  }

  /// A unit at which several players meet.
  private static let shared = UnitID(model: "scripted", layer: 0, kind: .mlp, index: 3)

  @Test("After a crash what was acknowledged is there, and a repeated text has no second effect")
  func crash() async throws {
    let folder = try CrashTests.folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let first = try await TestServer(
      store: try SQLiteStore(path: folder + "/a.sqlite"),
      scorer: ScriptedScorer(failure: .engine("it hangs")),
      configure: { $0.waitingTextPause = .seconds(3_600) })
    let ada = try first.join("Ada")
    try reveal(ada)
    let known = try open(ada, Self.shared).text("explanations", "0", "id")
    _ = try vote(ada, known, at: Self.shared, .down)
    let text = try submit(ada, "kept through a crash", at: Self.shared, id: "mine")
    try CrashTests.copyDatabase(from: folder + "/a.sqlite", to: folder + "/b.sqlite")
    ada.vanish()

    try await TestServer.with {
      try await TestServer(
        store: try SQLiteStore(path: folder + "/b.sqlite"),
        configure: { $0.waitingTextPause = .milliseconds(20) })
    } _: { second in
      let back = try second.join(as: ada, prefix: "d")
      // The command of before comes again, since its answer may never have arrived.
      let again = try submit(back, "kept through a crash", at: Self.shared, id: "mine")
      #expect(try again.text("explanation") == text.text("explanation"))
      #expect(try again.text("outcome") == "scoring")
      let solo = try again.at("solo")
      #expect(try solo.count("budget", "left") == 19 && solo.at("hidden") == .bool(false))
      #expect(try solo.at("own").array?.count == 1)
      let row = try solo.at("explanations").array?.first { $0["id"]?.string == known }
      #expect(row?["vote"]?.string == "down")
      await first.stop()
    }
  }

  @Test("A disk that fails loses nothing that was acknowledged, and says so")
  func illDisk() async throws {
    let store = FailingStore(wrapping: InMemoryStore())
    try await TestServer.with {
      try await TestServer(store: store)
    } _: { server in
      let ada = try server.join("Ada")
      _ = try open(ada, Self.shared)
      store.failCommits(with: .inputOutput(doing: "writing", reason: "ill"))
      #expect(
        try ada.refusal(.soloSubmit(.init(unit: Self.shared, text: "x")), id: "s1") == .unavailable)
      #expect(try ada.refusal(.soloMark(.init(unit: Self.shared, mark: .mess))) == .unavailable)
      store.heal()
      #expect(try open(ada).count("budget", "left") == 20)
      let done = try submit(ada, "x", at: Self.shared, id: "s1")
      #expect(try done.count("solo", "budget", "left") == 19)
      store.failReads(with: .inputOutput(doing: "reading", reason: "ill"))
      #expect(try ada.refusal(.profileGet) == .unavailable)
      store.heal()
      try ada.ask(.profileGet)
    }
  }
}
