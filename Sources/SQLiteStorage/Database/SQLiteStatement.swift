import ArenaStorage
import CSQLite

/// One prepared statement; belongs to one connection and is used on that connection's queue.
final class SQLiteStatement {
  private let connection: OpaquePointer
  private let statement: OpaquePointer
  private let path: String

  /// Prepares `sql` on `connection`; the statement is kept for long.
  init(_ sql: StaticString, on connection: OpaquePointer, path: String) throws(StorageError) {
    var statement: OpaquePointer?
    let code = sql.withUTF8Buffer { bytes in
      bytes.withMemoryRebound(to: CChar.self) { characters in
        sqlite3_prepare_v3(
          connection, characters.baseAddress, Int32(characters.count),
          UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
      }
    }
    guard code == SQLITE_OK, let statement else {
      throw StorageError.sqlite(on: connection, path: path, doing: "preparing \(sql)")
    }
    self.connection = connection
    self.statement = statement
    self.path = path
  }

  deinit { sqlite3_finalize(statement) }

  /// Sets the parameters `?1`, `?2` and so on.
  func bind<each Value: SQLiteValue>(_ values: repeat each Value) throws(StorageError) {
    var index: Int32 = 0
    for value in repeat each values {
      index += 1
      if value.bind(to: statement, at: index) != SQLITE_OK {
        throw StorageError.sqlite(on: connection, path: path, doing: "binding parameter \(index)")
      }
    }
  }

  /// Goes to the next row; false at the end.
  func step() throws(StorageError) -> Bool {
    switch sqlite3_step(statement) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default:
      let sql = sqlite3_sql(statement).map { String(cString: $0) } ?? ""
      let verb = sql.split(whereSeparator: \.isWhitespace).prefix(3).joined(separator: " ")
      throw StorageError.sqlite(on: connection, path: path, doing: verb)
    }
  }

  /// The row that `step` came to.
  var row: SQLiteRow { SQLiteRow(statement: statement) }

  /// Ends the statement's run, so that it holds no lock, and forgets its parameters.
  func reset() {
    // Reports the error of the last step again, which has been thrown.
    sqlite3_reset(statement)
    sqlite3_clear_bindings(statement)
  }
}

/// The columns of a statement's current row; valid until the next step.
struct SQLiteRow {
  fileprivate let statement: OpaquePointer

  /// The value in column `index`, counted from 0.
  subscript<Value: SQLiteValue>(_ index: Int32) -> Value {
    Value.column(of: statement, at: index)
  }
}
