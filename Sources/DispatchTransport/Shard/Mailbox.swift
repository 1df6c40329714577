import ArenaTypes
import CLinux
import Glibc
import Synchronization

/// Work on its way to a shard, from any thread, in order.
///
/// `queue.async` onto a shard that waits in `epoll_wait` would lie until the wait is over. So work
/// lies here under a lock, and an eventfd in the shard's own epoll set wakes it, if it sleeps at all.
///
/// ```
///   sender                              shard
///   append under the lock               asleep = true
///   if asleep was true: make it false   look into the mailbox again: work? then do not sleep
///     and signal the eventfd            epoll_wait
/// ```
///
/// Each side writes before it reads the other's word (sequentially consistent), so either the shard
/// sees the work or the sender sees it asleep.
final class Mailbox: Sendable {
  typealias Work = @Sendable () -> Void

  let descriptor: Int32
  /// What waits; nil once the shard has ended.
  private let waiting = Locked<[Work]?>([])
  /// True from the start: what is posted before the shard's first turn brings that about.
  private let asleep = Atomic<Bool>(true)

  /// - Throws: `TransportError.system` where the process has no descriptor left.
  init() throws(TransportError) {
    descriptor = try TransportError.check(ca_eventfd(), "eventfd")
  }

  deinit { Glibc.close(descriptor) }

  /// Puts `work` behind all that waits; drops it if the shard has ended.
  ///
  /// From any thread.
  func post(_ work: @escaping Work) {
    waiting.withLock { $0?.append(work) }
    // A plain read first: a busy shard's line of cache is not taken from it for nothing.
    guard asleep.load(ordering: .sequentiallyConsistent),
      asleep.exchange(false, ordering: .sequentiallyConsistent)
    else { return }
    ca_eventfd_signal(descriptor)
  }

  /// Swaps what waits into `batch`, which is empty.
  ///
  /// On the shard.
  ///
  /// - Returns: Whether there was anything.
  func take(into batch: inout [Work]) -> Bool {
    waiting.withLock { waiting in
      guard var work = waiting, !work.isEmpty else { return false }
      // Whoever appends next must find it unshared.
      waiting = nil
      swap(&work, &batch)
      waiting = work
      return true
    }
  }

  /// Drops what waits and all that comes: the shard has ended.
  ///
  /// Work holds the shard, as a rule, and would be held by it for ever.
  func close() {
    var dropped: [Work]?
    // Outside of the lock, since what goes with it may post.
    waiting.withLock { swap(&$0, &dropped) }
  }

  /// Says that the shard is about to wait.
  ///
  /// On the shard.
  ///
  /// - Returns: False if work came in meanwhile, and the shard must not wait.
  func fallAsleep() -> Bool {
    asleep.store(true, ordering: .sequentiallyConsistent)
    if waiting.withLock({ $0?.isEmpty ?? true }) { return true }
    wakeUp()
    return false
  }

  /// Says that the shard looks by itself.
  ///
  /// On the shard.
  func wakeUp() { asleep.store(false, ordering: .sequentiallyConsistent) }

  /// Takes back the signal.
  ///
  /// On the shard, when the eventfd is readable.
  func clearSignal() { ca_eventfd_clear(descriptor) }
}
