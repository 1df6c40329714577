import ArenaTypes
import ArenaStorage
import Glibc

/// Says that a server owns a database file: `<path>.lock`, held by the kernel for as long as the
/// process lives, so that a crash leaves nothing to clean up.
final class DatabaseLock: Sendable {
  private let descriptor: Locked<Int32?>

  /// Takes the lock for the database at `path`.
  ///
  /// - Throws: `inUse` with the owner's process id, if another process or another store of this one
  ///   has it; `inputOutput` if the file can't be made.
  init(database path: String) throws(StorageError) {
    let lockPath = path + ".lock"
    let descriptor = open(lockPath, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .system(doing: "creating \(lockPath)") }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let code = errno
      let owner = Self.owner(in: descriptor)
      Glibc.close(descriptor)
      if code == EWOULDBLOCK { throw .inUse(path: path, processID: owner) }
      errno = code
      throw .system(doing: "locking \(lockPath)")
    }
    self.descriptor = Locked(descriptor)
    // The id only helps people; the lock holds without it, so failing to write it is no failure.
    let text = "\(getpid())\n"
    _ = ftruncate(descriptor, 0)
    _ = text.withCString { pwrite(descriptor, $0, text.utf8.count, 0) }
  }

  deinit { release() }

  /// Gives the lock back; a second time does nothing.
  func release() {
    descriptor.withLock { descriptor in
      if let descriptor { Glibc.close(descriptor) }
      descriptor = nil
    }
  }

  private static func owner(in descriptor: Int32) -> Int? {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { buffer in
      let count = pread(descriptor, buffer.baseAddress, buffer.count, 0)
      guard count > 0 else { return nil }
      return Int(String(decoding: buffer.prefix(count).prefix { $0 != 10 }, as: UTF8.self))
    }
  }
}

extension StorageError {
  /// The error that the system call before has left in `errno`.
  static func system(doing: String) -> StorageError {
    let code = errno
    let reason = String(cString: strerror(code))
    return code == ENOSPC || code == EDQUOT
      ? .full(doing: doing, reason: reason) : .inputOutput(doing: doing, reason: reason)
  }
}
