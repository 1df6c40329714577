import ArenaTypes

/// A store whose disk fails, or hangs, when it is told to; for tests.
///
/// It stands in front of another one and keeps the contract: failures, too, come in the order of the
/// commits and on the store's own queue.
public final class FailingStore: DurableStore {
  /// What is on the disk after a commit that failed.
  public enum Aftermath: Sendable {
    /// Nothing of it.
    case nothingWritten
    /// All of it: the flush was reported as failed, and yet it happened.
    case written
  }

  private struct HeldCommit {
    let writes: [StoreWrite]
    let completion: @Sendable (Result<Void, StorageError>) -> Void
  }

  private struct State {
    var commitFailure: (error: StorageError, aftermath: Aftermath)?
    var readFailure: StorageError?
    var isHolding = false
    var held: [HeldCommit] = []
  }

  private let wrapped: any DurableStore
  private let state = Locked(State())

  /// A store that works as `wrapped` does until it is told otherwise.
  public init(wrapping wrapped: any DurableStore) { self.wrapped = wrapped }

  /// Lets every commit from now on fail with `error`.
  public func failCommits(with error: StorageError, leaving aftermath: Aftermath = .nothingWritten)
  {
    state.withLock { $0.commitFailure = (error, aftermath) }
  }

  /// Lets every read from now on fail with `error`.
  public func failReads(with error: StorageError) { state.withLock { $0.readFailure = error } }

  /// Ends all failures.
  public func heal() {
    state.withLock { state in
      state.commitFailure = nil
      state.readFailure = nil
    }
  }

  /// Keeps commits back, as a disk that hangs.
  public func holdCommits() { state.withLock { $0.isHolding = true } }

  /// Passes on what was kept back, in order, and keeps nothing back any more.
  public func releaseCommits() {
    let held = state.withLock { state in
      state.isHolding = false
      defer { state.held = [] }
      return state.held
    }
    for commit in held { self.commit(commit.writes, completion: commit.completion) }
  }

  /// How many commits are kept back.
  public var heldCommitCount: Int { state.withLock { $0.held.count } }

  /// Passes the commit on, keeps it back, or lets it fail.
  public func commit(
    _ writes: [StoreWrite],
    completion: @escaping @Sendable (Result<Void, StorageError>) -> Void
  ) {
    let (isHeld, failure) = state.withLock { state in
      if state.isHolding {
        state.held.append(HeldCommit(writes: writes, completion: completion))
      }
      return (state.isHolding, state.commitFailure)
    }
    if isHeld { return }
    guard let failure else { return wrapped.commit(writes, completion: completion) }
    // An empty commit takes the failing one's place in the order of completions.
    let written = failure.aftermath == .written ? writes : []
    wrapped.commit(written) { _ in completion(.failure(failure.error)) }
  }

  /// Passes the question on or lets it fail.
  public func read<Answer: Sendable>(
    _ question: @escaping @Sendable (any StoreReader) throws(StorageError) -> Answer,
    completion: @escaping @Sendable (Result<Answer, StorageError>) -> Void
  ) {
    guard let failure = state.withLock({ $0.readFailure }) else {
      return wrapped.read(question, completion: completion)
    }
    wrapped.read { _ in
    } completion: { _ in
      completion(.failure(failure))
    }
  }

  /// Closes the store behind it.
  public func close(completion: @escaping @Sendable () -> Void) {
    wrapped.close(completion: completion)
  }
}
