public import ArenaStorage
import ArenaTypes
import Dispatch

/// The embedded store: one SQLite file, one writer, a few readers.
///
/// Write-ahead log with `synchronous=FULL`: a group of commits is one transaction and one flush of
/// the disk, and what was acknowledged survives a loss of power. Readers have connections of their
/// own and never wait for the writer.
public final class SQLiteStore: DurableStore {
  /// Who opens the file.
  public enum Access: Sendable {
    /// The one server of the file: takes its lock, checks it and brings it to the current schema.
    case server
    /// A command that may run beside the server; the schema must be the current one, or no server
    /// may be running.
    case tool
    /// A command that only looks, beside a server or without one: nothing is made, migrated or
    /// written. The file must be there, and its schema the current one.
    case reading
  }

  /// How many questions are answered at the same time.
  static let readerCount = 2

  /// Larger files are not checked page by page when they are opened: at about 1 GB/s the check would
  /// keep a restarting server's players waiting.
  static let checkedByteCountMax = 256 << 20

  let path: String
  let backups = DispatchQueue(label: "arena.store.backup")
  private let limits: StoreLimits
  private let writer: GroupCommit
  private let readers: ReadQueue
  private let writeConnection: Connection
  private let readConnections: [Connection]
  private let lock: DatabaseLock?

  /// Opens the database at `path`, and makes it, with its folder, if there is none and it is to be
  /// written.
  ///
  /// Blocks; for start-up.
  ///
  /// - Throws: `inUse` if a server has the file; `newerDatabase` or `unusable` if this program can't
  ///   work with it; `full` or `inputOutput` if the system refuses.
  public convenience init(
    path: String, access: Access = .server, limits: StoreLimits = StoreLimits()
  ) throws(StorageError) {
    try self.init(path: path, access: access, limits: limits, migrations: .current)
  }

  init(
    path: String, access: Access, limits: StoreLimits, migrations: Migrations
  ) throws(StorageError) {
    if access != .reading { try Self.makeFolder(of: path) }
    lock = access == .server ? try DatabaseLock(database: path) : nil
    let database = try SQLiteDatabase(
      path: path, mode: access == .reading ? .readOnly : .readWrite)
    try Self.prepare(database, access: access, migrations: migrations)
    self.path = path
    self.limits = limits

    let writeConnection = Connection(database)
    self.writeConnection = writeConnection
    var readConnections: [Connection] = []
    for _ in 0..<Self.readerCount {
      readConnections.append(Connection(try SQLiteDatabase(path: path, mode: .readOnly)))
    }
    self.readConnections = readConnections

    writer = GroupCommit(label: "arena.store.sqlite", limits: limits) { group in
      let results = Result { () throws(StorageError) in
        try writeConnection.use { SQLiteGroupWriter(database: $0).write(group) }
      }
      return switch results {
      case .success(let results): results
      case .failure(let error): Array(repeating: .failure(error), count: group.count)
      }
    }
    readers = ReadQueue(
      label: "arena.store.sqlite", readerCount: Self.readerCount, limits: limits)
  }

  /// How many groups have been written, each with one flush of the disk, and what was in them.
  package var groupCounts: GroupCommit.Counts { writer.counts }

  /// Writes all of `writes` with the next group, or none.
  public func commit(
    _ writes: [StoreWrite],
    completion: @escaping @Sendable (Result<Void, StorageError>) -> Void
  ) {
    writer.commit(writes, completion: completion)
  }

  /// Answers a question within one read transaction.
  public func read<Answer: Sendable>(
    _ question: @escaping @Sendable (any StoreReader) throws(StorageError) -> Answer,
    completion: @escaping @Sendable (Result<Answer, StorageError>) -> Void
  ) {
    let (connections, limits) = (readConnections, limits)
    readers.ask { index in
      completion(
        Result { () throws(StorageError) in
          try connections[index].use { (database) throws(StorageError) in
            try database.run("BEGIN")
            // Nothing was changed, so an end of either kind is the same.
            defer { database.rollBack() }
            return try question(SQLiteReader(database: database, limits: limits))
          }
        })
    } refusal: { error in
      completion(.failure(error))
    }
  }

  /// Finishes what was asked for, moves the log into the database and gives the lock back.
  public func close(completion: @escaping @Sendable () -> Void) {
    let (writer, readConnections, writeConnection, lock) =
      (writer, readConnections, writeConnection, lock)
    readers.close {
      for connection in readConnections { connection.close() }
      writer.close(
        release: {
          // The last connection's end checkpoints the log.
          writeConnection.close()
          lock?.release()
        }, completion: completion)
    }
  }
}

/// One connection, used on one queue at a time; its mutex is never waited for.
final class Connection: Sendable {
  private let database: Locked<SQLiteDatabase?>

  /// Takes `database` over.
  init(_ database: sending SQLiteDatabase) { self.database = Locked(database) }

  /// Lends the connection to `work`.
  ///
  /// - Throws: `closed` after `close`, and what `work` throws.
  func use<Outcome: Sendable>(
    _ work: (SQLiteDatabase) throws(StorageError) -> Outcome
  ) throws(StorageError) -> Outcome {
    try database.withLock { (database) throws(StorageError) -> Outcome in
      guard let database else { throw .closed }
      return try work(database)
    }
  }

  /// Closes the connection.
  func close() { database.withLock { $0 = nil } }
}
