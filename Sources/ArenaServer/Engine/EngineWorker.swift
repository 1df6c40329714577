import ArenaTypes
import Dispatch
import TransformerEngine

/// Why the engine gave no result.
enum EngineRefusal: Error, Sendable {
  /// Too many jobs wait; carries how long the present ones are likely to take.
  case busy(retryAfter: Duration)
  /// Whoever asked has cancelled it.
  case cancelled
  /// The server is stopping.
  case stopped
  /// The engine could not do it; carries what it said, for the log and not for a player.
  case failed(String)
}

/// The engine's own threads: run jobs off the network's threads, a few at a time, by priority.
///
/// One forward pass already uses every core (`EngineThreads`), so several jobs at once are not for
/// more cores: their passes meet in the models' `InferenceQueue` and are shared there, and what a
/// score computes around its passes is done beside another one's. One thread is kept for live rounds,
/// so that these never wait for a job that nobody looks at. A job's priority goes along to its passes.
///
/// The threads' nice value puts them below the shards: Dispatch QoS does nothing on Linux, and an
/// answer's acknowledgement must not wait for a matrix product.
///
/// Without threads, in a simulation, each job runs in `runNextJob()`.
///
/// Completions run on the engine's threads and should do no more than post the result to a shard.
final class EngineWorker: Sendable {
  /// Work and what to call with its outcome.
  private struct Job: Sendable {
    let number: Int
    let priority: InferencePriority
    let isQuick: Bool
    let askedAt: ContinuousClock.Instant
    let handle: InferenceHandle?
    /// Returns whether it could be done.
    let run: @Sendable () -> Bool
    let refuse: @Sendable (EngineRefusal) -> Void
  }

  private struct State {
    var queue: EngineQueue<Job>
    var isStopped = false
    var nextNumber = 0
    /// Running jobs that are no live round's.
    var patientCount = 0
    /// A moving average, so that `busy` can say how long to wait.
    var secondsPerJob = 0.1
    var counters = EngineCounters()
  }

  /// How long a job's passes wait for those of others that run, where there are any.
  ///
  /// A twentieth of a score: what it costs when nobody comes, against a pass that is shared.
  static let patience = Duration.milliseconds(2)

  private let threadCount: Int
  private let state: Locked<State>
  private let ready = DispatchSemaphore(value: 0)
  private let finished = DispatchSemaphore(value: 0)
  private let clock = ContinuousClock()

  /// Starts the threads.
  ///
  /// - Parameters:
  ///   - queueCapacity: The most jobs that may wait.
  ///   - threadCount: How many jobs run at once; 0 where `runNextJob()` is called instead.
  ///   - nice: What is added to the threads' nice value, 0 to 19.
  init(queueCapacity: Int, threadCount: Int, nice: Int) {
    self.threadCount = threadCount
    state = Locked(State(queue: EngineQueue(capacity: queueCapacity)))
    for _ in 0..<self.threadCount {
      DetachedThread.start(niceValue: nice) { [self] in runJobs() }
    }
  }

  /// How many jobs wait.
  var queuedJobCount: Int { state.withLock { $0.queue.count } }

  /// Whether no job waits or runs.
  var isIdle: Bool { state.withLock { $0.queue.count == 0 && $0.counters.runningCount == 0 } }

  /// What the engine has done so far.
  ///
  /// From any thread.
  var counters: EngineCounters {
    state.withLock { state in
      var counters = state.counters
      counters.queuedCount = state.queue.count
      return counters
    }
  }

  /// Runs `work` when its turn comes, then `completion` with its outcome, on the engine's threads.
  ///
  /// A full queue or a stopped engine calls `completion` at once, on the caller's thread.
  ///
  /// - Parameters:
  ///   - isQuick: Whether it takes so little that it goes before everything else that waits.
  ///   - handle: What cancels the job; where it waits, `completion` is called by who does.
  func submit<Value: Sendable>(
    priority: InferencePriority, isQuick: Bool = false, handle: InferenceHandle? = nil,
    _ work: @escaping @Sendable () throws -> Value,
    completion: @escaping @Sendable (Result<Value, EngineRefusal>) -> Void
  ) {
    let number = state.withLock { state in
      state.nextNumber += 1
      return state.nextNumber
    }
    var key: Int?
    if let handle {
      key = handle.whenCancelled { [weak self] in self?.cancel(number) }
      guard key != nil else { return completion(.failure(.cancelled)) }
    }
    let forget: @Sendable () -> Void = { [key] in
      if let key { handle?.forget(key) }
    }
    let job = Job(
      number: number, priority: priority, isQuick: isQuick, askedAt: clock.now, handle: handle,
      run: {
        let result = Result { try work() }
        forget()
        switch result {
        case .success(let value): completion(.success(value))
        case .failure where handle?.isCancelled == true: completion(.failure(.cancelled))
        case .failure(let error):
          completion(.failure(.failed("\(error)")))
          return false
        }
        return true
      },
      refuse: { refusal in
        forget()
        completion(.failure(refusal))
      })
    enqueue(job)
    // It may have been cancelled before it was there to be found.
    if handle?.isCancelled == true { cancel(number) }
  }

