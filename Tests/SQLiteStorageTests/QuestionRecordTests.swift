import ArenaStorage
import ArenaTypes
import Testing

@testable import SQLiteStorage

@Suite("Every store keeps what questions are chosen by")
struct QuestionRecordTests {
  private let circumstances = [
    AnswerCircumstances(
      setting: .duel, isRated: true, basis: "readers", isRight: true, testsReliability: true,
      isHidden: false, rating: 1_612),
    AnswerCircumstances(setting: .contest, isRated: false, isRight: false, isHidden: true),
    AnswerCircumstances(setting: .solo, isRated: false),
    nil,
  ]

  @Test("What an answer was given in comes back with it", arguments: StoreKind.allCases)
  func answers(kind: StoreKind) async throws {
    try await kind.withStore { store in
      let records = circumstances.enumerated().map { index, circumstances in
        var answer = Sample.answer("\(index)", .unanswered(kind: "oddOneOut"))
        answer.circumstances = circumstances
        return answer
      }
      try await store.commit(records.map { .recordAnswer($0) })
      let found = try await store.read { reader throws(StorageError) in
        try reader.answers(after: 0, limit: 10)
      }
      #expect(found.map(\.record) == records)
    }
  }

  @Test("Units come with the last moment at which a player met them", arguments: StoreKind.allCases)
  func unitsMet(kind: StoreKind) async throws {
    try await kind.withStore { store in
      try await store.commit([
        .recordAnswer(Sample.answer("1", unit: Sample.unit, at: 9)),
        .recordAnswer(Sample.answer("2", unit: Sample.unit, at: 12)),
        .recordAnswer(
          Sample.answer("3", unit: Sample.otherUnit, at: 10, .unanswered(kind: "pick"))),
        .recordAnswer(Sample.answer("4", by: Sample.bob, unit: Sample.otherUnit, at: 20)),
      ])
      let (all, late) = try await store.read { reader throws(StorageError) in
        (
          try reader.unitsMet(by: Sample.ada, since: Sample.moment(0)),
          try reader.unitsMet(by: Sample.ada, since: Sample.moment(11))
        )
      }
      #expect(all == [Sample.unit: Sample.moment(12), Sample.otherUnit: Sample.moment(10)])
      #expect(late == [Sample.unit: Sample.moment(12)])
    }
  }

  @Test("Explanations are told by their last change, in pages", arguments: StoreKind.allCases)
  func changes(kind: StoreKind) async throws {
    try await kind.withStore { store in
      func record(_ id: String, isHidden: Bool = false) throws -> ExplanationRecord {
        var record = try Sample.explanation(id, by: .player(Sample.ada), at: 1)
        record.isHidden = isHidden
        return record
      }
      try await store.commit([.putExplanation(try record("z")), .putExplanation(try record("a"))])
      try await store.commit([.putExplanation(try record("m"))])
      let first = try await store.read { reader throws(StorageError) in
        try reader.explanations(changedAfter: 0, limit: 2)
      }
      #expect(first.map(\.record.explanation.id.rawValue) == ["z", "a"])
      // What is changed again comes again, behind all others.
      try await store.commit([.putExplanation(try record("z", isHidden: true))])
      let last = first.last?.number ?? 0
      let rest = try await store.read { reader throws(StorageError) in
        try reader.explanations(changedAfter: last, limit: 10)
      }
      #expect(rest.map(\.record) == [try record("m"), try record("z", isHidden: true)])
      let end = rest.last?.number ?? 0
      let none = try await store.read { reader throws(StorageError) in
        try reader.explanations(changedAfter: end, limit: 10)
      }
      #expect(none.isEmpty)
    }
  }

  @Test("A database of before keeps its answers, and its explanations get an order")
  func migration() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("arena.sqlite")
    let steps = Migrations.current.steps
    let count = try #require(steps.firstIndex { $0.name == "answer circumstances" })
    let old = try SQLiteStore(
      path: path, access: .server, limits: StoreLimits(),
      migrations: Migrations(steps: Array(steps.prefix(count))))
    await old.close()
    try SQLiteDatabase(path: path, mode: .readWrite).execute(
      """
      INSERT INTO answer (id, player, unit, campaign, at, milliseconds, kind, chosen, other,
        was_shown_first) VALUES ('1', 'ada', 'u/1/mlp/2', 'c', 5, 4200, 'pick', 'e1', 'e2', 1);
      INSERT INTO explanation (id, unit, text, author_kind, author, campaign, created_at,
        is_explicit, is_hidden) VALUES ('b', 'u/1/mlp/2', 'late', 'player', 'ada', 'c', 9, 0, 0);
      INSERT INTO explanation (id, unit, text, author_kind, author, campaign, created_at,
        is_explicit, is_hidden) VALUES ('a', 'u/1/mlp/2', 'early', 'player', 'ada', 'c', 3, 0, 0);
      """)
    let store = try SQLiteStore(path: path)
    try await store.commit([
      .putExplanation(try Sample.explanation("0", by: .player(Sample.ada), at: 1))
    ])
    let (answers, texts) = try await store.read { reader throws(StorageError) in
      (
        try reader.answers(after: 0, limit: 10),
        try reader.explanations(changedAfter: 0, limit: 10)
      )
    }
    #expect(answers.map(\.record.circumstances) == [nil])
    #expect(
      answers.first?.record.content
        == .pick(
          chosen: ExplanationID(rawValue: "e1"), other: ExplanationID(rawValue: "e2"),
          wasShownFirst: true))
    #expect(texts.map(\.record.explanation.id.rawValue) == ["a", "b", "0"])
    await store.close()
  }
}
