import ArenaTypes

/// A store that forgets everything when its process ends; otherwise it keeps the whole contract.
///
/// For tests, and for trying the server out without a file.
public final class InMemoryStore: DurableStore {
  private let limits: StoreLimits
  private let contents: Contents
  private let writer: GroupCommit
  private let readers: ReadQueue

  /// What the writer and the readers share.
  private final class Contents: Sendable {
    let state = Locked(InMemoryState())
  }

  /// An empty store.
  public init(limits: StoreLimits = StoreLimits()) {
    self.limits = limits
    let contents = Contents()
    self.contents = contents
    writer = GroupCommit(label: "arena.store.memory", limits: limits) { group in
      group.map { writes in
        contents.state.withLock { state in
          Result { () throws(StorageError) in try state.apply(writes) }
        }
      }
    }
    readers = ReadQueue(label: "arena.store.memory", readerCount: 1, limits: limits)
  }

  /// Applies all of `writes`, or none.
  public func commit(
    _ writes: [StoreWrite],
    completion: @escaping @Sendable (Result<Void, StorageError>) -> Void
  ) {
    writer.commit(writes, completion: completion)
  }

  /// Answers a question from the state as it is when the question's turn comes.
  public func read<Answer: Sendable>(
    _ question: @escaping @Sendable (any StoreReader) throws(StorageError) -> Answer,
    completion: @escaping @Sendable (Result<Answer, StorageError>) -> Void
  ) {
    let (contents, limits) = (contents, limits)
    readers.ask { _ in
      let state = contents.state.withLock { $0 }
      let reader = InMemoryReader(state: state, limits: limits)
      completion(Result { () throws(StorageError) in try question(reader) })
    } refusal: { error in
      completion(.failure(error))
    }
  }

  /// Finishes what was asked for; the contents go with the store.
  public func close(completion: @escaping @Sendable () -> Void) {
    let writer = writer
    readers.close { writer.close(release: {}, completion: completion) }
  }
}
