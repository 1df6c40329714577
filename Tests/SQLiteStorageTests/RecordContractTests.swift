import ArenaStorage
import ArenaTypes
import Testing

@Suite("Every store keeps records")
struct RecordContractTests {
  @Test("A player comes back by id and by secret, as last put", arguments: StoreKind.allCases)
  func players(kind: StoreKind) async throws {
    try await kind.withStore { store in
      var ada = Sample.player(Sample.ada)
      try await store.commit([.putPlayer(ada), .putPlayer(Sample.player(Sample.bob))])
      ada.name = "Countess"
      ada.secretHash = [1, 2, 3]
      try await store.commit([.putPlayer(ada)])
      let found = try await store.read { (reader) throws(StorageError) in
        [
          try reader.player(Sample.ada), try reader.player(secretHash: [1, 2, 3]),
          try reader.player(secretHash: Array("ada".utf8)), try reader.player(Sample.bob),
          try reader.player(PlayerID(rawValue: "nobody")),
        ]
      }
      #expect(found == [ada, ada, nil, Sample.player(Sample.bob), nil])
    }
  }

  @Test("Two players can't have one secret", arguments: StoreKind.allCases)
  func secrets(kind: StoreKind) async throws {
    try await kind.withStore { store in
      try await store.commit([.putPlayer(Sample.player(Sample.ada, secret: [1]))])
      let error = await #expect(throws: StorageError.self) {
        try await store.commit([.putPlayer(Sample.player(Sample.bob, secret: [1]))])
      }
      #expect(error?.isConflict == true, "\(String(describing: error))")
    }
  }

  @Test("Ratings come by format and by rank", arguments: StoreKind.allCases)
  func ratings(kind: StoreKind) async throws {
    try await kind.withStore { store in
      let cyd = PlayerID(rawValue: "cyd")
      try await store.commit([
        .putRating(Sample.rating(Sample.ada, "write", 1_400)),
        .putRating(Sample.rating(Sample.ada, "pick", 1_500)),
        .putRating(Sample.rating(Sample.bob, "pick", 1_700.25)),
        .putRating(Sample.rating(cyd, "pick", 1_500)),
        .putRating(Sample.rating(Sample.ada, "write", 1_450)),
      ])
      let (adas, best, two) = try await store.read { (reader) throws(StorageError) in
        (
          try reader.ratings(of: Sample.ada), try reader.bestRatings(format: "pick", limit: 10),
          try reader.bestRatings(format: "pick", limit: 2)
        )
      }
      #expect(
        adas == [
          Sample.rating(Sample.ada, "pick", 1_500), Sample.rating(Sample.ada, "write", 1_450),
        ])
      #expect(best.map(\.player) == [Sample.bob, Sample.ada, cyd])
      #expect(two.count == 2)
    }
  }

  @Test(
    "Duel results come back whole, the last first, and never change", arguments: StoreKind.allCases)
  func duelResults(kind: StoreKind) async throws {
    try await kind.withStore { store in
      let results = [
        Sample.duelResult("b", endedAt: 9, outcome: .draw),
        Sample.duelResult("a", endedAt: 9, outcome: .won(Sample.ada)),
        Sample.duelResult("c", endedAt: 20, outcome: .void),
      ]
      try await store.commit(results.map { .putDuelResult($0) })
      try await store.commit([.putDuelResult(results[0])])
      await #expect(throws: StorageError.conflict("duel b has another result")) {
        try await store.commit([.putDuelResult(Sample.duelResult("b", outcome: .void))])
      }
      let (one, all, last, none) = try await store.read { (reader) throws(StorageError) in
        (
          try reader.duelResult(DuelID(rawValue: "b")),
          try reader.duelResults(of: Sample.bob, limit: 10),
          try reader.duelResults(of: Sample.bob, limit: 1),
          try reader.duelResults(of: PlayerID(rawValue: "nobody"), limit: 10)
        )
      }
      #expect(one == results[0])
      #expect(all == [results[2], results[0], results[1]])
      #expect(last == [results[2]])
      #expect(none.isEmpty)
    }
  }

  @Test("Contests are listed by closing time", arguments: StoreKind.allCases)
  func contests(kind: StoreKind) async throws {
    try await kind.withStore { store in
      var first = Sample.contest("a", closesAt: 10)
      try await store.commit([
        .putContest(Sample.contest("c", closesAt: 20)), .putContest(first),
        .putContest(Sample.contest("b", closesAt: 20)),
      ])
      first.state = "paused"
      try await store.commit([.putContest(first)])
      let (all, open, one) = try await store.read { (reader) throws(StorageError) in
        (
          try reader.contests(closingFrom: Sample.moment(0), limit: 10),
          try reader.contests(closingFrom: Sample.moment(11), limit: 1),
          try reader.contest(ContestID(rawValue: "a"))
        )
      }
      #expect(all.map(\.id.rawValue) == ["a", "b", "c"])
      #expect(open.map(\.id.rawValue) == ["b"])
      #expect(one == first)
    }
  }

  @Test(
    "A final board is written once, and amended only with a reason", arguments: StoreKind.allCases)
  func finalBoards(kind: StoreKind) async throws {
    try await kind.withStore { store in
      let id = ContestID(rawValue: "a")
      try await store.commit([.putFinalBoard(Sample.board("a"))])
      try await store.commit([.putFinalBoard(Sample.board("a"))])
      await #expect(throws: StorageError.conflict("contest a has another final board")) {
        try await store.commit([.putFinalBoard(Sample.board("a", points: 1))])
      }
      let first = try await store.read { (reader) throws(StorageError) in
        try reader.finalBoard(of: id)
      }
      #expect(first == Sample.board("a"))
      let amended = Sample.board("a", points: 2, amendedBecause: "a bot won")
      try await store.commit([.putFinalBoard(amended)])
      let (second, none) = try await store.read { (reader) throws(StorageError) in
        (try reader.finalBoard(of: id), try reader.finalBoard(of: ContestID(rawValue: "b")))
      }
      #expect(second == amended)
      #expect(none == nil)
    }
  }

  @Test("Scores are known by unit, text and scorer", arguments: StoreKind.allCases)
  func scores(kind: StoreKind) async throws {
    try await kind.withStore { store in
      let text = try ExplanationText("months of the year")
      let records = [Sample.score(61.5, cap: .peakWordList), Sample.score(70, scorer: "other/2")]
        .map { ScoreRecord(unit: Sample.unit, text: text, score: $0, computedAt: Sample.moment(3)) }
      try await store.commit(records.map { .putScore($0) })
      let other = try ExplanationText("months")
      let found = try await store.read { (reader) throws(StorageError) in
        [
          try reader.score(unit: Sample.unit, text: text, scorer: "gen-window/1"),
          try reader.score(unit: Sample.unit, text: text, scorer: "other/2"),
          try reader.score(unit: Sample.otherUnit, text: text, scorer: "other/2"),
          try reader.score(unit: Sample.unit, text: other, scorer: "other/2"),
        ]
      }
      #expect(found == [records[0], records[1], nil, nil])
    }
  }

  @Test("Explanations come back by age, with author and score", arguments: StoreKind.allCases)
  func explanations(kind: StoreKind) async throws {
    try await kind.withStore { store in
      let records = [
        try Sample.explanation("z", by: .player(Sample.ada), at: 1),
        try Sample.explanation("a", by: .house, at: 2, score: Sample.score(50)),
        try Sample.explanation(
          "b", by: .machine("bank/1"), at: 2, score: Sample.score(49, cap: .peakWordList)),
      ]
      try await store.commit(records.reversed().map { .putExplanation($0) })
      let (all, two, one, none) = try await store.read { (reader) throws(StorageError) in
        (
          try reader.explanations(of: Sample.unit, limit: 10),
          try reader.explanations(of: Sample.unit, limit: 2),
          try reader.explanation(ExplanationID(rawValue: "b")),
          try reader.explanations(of: Sample.otherUnit, limit: 10)
        )
      }
      #expect(all == records)
      #expect(two == Array(records.prefix(2)))
      #expect(one == records[2])
      #expect(none.isEmpty)
    }
  }

  @Test("All scores and explanations come in pages, each once", arguments: StoreKind.allCases)
  func pages(kind: StoreKind) async throws {
    try await kind.withStore { store in
      let texts = try ["b", "a", "A | b", "months"].map { try ExplanationText($0) }
      let scores = texts.flatMap { text in
        ["gen-window/1", "judge/3"].map { scorer in
          ScoreRecord(
            unit: text.meanings.count == 2 ? Sample.otherUnit : Sample.unit, text: text,
            score: Sample.score(50, scorer: scorer), computedAt: Sample.moment(3))
        }
      }
      let explanations = try ["z", "a", "m"].map {
        try Sample.explanation($0, by: .player(Sample.ada), at: 1)
      }
      try await store.commit(
        scores.map { .putScore($0) } + explanations.map { .putExplanation($0) })
      var (foundScores, foundExplanations): ([ScoreRecord], [ExplanationRecord]) = ([], [])
      for _ in 0..<5 {
        let (key, id) = (foundScores.last?.key, foundExplanations.last?.explanation.id)
        let page = try await store.read { (reader) throws(StorageError) in
          (try reader.scores(after: key, limit: 3), try reader.explanations(after: id, limit: 2))
        }
        foundScores += page.0
        foundExplanations += page.1
      }
      func order(_ key: ScoreKey) -> (String, String, String) {
        (key.unit.rawValue, key.text.description, key.scorer)
      }
      #expect(foundScores == scores.sorted { order($0.key) < order($1.key) })
      #expect(foundExplanations.map(\.explanation.id.rawValue) == ["a", "m", "z"])
    }
  }

  @Test("Answers are kept once and paged in order", arguments: StoreKind.allCases)
  func answers(kind: StoreKind) async throws {
    try await kind.withStore { store in
      let (chosen, other) = (ExplanationID(rawValue: "e1"), ExplanationID(rawValue: "e2"))
      let records = [
        Sample.answer("1", .pick(chosen: chosen, other: other, wasShownFirst: true)),
        Sample.answer("2", .write(text: "months", score: 71.5)),
        Sample.answer("9", .write(text: "years", score: 70, scorer: "judge/3")),
        Sample.answer("3", .write(text: "", score: nil)),
        Sample.answer("4", .fire(text: "In March,", peak: 3.25)),
        Sample.answer("5", .fire(text: "x", peak: nil)),
        Sample.answer(
          "6",
          .oddOneOut(
            excerpts: ["u1c0", "u1r3", "u1c15", "u1r1"].map { ExcerptID(rawValue: $0) }, chosen: 0,
            odd: 3)),
        Sample.answer(
          "7",
          .predict(
            explanation: chosen, excerpt: ExcerptID(rawValue: "u1r2"), tokens: [0, 7, 63])),
        Sample.answer(
          "8",
          .predict(explanation: chosen, excerpt: ExcerptID(rawValue: "u1r2"), tokens: [])),
      ]
      try await store.commit(records.map { .recordAnswer($0) })
      try await store.commit([.recordAnswer(Sample.answer("2", .fire(text: "no", peak: 0)))])
      let first = try await store.read { (reader) throws(StorageError) in
        try reader.answers(after: 0, limit: 2)
      }
      let last = first.last?.number ?? 0
      let rest = try await store.read { (reader) throws(StorageError) in
        try reader.answers(after: last, limit: 100)
      }
      #expect((first + rest).map(\.record) == records)
      #expect(first.count == 2)
    }
  }

  @Test("The units that a player has seen lately are listed once", arguments: StoreKind.allCases)
  func unitsAnswered(kind: StoreKind) async throws {
    try await kind.withStore { store in
      let old = UnitID(rawValue: "a/0/mlp/1")
      try await store.commit([
        .recordAnswer(Sample.answer("1", unit: old, at: 9)),
        .recordAnswer(Sample.answer("2", unit: Sample.otherUnit, at: 10)),
        .recordAnswer(Sample.answer("3", unit: Sample.unit, at: 11)),
        .recordAnswer(Sample.answer("4", unit: Sample.unit, at: 12)),
        .recordAnswer(Sample.answer("5", by: Sample.bob, unit: old, at: 12)),
      ])
      let units = try await store.read { (reader) throws(StorageError) in
        try reader.unitsAnswered(by: Sample.ada, since: Sample.moment(10))
      }
      #expect(units == [Sample.unit, Sample.otherUnit])
    }
  }

  @Test("The audit log grows, page by page from its end", arguments: StoreKind.allCases)
  func audit(kind: StoreKind) async throws {
    try await kind.withStore { store in
      try await store.commit(["a", "b", "c"].map { .audit(Sample.audit($0)) })
      var changed = Sample.audit("a")
      changed.why = "another story"
      try await store.commit([.audit(changed)])
      let page = try await store.read { (reader) throws(StorageError) in
        try reader.audit(before: nil, limit: 2)
      }
      let number = page.last?.number
      let rest = try await store.read { (reader) throws(StorageError) in
        try reader.audit(before: number, limit: 2)
      }
      #expect(page.map(\.record) == [Sample.audit("c"), Sample.audit("b")])
      #expect(rest.map(\.record) == [Sample.audit("a")])
    }
  }

  @Test("Tokens are found by hash, also when they are revoked", arguments: StoreKind.allCases)
  func tokens(kind: StoreKind) async throws {
    try await kind.withStore { store in
      var revoked = Sample.token("b", hash: [2], at: 1)
      revoked.role = .admin
      try await store.commit([
        .putModeratorToken(revoked), .putModeratorToken(Sample.token("a", hash: [1], at: 1)),
      ])
      revoked.revokedAt = Sample.moment(50)
      try await store.commit([.putModeratorToken(revoked)])
      let (all, one, none) = try await store.read { (reader) throws(StorageError) in
        (
          try reader.moderatorTokens(), try reader.moderatorToken(hash: [2]),
          try reader.moderatorToken(hash: [3])
        )
      }
      #expect(all == [Sample.token("a", hash: [1], at: 1), revoked])
      #expect(one == revoked)
      #expect(none == nil)
      let error = await #expect(throws: StorageError.self) {
        try await store.commit([.putModeratorToken(Sample.token("c", hash: [1]))])
      }
      #expect(error?.isConflict == true, "\(String(describing: error))")
    }
  }

  @Test("A ban is in force from its start to before its end", arguments: StoreKind.allCases)
  func bans(kind: StoreKind) async throws {
    try await kind.withStore { store in
      let bans = [
        Sample.ban("a", .player(Sample.ada), from: 0, to: 10),
        Sample.ban("b", .address("192.0.2.7"), from: 5, to: nil),
      ]
      try await store.commit(bans.map { .putBan($0) })
      for (moment, expected) in [(-1, []), (0, ["a"]), (9, ["a", "b"]), (10, ["b"])] {
        let found = try await store.read { (reader) throws(StorageError) in
          try reader.bans(inForceAt: Sample.moment(Int64(moment)))
        }
        #expect(found.map(\.id) == expected, "at \(moment)")
        #expect(found.allSatisfy(bans.contains))
      }
    }
  }

  @Test("A token opens nothing once it has expired or was revoked")
  func tokenValidity() {
    var token = Sample.token("a", hash: [1])
    #expect(token.isValid(at: Sample.moment(99)))
    #expect(!token.isValid(at: Sample.moment(100)))
    token.revokedAt = Sample.moment(40)
    #expect(token.isValid(at: Sample.moment(39)))
    #expect(!token.isValid(at: Sample.moment(40)))
  }
}
