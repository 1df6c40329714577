import ArenaStorage
import ArenaTypes
import Testing

@testable import SQLiteStorage

@Suite("Every store keeps solo play")
struct SoloContractTests {
  private func vote(
    _ player: PlayerID, _ explanation: String, _ direction: VoteRecord.Direction,
    unit: UnitID = Sample.unit, at milliseconds: Int64 = 1
  ) -> VoteRecord {
    VoteRecord(
      player: player, unit: unit, explanation: ExplanationID(rawValue: explanation),
      direction: direction, at: Sample.moment(milliseconds))
  }

  @Test("A state comes back as last put", arguments: StoreKind.allCases)
  func states(kind: StoreKind) async throws {
    try await kind.withStore { store in
      try await store.commit([.putSolo(SoloRecord(player: Sample.ada, state: [1]))])
      try await store.commit([.putSolo(SoloRecord(player: Sample.ada, state: [0, 255]))])
      let found = try await store.read { (reader) throws(StorageError) in
        [try reader.solo(of: Sample.ada)?.state, try reader.solo(of: Sample.bob)?.state]
      }
      #expect(found == [[0, 255], nil])
    }
  }

  @Test("A vote can be changed and taken back, several a unit", arguments: StoreKind.allCases)
  func votes(kind: StoreKind) async throws {
    try await kind.withStore { store in
      try await store.commit([
        .putVote(vote(Sample.bob, "x", .up)), .putVote(vote(Sample.ada, "x", .down)),
        .putVote(vote(Sample.ada, "y", .up, at: 3)),
        .putVote(vote(Sample.ada, "x", .up, unit: Sample.otherUnit, at: 2)),
      ])
      try await store.commit([
        .putVote(vote(Sample.ada, "x", .up, at: 5)), .putVote(vote(Sample.bob, "x", .none)),
        .putVote(vote(Sample.bob, "never given", .none)),
      ])
      try await store.commit([.putVote(vote(Sample.bob, "y", .down))])
      let (counts, ofUnit, byAda, one) = try await store.read { (reader) throws(StorageError) in
        (
          try reader.voteCounts(of: Sample.unit),
          try reader.votes(by: Sample.ada, of: Sample.unit),
          try reader.votes(by: Sample.ada, limit: 9), try reader.votes(by: Sample.ada, limit: 1)
        )
      }
      #expect(
        counts == [
          VoteCount(explanation: ExplanationID(rawValue: "x"), up: 1, down: 0),
          VoteCount(explanation: ExplanationID(rawValue: "y"), up: 1, down: 1),
        ])
      #expect(ofUnit == [vote(Sample.ada, "x", .up, at: 5), vote(Sample.ada, "y", .up, at: 3)])
      #expect(byAda.map(\.at) == [5, 3, 2].map { Sample.moment($0) })
      #expect(one.count == 1)
    }
  }

  @Test("A unit is said one thing of by each", arguments: StoreKind.allCases)
  func marks(kind: StoreKind) async throws {
    try await kind.withStore { store in
      func mark(_ player: PlayerID, _ mark: UnitMarkRecord.Mark) -> StoreWrite {
        .putUnitMark(
          UnitMarkRecord(player: player, unit: Sample.unit, mark: mark, at: Sample.moment(1)))
      }
      try await store.commit([
        mark(Sample.bob, .mess), mark(Sample.ada, .noneFits), mark(Sample.ada, .mess),
      ])
      try await store.commit([mark(Sample.bob, .none)])
      let (counts, adas, bobs) = try await store.read { (reader) throws(StorageError) in
        (
          try reader.markCounts(of: Sample.unit),
          try reader.mark(by: Sample.ada, of: Sample.unit),
          try reader.mark(by: Sample.bob, of: Sample.unit)
        )
      }
      #expect(counts == [.mess: 1] && adas?.mark == .mess && bobs == nil)
    }
  }

  private func waiting(
    _ id: String, at milliseconds: Int64, isPaid: Bool = false, failures: Int = 0
  ) -> WaitingTextRecord {
    WaitingTextRecord(
      explanation: ExplanationID(rawValue: id), unit: Sample.unit, player: Sample.ada,
      askedAt: Sample.moment(milliseconds), isPaid: isPaid, failureCount: failures)
  }

  @Test(
    "Texts wait in turn: what failed last, what was paid for first, then the older",
    arguments: StoreKind.allCases)
  func queue(kind: StoreKind) async throws {
    try await kind.withStore { store in
      try await store.commit([
        .putWaitingText(waiting("young", at: 9)), .putWaitingText(waiting("old", at: 1)),
        .putWaitingText(waiting("failed", at: 0, isPaid: true)),
        .putWaitingText(waiting("paid", at: 8, isPaid: true)),
        .putWaitingText(waiting("failed", at: 0, isPaid: true, failures: 1)),
      ])
      let (all, first, count) = try await store.read { (reader) throws(StorageError) in
        (
          try reader.waitingTexts(limit: 9), try reader.waitingTexts(limit: 1),
          try reader.waitingTextCount(of: Sample.ada)
        )
      }
      #expect(count == 4)
      #expect(all.map(\.explanation.rawValue) == ["paid", "old", "young", "failed"])
      #expect(first.count == 1)
    }
  }

  @Test(
    "A score ends the waiting and changes nothing else of a text", arguments: StoreKind.allCases)
  func scores(kind: StoreKind) async throws {
    try await kind.withStore { store in
      let text = try Sample.explanation("a", by: .player(Sample.ada), at: 3)
      try await store.commit([.putExplanation(text), .putWaitingText(waiting("a", at: 3))])
      // A moderator hides it while it is being scored.
      var hidden = text
      hidden.isHidden = true
      let score = Sample.score(61.25, cap: .peakWordList)
      try await store.commit([.putExplanation(hidden)])
      try await store.commit([
        .scoreExplanation(text.explanation.id, score),
        .scoreExplanation(ExplanationID(rawValue: "unknown"), score),
      ])
      let (found, queue, unknown) = try await store.read { (reader) throws(StorageError) in
        (
          try reader.explanation(text.explanation.id), try reader.waitingTexts(limit: 9),
          try reader.explanation(ExplanationID(rawValue: "unknown"))
        )
      }
      hidden.score = score
      #expect(found == hidden && queue == [] && unknown == nil)
    }
  }

  @Test("A refused batch leaves everything as it was", arguments: StoreKind.allCases)
  func refused(kind: StoreKind) async throws {
    try await kind.withStore { store in
      let text = try Sample.explanation("a", by: .player(Sample.ada), at: 3)
      let daily = FinishedDailyRecord(player: Sample.ada, day: 20_000, at: Sample.moment(1))
      try await store.commit([
        .putExplanation(text), .putWaitingText(waiting("a", at: 3)),
        .putVote(vote(Sample.bob, "a", .up)),
        .putSolo(SoloRecord(player: Sample.ada, state: [1])),
      ])
      await #expect(throws: StorageError.self) {
        try await store.commit([
          .scoreExplanation(text.explanation.id, Sample.score(50)),
          .putVote(vote(Sample.bob, "a", .none)),
          .putUnitMark(
            UnitMarkRecord(
              player: Sample.ada, unit: Sample.unit, mark: .mess, at: Sample.moment(1))),
          .putSolo(SoloRecord(player: Sample.ada, state: [2])), .putFinishedDaily(daily),
          .putWaitingText(waiting("b", at: 4)),
          .appendJournal(Sample.entry("nowhere", 0)),
        ])
      }
      let (found, queue, votes, marks) = try await store.read { (reader) throws(StorageError) in
        (
          try reader.explanation(text.explanation.id), try reader.waitingTexts(limit: 9),
          try reader.votes(by: Sample.bob, of: Sample.unit),
          try reader.mark(by: Sample.ada, of: Sample.unit)
        )
      }
      let (solo, dailies) = try await store.read { (reader) throws(StorageError) in
        (
          try reader.solo(of: Sample.ada)?.state,
          try reader.finishedDailies(of: Sample.ada, limit: 9)
        )
      }
      #expect(found == text && queue == [waiting("a", at: 3)])
      #expect(votes.map(\.direction) == [.up] && marks == nil && solo == [1] && dailies == [])
    }
  }

  @Test("A daily is finished once, and the latest come first", arguments: StoreKind.allCases)
  func dailies(kind: StoreKind) async throws {
    try await kind.withStore { store in
      func daily(_ day: Int64, at milliseconds: Int64) -> StoreWrite {
        .putFinishedDaily(
          FinishedDailyRecord(player: Sample.ada, day: day, at: Sample.moment(milliseconds)))
      }
      try await store.commit([daily(20_000, at: 1), daily(20_002, at: 2), daily(20_000, at: 3)])
      let found = try await store.read { (reader) throws(StorageError) in
        try reader.finishedDailies(of: Sample.ada, limit: 9)
      }
      #expect(found.map(\.day) == [20_002, 20_000])
      #expect(found.map(\.at) == [Sample.moment(2), Sample.moment(1)])
    }
  }

  @Test("What a player wrote and answered comes latest first", arguments: StoreKind.allCases)
  func ofPlayer(kind: StoreKind) async throws {
    try await kind.withStore { store in
      try await store.commit([
        .putExplanation(try Sample.explanation("a", by: .player(Sample.ada), at: 3)),
        .putExplanation(try Sample.explanation("b", by: .player(Sample.ada), at: 7)),
        .putExplanation(try Sample.explanation("c", by: .player(Sample.bob), at: 9)),
        .putExplanation(try Sample.explanation("d", by: .machine("ada"), at: 9)),
        .recordAnswer(Sample.answer("1", at: 5)), .recordAnswer(Sample.answer("2", at: 8)),
        .recordAnswer(Sample.answer("3", by: Sample.bob, at: 9)),
      ])
      let (texts, answers) = try await store.read { (reader) throws(StorageError) in
        (
          try reader.explanations(by: Sample.ada, limit: 9),
          try reader.answers(by: Sample.ada, limit: 9)
        )
      }
      #expect(texts.map(\.explanation.id.rawValue) == ["b", "a"])
      #expect(answers.map(\.id) == ["2", "1"])
    }
  }
}
