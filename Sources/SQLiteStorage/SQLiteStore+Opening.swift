import ArenaStorage
import Glibc

extension SQLiteStore {
  /// Sets the connection up, checks the file and brings its schema up to date.
  static func prepare(
    _ database: SQLiteDatabase, access: Access, migrations: Migrations
  ) throws(StorageError) {
    let mustMigrate = try migrations.isNeeded(for: database)
    if access == .reading {
      guard !mustMigrate else {
        throw .unusable(
          path: database.path, reason: "its schema is older, and a server has to upgrade it first")
      }
      return
    }
    let mode: String? = try database.row("PRAGMA journal_mode = WAL") { $0[0] }
    guard mode == "wal" else {
      throw .inputOutput(
        doing: "turning on the write-ahead log of \(database.path)",
        reason: "this file system can't share memory between processes; use a local disk")
    }
    try database.execute(
      """
      PRAGMA synchronous = FULL;
      PRAGMA foreign_keys = ON;
      PRAGMA trusted_schema = OFF;
      PRAGMA journal_size_limit = 67108864;
      """)
    if access == .server { try check(database) }
    guard mustMigrate else { return }
    // A tool migrates only where no server runs, whose statements would not fit any more.
    let lock = access == .tool ? try DatabaseLock(database: database.path) : nil
    defer { lock?.release() }
    try migrations.apply(to: database)
  }

  /// Looks for damaged pages.
  private static func check(_ database: SQLiteDatabase) throws(StorageError) {
    let byteCount: Int? = try database.row(
      "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
    ) { $0[0] }
    guard let byteCount, byteCount <= checkedByteCountMax else { return }
    let finding: String? = try database.row("PRAGMA quick_check(1)") { $0[0] }
    guard finding == "ok" else {
      throw .unusable(path: database.path, reason: "it is damaged: \(finding ?? "no answer")")
    }
  }

  /// Makes the folder that `path` lies in, and those above it.
  static func makeFolder(of path: String) throws(StorageError) {
    var folder = path.hasPrefix("/") ? "" : "."
    for name in path.split(separator: "/").dropLast() {
      folder += "/" + name
      guard mkdir(folder, 0o700) != 0, errno != EEXIST else { continue }
      throw .system(doing: "creating the folder \(folder)")
    }
  }
}
