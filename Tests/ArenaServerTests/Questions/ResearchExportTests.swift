import ArenaProtocol
import ArenaRules
import ArenaStorage
import ArenaTestSupport
import ArenaTypes
import DispatchTransport
import HTTPCodec
import Interpretation
import Logging
import Testing

@testable import ArenaServer

@Suite("The research export")
struct ResearchExportTests {
  private typealias Sample = QuestionSamples

  private let unit = Sample.campaign.units[3]
  private var ids: [ExplanationID] { unit.explanations.map(\.explanation.id) }

  private func store() async throws -> InMemoryStore {
    let store = InMemoryStore()
    var writes = (0..<40).map { number in
      StoreWrite.recordAnswer(
        Sample.pick(
          "d_secretduel/0/\(number)/0", by: Sample.player(number), ids[number % 8 == 0 ? 1 : 0],
          over: ids[number % 8 == 0 ? 0 : 1], of: unit.id, isRight: number % 8 > 0))
    }
    let hidden = AnswerCircumstances(setting: .duel, isRated: true, isHidden: true)
    let shown = AnswerCircumstances(setting: .duel, isRated: true)
    func answer(
      _ id: String, _ content: AnswerRecord.Content, _ circumstances: AnswerCircumstances?
    ) -> StoreWrite {
      .recordAnswer(
        AnswerRecord(
          id: id, player: Sample.player(1), unit: unit.id, campaign: Sample.pool, at: Sample.now,
          milliseconds: 9_000, content: content, circumstances: circumstances))
    }
    writes += [
      answer("1", .fire(text: "a storm came", peak: 6.5), shown),
      answer("2", .fire(text: "unseemly words", peak: 1), hidden),
      answer("3", .fire(text: "words of old", peak: 1), nil),
      answer("4", .write(text: "Rain and snow", score: 64, scorer: "scripted/1"), shown),
      answer("5", .write(text: "never checked", score: 64, scorer: "scripted/1"), hidden),
      answer(
        "6",
        .predict(explanation: ids[0], excerpt: ExcerptID(rawValue: "u3r0"), tokens: [2, 5]), shown),
      answer(
        "7",
        .oddOneOut(excerpts: [ExcerptID(rawValue: "u3c1")], chosen: 1, odd: 0), shown),
      answer("8", .unanswered(kind: "pick"), shown),
      .putExplanation(
        try Sample.text(
          "w_d_secretduel_0_1", "rain and snow", of: unit.id, by: Sample.player(1))),
      .putExplanation(
        try Sample.text(
          "w_d_secretduel_1_1", "hidden text", of: unit.id, by: Sample.player(1), isHidden: true)),
      .recordAnswer(
        AnswerRecord(
          id: "other", player: Sample.player(1), unit: unit.id,
          campaign: CampaignID(rawValue: "another"), at: Sample.now, milliseconds: 1,
          content: .fire(text: "another campaign's", peak: 1), circumstances: shown)),
    ]
    try await store.commit(writes)
    return store
  }

  private func lines(_ store: any DurableStore) async throws -> [JSONValue] {
    let export = try await store.read { reader throws(StorageError) in
      try ResearchExport(campaigns: [Sample.campaign], reader: reader)
    }
    var lines: [JSONValue] = []
    try export.write { line in
      #expect(line.last == UInt8(ascii: "\n") && line.count { $0 == UInt8(ascii: "\n") } == 1)
      lines.append(try line.withUnsafeBytes { try JSONReader.read($0, limits: .serverFrame) })
    }
    return lines
  }

  @Test("A header states the licence, and a line follows for each unit that anybody met")
  func header() async throws {
    let lines = try await lines(try await store())
    #expect(lines.count == 2)
    #expect(try lines[0].text("type") == "header")
    #expect(try lines[0].text("licence") == "CC-BY-4.0")
    #expect(try lines[0].text("campaigns", "0", "id") == Sample.pool.rawValue)
    #expect(try lines[1].text("unit") == unit.id.rawValue)
    let empty = try await self.lines(InMemoryStore())
    #expect(empty.count == 1)
  }

