/// What the server keeps for good: rooms and their journals, players, results, scores, the audit log.
///
/// The contract, which one suite of tests holds every implementation to:
///
/// - **Atomic.** The writes of one `commit` become durable together or not at all.
/// - **Durable.** A completion with success runs only after the writes would survive `kill -9` and a
///   loss of power. (`InMemoryStore` keeps everything but this.)
/// - **Ordered.** Commits take effect in the order in which they were asked for, and their
///   completions run in that order, but for refusals, which are told beside it. Commits asked for at
///   the same time by several threads are in some order.
/// - **Grouped.** What arrives while a commit is on its way to the disk goes there together with the
///   next one. One that is refused (`conflict`, `tooLarge`) doesn't touch its neighbours.
/// - **Bounded.** When the queue is full a commit or read fails at once with `overloaded`.
/// - **Never blocking.** Every call returns at once; completions run on a queue of the store's own,
///   never inside the call. They must be brief: the ones behind them wait.
/// - **Read your writes.** A read that is asked for after a commit's completion sees its writes.
///   A read sees one moment: nothing changes between two questions of it.
/// - **Unclear ends.** After `full` or `inputOutput` the writes may or may not be there. Whoever
///   asked drops its state and reads it again; repeating the same writes is always allowed, since
///   each of them has the same effect twice as once (an entry of the audit log is known by its id).
///
/// The store reads no clock: every moment in it was given by the caller.
public protocol DurableStore: Sendable {
  /// Makes all of `writes` durable, or none.
  ///
  /// - Parameters:
  ///   - writes: Applied in order; a later one sees what an earlier one did.
  ///   - completion: Called exactly once, on the store's own queue, after the commit is on disk.
  func commit(
    _ writes: [StoreWrite],
    completion: @escaping @Sendable (Result<Void, StorageError>) -> Void)

  /// Answers a question from what is committed.
  ///
  /// - Parameters:
  ///   - question: Runs on a reader's own queue and may ask the reader many things; all the answers
  ///     are of one moment. It must not keep the reader.
  ///   - completion: Called exactly once, on a queue of the store's own.
  func read<Answer: Sendable>(
    _ question: @escaping @Sendable (any StoreReader) throws(StorageError) -> Answer,
    completion: @escaping @Sendable (Result<Answer, StorageError>) -> Void)

  /// Finishes what was asked for, then lets go of the files; what is asked for later fails with
  /// `closed`.
  ///
  /// - Parameter completion: Called once, after every completion of an earlier commit.
  func close(completion: @escaping @Sendable () -> Void)
}

extension DurableStore {
  /// Makes all of `writes` durable, or none; returns when they are on disk.
  ///
  /// For commands and tests; the server's rooms use the form with a completion.
  public func commit(_ writes: [StoreWrite]) async throws(StorageError) {
    let result = await withCheckedContinuation { continuation in
      commit(writes) { continuation.resume(returning: $0) }
    }
    try result.get()
  }

  /// Answers a question from what is committed.
  ///
  /// For commands and tests; the server's rooms use the form with a completion.
  public func read<Answer: Sendable>(
    _ question: @escaping @Sendable (any StoreReader) throws(StorageError) -> Answer
  ) async throws(StorageError) -> Answer {
    let result = await withCheckedContinuation { continuation in
      read(question) { continuation.resume(returning: $0) }
    }
    return try result.get()
  }

  /// Finishes what was asked for and lets go of the files.
  public func close() async {
    await withCheckedContinuation { continuation in
      close { continuation.resume() }
    }
  }
}
