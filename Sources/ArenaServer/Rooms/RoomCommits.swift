import ArenaStorage
import DequeModule

/// What a room waits for until it is on disk, in the order in which it was accepted.
///
/// The store's ends may come in another order: a refusal is told beside the queue, before what was
/// asked for earlier or after what was asked for later. Nothing here is durable for the room before all
/// that was accepted earlier is.
struct RoomCommits {
  /// What becomes of an accepted command.
  enum Outcome {
    case durable
    case lost(StorageError)
  }

  private struct Waiting {
    let then: (Outcome) -> Void
    var isDone = false
  }

  private var waiting: Deque<Waiting> = []
  /// The number of the oldest one that waits.
  private var first = 0
  /// Why the last one was lost, until the room has read its state again: it has then accepted what can
  /// never follow what is on disk.
  private var failure: StorageError?

  /// Whether all that was accepted is on disk.
  var areAllDurable: Bool { waiting.isEmpty && failure == nil }

  /// Takes one more; returns its number, or why it is lost already.
  mutating func append(_ then: @escaping (Outcome) -> Void) -> Result<Int, StorageError> {
    if let failure { return .failure(failure) }
    waiting.append(Waiting(then: then))
    return .success(first + waiting.count - 1)
  }

  /// Takes the end of one; returns who is to be told, in order, and whether the room must read its state
  /// again.
  ///
  /// One that was given up earlier tells nobody.
  mutating func ended(
    _ number: Int, _ result: Result<Void, StorageError>
  ) -> (told: [() -> Void], isLost: Bool) {
    guard waiting.indices.contains(number - first) else { return ([], false) }
    switch result {
    case .success:
      waiting[number - first].isDone = true
      return (popDone(), false)
    case .failure(let error):
      failure = error
      let lost = waiting.map { one in { one.then(.lost(error)) } }
      first += waiting.count
      waiting = []
      return (lost, true)
    }
  }

  private mutating func popDone() -> [() -> Void] {
    var told: [() -> Void] = []
    while let one = waiting.first, one.isDone {
      waiting.removeFirst()
      first += 1
      told.append { one.then(.durable) }
    }
    return told
  }

  /// Begins anew, after the room has read its state again.
  mutating func restart() {
    precondition(waiting.isEmpty, "what waits would be told of another life's end")
    failure = nil
  }
}
