import ArenaStorage
import ArenaTypes

/// Measures what is asked of the store: how much, with what end, and how long it took.
final class JournalMeter: Sendable {
  private struct Counts {
    var commits = 0
    var writes = 0
    var reads = 0
    var failures: [String: Int] = [:]
    var underWay = 0
    var commitTime = DurationHistogram.slow
    var readTime = DurationHistogram.slow
  }

  private let counts = Locked(Counts())

  /// A store that does what `store` does, and measures it here.
  func measuring(_ store: any DurableStore) -> any DurableStore {
    MeasuredStore(store: store, meter: self)
  }

  fileprivate func begin() { counts.withLock { $0.underWay += 1 } }

  fileprivate func end(commitOf writes: Int, after time: Duration, _ error: StorageError?) {
    counts.withLock { counts in
      counts.underWay -= 1
      counts.commits += 1
      counts.writes += writes
      counts.commitTime.observe(time)
      if let error { counts.failures[error.metricLabel, default: 0] += 1 }
    }
  }

  fileprivate func end(readAfter time: Duration, _ error: StorageError?) {
    counts.withLock { counts in
      counts.underWay -= 1
      counts.reads += 1
      counts.readTime.observe(time)
      if let error { counts.failures[error.metricLabel, default: 0] += 1 }
    }
  }

  /// Adds the store's metrics.
  func write(to text: inout PrometheusText) {
    let counts = counts.withLock { $0 }
    text.add(.counter, "neuronarena_store_commits_total", "Commits that ended.", counts.commits)
    text.add(
      .counter, "neuronarena_store_writes_total", "Records and entries in them.", counts.writes)
    text.add(.counter, "neuronarena_store_reads_total", "Reads that ended.", counts.reads)
    text.add(
      .counter, "neuronarena_store_failures_total", "Commits and reads that failed, by why.",
      by: "reason", counts.failures.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    text.add(
      .gauge, "neuronarena_store_under_way", "Commits and reads that have not ended.",
      counts.underWay)
    text.add(
      "neuronarena_store_commit_seconds", "From asking for a commit to its end on disk.",
      counts.commitTime)
    text.add(
      "neuronarena_store_read_seconds", "From asking a question to its answer.",
      counts.readTime)
  }
}

/// A store whose calls are measured, on the way to the real one.
private struct MeasuredStore: DurableStore {
  let store: any DurableStore
  let meter: JournalMeter
  private let clock = ContinuousClock()

  init(store: any DurableStore, meter: JournalMeter) {
    self.store = store
    self.meter = meter
  }

  func commit(
    _ writes: [StoreWrite], completion: @escaping @Sendable (Result<Void, StorageError>) -> Void
  ) {
    let (meter, clock, start, count) = (meter, clock, clock.now, writes.count)
    meter.begin()
    store.commit(writes) { result in
      meter.end(commitOf: count, after: clock.now - start, result.failure)
      completion(result)
    }
  }

  func read<Answer: Sendable>(
    _ question: @escaping @Sendable (any StoreReader) throws(StorageError) -> Answer,
    completion: @escaping @Sendable (Result<Answer, StorageError>) -> Void
  ) {
    let (meter, clock, start) = (meter, clock, clock.now)
    meter.begin()
    store.read(question) { result in
      meter.end(readAfter: clock.now - start, result.failure)
      completion(result)
    }
  }

  func close(completion: @escaping @Sendable () -> Void) { store.close(completion: completion) }
}

extension Result {
  fileprivate var failure: Failure? {
    if case .failure(let error) = self { error } else { nil }
  }
}
