import ArenaStorage
import ArenaTypes

/// Keeps a `QuestionBook` at what the store has recorded, by reading what is new after each commit.
///
/// ```
///  room ─▶ commit ─▶ disk ─▶ the room's completion
///                     └────▶ answers numbered above the last one read ─▶ book
/// ```
/// The book learns nothing but what it would read after a restart, in the same order: also what a
/// commit left on the disk that was reported as failed. It never holds anybody up, and lags behind the
/// disk by one read.
final class BookKeeper: Sendable {
  /// How many records are read at once.
  private static let pageCount = 1_000

  private enum Phase {
    case idle
    case reading
    /// Reading, and something new has come meanwhile.
    case readingAgain
  }

  let book: QuestionBook
  private let store: any DurableStore
  private let phase = Locked(Phase.idle)
  /// Called where a read fails; the next one is somebody else's to ask for, by `wake()`.
  private let whenFailed = Locked<(@Sendable () -> Void)?>(nil)

  /// Keeps `book` at what `store` has.
  init(_ book: QuestionBook, of store: any DurableStore) {
    self.book = book
    self.store = store
  }

  /// The store for everybody else: what goes through it is read by the book.
  func followed() -> any DurableStore { FollowedStore(store: store, keeper: self) }

  /// Names what is done where a read fails, such as waking it a moment later.
  func onFailure(_ action: @escaping @Sendable () -> Void) {
    whenFailed.withLock { $0 = action }
  }

  /// Reads what is new, if it isn't doing so.
  func wake() {
    let begins = phase.withLock { phase in
      let wasIdle = phase == .idle
      phase = wasIdle ? .reading : .readingAgain
      return wasIdle
    }
    if begins { read { _ in } }
  }

  /// Reads everything that there is; for the start, before anything is written.
  ///
  /// - Parameter completion: Called once, on a queue of the store's.
  func catchUp(completion: @escaping @Sendable (Result<Void, StorageError>) -> Void) {
    phase.withLock { $0 = .reading }
    read(completion: completion)
  }

  private func read(
    completion: @escaping @Sendable (Result<Void, StorageError>) -> Void
  ) {
    let position = book.position
    store.read { reader throws(StorageError) in
      try BookPage(reader: reader, behind: position, count: Self.pageCount)
    } completion: { [self] result in
      switch result {
      case .success(let page):
        book.note(page.answers)
        book.note(page.explanations, names: page.names)
        let goesOn = phase.withLock { phase in
          let goesOn = phase == .readingAgain || page.isFull
          phase = goesOn ? .reading : .idle
          return goesOn
        }
        if goesOn { read(completion: completion) } else { completion(.success(())) }
      case .failure(let error):
        phase.withLock { $0 = .idle }
        completion(.failure(error))
        if error != .closed { whenFailed.withLock { $0 }?() }
      }
    }
  }
}

/// What is new in the store.
private struct BookPage: Sendable {
  let answers: [Numbered<AnswerRecord>]
  let explanations: [Numbered<ExplanationRecord>]
  private(set) var names: [PlayerID: String] = [:]
  /// Whether there may be more.
  let isFull: Bool

  init(
    reader: any StoreReader, behind position: QuestionBook.Position, count: Int
  ) throws(StorageError) {
    answers = try reader.answers(after: position.answer, limit: count)
    explanations = try reader.explanations(
      changedAfter: position.explanationChange, limit: count)
    isFull = answers.count == count || explanations.count == count
    for change in explanations {
      guard case .player(let author) = change.record.explanation.author, names[author] == nil
      else { continue }
      names[author] = try reader.player(author)?.name
    }
  }
}

/// A store whose commits wake the keeper.
private struct FollowedStore: DurableStore {
  let store: any DurableStore
  let keeper: BookKeeper

  func commit(
    _ writes: [StoreWrite], completion: @escaping @Sendable (Result<Void, StorageError>) -> Void
  ) {
    guard writes.contains(where: \.concernsQuestions) else {
      return store.commit(writes, completion: completion)
    }
    store.commit(writes) { [keeper] result in
      completion(result)
      // Also after a failure, which may have left it on the disk.
      keeper.wake()
    }
  }

  func read<Answer: Sendable>(
    _ question: @escaping @Sendable (any StoreReader) throws(StorageError) -> Answer,
    completion: @escaping @Sendable (Result<Answer, StorageError>) -> Void
  ) {
    store.read(question, completion: completion)
  }

  func close(completion: @escaping @Sendable () -> Void) { store.close(completion: completion) }
}

extension StoreWrite {
  /// Whether it is something that a `QuestionBook` knows.
  fileprivate var concernsQuestions: Bool {
    switch self {
    case .recordAnswer, .putExplanation, .scoreExplanation: true
    default: false
    }
  }
}
