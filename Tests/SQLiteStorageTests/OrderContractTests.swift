import ArenaStorage
import ArenaTypes
import Synchronization
import Testing

@Suite("Every store keeps its promises about order, moments and limits")
struct OrderContractTests {
  @Test("Completions come in the order of the commits", arguments: StoreKind.allCases)
  func order(kind: StoreKind) async throws {
    try await kind.withStore { store in
      let ends = Locked<[Int]>([])
      store.commit([.openRoom(Sample.room("a"))]) { _ in }
      for index in 0..<500 {
        store.commit([.appendJournal(Sample.entry("a", index))]) { result in
          ends.withLock { $0.append((try? result.get()) == nil ? -1 : index) }
        }
      }
      try await store.commit([])
      #expect(ends.withLock { $0 } == Array(0..<500))
    }
  }

  @Test("A read after a completion sees the writes", arguments: StoreKind.allCases)
  func readYourWrites(kind: StoreKind) async throws {
    try await kind.withStore { store in
      try await store.commit([.openRoom(Sample.room("a"))])
      for index in 0..<50 {
        try await store.commit([.appendJournal(Sample.entry("a", index))])
        let journal = try await store.read { (reader) throws(StorageError) in
          try reader.journal(of: Sample.room("a").key, from: index)
        }
        #expect(journal.count == 1)
      }
    }
  }

  @Test("All the answers of one read are of one moment", arguments: StoreKind.allCases)
  func snapshot(kind: StoreKind) async throws {
    try await kind.withStore { store in
      try await store.commit([.openRoom(Sample.room("a"))])
      let isOver = Atomic(false)
      // A batch puts entry n into the journal and n into the contest's title: never only one of them.
      for index in 0..<300 {
        var contest = Sample.contest("c", closesAt: 1)
        contest.title = "\(index)"
        store.commit([.appendJournal(Sample.entry("a", index)), .putContest(contest)]) { _ in
          if index == 299 { isOver.store(true, ordering: .releasing) }
        }
      }
      var readCount = 0
      while !isOver.load(ordering: .acquiring) || readCount == 0 {
        let (last, title) = try await store.read { (reader) throws(StorageError) in
          let title = try reader.contest(ContestID(rawValue: "c"))?.title
          return (try reader.journal(of: Sample.room("a").key, from: 0).last?.sequence, title)
        }
        #expect(title == last.map { "\($0)" })
        readCount += 1
      }
    }
  }

  @Test("Writers at the same time lose nothing", arguments: StoreKind.allCases)
  func concurrency(kind: StoreKind) async throws {
    try await kind.withStore { store in
      try await withThrowingTaskGroup { group in
        for writer in 0..<8 {
          group.addTask {
            let id = "room\(writer)"
            try await store.commit([.openRoom(Sample.room(id))])
            for index in 0..<60 {
              try await store.commit([.appendJournal(Sample.entry(id, index))])
              if index % 10 == 0 {
                _ = try await store.read { (reader) throws(StorageError) in
                  try reader.openRooms(of: nil)
                }
              }
            }
          }
        }
        try await group.waitForAll()
      }
      let journals = try await store.read { (reader) throws(StorageError) in
        var journals: [[JournalEntry]] = []
        for room in try reader.openRooms(of: nil) {
          journals.append(try reader.journal(of: room.key, from: 0))
        }
        return journals
      }
      #expect(journals.count == 8)
      #expect(journals.allSatisfy { $0.map(\.sequence) == Array(0..<60) })
    }
  }

  @Test("Lists are no longer than the limit, whatever is asked for", arguments: StoreKind.allCases)
  func pages(kind: StoreKind) async throws {
    var limits = StoreLimits()
    limits.pageCountMax = 3
    try await kind.withStore(limits: limits) { store in
      try await store.commit((0..<5).map { .audit(Sample.audit("\($0)")) })
      for (asked, expected) in [(2, 2), (100, 3), (-1, 0)] {
        let page = try await store.read { (reader) throws(StorageError) in
          try reader.audit(before: nil, limit: asked)
        }
        #expect(page.count == expected)
      }
    }
  }

  @Test("A closed store answers that it is closed", arguments: StoreKind.allCases)
  func closed(kind: StoreKind) async throws {
    try await kind.withStore { store in
      let ends = Locked(0)
      for index in 0..<20 {
        store.commit([.audit(Sample.audit("\(index)"))]) { result in
          if (try? result.get()) != nil { ends.withLock { $0 += 1 } }
        }
      }
      await store.close()
      #expect(ends.withLock { $0 } == 20)
      await #expect(throws: StorageError.closed) { try await store.commit([]) }
      await #expect(throws: StorageError.closed) {
        try await store.read { (reader) throws(StorageError) in try reader.moderatorTokens() }
      }
    }
  }
}
