/// Why a store could not do what it was asked.
public enum StorageError: Error, Hashable, Sendable {
  /// Too much is waiting to be written or read; the same request may succeed after `retryAfter`.
  case overloaded(retryAfter: Duration)
  /// A write contradicts what is kept; says what. Nothing of its batch was written.
  case conflict(String)
  /// A record is larger than the limit; both in bytes. Nothing of its batch was written.
  case tooLarge(byteCount: Int, byteCountMax: Int)
  /// The disk is full.
  case full(doing: String, reason: String)
  /// The disk or the system refused.
  case inputOutput(doing: String, reason: String)
  /// The file can't be used as it is: damaged, or not a database of NeuronArena.
  case unusable(path: String, reason: String)
  /// The database was made by a later NeuronArena; versions are numbers of migrations.
  case newerDatabase(path: String, version: Int, supportedVersion: Int)
  /// Another server has the database open; its process id if it is known.
  case inUse(path: String, processID: Int?)
  /// The store was closed.
  case closed
}

extension StorageError: CustomStringConvertible {
  /// What happened and, where there is one, the way out; for logs and the command line.
  public var description: String {
    switch self {
    case .overloaded(let retryAfter):
      "the store has too much to do; try again in \(retryAfter)"
    case .conflict(let what):
      "the write contradicts what is kept: \(what)"
    case .tooLarge(let byteCount, let byteCountMax):
      "a record of \(byteCount) bytes is above the limit of \(byteCountMax)"
    case .full(let doing, let reason):
      "the disk is full (\(doing): \(reason)); free some space"
    case .inputOutput(let doing, let reason):
      "\(doing) failed: \(reason)"
    case .unusable(let path, let reason):
      "\(path) can't be used as the database: \(reason); "
        + "restore a backup or use another --data"
    case .newerDatabase(let path, let version, let supportedVersion):
      "\(path) was made by a newer NeuronArena (schema \(version), this one knows "
        + "\(supportedVersion)): upgrade the server or use another --data"
    case .inUse(let path, let processID):
      "\(path) is in use by another server"
        + (processID.map { " (process \($0))" } ?? "")
        + ": stop it or use another --data"
    case .closed:
      "the store is closed"
    }
  }
}
