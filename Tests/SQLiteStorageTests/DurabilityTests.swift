import ArenaStorage
import ArenaTypes
import Glibc
import Testing

@testable import SQLiteStorage

@Suite("What a SQLite store acknowledged is on the disk")
struct DurabilityTests {
  @Test("The files as they are at any moment hold every acknowledged write")
  func copyWhileOpen() async throws {
    let (folder, copy) = (try TemporaryFolder(), try TemporaryFolder())
    let store = try SQLiteStore(path: folder.file("arena.sqlite"))
    try await store.commit([.openRoom(Sample.room("a"))])
    for index in 0..<40 {
      try await store.commit([.appendJournal(Sample.entry("a", index))])
      guard index % 13 == 0 else { continue }
      // What a killed process leaves behind: the kernel's view of the files, without the shared
      // memory index and without any of SQLite's own closing.
      for name in ["arena.sqlite", "arena.sqlite-wal"] {
        let bytes = try #require(try folder.read(name))
        try copy.write(bytes, to: name)
      }
      let reopened = try SQLiteStore(path: copy.file("arena.sqlite"))
      let journal = try await reopened.read { (reader) throws(StorageError) in
        try reader.journal(of: Sample.room("a").key, from: 0)
      }
      #expect(journal == (0...index).map { Sample.entry("a", $0) })
      await reopened.close()
    }
    await store.close()
  }

  @Test("A log that was cut in the middle of a write loses only what was not acknowledged")
  func tornLog() async throws {
    let (folder, copy) = (try TemporaryFolder(), try TemporaryFolder())
    let store = try SQLiteStore(path: folder.file("arena.sqlite"))
    try await store.commit([.openRoom(Sample.room("a"))])
    try await store.commit([.appendJournal(Sample.entry("a", 0))])
    let acknowledged = try #require(try folder.read("arena.sqlite-wal")).count
    try await store.commit([.appendJournal(Sample.entry("a", 1))])
    let log = try #require(try folder.read("arena.sqlite-wal"))
    let database = try #require(try folder.read("arena.sqlite"))
    await store.close()
    for length in stride(from: acknowledged, to: log.count, by: 997) {
      try copy.write(database, to: "arena.sqlite")
      try copy.write(Array(log.prefix(length)), to: "arena.sqlite-wal")
      let reopened = try SQLiteStore(path: copy.file("arena.sqlite"))
      let journal = try await reopened.read { (reader) throws(StorageError) in
        try reader.journal(of: Sample.room("a").key, from: 0)
      }
      #expect(journal == [Sample.entry("a", 0)], "cut at \(length)")
      await reopened.close()
    }
  }

  @Test("Every commit waits for the disk")
  func synchronous() throws {
    let folder = try TemporaryFolder()
    let database = try SQLiteDatabase(path: folder.file("arena.sqlite"), mode: .readWrite)
    try SQLiteStore.prepare(database, access: .server, migrations: .current)
    let synchronous: Int? = try database.row("PRAGMA synchronous") { $0[0] }
    let mode: String? = try database.row("PRAGMA journal_mode") { $0[0] }
    #expect(synchronous == 2)
    #expect(mode == "wal")
  }

  @Test("A full disk fails the group, keeps what was there, and is told as such")
  func fullDisk() throws {
    let folder = try TemporaryFolder()
    let database = try SQLiteDatabase(path: folder.file("arena.sqlite"), mode: .readWrite)
    try SQLiteStore.prepare(database, access: .server, migrations: .current)
    let writer = SQLiteGroupWriter(database: database)
    let opened = writer.write([[.openRoom(Sample.room("a"))]])
    #expect(opened.allSatisfy { (try? $0.get()) != nil })

    try database.execute("PRAGMA max_page_count = 1")
    let large = [UInt8](repeating: 7, count: 400_000)
    let group: [[StoreWrite]] = [
      [.appendJournal(Sample.entry("a", 0))], [.appendJournal(Sample.entry("none", 0))],
      [.appendJournal(Sample.entry("a", 1, payload: large))],
      [.appendJournal(Sample.entry("a", 2))],
    ]
    let results = writer.write(group)
    #expect(results.count == 4)
    for result in results {
      guard case .failure(.full(let doing, _)) = result else {
        Issue.record("\(result)")
        continue
      }
      #expect(doing.contains("INSERT INTO journal"))
    }
    #expect(!database.isInTransaction)

    try database.execute("PRAGMA max_page_count = 1000000")
    let again = writer.write([group[0], group[2], group[3]])
    #expect(again.allSatisfy { (try? $0.get()) != nil })
    let journal = try SQLiteReader(database: database).journal(of: Sample.room("a").key, from: 0)
    #expect(journal.map(\.payload.count) == [3, 400_000, 3])
  }

  @Test("A conflict leaves the rest of its group alone")
  func conflictInGroup() throws {
    let folder = try TemporaryFolder()
    let database = try SQLiteDatabase(path: folder.file("arena.sqlite"), mode: .readWrite)
    try SQLiteStore.prepare(database, access: .server, migrations: .current)
    let results = SQLiteGroupWriter(database: database).write([
      [.openRoom(Sample.room("a"))],
      [.appendJournal(Sample.entry("a", 0)), .appendJournal(Sample.entry("a", 7))],
      [.appendJournal(Sample.entry("a", 0))],
    ])
    #expect(results.map { (try? $0.get()) != nil } == [true, false, true])
  }

  @Test("The audit log can't be changed even with SQL of one's own")
  func auditTriggers() throws {
    let folder = try TemporaryFolder()
    let database = try SQLiteDatabase(path: folder.file("arena.sqlite"), mode: .readWrite)
    try SQLiteStore.prepare(database, access: .server, migrations: .current)
    _ = SQLiteGroupWriter(database: database).write([[.audit(Sample.audit("a"))]])
    #expect(throws: StorageError.self) { try database.run("UPDATE audit SET why = 'x'") }
    #expect(throws: StorageError.self) { try database.run("DELETE FROM audit") }
  }

  @Test("A backup is a whole database, and never replaces a file")
  func backup() async throws {
    let folder = try TemporaryFolder()
    let store = try SQLiteStore(path: folder.file("arena.sqlite"))
    try await store.commit([.openRoom(Sample.room("a")), .appendJournal(Sample.entry("a", 0))])
    try await store.backup(to: folder.file("copy.sqlite"))
    try await store.commit([.appendJournal(Sample.entry("a", 1))])
    let copy = try SQLiteStore(path: folder.file("copy.sqlite"))
    let journal = try await copy.read { (reader) throws(StorageError) in
      try reader.journal(of: Sample.room("a").key, from: 0)
    }
    #expect(journal == [Sample.entry("a", 0)])
    await #expect(throws: StorageError.self) {
      try await store.backup(to: folder.file("copy.sqlite"))
    }
    #expect(!folder.fileNames.contains { $0.hasSuffix(".part") })
    await copy.close()
    await store.close()
  }
}
