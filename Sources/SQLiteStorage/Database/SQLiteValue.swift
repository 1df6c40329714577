import ArenaTypes
import CSQLite

/// What can be bound to a statement's parameter and read from a row's column.
protocol SQLiteValue {
  /// Binds the value to parameter `index`, counted from 1; returns SQLite's result code.
  func bind(to statement: OpaquePointer, at index: Int32) -> Int32

  /// The value in column `index`, counted from 0, of the current row.
  static func column(of statement: OpaquePointer, at index: Int32) -> Self
}

extension Int64: SQLiteValue {
  func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
    sqlite3_bind_int64(statement, index, self)
  }

  static func column(of statement: OpaquePointer, at index: Int32) -> Int64 {
    sqlite3_column_int64(statement, index)
  }
}

extension Double: SQLiteValue {
  func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
    sqlite3_bind_double(statement, index, self)
  }

  static func column(of statement: OpaquePointer, at index: Int32) -> Double {
    sqlite3_column_double(statement, index)
  }
}

extension String: SQLiteValue {
  func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
    // The C string ends with a NUL that the count leaves out, so the pointer is never nil, which
    // would bind NULL, and a NUL within the text is kept.
    withCString { characters in
      sqlite3_bind_text64(
        statement, index, characters, UInt64(utf8.count), arena_sqlite_transient(),
        UInt8(SQLITE_UTF8))
    }
  }

  static func column(of statement: OpaquePointer, at index: Int32) -> String {
    guard let text = sqlite3_column_text(statement, index) else { return "" }
    let count = Int(sqlite3_column_bytes(statement, index))
    return String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self)
  }
}

extension [UInt8]: SQLiteValue {
  func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
    if isEmpty { return sqlite3_bind_zeroblob(statement, index, 0) }
    return withUnsafeBytes { bytes in
      sqlite3_bind_blob64(
        statement, index, bytes.baseAddress, UInt64(bytes.count), arena_sqlite_transient())
    }
  }

  static func column(of statement: OpaquePointer, at index: Int32) -> [UInt8] {
    guard let blob = sqlite3_column_blob(statement, index) else { return [] }
    let count = Int(sqlite3_column_bytes(statement, index))
    return Array(UnsafeRawBufferPointer(start: blob, count: count))
  }
}

extension Optional: SQLiteValue where Wrapped: SQLiteValue {
  func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
    self?.bind(to: statement, at: index) ?? sqlite3_bind_null(statement, index)
  }

  static func column(of statement: OpaquePointer, at index: Int32) -> Wrapped? {
    if sqlite3_column_type(statement, index) == SQLITE_NULL { return nil }
    return Wrapped.column(of: statement, at: index)
  }
}

/// What SQLite keeps as a value of another type.
protocol SQLiteConvertible: SQLiteValue {
  associatedtype Stored: SQLiteValue
  var stored: Stored { get }
  init(stored: Stored)
}

extension SQLiteConvertible {
  func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
    stored.bind(to: statement, at: index)
  }

  static func column(of statement: OpaquePointer, at index: Int32) -> Self {
    Self(stored: Stored.column(of: statement, at: index))
  }
}

extension Int: SQLiteConvertible {
  var stored: Int64 { Int64(self) }
  init(stored: Int64) { self = Int(stored) }
}

extension Bool: SQLiteConvertible {
  var stored: Int64 { self ? 1 : 0 }
  init(stored: Int64) { self = stored != 0 }
}

extension UInt64: SQLiteConvertible {
  var stored: Int64 { Int64(bitPattern: self) }
  init(stored: Int64) { self = UInt64(bitPattern: stored) }
}

extension Timestamp: SQLiteConvertible {
  var stored: Int64 { millisecondsSinceEpoch }
  init(stored: Int64) { self.init(millisecondsSinceEpoch: stored) }
}

extension SQLiteConvertible where Self: Identifier {
  var stored: String { rawValue }
  init(stored: String) { self.init(rawValue: stored) }
}

extension PlayerID: SQLiteConvertible {}
extension DuelID: SQLiteConvertible {}
extension ContestID: SQLiteConvertible {}
extension CampaignID: SQLiteConvertible {}
extension ExplanationID: SQLiteConvertible {}
extension UnitID: SQLiteConvertible {}
