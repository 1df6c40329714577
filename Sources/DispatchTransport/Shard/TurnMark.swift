import Dispatch
import Glibc
import Synchronization

/// Tells cheaply whether the caller runs on a shard's queue.
///
/// A shard notes its thread for the length of a turn, so that the question "am I there?", which is
/// asked for every message, costs one load and a comparison. Dispatch answers it for the rest: it
/// takes ten times as long, and is right outside of turns too.
final class TurnMark: Sendable {
  private let queue: DispatchQueue
  /// Only a thread's own note can equal its id, so no order between threads is needed.
  private let thread = Atomic<UInt>(0)

  /// Marks the turns of the shard that runs on `queue`.
  init(queue: DispatchQueue) { self.queue = queue }

  /// Runs a turn of the shard, on its queue.
  func duringTurn(_ turn: () -> Void) {
    thread.store(pthread_self(), ordering: .relaxed)
    turn()
    thread.store(0, ordering: .relaxed)
  }

  /// Stops the process unless the caller runs on the shard's queue.
  @inline(__always)
  func preconditionIsHere() {
    if thread.load(ordering: .relaxed) != pthread_self() {
      dispatchPrecondition(condition: .onQueue(queue))
    }
  }
}
