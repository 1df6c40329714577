public import ArenaStorage
import Dispatch
import Glibc

extension SQLiteStore {
  /// Writes a copy of the database, as it is at one moment, to a new file; the store goes on.
  ///
  /// The copy is whole or absent: it is made beside `destination` and renamed when it is on disk.
  ///
  /// - Parameters:
  ///   - destination: The path of the copy; a file that is there already is refused.
  ///   - completion: Called once, on a queue of the store's own.
  /// - Complexity: O(size of the database), at the speed of the disk.
  public func backup(
    to destination: String,
    completion: @escaping @Sendable (Result<Void, StorageError>) -> Void
  ) {
    let source = path
    backups.async {
      completion(
        Result { () throws(StorageError) in
          try Self.copyDatabase(at: source, to: destination)
        })
    }
  }

  /// Writes a copy of the database and returns when it is on disk.
  public func backup(to destination: String) async throws(StorageError) {
    let result = await withCheckedContinuation { continuation in
      backup(to: destination) { continuation.resume(returning: $0) }
    }
    try result.get()
  }

  private static func copyDatabase(
    at source: String, to destination: String
  ) throws(StorageError) {
    guard access(destination, F_OK) != 0 else {
      throw .inputOutput(doing: "writing \(destination)", reason: "the file exists already")
    }
    let partial = destination + ".part"
    unlink(partial)
    do throws(StorageError) {
      try SQLiteDatabase(path: source, mode: .readOnly).run("VACUUM INTO ?1", partial)
      // SQLite leaves the copy in the system's cache.
      try flush(partial)
      guard rename(partial, destination) == 0 else {
        throw StorageError.system(doing: "renaming \(partial) to \(destination)")
      }
    } catch {
      unlink(partial)
      throw error
    }
  }

  private static func flush(_ file: String) throws(StorageError) {
    let descriptor = open(file, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system(doing: "opening \(file)") }
    defer { Glibc.close(descriptor) }
    guard fsync(descriptor) == 0 else { throw .system(doing: "flushing \(file)") }
  }
}
