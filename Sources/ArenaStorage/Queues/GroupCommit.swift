import ArenaTypes
import Dispatch

/// One writer for many callers: what arrives while a group is being written makes the next group.
///
/// ```
///  commit ──▶ waiting ──(up to groupCommitCountMax)──▶ writer queue: write ──▶ completion queue
///                 ▲                                        │ one flush of the disk
///                 └────────── next group ──────────────────┘
/// ```
///
/// Completions have a queue of their own, so that a slow one doesn't hold up the disk.
package final class GroupCommit: Sendable {
  /// Tells the end of one commit.
  package typealias Completion = @Sendable (Result<Void, StorageError>) -> Void

  /// Writes a group and tells the end of each of its commits, in order.
  package typealias WriteGroup = @Sendable ([[StoreWrite]]) -> [Result<Void, StorageError>]

  /// What has been written so far.
  package struct Counts: Hashable, Sendable {
    /// Groups, each one transaction with one flush of the disk.
    package var groups = 0
    /// Commits in them.
    package var commits = 0
    /// Records and entries in those.
    package var writes = 0
  }

  private struct Entry {
    let writes: [StoreWrite]
    let byteCount: Int
    let completion: Completion
  }

  private struct Waiting {
    var entries: [Entry] = []
    var byteCount = 0
    var isWriting = false
    var isClosed = false
    var counts = Counts()
  }

  private let limits: StoreLimits
  private let writeGroup: WriteGroup
  private let waiting = Locked(Waiting())
  private let writer: DispatchQueue
  private let completions: DispatchQueue
  private let refusals: DispatchQueue

  /// A writer that passes each group to `writeGroup` on a serial queue of its own.
  package init(label: String, limits: StoreLimits, writeGroup: @escaping WriteGroup) {
    self.limits = limits
    self.writeGroup = writeGroup
    writer = DispatchQueue(label: "\(label).writer")
    completions = DispatchQueue(label: "\(label).completions")
    refusals = DispatchQueue(label: "\(label).refusals")
  }

  /// What has been written so far, failed groups included.
  package var counts: Counts { waiting.withLock { $0.counts } }

  /// Takes a commit into the next group, or refuses it at once.
  package func commit(_ writes: [StoreWrite], completion: @escaping Completion) {
    let byteCount = writes.reduce(0) { $0 + $1.byteCount }
    let refusal = refusal(of: writes, byteCount: byteCount)
    let outcome = waiting.withLock { waiting -> (refusal: StorageError?, mustStart: Bool) in
      if waiting.isClosed { return (.closed, false) }
      if let refusal { return (refusal, false) }
      guard waiting.entries.count < limits.queuedCommitCountMax,
        waiting.byteCount + byteCount <= limits.queuedByteCountMax
      else { return (.overloaded(retryAfter: limits.retryAfter), false) }
      waiting.entries.append(Entry(writes: writes, byteCount: byteCount, completion: completion))
      waiting.byteCount += byteCount
      let mustStart = !waiting.isWriting
      waiting.isWriting = true
      return (nil, mustStart)
    }
    if let error = outcome.refusal {
      refusals.async { completion(.failure(error)) }
    } else if outcome.mustStart {
      writer.async { self.writeUntilEmpty() }
    }
  }

  /// Refuses further commits; calls `release` on the writer queue after the last group, then
  /// `completion` after the last commit's.
  package func close(
    release: @escaping @Sendable () -> Void, completion: @escaping @Sendable () -> Void
  ) {
    let wasClosed = waiting.withLock { waiting in
      defer { waiting.isClosed = true }
      return waiting.isClosed
    }
    writer.async {
      if !wasClosed { release() }
      self.completions.async(execute: completion)
    }
  }

  /// Runs `work` on the writer queue, between two groups.
  package func betweenGroups(_ work: @escaping @Sendable () -> Void) { writer.async(execute: work) }

  /// What is wrong with the commit whatever else is waiting.
  private func refusal(of writes: [StoreWrite], byteCount: Int) -> StorageError? {
    if byteCount > limits.queuedByteCountMax {
      return .tooLarge(byteCount: byteCount, byteCountMax: limits.queuedByteCountMax)
    }
    let largest = writes.reduce(0) { max($0, $1.payloadByteCount) }
    guard largest > limits.payloadByteCountMax else { return nil }
    return .tooLarge(byteCount: largest, byteCountMax: limits.payloadByteCountMax)
  }

  private func writeUntilEmpty() {
    while let group = nextGroup() {
      let results = writeGroup(group.map(\.writes))
      precondition(results.count == group.count, "every commit of a group has its end")
      completions.async {
        for (entry, result) in zip(group, results) { entry.completion(result) }
      }
    }
  }

  private func nextGroup() -> [Entry]? {
    waiting.withLock { waiting in
      guard !waiting.entries.isEmpty else {
        waiting.isWriting = false
        return nil
      }
      let group = Array(waiting.entries.prefix(limits.groupCommitCountMax))
      waiting.entries.removeFirst(group.count)
      waiting.counts.groups += 1
      waiting.counts.commits += group.count
      for entry in group {
        waiting.byteCount -= entry.byteCount
        waiting.counts.writes += entry.writes.count
      }
      return group
    }
  }
}
