import ArenaStorage
import CSQLite

/// One connection to a database file, with its prepared statements.
///
/// Not `Sendable`: whoever has one keeps it to one queue. SQL is a `StaticString`, so no text that
/// came from anywhere else can be part of it; values go in as parameters.
final class SQLiteDatabase {
  /// How long a statement waits for another process that is writing, in milliseconds.
  ///
  /// Only a command run beside the server writes at the same time, and briefly.
  static let busyMilliseconds: Int32 = 5_000

  /// How a file is opened.
  enum Mode {
    /// Creates the file if there is none.
    case readWrite
    /// Refuses to write.
    case readOnly
  }

  /// The path of the file.
  let path: String
  private let connection: OpaquePointer
  /// By the address of the SQL text, which is one for each place in the source.
  private var statements: [UnsafePointer<UInt8>: SQLiteStatement] = [:]

  /// Opens the file at `path`.
  init(path: String, mode: Mode) throws(StorageError) {
    var connection: OpaquePointer?
    let access =
      switch mode {
      case .readWrite: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
      case .readOnly: SQLITE_OPEN_READONLY
      }
    // NOMUTEX: one queue a connection, so SQLite need not lock.
    let code = sqlite3_open_v2(path, &connection, access | SQLITE_OPEN_NOMUTEX, nil)
    guard let connection else {
      throw .inputOutput(doing: "opening \(path)", reason: "out of memory")
    }
    guard code == SQLITE_OK else {
      defer { sqlite3_close_v2(connection) }
      throw StorageError.sqlite(on: connection, path: path, doing: "opening \(path)")
    }
    self.path = path
    self.connection = connection
    sqlite3_extended_result_codes(connection, 1)
    sqlite3_busy_timeout(connection, Self.busyMilliseconds)
  }

  deinit {
    statements.removeAll()
    sqlite3_close_v2(connection)
  }

  /// Whether a transaction is open; SQLite ends one by itself after some errors.
  var isInTransaction: Bool { sqlite3_get_autocommit(connection) == 0 }

  /// Runs several statements that have neither parameters nor results.
  func execute(_ script: StaticString) throws(StorageError) {
    let code = script.withUTF8Buffer { bytes in
      bytes.withMemoryRebound(to: CChar.self) { characters in
        // A static string ends with a NUL.
        sqlite3_exec(connection, characters.baseAddress, nil, nil, nil)
      }
    }
    guard code == SQLITE_OK else {
      let doing = "\(script)".split(separator: "\n").first.map(String.init) ?? ""
      throw StorageError.sqlite(on: connection, path: path, doing: doing)
    }
  }

  /// Runs one statement; returns how many rows it changed.
  @discardableResult
  func run<each Value: SQLiteValue>(
    _ sql: StaticString, _ values: repeat each Value
  ) throws(StorageError) -> Int {
    let statement = try prepared(sql)
    defer { statement.reset() }
    try statement.bind(repeat each values)
    while try statement.step() {}
    return Int(sqlite3_changes(connection))
  }

  /// The rows of one query, each passed through `read`, which must not run the same query.
  func rows<each Value: SQLiteValue, Row>(
    _ sql: StaticString, _ values: repeat each Value,
    read: (SQLiteRow) throws(StorageError) -> Row
  ) throws(StorageError) -> [Row] {
    let statement = try prepared(sql)
    defer { statement.reset() }
    try statement.bind(repeat each values)
    var rows: [Row] = []
    while try statement.step() { rows.append(try read(statement.row)) }
    return rows
  }

  /// The first row of one query, or nil.
  func row<each Value: SQLiteValue, Row>(
    _ sql: StaticString, _ values: repeat each Value,
    read: (SQLiteRow) throws(StorageError) -> Row
  ) throws(StorageError) -> Row? {
    let statement = try prepared(sql)
    defer { statement.reset() }
    try statement.bind(repeat each values)
    guard try statement.step() else { return nil }
    return try read(statement.row)
  }

  /// Runs `work` in a transaction that takes the write lock at once; rolls back on a throw.
  func transaction<Outcome>(
    _ work: () throws(StorageError) -> Outcome
  ) throws(StorageError) -> Outcome {
    try run("BEGIN IMMEDIATE")
    do {
      let outcome = try work()
      try run("COMMIT")
      return outcome
    } catch {
      rollBack()
      throw error
    }
  }

  /// Ends a transaction without effect, if one is open.
  func rollBack() {
    guard isInTransaction else { return }
    // When even this fails the file is as it was: what was not committed doesn't count.
    _ = try? run("ROLLBACK")
  }

  private func prepared(_ sql: StaticString) throws(StorageError) -> SQLiteStatement {
    if let statement = statements[sql.utf8Start] { return statement }
    let statement = try SQLiteStatement(sql, on: connection, path: path)
    statements[sql.utf8Start] = statement
    return statement
  }
}

extension StorageError {
  /// The error that `connection` has just reported.
  static func sqlite(on connection: OpaquePointer, path: String, doing: String) -> StorageError {
    let code = sqlite3_extended_errcode(connection)
    let message = sqlite3_errmsg(connection).map { String(cString: $0) } ?? "unknown"
    // The low byte is the primary code.
    switch code & 0xFF {
    case SQLITE_FULL: return .full(doing: doing, reason: message)
    case SQLITE_CONSTRAINT: return .conflict(message)
    case SQLITE_CORRUPT, SQLITE_NOTADB: return .unusable(path: path, reason: message)
    default: return .inputOutput(doing: doing, reason: "\(message) (SQLite code \(code))")
    }
  }
}
