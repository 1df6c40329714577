import ArenaStorage
import ArenaTypes

/// A store that keeps back what it is asked, and ends it one by one as a test says.
///
/// A server is settled by the store behind it, which keeps nothing back.
final class HeldStore: DurableStore {
  /// How a commit ends.
  enum End {
    case done
    /// Reported as failed, with everything on disk or with nothing.
    case failed(isWritten: Bool)
  }

  private struct Commit {
    let writes: [StoreWrite]
    let completion: @Sendable (Result<Void, StorageError>) -> Void
  }

  private struct State {
    var holdsCommits = false
    var holdsReads = false
    var commits: [Commit] = []
    var reads: [@Sendable () -> Void] = []
    var readCount = 0
  }

  /// The store behind it.
  let wrapped = InMemoryStore()
  private let state = Locked(State())

  func holdCommits() { state.withLock { $0.holdsCommits = true } }
  func holdReads() { state.withLock { $0.holdsReads = true } }

  /// How many commits are kept back.
  var heldCommitCount: Int { state.withLock { $0.commits.count } }
  /// How many questions have come, those among them that are kept back.
  var readCount: Int { state.withLock { $0.readCount } }
  var heldReadCount: Int { state.withLock { $0.reads.count } }

  /// Ends the oldest commit that is kept back, or the one that `count` others are ahead of.
  func endNextCommit(_ end: End, behind count: Int = 0) {
    let held = state.withLock { state in
      state.commits.indices.contains(count) ? state.commits.remove(at: count) : nil
    }
    guard let commit = held else { return }
    switch end {
    case .done: wrapped.commit(commit.writes, completion: commit.completion)
    case .failed(let isWritten):
      wrapped.commit(isWritten ? commit.writes : []) { _ in
        commit.completion(.failure(.inputOutput(doing: "writing", reason: "test")))
      }
    }
  }

  /// Lets everything pass from now on, what is kept back first.
  func release() {
    let held = state.withLock { state in
      state.holdsCommits = false
      state.holdsReads = false
      defer { (state.commits, state.reads) = ([], []) }
      return (state.commits, state.reads)
    }
    for commit in held.0 { wrapped.commit(commit.writes, completion: commit.completion) }
    for read in held.1 { read() }
  }

  func commit(
    _ writes: [StoreWrite], completion: @escaping @Sendable (Result<Void, StorageError>) -> Void
  ) {
    let isHeld = state.withLock { state in
      guard state.holdsCommits else { return false }
      state.commits.append(Commit(writes: writes, completion: completion))
      return true
    }
    if !isHeld { wrapped.commit(writes, completion: completion) }
  }

  /// Answers from what is there now; the answer may be kept back.
  func read<Answer: Sendable>(
    _ question: @escaping @Sendable (any StoreReader) throws(StorageError) -> Answer,
    completion: @escaping @Sendable (Result<Answer, StorageError>) -> Void
  ) {
    state.withLock { $0.readCount += 1 }
    wrapped.read(question) { [state] answer in
      let isHeld = state.withLock { state in
        guard state.holdsReads else { return false }
        state.reads.append { completion(answer) }
        return true
      }
      if !isHeld { completion(answer) }
    }
  }

  func close(completion: @escaping @Sendable () -> Void) { wrapped.close(completion: completion) }
}
