import ArenaStorage
import ArenaTypes
import Testing

@Suite("Every store keeps what moderators decide")
struct ModerationContractTests {
  private func one(
    _ id: String, _ kind: ModerationCase.Kind, closed: Int64? = nil
  ) -> ModerationCase {
    ModerationCase(
      id: id, kind: kind, openedAt: Sample.moment(0), closedAt: closed.map { Sample.moment($0) },
      subject: "player/\(id)", player: Sample.ada, content: [0, 255, 7])
  }

  @Test(
    "Cases come by name, kind and page, the latest first, and keep their number",
    arguments: StoreKind.allCases)
  func cases(kind: StoreKind) async throws {
    try await kind.withStore { store in
      let all = [
        one("a", .report), one("b", .flag), one("c", .report, closed: 10), one("d", .report),
      ]
      try await store.commit(all.map { .putCase($0) })
      var changed = all[0]
      changed.closedAt = Sample.moment(5)
      changed.player = nil
      try await store.commit([.putCase(changed)])
      let (found, none, open, second, every, counts) = try await store.read {
        (reader) throws(StorageError) in
        let first = try reader.moderationCases(
          of: .report, openAt: Sample.moment(7), before: nil, limit: 1)
        return (
          try reader.moderationCase("a"), try reader.moderationCase("x"),
          try reader.moderationCases(
            of: .report, openAt: Sample.moment(7), before: nil, limit: 9),
          try reader.moderationCases(
            of: .report, openAt: Sample.moment(7), before: first.last?.number, limit: 9),
          try reader.moderationCases(of: .report, openAt: nil, before: nil, limit: 9),
          [4, 5, 9, 10].map { Sample.moment($0) }
        )
      }
      #expect(found?.record == changed)
      #expect(found?.number == 1)
      #expect(none == nil)
      #expect(open.map(\.record.id) == ["d", "c"])
      #expect(second.map(\.record.id) == ["c"])
      #expect(every.map(\.record) == [all[3], all[2], changed])
      var numbers: [Int] = []
      for moment in counts {
        numbers.append(
          try await store.read { (reader) throws(StorageError) in
            try reader.moderationCaseCount(of: .report, openAt: moment)
          })
      }
      #expect(numbers == [3, 2, 2, 1])
    }
  }

  @Test(
    "A ban says what it refuses, and is found by name and by its end", arguments: StoreKind.allCases
  )
  func bans(kind: StoreKind) async throws {
    try await kind.withStore { store in
      var mute = Sample.ban("m", .player(Sample.ada), from: 0, to: 10)
      mute.effect = .mute
      let later = Sample.ban("l", .address("192.0.2.0/24"), from: 50, to: nil)
      try await store.commit([.putBan(mute), .putBan(later)])
      let (found, none, early, rest) = try await store.read { (reader) throws(StorageError) in
        (
          try reader.ban("m"), try reader.ban("x"),
          try reader.bans(endingAfter: Sample.moment(9)),
          try reader.bans(endingAfter: Sample.moment(10))
        )
      }
      #expect(found == mute)
      #expect(none == nil)
      #expect(early == [mute, later])
      #expect(rest == [later])
    }
  }

  @Test("An audit entry keeps its act and is found by its name", arguments: StoreKind.allCases)
  func acts(kind: StoreKind) async throws {
    try await kind.withStore { store in
      var entry = Sample.audit("a")
      entry.act = [1, 0, 255]
      try await store.commit([.audit(entry), .audit(Sample.audit("b"))])
      let (found, none) = try await store.read { (reader) throws(StorageError) in
        (try reader.audit(id: "a"), try reader.audit(id: "x"))
      }
      #expect(found == Numbered(number: 1, record: entry))
      #expect(none == nil)
    }
  }

  @Test("A result is replaced by a moderator's void alone", arguments: StoreKind.allCases)
  func voided(kind: StoreKind) async throws {
    try await kind.withStore { store in
      let result = Sample.duelResult("d")
      try await store.commit([.putDuelResult(result)])
      var other = result
      other.reason = "absent"
      let error = await #expect(throws: StorageError.self) {
        try await store.commit([.putDuelResult(other)])
      }
      #expect(error?.isConflict == true)
      var voided = result
      voided.voidedBecause = "thrown away"
      try await store.commit([.putDuelResult(voided)])
      let (found, list) = try await store.read { (reader) throws(StorageError) in
        (
          try reader.duelResult(result.duel),
          try reader.duelResults(of: result.seats[0].player, limit: 9)
        )
      }
      #expect(found == voided)
      #expect(list == [voided])
    }
  }
}
