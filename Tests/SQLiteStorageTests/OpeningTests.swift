import ArenaStorage
import ArenaTypes
import Glibc
import Testing

@testable import SQLiteStorage

@Suite("Opening a SQLite store")
struct OpeningTests {
  private let path: String
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("arena.sqlite")
  }

  @Test("makes the folder, the file and the schema, and finds them again")
  func fresh() async throws {
    let store = try SQLiteStore(path: path)
    try await store.commit([.openRoom(Sample.room("a"))])
    await store.close()
    let again = try SQLiteStore(path: path)
    let rooms = try await again.read { (reader) throws(StorageError) in
      try reader.openRooms(of: nil)
    }
    #expect(rooms == [Sample.room("a")])
    await again.close()
    let names = folder.fileNames.sorted()
    #expect(
      names == ["arena.sqlite", "arena.sqlite.lock"], "the log is part of the database again")
  }

  @Test("refuses a second server, and says which process has the file")
  func secondServer() async throws {
    let store = try SQLiteStore(path: path)
    #expect(throws: StorageError.inUse(path: path, processID: Int(getpid()))) {
      try SQLiteStore(path: path)
    }
    await store.close()
    let next = try SQLiteStore(path: path)
    await next.close()
  }

  @Test("lets a tool work beside the server")
  func tool() async throws {
    let server = try SQLiteStore(path: path)
    let tool = try SQLiteStore(path: path, access: .tool)
    try await tool.commit([.putModeratorToken(Sample.token("a", hash: [1]))])
    await tool.close()
    let token = try await server.read { (reader) throws(StorageError) in
      try reader.moderatorToken(hash: [1])
    }
    #expect(token?.id == "a")
    await server.close()
  }

  @Test("lets a command look beside the server, which writes nothing and makes nothing")
  func reading() async throws {
    #expect(throws: StorageError.self) { try SQLiteStore(path: path, access: .reading) }
    #expect(folder.fileNames.isEmpty, "a file was made")
    let server = try SQLiteStore(path: path)
    try await server.commit([.openRoom(Sample.room("a"))])
    let reader = try SQLiteStore(path: path, access: .reading)
    await #expect(throws: StorageError.self) {
      try await reader.commit([.openRoom(Sample.room("b"))])
    }
    let rooms = try await reader.read { (reader) throws(StorageError) in
      try reader.openRooms(of: nil)
    }
    #expect(rooms == [Sample.room("a")])
    await reader.close()
    try await server.commit([.openRoom(Sample.room("b"))])
    await server.close()
    let alone = try SQLiteStore(path: path, access: .reading)
    let both = try await alone.read { (reader) throws(StorageError) in
      try reader.openRooms(of: nil)
    }
    #expect(both.count == 2)
    await alone.close()
  }

  @Test("doesn't upgrade a database that is only looked into, and says what is to be done")
  func readingOlder() async throws {
    let old = try SQLiteStore(
      path: path, access: .server, limits: StoreLimits(),
      migrations: Migrations(steps: Array(Migrations.current.steps.dropLast())))
    await old.close()
    let before = try folder.read("arena.sqlite")
    let error = #expect(throws: StorageError.self) {
      try SQLiteStore(path: path, access: .reading)
    }
    #expect(error?.description.contains("a server has to upgrade it first") == true)
    #expect(try folder.read("arena.sqlite") == before)
  }

  @Test("keeps scored answers of the schema that did not name the scorer")
  func answersWithoutScorer() async throws {
    let steps = Migrations.current.steps
    let count = try #require(steps.firstIndex { $0.name == "answer scorers" })
    let old = try SQLiteStore(
      path: path, access: .server, limits: StoreLimits(),
      migrations: Migrations(steps: Array(steps.prefix(count))))
    await old.close()
    try SQLiteDatabase(path: path, mode: .readWrite).execute(
      """
      INSERT INTO answer (id, player, unit, campaign, at, milliseconds, kind, text, measure)
      VALUES ('1', 'ada', 'u', 'c', 1, 2, 'write', 'months', 71.5)
      """)
    let new = try SQLiteStore(path: path)
    let answers = try await new.read { (reader) throws(StorageError) in
      try reader.answers(after: 0, limit: 9)
    }
    #expect(
      answers.map(\.record.content) == [.write(text: "months", score: 71.5, scorer: nil)])
    await new.close()
  }

  @Test("migrates a database of every earlier version and keeps what is in it")
  func migration() async throws {
    let all = Migrations.current.steps
    for version in 1..<all.count {
      let path = folder.file("v\(version).sqlite")
      let old = try SQLiteStore(
        path: path, access: .server, limits: StoreLimits(),
        migrations: Migrations(steps: Array(all.prefix(version))))
      try await old.commit([.openRoom(Sample.room("a"))])
      await old.close()
      let new = try SQLiteStore(path: path)
      try await new.commit([.audit(Sample.audit("a"))])
      let rooms = try await new.read { (reader) throws(StorageError) in
        try reader.openRooms(of: nil)
      }
      #expect(rooms == [Sample.room("a")])
      await new.close()
    }
  }

  @Test("a tool doesn't migrate under a running server")
  func toolMigration() async throws {
    let old = try SQLiteStore(
      path: path, access: .server, limits: StoreLimits(),
      migrations: Migrations(steps: Array(Migrations.current.steps.dropLast())))
    #expect(throws: StorageError.inUse(path: path, processID: Int(getpid()))) {
      try SQLiteStore(path: path, access: .tool)
    }
    await old.close()
    let tool = try SQLiteStore(path: path, access: .tool)
    await tool.close()
  }

  @Test("leaves a database alone when a step fails half-way")
  func failingMigration() async throws {
    let broken = Migration(
      name: "broken", script: "CREATE TABLE half (x INTEGER) STRICT; CREATE TABLE room (x);")
    #expect(throws: StorageError.self) {
      try SQLiteStore(
        path: path, access: .server, limits: StoreLimits(),
        migrations: Migrations(steps: Migrations.current.steps + [broken]))
    }
    let store = try SQLiteStore(path: path)
    try await store.commit([.openRoom(Sample.room("a"))])
    await store.close()
  }

  @Test("refuses a database of a newer program, with the way out")
  func newer() async throws {
    let later = Migration(name: "later", script: "CREATE TABLE later (x INTEGER) STRICT;")
    let steps = Migrations.current.steps
    let store = try SQLiteStore(
      path: path, access: .server, limits: StoreLimits(),
      migrations: Migrations(steps: steps + [later]))
    await store.close()
    let error = #expect(throws: StorageError.self) { try SQLiteStore(path: path) }
    #expect(
      error
        == .newerDatabase(path: path, version: steps.count + 1, supportedVersion: steps.count))
    #expect(error?.description.contains("upgrade the server or use another --data") == true)
  }

  @Test("refuses a database of another line of development")
  func otherLine() async throws {
    let other = Migration(name: "other", script: "CREATE TABLE other (x INTEGER) STRICT;")
    let store = try SQLiteStore(
      path: path, access: .server, limits: StoreLimits(), migrations: Migrations(steps: [other]))
    await store.close()
    try expectUnusable()
  }

  @Test("refuses another program's database and doesn't touch it")
  func foreign() throws {
    let database = try SQLiteDatabase(path: path, mode: .readWrite)
    try database.execute("CREATE TABLE theirs (x INTEGER)")
    let before = try folder.read("arena.sqlite")
    try expectUnusable()
    #expect(try folder.read("arena.sqlite") == before)
  }

  @Test("refuses what is no database", arguments: [100, 5_000])
  func noDatabase(byteCount: Int) throws {
    try folder.write(Array(repeating: 0x41, count: byteCount), to: "arena.sqlite")
    try expectUnusable()
  }

  @Test("refuses a database with a damaged page")
  func damaged() async throws {
    let store = try SQLiteStore(path: path)
    for index in 0..<200 { try await store.commit([.openRoom(Sample.room("room\(index)"))]) }
    await store.close()
    var bytes = try #require(try folder.read("arena.sqlite"))
    // The page headers behind the first pages of the schema.
    for page in stride(from: 4 * 4_096, to: bytes.count, by: 4_096) {
      for offset in 0..<8 { bytes[page + offset] = 0xA5 }
    }
    try folder.write(bytes, to: "arena.sqlite")
    try expectUnusable()
  }

  @Test("says what it tried where the folder can't be made")
  func noFolder() throws {
    try folder.write([0], to: "file")
    let error = #expect(throws: StorageError.self) {
      try SQLiteStore(path: folder.file("file/sub/arena.sqlite"))
    }
    guard case .inputOutput(let doing, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(doing.contains("creating the folder"))
  }

  @Test("gives the lock back when it fails")
  func lockAfterFailure() async throws {
    try folder.write(Array(repeating: 0x41, count: 5_000), to: "arena.sqlite")
    try expectUnusable()
    unlink(path)
    let store = try SQLiteStore(path: path)
    await store.close()
  }

  private func expectUnusable(sourceLocation: SourceLocation = #_sourceLocation) throws {
    let error = #expect(throws: StorageError.self, sourceLocation: sourceLocation) {
      try SQLiteStore(path: path)
    }
    guard case .unusable(path, _) = error else {
      Issue.record("\(String(describing: error))", sourceLocation: sourceLocation)
      return
    }
  }
}