  private func enqueue(_ job: Job) {
    let verdict: (job: Job, refusal: EngineRefusal)? = state.withLock { state in
      if state.isStopped { return (job, .stopped) }
      let wait = Duration.seconds(state.secondsPerJob * Double(state.queue.count + 1))
      switch state.queue.enqueue(job, priority: job.priority, isQuick: job.isQuick) {
      case .full:
        state.counters.refusedCount += 1
        return (job, .busy(retryAfter: wait))
      case .admitted(let displaced?):
        state.counters.refusedCount += 1
        return (displaced, .busy(retryAfter: wait))
      case .admitted(nil):
        state.counters.queuedCountMax = max(state.counters.queuedCountMax, state.queue.count)
        return nil
      }
    }
    // A thread too many is woken where a job took another one's place; it finds nothing and rests.
    ready.signal()
    verdict?.job.refuse(verdict?.refusal ?? .stopped)
  }

  private func cancel(_ number: Int) {
    let job = state.withLock { state in
      let job = state.queue.remove { $0.number == number }
      if job != nil { state.counters.cancelledCount += 1 }
      return job
    }
    job?.refuse(.cancelled)
  }

  /// Lets the present jobs end, refuses the others and ends the threads.
  func stop() {
    let waiting: [Job]? = state.withLock { state in
      guard !state.isStopped else { return nil }
      state.isStopped = true
      var jobs: [Job] = []
      while let job = state.queue.dequeue() { jobs.append(job) }
      return jobs
    }
    guard let waiting else { return }
    for job in waiting { job.refuse(.stopped) }
    for _ in 0..<threadCount { ready.signal() }
    for _ in 0..<threadCount { finished.wait() }
  }

  /// Runs what may run, and waits to be woken when nothing may.
  ///
  /// What may run changes when a job comes, which wakes a thread, and when one ends, after which its
  /// own thread looks again: so nothing is left lying.
  private func runJobs() {
    while true {
      ready.wait()
      while let (job, terms) = nextJob() { run(job, terms) }
      if state.withLock({ $0.isStopped }) { break }
    }
    finished.signal()
  }

  /// Runs the job that is next, on the caller's thread; false where none waits.
  func runNextJob() -> Bool {
    guard let (job, terms) = nextJob() else { return false }
    run(job, terms)
    return true
  }

  private func nextJob() -> (Job, InferenceTerms)? {
    state.withLock { state in
      let mayBePatient = threadCount <= 1 || state.patientCount < threadCount - 1
      guard let job = state.queue.dequeue(from: mayBePatient ? .background : .urgent) else {
        return nil
      }
      if job.priority < .urgent { state.patientCount += 1 }
      let isAlone = state.counters.runningCount == 0
      state.counters.runningCount += 1
      state.counters.waiting.observe(clock.now - job.askedAt)
      return (
        job,
        InferenceTerms(
          priority: job.priority, patience: isAlone ? .zero : Self.patience,
          handle: job.handle)
      )
    }
  }

  private func run(_ job: Job, _ terms: InferenceTerms) {
    let start = clock.now
    let isDone = InferenceTerms.withCurrent(terms) { job.run() }
    let time = clock.now - start
    state.withLock { state in
      state.counters.runningCount -= 1
      if job.priority < .urgent { state.patientCount -= 1 }
      state.counters.working.observe(time)
      if !isDone { state.counters.failedCount += 1 }
      // What a job takes from the others: those beside it share the time.
      let share = time.inSeconds / Double(state.counters.runningCount + 1)
      state.secondsPerJob = 0.9 * state.secondsPerJob + 0.1 * share
    }
  }
}
