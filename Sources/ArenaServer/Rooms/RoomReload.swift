import ArenaStorage
import ArenaTypes
import DispatchTransport

/// How a room goes back to what is on disk after a commit has failed.
///
/// At once the first time; a disk that stays ill is asked once a second.
final class RoomReload<Restored: Sendable> {
  /// Reads the room from a store; nil if there is no such room.
  typealias Read =
    @Sendable (_ reader: any StoreReader, _ performedCount: Int) throws(StorageError) -> Restored?

  private static var pause: Duration { .seconds(1) }

  /// The owner of the room.
  private unowned let context: ShardContext
  private let read: Read
  private let resume: @Sendable (ShardContext, Result<Restored?, StorageError>) -> Void
  private var since: Timestamp?
  private var endedAt: Timestamp?
  private var performedCount = 0
  private var awaitsJournal = false

  /// - Parameter resume: Finds the room on its shard and hands it what was read.
  init(
    context: ShardContext, read: @escaping Read,
    resume: @escaping @Sendable (ShardContext, Result<Restored?, StorageError>) -> Void
  ) {
    self.context = context
    self.read = read
    self.resume = resume
  }

  /// Whether the state is being read again; commands are refused meanwhile.
  var isUnderWay: Bool { since != nil }

  /// Begins, if it hasn't begun yet; the state is read once `journalSettled()` is called.
  ///
  /// - Parameter performedCount: How many entries everybody has been told of.
  func begin(performedCount: Int) {
    guard since == nil else { return }
    let now = context.now
    since = now
    self.performedCount = performedCount
    awaitsJournal = true
  }

  /// Nothing of the room's is on its way to the disk any more: its state can be read.
  func journalSettled() {
    guard awaitsJournal else { return }
    awaitsJournal = false
    if let endedAt, context.now - endedAt < Self.pause { askLater() } else { ask() }
  }

  /// What was read and how long that took since the failure; nil where the disk is still ill, which is
  /// then asked again.
  func end(_ result: Result<Restored?, StorageError>) -> (restored: Restored, outage: Duration)? {
    guard case .success(let restored?) = result else {
      askLater()
      return nil
    }
    let outage = since.map { context.now - $0 } ?? .zero
    since = nil
    endedAt = context.now
    return (restored, outage)
  }

  private func askLater() {
    context.scheduler.schedule(after: Self.pause) { [weak self] in self?.ask() }
  }

  private func ask() {
    let (index, directory, read, resume) = (context.shard.index, context.directory, read, resume)
    let performedCount = performedCount
    context.services.store.read { reader throws(StorageError) in
      try read(reader, performedCount)
    } completion: { result in
      directory.post(to: index) { resume($0, result) }
    }
  }
}
