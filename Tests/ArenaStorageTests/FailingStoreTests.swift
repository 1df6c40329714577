import ArenaStorage
import ArenaTypes
import Testing

@Suite("A failing store")
struct FailingStoreTests {
  private let diskFull = StorageError.full(doing: "COMMIT", reason: "no space")

  @Test("fails as it was told, writes nothing, and works again once healed")
  func failsAndHeals() async throws {
    let store = FailingStore(wrapping: InMemoryStore())
    store.failCommits(with: diskFull)
    await #expect(throws: diskFull) { try await store.commit([.audit(act("a"))]) }
    store.heal()
    try await store.commit([.audit(act("b"))])
    #expect(try await auditIDs(of: store) == ["b"])
  }

  @Test("can lose the answer and keep the write, as a disk does that fails while flushing")
  func unclearEnd() async throws {
    let store = FailingStore(wrapping: InMemoryStore())
    store.failCommits(with: diskFull, leaving: .written)
    await #expect(throws: diskFull) { try await store.commit([.audit(act("a"))]) }
    store.heal()
    try await store.commit([.audit(act("a"))])
    #expect(try await auditIDs(of: store) == ["a"])
  }

  @Test("fails reads")
  func failsReads() async throws {
    let store = FailingStore(wrapping: InMemoryStore())
    store.failReads(with: .inputOutput(doing: "reading", reason: "bad sector"))
    await #expect(throws: StorageError.inputOutput(doing: "reading", reason: "bad sector")) {
      try await auditIDs(of: store)
    }
  }

  @Test("keeps commits back until it is released, then passes them on in order")
  func holds() async throws {
    let store = FailingStore(wrapping: InMemoryStore())
    store.holdCommits()
    let ends = Locked<[String]>([])
    for id in ["a", "b"] {
      store.commit([.audit(act(id))]) { _ in ends.withLock { $0.append(id) } }
    }
    #expect(store.heldCommitCount == 2)
    #expect(try await auditIDs(of: store).isEmpty)
    #expect(ends.withLock { $0 }.isEmpty)
    store.releaseCommits()
    try await store.commit([.audit(act("c"))])
    #expect(try await auditIDs(of: store) == ["a", "b", "c"])
    #expect(ends.withLock { $0 } == ["a", "b"])
  }

  @Test("tells failures in the order of the commits")
  func failuresInOrder() async throws {
    let store = FailingStore(wrapping: InMemoryStore())
    let ends = Locked<[String]>([])
    store.commit([.audit(act("a"))]) { _ in ends.withLock { $0.append("a") } }
    store.failCommits(with: diskFull)
    store.commit([.audit(act("b"))]) { _ in ends.withLock { $0.append("b failed") } }
    store.heal()
    try await store.commit([.audit(act("c"))])
    #expect(ends.withLock { $0 } == ["a", "b failed"])
  }

  private func act(_ id: String) -> AuditRecord {
    AuditRecord(
      id: id, at: Timestamp(millisecondsSinceEpoch: 0), who: "w", what: "x", subject: "y", why: "z")
  }

  private func auditIDs(of store: FailingStore) async throws -> [String] {
    let log = try await store.read { (reader) throws(StorageError) in
      try reader.audit(before: nil, limit: 10)
    }
    return log.map(\.record.id).reversed()
  }
}
