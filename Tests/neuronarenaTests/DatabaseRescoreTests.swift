import ArenaStorage
import ArenaTypes
import ArgumentParser
import Glibc
import Interpretation
import SQLiteStorage
import Testing

@testable import neuronarena

@Suite("Scores of a database, computed anew")
struct DatabaseRescoreTests {
  private static let campaign = ScriptedCampaign.make(unitCount: 3)
  private static let now = Timestamp(millisecondsSinceEpoch: 9_000)

  private var unit: UnitID { Self.campaign.units[0].id }

  private func text(_ text: String) throws -> ExplanationText { try ExplanationText(text) }

  private func score(_ value: Double, _ scorer: String) -> Score {
    Score(value: value, low: value - 5, high: value + 5, cap: nil, scorer: scorer)
  }

  private func record(
    _ text: String, _ value: Double, _ scorer: String = "old/1", on unit: UnitID? = nil
  ) throws -> ScoreRecord {
    ScoreRecord(
      unit: unit ?? self.unit, text: try self.text(text), score: score(value, scorer),
      computedAt: Timestamp(millisecondsSinceEpoch: 1))
  }

  private func answer(
    _ id: String, _ content: AnswerRecord.Content, in campaign: String? = nil
  ) -> AnswerRecord {
    AnswerRecord(
      id: id, player: PlayerID(rawValue: "ada"), unit: unit,
      campaign: campaign.map { CampaignID(rawValue: $0) } ?? Self.campaign.info.id,
      at: Timestamp(millisecondsSinceEpoch: 1), milliseconds: 5, content: content)
  }

  private func explanation(_ id: String, _ text: String, _ score: Score?) throws
    -> ExplanationRecord
  {
    ExplanationRecord(
      explanation: Explanation(
        id: ExplanationID(rawValue: id), unit: unit, text: try self.text(text),
        author: .player(PlayerID(rawValue: "ada"))),
      campaign: Self.campaign.info.id, createdAt: Timestamp(millisecondsSinceEpoch: 1), score: score
    )
  }

  private func run(
    on store: any DurableStore, apply: Bool, scorer: any Scorer = ScriptedScorer(),
    pageCount: Int = 2
  ) async throws -> RescoreReport {
    try await DatabaseRescore(store: store, campaign: Self.campaign, pageCount: pageCount).run(
      scorer: scorer, apply: apply, now: { Self.now }, progress: { _, _ in })
  }

  private func scores(in store: any DurableStore) async throws -> [ScoreRecord] {
    try await store.read { reader throws(StorageError) in
      try reader.scores(after: nil, limit: 1_000)
    }
  }

  /// Scores from all three places, and what must never change.
  private func filled() async throws -> any DurableStore {
    let store = InMemoryStore()
    try await store.commit([
      .putScore(try record("rain", 10)), .putScore(try record("snow", 20)),
      .putScore(try record("hail", 30, "older/7")),
      .putExplanation(try explanation("e1", "wind", score(40, "old/1"))),
      .putExplanation(try explanation("e2", "a draft", nil)),
      .recordAnswer(answer("1", .write(text: "storm", score: 50, scorer: "old/1"))),
      .recordAnswer(answer("2", .write(text: "storm", score: 50, scorer: "old/1"))),
      .recordAnswer(answer("3", .write(text: "thunder", score: 60))),
      .recordAnswer(answer("4", .write(text: "never scored", score: nil))),
      .recordAnswer(answer("5", .fire(text: "In rain", peak: 3))),
      .putRating(
        RatingRecord(
          player: PlayerID(rawValue: "ada"), format: "write", rating: 1_500, deviation: 90,
          volatility: 0.06, updatedAt: Self.now)),
    ])
    return store
  }

  private func untouched(in store: any DurableStore) async throws -> [String] {
    let unit = unit
    return try await store.read { reader throws(StorageError) in
      [
        "\(try reader.explanations(of: unit, limit: 99))",
        "\(try reader.answers(after: 0, limit: 99))",
        "\(try reader.ratings(of: PlayerID(rawValue: "ada")))",
      ]
    }
  }

  @Test("Looking writes nothing and tells all; applying adds new scores beside the old")
  func both() async throws {
    let store = try await filled()
    let (before, rest) = (try await scores(in: store), try await untouched(in: store))
    let look = try await run(on: store, apply: false)
    #expect(try await scores(in: store) == before)
    #expect(look.scoredCount == 6 && look.presentCount == 0)
    #expect(look.comparisons.map(\.scorer) == [nil, "old/1", "older/7"])
    #expect(look.comparisons.map(\.count) == [1, 4, 1])

    #expect(try await run(on: store, apply: true) == look)
    let after = try await scores(in: store)
    #expect(after.filter { $0.score.scorer != "scripted/1" } == before)
    let new = after.filter { $0.score.scorer == "scripted/1" }
    #expect(new.count == 6 && new.allSatisfy { $0.computedAt == Self.now })
    for record in new {
      #expect(try record.score == ScriptedScorer().score(record.text, unit: record.unit))
    }
    #expect(try await untouched(in: store) == rest)

    let again = try await run(on: store, apply: true)
    #expect(again.scoredCount == 0 && again.presentCount == 6)
    #expect(again.comparisons == look.comparisons)
    #expect(try await scores(in: store) == after)
  }

