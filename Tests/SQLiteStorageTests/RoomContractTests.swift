import ArenaStorage
import ArenaTypes
import Testing

@Suite("Every store keeps rooms and journals")
struct RoomContractTests {
  @Test("A journal comes back as it was appended", arguments: StoreKind.allCases)
  func journal(kind: StoreKind) async throws {
    try await kind.withStore { store in
      try await store.commit([
        .openRoom(Sample.room("a")), .appendJournal(Sample.entry("a", 0)),
        .appendJournal(Sample.entry("a", 1, payload: [])),
      ])
      try await store.commit([.appendJournal(Sample.entry("a", 2, payload: [0, 1, 255]))])
      let key = Sample.room("a").key
      let all = try await store.read { (reader) throws(StorageError) in
        try reader.journal(of: key, from: 0)
      }
      #expect(
        all == [
          Sample.entry("a", 0), Sample.entry("a", 1, payload: []),
          Sample.entry("a", 2, payload: [0, 1, 255]),
        ])
      let last = try await store.read { (reader) throws(StorageError) in
        try reader.journal(of: key, from: 2)
      }
      #expect(last.map(\.sequence) == [2])
      let none = try await store.read { (reader) throws(StorageError) in
        try reader.journal(of: RoomKey(kind: .contest, id: "a"), from: 0)
      }
      #expect(none.isEmpty)
    }
  }

  @Test(
    "Open rooms are listed by age; closed and forgotten ones are not", arguments: StoreKind.allCases
  )
  func openRooms(kind: StoreKind) async throws {
    try await kind.withStore { store in
      let contest = RoomRecord(
        key: RoomKey(kind: .contest, id: "z"), openedAt: Sample.moment(1), setup: [])
      try await store.commit([
        .openRoom(Sample.room("late", at: 5)), .openRoom(contest),
        .openRoom(Sample.room("early", at: 0)), .openRoom(Sample.room("over", at: 2)),
        .openRoom(Sample.room("older", at: 3)), .appendJournal(Sample.entry("over", 0)),
      ])
      try await store.commit([
        .closeRoom(Sample.room("over").key, at: Sample.moment(20)),
        .closeRoom(Sample.room("older").key, at: Sample.moment(10)),
        .closeRoom(Sample.room("over").key, at: Sample.moment(99)),
      ])
      let (all, duels, over) = try await store.read { (reader) throws(StorageError) in
        (
          try reader.openRooms(of: nil), try reader.openRooms(of: .duel),
          try reader.room(Sample.room("over").key)
        )
      }
      #expect(all.map(\.key.id) == ["early", "z", "late"])
      #expect(duels == [Sample.room("early", at: 0), Sample.room("late", at: 5)])
      #expect(over?.closedAt == Sample.moment(20))

      try await store.commit([.forgetRooms(closedBefore: Sample.moment(20))])
      let (kept, older) = try await store.read { (reader) throws(StorageError) in
        (
          try reader.journal(of: Sample.room("over").key, from: 0),
          try reader.room(Sample.room("older").key)
        )
      }
      #expect(kept.count == 1)
      #expect(older == nil)
      try await store.commit([.forgetRooms(closedBefore: Sample.moment(21))])
      let gone = try await store.read { (reader) throws(StorageError) in
        try reader.journal(of: Sample.room("over").key, from: 0)
      }
      #expect(gone.isEmpty)
    }
  }

  @Test("Saying the same again has no second effect", arguments: StoreKind.allCases)
  func repeated(kind: StoreKind) async throws {
    try await kind.withStore { store in
      let batch: [StoreWrite] = [
        .openRoom(Sample.room("a")), .appendJournal(Sample.entry("a", 0)),
        .appendJournal(Sample.entry("a", 1)),
        .closeRoom(Sample.room("a").key, at: Sample.moment(7)),
      ]
      try await store.commit(batch)
      try await store.commit(batch)
      let (room, journal) = try await store.read { (reader) throws(StorageError) in
        (
          try reader.room(Sample.room("a").key),
          try reader.journal(of: Sample.room("a").key, from: 0)
        )
      }
      #expect(room?.closedAt == Sample.moment(7))
      #expect(journal.count == 2)
    }
  }

  /// Writes that contradict an open room `a` with one entry, and a closed room `over` with none.
  static let contradictions: [(why: String, write: StoreWrite)] = [
    ("another payload", .appendJournal(Sample.entry("a", 0, payload: [9]))),
    ("a gap", .appendJournal(Sample.entry("a", 3))),
    ("a number below zero", .appendJournal(Sample.entry("a", -1))),
    ("a closed room", .appendJournal(Sample.entry("over", 0))),
    ("a room never opened", .appendJournal(Sample.entry("none", 0))),
    ("closing a room never opened", .closeRoom(Sample.room("none").key, at: Sample.moment(1))),
    ("another setup", .openRoom(Sample.room("a", at: 99))),
  ]

  @Test(
    "A contradiction is a conflict and takes its whole batch with it", arguments: StoreKind.allCases
  )
  func conflicts(kind: StoreKind) async throws {
    try await kind.withStore { store in
      try await store.commit([
        .openRoom(Sample.room("a")), .appendJournal(Sample.entry("a", 0)),
        .openRoom(Sample.room("over")),
        .closeRoom(Sample.room("over").key, at: Sample.moment(1)),
      ])
      for (why, write) in Self.contradictions {
        let error = await #expect(throws: StorageError.self, "\(why)") {
          try await store.commit([
            .appendJournal(Sample.entry("a", 1)), .putContest(Sample.contest("c", closesAt: 1)),
            write,
          ])
        }
        #expect(error?.isConflict == true, "\(why): \(String(describing: error))")
      }
      let (journal, contest) = try await store.read { (reader) throws(StorageError) in
        (
          try reader.journal(of: Sample.room("a").key, from: 0),
          try reader.contest(ContestID(rawValue: "c"))
        )
      }
      #expect(journal == [Sample.entry("a", 0)])
      #expect(contest == nil)
    }
  }
}