  @Test("Explanations have strengths with intervals, and pairs say who chose what")
  func strengths() async throws {
    let line = try await lines(try await store())[1]
    let explanations = try line.at("explanations").array ?? []
    let best = try #require(explanations.first { $0["id"]?.string == ids[0].rawValue })
    let worse = try #require(explanations.first { $0["id"]?.string == ids[1].rawValue })
    let never = try #require(explanations.first { $0["id"]?.string == ids[2].rawValue })
    func value(_ explanation: JSONValue, _ name: String) -> Double {
      explanation["strength"]?[name]?.number ?? .nan
    }
    #expect(value(best, "low") < value(best, "value") && value(best, "value") < value(best, "high"))
    #expect(value(best, "value") > value(worse, "value"))
    #expect(never["strength"] == .null)
    let pair = try line.at("pairs", "0")
    #expect(try pair.count("choseA") == 35 && pair.count("choseB") == 5)
    #expect(try pair.text("decidedBy") == "readers")
    #expect((pair["difference"]?["low"]?.number ?? -1) > 0)
    let written = try #require(explanations.first { $0["by"]?.string == "player" })
    #expect(try written.text("text") == "rain and snow")
  }

  @Test("No name by which a player could be found, and no text that others may not see, is in it")
  func personal() async throws {
    let store = try await store()
    let export = try await store.read { reader throws(StorageError) in
      try ResearchExport(campaigns: [Sample.campaign], reader: reader)
    }
    var text = ""
    export.write { text += String(decoding: $0, as: UTF8.self) }
    for secret in [
      "p_1\"", "secretduel", "Ada", "unseemly", "words of old", "never checked", "hidden text",
      "another campaign's", "1800000000000", "\"rating\"",
    ] {
      #expect(!text.contains(secret), "\(secret)")
    }
    for shown in ["a storm came", "Rain and snow", "2027-01-15", "u3r0", "\"tokens\":[2,5]"] {
      #expect(text.contains(shown), "\(shown)")
    }
  }

  @Test("A player is the same within an export and somebody else in the next one")
  func pseudonyms() async throws {
    let store = try await store()
    func players(_ lines: [JSONValue]) throws -> [String] {
      try (lines[1].at("answers").array ?? []).compactMap { $0["player"]?.string }
    }
    let (one, other) = (try players(try await lines(store)), try players(try await lines(store)))
    #expect(one.count == 48 && Set(one).count == 40)
    #expect(Set(one).isDisjoint(with: other))
    #expect(one.allSatisfy { $0.hasPrefix("p_") && $0.count == 18 })
  }

  @Test(
    "Over HTTP a practice campaign's is handed out, a rated one's only where the operator says so")
  func http() async throws {
    func reply(_ desk: ExportDesk) async throws -> HTTPReply {
      let web = WebRoutes(files: StaticFiles(), hostNames: ["localhost"], export: desk)
      web.setReady(true)
      let head = SimulatedRequest.plain(target: ExportDesk.path)
      var reply = web.respond(to: head)
      let waits = reply.fields.contains { $0.name == "Retry-After" }
      #expect(reply.status != .serviceUnavailable || waits)
      for _ in 0..<5_000 where reply.status == .serviceUnavailable {
        try await Task.sleep(for: .milliseconds(1))
        reply = web.respond(to: head)
      }
      return reply
    }
    let worker = EngineWorker(queueCapacity: 4, threadCount: 1, nice: 0)
    defer { worker.stop() }
    func desk(_ campaigns: [Campaign]) async throws -> ExportDesk {
      ExportDesk(
        campaigns: campaigns, agreement: nil, store: try await store(), worker: worker,
        entropy: .system, log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }
    let ready = try await reply(try await desk([Sample.campaign]))
    #expect(ready.status == .ok)
    #expect(String(decoding: ready.body, as: UTF8.self).contains("CC-BY-4.0"))
    #expect(try await reply(try await desk([])).status == .notFound)
  }
}
