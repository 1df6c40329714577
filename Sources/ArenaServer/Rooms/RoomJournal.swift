import ArenaStorage
import ArenaTypes
import DequeModule
import DispatchTransport
import FoundationEssentials

/// A room's way to the store: what it has accepted becomes an entry of its journal, and what follows
/// from it happens only after the entry is on disk.
///
/// Entries may be on their way together; completions come in order. When a commit fails, everything
/// that was accepted after the last entry on disk never happened: `failed` tells the room to drop its
/// state and read it again, and all that waited is told so.
final class RoomJournal<Command: Codable> {
  /// What becomes of an accepted command.
  enum Outcome {
    case durable
    case lost(StorageError)
  }

  let key: RoomKey
  /// The owner of the room whose journal this is.
  private unowned let context: ShardContext
  private(set) var sequence: Int
  /// How many entries are on disk and have been acted on.
  private(set) var performedCount: Int
  /// Entries on their way carry it; after a failure they belong to a life that is over.
  private var generation = 0
  private var waiting: Deque<(Outcome) -> Void> = []
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

  /// Whether nothing is on its way.
  var isIdle: Bool { waiting.isEmpty }

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
    waiting.append(then)
    let (generation, resume, index) = (generation, resume, context.shard.index)
    let directory = context.directory
    context.services.store.commit(writes) { result in
      directory.post(to: index) { resume($0, generation, result) }
    }
  }

  /// Takes the end of the oldest commit on its way; false where the room must read its state again.
  func completed(_ generation: Int, _ result: Result<Void, StorageError>) -> Bool {
    guard generation == self.generation, let then = waiting.popFirst() else { return true }
    switch result {
    case .success:
      then(.durable)
      return true
    case .failure(let error):
      self.generation += 1
      let lost = waiting
      waiting = []
      then(.lost(error))
      for then in lost { then(.lost(error)) }
      return false
    }
  }

  /// Goes on after the room has read its state again, with `sequence` entries on disk.
  func restart(at sequence: Int) {
    generation += 1
    self.sequence = sequence
    performedCount = sequence
  }
}