  @Test("Pages of any length find the same", arguments: [1, 3, 1_000])
  func pages(count: Int) async throws {
    let store = try await filled()
    #expect(
      try await run(on: store, apply: false, pageCount: count)
        == run(on: store, apply: false, pageCount: 2))
  }

  @Test("Units that are missing, other campaigns' texts and unreadable ones are left out and told")
  func leftOut() async throws {
    let store = InMemoryStore()
    let gone = UnitID(rawValue: "gone/1/mlp/1")
    try await store.commit([
      .putScore(try record("rain", 10, on: gone)), .putScore(try record("snow", 20)),
      .recordAnswer(answer("1", .write(text: "storm", score: 50), in: "another")),
      .recordAnswer(answer("2", .write(text: " | ", score: 50))),
      .recordAnswer(answer("3", .write(text: "wind", score: .nan))),
    ])
    let report = try await run(on: store, apply: true)
    #expect(report.scoredCount == 1)
    #expect(report.leftOut.unknownUnits == [gone: 1])
    #expect(report.leftOut.otherCampaignCount == 1 && report.leftOut.unreadableCount == 2)
    #expect(try await scores(in: store).count == 3)
  }

  @Test("An empty database has nothing to compare")
  func empty() async throws {
    let report = try await run(on: InMemoryStore(), apply: true)
    #expect(report.scoredCount == 0 && report.comparisons.isEmpty)
    #expect(report.lines.last == "there is no earlier score to compare with")
  }

  @Test("A scorer that fails half-way leaves what was scored, and the next run goes on")
  func interrupted() async throws {
    /// Scores until its count is used up.
    final class TiringScorer: Scorer {
      let name = "scripted/1"
      private let left = Locked(2)

      func score(_ text: ExplanationText, unit: UnitID) throws(InterpretationError) -> Score {
        let isTired = left.withLock { count -> Bool in
          count -= 1
          return count < 0
        }
        if isTired { throw .engine("tired") }
        return try ScriptedScorer().score(text, unit: unit)
      }

      func predict(_ text: ExplanationText, unit: UnitID, on excerpts: [Excerpt])
        throws(InterpretationError) -> [[Float]]
      { [] }
    }
    let store = try await filled()
    await #expect(throws: InterpretationError.engine("tired")) {
      try await run(on: store, apply: true, scorer: TiringScorer())
    }
    #expect(try await scores(in: store).count == 3 + 2)
    let rest = try await run(on: store, apply: true)
    #expect(rest.scoredCount == 4 && rest.presentCount == 2)
    #expect(
      try await run(on: filled(), apply: false).comparisons == rest.comparisons,
      "an interruption changes the result")
  }

  @Test("A full disk ends it and loses nothing that was there")
  func fullDisk() async throws {
    let store = FailingStore(wrapping: try await filled())
    let before = try await scores(in: store)
    store.failCommits(with: .full(doing: "writing", reason: "no space"))
    await #expect(throws: StorageError.full(doing: "writing", reason: "no space")) {
      try await run(on: store, apply: true)
    }
    store.heal()
    #expect(try await scores(in: store) == before)
  }

  @Test("Keeping needs the database to itself, looking does not")
  func inUse() async throws {
    var template = Array("/tmp/arena-rescore-XXXXXX".utf8CString)
    _ = try #require(mkdtemp(&template))
    let folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    let path = folder + "/arena.sqlite"
    defer {
      for ending in ["", ".lock", "-wal", "-shm"] { unlink(path + ending) }
      rmdir(folder)
    }
    #expect(throws: (any Error).self) { try ScoreRecomputeCommand.file(of: folder) }
    #expect(throws: (any Error).self) { try ScoreRecomputeCommand.file(of: path) }
    let server = try SQLiteStore(path: path)
    try await server.commit([.putScore(try record("rain", 10))])
    #expect(try ScoreRecomputeCommand.file(of: folder) == path)
    for arguments in [["--apply"], []] {
      // Where models are missing, looking fails for want of them and never for the server.
      let command = try ScoreRecomputeCommand.parse(
        ["--database", path, "--models", folder] + arguments)
      let error = await #expect(throws: (any Error).self) { try await command.run() }
      let isInUse = (error as? StorageError) == .inUse(path: path, processID: Int(getpid()))
      #expect(isInUse == !arguments.isEmpty, "\(String(describing: error))")
    }
    #expect(try await scores(in: server).count == 1)
    await server.close()
  }

  @Test(
    "Arguments that don't fit together are refused",
    arguments: [
      [], ["--database", "a", "--out", "b"], ["--campaign", "a", "--apply"],
      ["--campaign", "a", "--scorer", "nobody/9"], ["--apply"],
    ])
  func arguments(arguments: [String]) {
    #expect(throws: (any Error).self) { try ScoreRecomputeCommand.parse(arguments) }
  }
}
