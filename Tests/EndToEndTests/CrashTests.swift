import ArenaProtocol
import ArenaRules
import ArenaServer
import ArenaStorage
import ArenaTestSupport
import ArenaTypes
import FoundationEssentials
import Interpretation
import SQLiteStorage
import Synchronization
import Testing

@Suite("Nothing acknowledged is lost")
struct CrashTests {
  /// A new folder below the temporary one.
  static func folder() throws -> String {
    let path = FileManager.default.temporaryDirectory.path + "/arena-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
  }

  /// Copies a database's files as they are on disk this instant: what a machine that lost its power
  /// would find, and at least what `kill -9` leaves.
  static func copyDatabase(from path: String, to target: String) throws {
    for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: path + suffix) {
      try FileManager.default.copyItem(atPath: path + suffix, toPath: target + suffix)
    }
  }

  @Test("After a crash in mid-round every acknowledged answer is there and the duel goes on")
  func crash() async throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let first = try await TestServer(
      store: try SQLiteStore(path: folder + "/a.sqlite"),
      configure: { $0.duelTiming.absenceMilliseconds = 20_000 })
    let (ada, bob) = (try first.join("Ada"), try first.join("Bob"))
    let contest = try await playBefore(ada)
    let duel = try ada.meet(bob, in: .write)
    _ = try ada.round(1)
    try ada.answer(.write("one text"), in: duel, round: 1)
    try bob.answer(.write("another text"), in: duel, round: 1)
    let reveal = try ada.reveal(1)
    try ada.ready(in: duel, round: 1)
    try bob.ready(in: duel, round: 1)
    let round = try ada.round(2)
    try ada.answer(.write("kinds of weather"), in: duel, round: 2, id: "mine")
    let receipt = try #require(ada.received.last { $0.contains("\"re\":\"mine\"") })
    // No close, no last word: the files as they are, and the old server is never asked again.
    try Self.copyDatabase(from: folder + "/a.sqlite", to: folder + "/b.sqlite")
    ada.vanish()
    bob.vanish()

    try await TestServer.with {
      try await TestServer(
        store: try SQLiteStore(path: folder + "/b.sqlite"),
        configure: { $0.duelTiming.absenceMilliseconds = 20_000 })
    } _: { second in
      let back = try second.connect(prefix: "d")
      let welcome = try back.sayHello(as: ada)
      #expect(try welcome.text("activeDuel") == duel.rawValue)
      if let contest { #expect(try welcome.text("activeRun") == contest.rawValue) }
      try back.follow(.me)
      let resumed = try back.follow(.duel(duel), epoch: "e_of_before", offset: 3)
      #expect(try resumed.at("recovered") == .bool(false))
      let view = try back.event("duel.snapshot").data.at("duel")
      #expect(try view.text("phase") == "question")
      #expect(try view.at("round", "clues") == round.at("clues"))
      #expect(try view.count("round", "number") == 2)
      #expect(try view.text("you", "answer", "text") == "kinds of weather")
      #expect(
        try view.at("totals")
          == .array([
            reveal.at("points", "0"), reveal.at("points", "1"),
          ]))
      let deadline = try round.count("deadline")
      #expect(try view.count("round", "deadline") >= deadline, "clocks moved, and never back")

      let answer = ClientCommand.duelAnswer(
        .init(duel: duel, round: 2, answer: .write("kinds of weather")))
      #expect(
        try back.ask(answer, id: "mine")
          == (try ServerFrame(decoding: Array(receipt.utf8))?.data))
      let other = try second.join(as: bob, prefix: "d")
      try other.follow(.duel(duel))
      #expect(try other.event("duel.snapshot").data.at("duel", "you", "answer") == .null)
      try other.answer(.write("names of metals"), in: duel, round: 2)
      let next = try back.reveal(2)
      #expect(try next.text("answers", "0", "text") == "kinds of weather")
      #expect(try next.at("counted") == .bool(true))
      if let contest { try expectRun(back, contest) }
    }
    await first.stop()
  }

  /// A run with one right answer, unless the hour is nearly over.
  private func playBefore(_ ada: PlayerClient) async throws -> ContestID? {
    let id = try ada.openContest()
    let start = try ada.answer(to: try ada.send(.contestStart(.init(contest: id))))
    guard start.type == "ok" else { return nil }
    let side = try DuelTests.right(try start.data.at("run", "question"))
    try ada.ask(.contestAnswer(.init(contest: id, question: 1, side: side)), id: "race")
    return id
  }

  private func expectRun(_ client: PlayerClient, _ contest: ContestID) throws {
    let run = try client.ask(.contestStart(.init(contest: contest))).at("run")
    #expect(try run.count("points") == 1)
    #expect(try run.count("question", "number") == 2)
    let again = ClientCommand.contestAnswer(.init(contest: contest, question: 1, side: .a))
    #expect(try client.ask(again, id: "race").at("right") == .bool(true))
    try client.follow(.board(contest))
    let board = try client.event("board.snapshot").data
    #expect(try board.count("entries", "0", "points") == 1)
  }

  @Test("A text that was refused before a crash is told as refused after it")
  func refusedBeforeCrash() async throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    // Nobody is away for long here, however busy the machine is.
    let first = try await TestServer(
      store: try SQLiteStore(path: folder + "/a.sqlite"),
      configure: { $0.duelTiming.absenceMilliseconds = 20_000 })
    let (ada, bob) = (try first.join(), try first.join())
    let duel = try ada.meet(bob, in: .write)
    let tokens = try ada.round(1).at("clues", "0", "tokens").array ?? []
    let copy = tokens.prefix(6).compactMap(\.string).joined()
    try ada.answer(.write(copy), in: duel, round: 1)
    _ = try ada.event("duel.writeChecked")
    try Self.copyDatabase(from: folder + "/a.sqlite", to: folder + "/b.sqlite")
    try await TestServer.with {
      try await TestServer(
        store: try SQLiteStore(path: folder + "/b.sqlite"),
        configure: { $0.duelTiming.absenceMilliseconds = 20_000 })
    } _: { second in
      let back = try second.join(as: ada, prefix: "d")
      try back.follow(.duel(duel))
      let view = try back.event("duel.snapshot").data.at("duel", "you")
      #expect(try view.text("textState") == "refused")
      #expect(try view.text("refused", "code") == "copied_from_clue")
      try back.answer(.write("words of my own"), in: duel, round: 1)
      _ = try back.event("duel.lockedIn")
    }
    await first.stop()
  }

  @Test("An engine whose queue is full makes the round count for nobody, at once")
  func busyEngine() async throws {
    let scorer = GatedScorer()
    try await TestServer.with {
      try await TestServer(scorer: scorer) {
        $0.engineQueueCapacity = 0
        $0.duelTiming.engineWaitMilliseconds = 20_000
      }
    } _: { server in
      let (ada, bob) = (try server.join(), try server.join())
      let duel = try ada.meet(bob, in: .write)
      _ = try ada.round(1)
      try ada.answer(.write("one thing"), in: duel, round: 1)
      try bob.answer(.write("another"), in: duel, round: 1)
      #expect(try ada.reveal(1).at("counted") == .bool(false))
      scorer.open()
    }
  }

  @Test("A name, a setting and a rating outlive a clean restart")
  func restart() async throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let first = try await TestServer(store: try SQLiteStore(path: folder + "/a.sqlite"))
    let (ada, bob) = (try first.join("Ada"), try first.join("Bob"))
    try ada.ask(.rename(.init(name: "Countess")))
    let duel = try ada.meet(bob, in: .pick)
    try bob.ask(.duelResign(.init(duel: duel)))
    _ = try ada.event("rating.changed")
    await first.stop()
    try await TestServer.with {
      try await TestServer(store: try SQLiteStore(path: folder + "/a.sqlite"))
    } _: { second in
      let back = try second.connect()
      let welcome = try back.sayHello(as: ada)
      #expect(try welcome.text("player", "name") == "Countess")
      #expect(try welcome.at("player", "ratings", "pick", "rating").number ?? 0 > 1_500)
      #expect(try welcome.at("activeDuel") == .null)
    }
  }

  @Test("A failing disk: `unavailable`, nobody saw anything, and then the duel goes on")
  func failingDisk() async throws {
    let disk = FailingStore(wrapping: InMemoryStore())
    try await TestServer.with {
      try await TestServer(store: disk)
    } _: { server in
      let (ada, bob) = (try server.join(), try server.join())
      let duel = try ada.meet(bob, in: .pick)
      _ = try ada.round(1)
      _ = try bob.round(1)
      disk.failCommits(with: .full(doing: "a test", reason: "no space"))
      let answer = ClientCommand.duelAnswer(.init(duel: duel, round: 1, answer: .pick(.a)))
      let refused = try ada.answer(to: try ada.send(answer, id: "a1"))
      #expect(refused.errorCode == .unavailable)
      #expect(try refused.data.at("retryable") == .bool(true))
      #expect(try refused.data.count("retryAfterMs") > 0)
      #expect(try bob.refusal(.rename(.init(name: "New"))) == .unavailable)
      disk.heal()
      // The same command again, as a client does that was told to retry.
      try await ada.askPatiently(answer, id: "a1")
      try bob.answer(.pick(.b), in: duel, round: 1)
      #expect(try bob.reveal(1).text("answers", "0", "side") == "a")
      let locks = bob.received.count { $0.contains("lockedIn") && $0.contains("\"seat\":0") }
      #expect(locks == 1, "the lost answer was shown to nobody")
      #expect(bob.received.allSatisfy { !$0.contains("\"connected\":false,\"claimableAt\":1") })
      let name = try server.join(as: bob, prefix: "d").ask(.settingsSet(.init(showExplicit: true)))
      #expect(try name.text("player", "name") != "New")
    }
  }

  @Test("A commit that failed and yet happened is told to all once the room has read it")
  func failedAndWritten() async throws {
    let disk = FailingStore(wrapping: InMemoryStore())
    try await TestServer.with {
      try await TestServer(store: disk)
    } _: { server in
      let (ada, bob) = (try server.join(), try server.join())
      let duel = try ada.meet(bob, in: .pick)
      _ = try bob.round(1)
      disk.failCommits(with: .full(doing: "a test", reason: "no space"), leaving: .written)
      let answer = ClientCommand.duelAnswer(.init(duel: duel, round: 1, answer: .pick(.a)))
      #expect(try ada.refusal(answer, id: "a1") == .unavailable)
      disk.heal()
      _ = try bob.event("duel.lockedIn")
      try await ada.askPatiently(answer, id: "a1")
      disk.failCommits(with: .full(doing: "a test", reason: "no space"), leaving: .written)
      _ = try bob.refusal(.duelResign(.init(duel: duel)), id: "b1")
      disk.heal()
      let result = try ada.event("duel.finished").data.at("result")
      #expect(try result.text("reason") == "resigned")
      // Both are free again.
      try ada.ask(.queueJoin(.init(format: .pick)))
    }
  }

  @Test("Nobody sees an answer, not even in a snapshot, before it is on disk")
  func hangingDisk() async throws {
    let disk = FailingStore(wrapping: InMemoryStore())
    try await TestServer.with {
      try await TestServer(store: disk)
    } _: { server in
      let (ada, bob) = (try server.join(), try server.join())
      let duel = try ada.meet(bob, in: .pick)
      _ = try ada.round(1)
      disk.holdCommits()
      let name = try ada.send(.duelAnswer(.init(duel: duel, round: 1, answer: .pick(.a))))
      try ada.follow(.duel(duel))
      let view = try ada.event("duel.snapshot") { $0["duel"]?["phase"]?.string == "question" }
      #expect(try view.data.at("duel", "lockedIn", "0") == .bool(false))
      #expect(try view.data.at("duel", "you", "answer") == .null)
      disk.releaseCommits()
      #expect(try ada.answer(to: name).type == "ok")
      _ = try bob.event("duel.lockedIn")
    }
  }

  @Test("A scorer that fails makes the round count for nobody")
  func failingScorer() async throws {
    try await TestServer.with {
      try await TestServer(scorer: ScriptedScorer(failure: .emptyText))
    } _: { server in
      let (ada, bob) = (try server.join(), try server.join())
      let duel = try ada.meet(bob, in: .write)
      _ = try ada.round(1)
      try ada.answer(.write("one thing"), in: duel, round: 1)
      try bob.answer(.write("another"), in: duel, round: 1)
      let reveal = try ada.reveal(1)
      #expect(try reveal.at("counted") == .bool(false))
      #expect(try reveal.count("points", "0") == 0)
      #expect(try reveal.at("scores", "0") == .null)
      try ada.ready(in: duel, round: 1)
      try bob.ready(in: duel, round: 1)
      _ = try ada.round(2)
    }
  }

  @Test("A scorer that is too slow makes the round count for nobody, and its result is dropped")
  func slowScorer() async throws {
    let scorer = GatedScorer()
    try await TestServer.with {
      try await TestServer(scorer: scorer)
    } _: { server in
      let (ada, bob) = (try server.join(), try server.join())
      let duel = try ada.meet(bob, in: .write)
      _ = try ada.round(1)
      try ada.answer(.write("one thing"), in: duel, round: 1)
      try bob.answer(.write("another"), in: duel, round: 1)
      let scoring = try ada.event("duel.scoring").data
      #expect(try scoring.count("until") - scoring.count("since") == 400)
      let reveal = try ada.reveal(1)
      #expect(try reveal.at("counted") == .bool(false))
      scorer.open()
      try ada.ready(in: duel, round: 1)
      try bob.ready(in: duel, round: 1)
      _ = try ada.round(2)
      try ada.answer(.write("one thing"), in: duel, round: 2)
      try bob.answer(.write("another"), in: duel, round: 2)
      #expect(try ada.reveal(2).at("counted") == .bool(true))
      let reveals = ada.received.count { $0.contains("\"type\":\"duel.revealed\"") }
      #expect(reveals == 2)
    }
  }
}

/// A scorer that gives nothing until it is opened.
private final class GatedScorer: Scorer {
  let name = "gated/1"
  private let scripted = ScriptedScorer()
  private let gate = DispatchGate()

  func open() { gate.open() }

  func score(_ text: ExplanationText, unit: UnitID) throws(InterpretationError) -> Score {
    gate.pass()
    return try scripted.score(text, unit: unit)
  }

  func predict(
    _ text: ExplanationText, unit: UnitID, on excerpts: [Excerpt]
  ) throws(InterpretationError) -> [[Float]] {
    try scripted.predict(text, unit: unit, on: excerpts)
  }
}
