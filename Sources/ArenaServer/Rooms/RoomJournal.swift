import ArenaStorage
import ArenaTypes
import DispatchTransport
import FoundationEssentials

/// A room's way to the store: what it has accepted becomes an entry of its journal, and what follows
/// from it happens only after the entry is on disk.
///
/// Entries may be on their way together; what follows from them happens in their order. When a commit
/// fails, everything that was accepted after the last entry on disk never happened: all that waited is
/// told so, and the room must drop its state and read it again.
final class RoomJournal<Command: Codable> {
  typealias Outcome = RoomCommits.Outcome

  let key: RoomKey
  /// The owner of the room whose journal this is.
  private unowned let context: ShardContext
  private(set) var sequence: Int
  /// How many entries are on disk and have been acted on.
  private(set) var performedCount: Int
  private var commits = RoomCommits()
  /// Commits of this life and of those before whose end the store has not told.
  private var underWayCount = 0
  private let resume: @Sendable (ShardContext, Int, Result<Void, StorageError>) -> Void
  private let encoder = JSONEncoder()

  /// The journal of the room `key`, of which `sequence` entries are on disk.
  ///
  /// - Parameter resume: Finds the room's journal on its shard and calls `completed`.
  init(
    _ key: RoomKey, context: ShardContext, sequence: Int,
    resume: @escaping @Sendable (ShardContext, Int, Result<Void, StorageError>) -> Void
  ) {
    self.key = key
    self.context = context
    self.sequence = sequence
    performedCount = sequence
    self.resume = resume
  }

  /// Whether nothing more can reach the disk of what was asked for, by a life that is over or by this.
  ///
  /// Only then may the room read its state again: an entry that came to the disk after it was read
  /// would take the place of another one, and what follows would be kept as if it had followed it.
  var isSettled: Bool { underWayCount == 0 }

  /// Writes an accepted command, together with `others`, and calls `then` when it is on disk or lost.
  func append(
    _ command: Command, at: Timestamp, with others: [StoreWrite] = [],
    then: @escaping (Outcome) -> Void
  ) {
    let payload: [UInt8]
    do {
      payload = [UInt8](try encoder.encode(command))
    } catch {
      return then(.lost(.inputOutput(doing: "encoding a command", reason: "\(error)")))
    }
    let entry = JournalEntry(room: key, sequence: sequence, at: at, payload: payload)
    sequence += 1
    commit([.appendJournal(entry)] + others) { [weak self] outcome in
      if case .durable = outcome { self?.performedCount = entry.sequence + 1 }
      then(outcome)
    }
  }

  /// Writes `writes` in the journal's order, without an entry of its own.
  func commit(_ writes: [StoreWrite], then: @escaping (Outcome) -> Void) {
    switch commits.append(then) {
    case .failure(let error): then(.lost(error))
    case .success(let number):
      underWayCount += 1
      let (resume, index, directory) = (resume, context.shard.index, context.directory)
      context.services.store.commit(writes) { result in
        directory.post(to: index) { resume($0, number, result) }
      }
    }
  }

  /// Calls `then` when all that was accepted so far is on disk or lost; at once if it is.
  func afterAll(then: @escaping (Outcome) -> Void) {
    if commits.areAllDurable { then(.durable) } else { commit([], then: then) }
  }

  /// Takes the end of a commit; false where the room must read its state again.
  func completed(_ number: Int, _ result: Result<Void, StorageError>) -> Bool {
    underWayCount -= 1
    let (told, isLost) = commits.ended(number, result)
    for tell in told { tell() }
    return !isLost
  }

  /// Goes on after the room has read its state again, with `sequence` entries on disk.
  func restart(at sequence: Int) {
    commits.restart()
    self.sequence = sequence
    performedCount = sequence
  }
}
