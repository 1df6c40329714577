import ArenaTypes
import Dispatch
import Glibc

/// Why the engine gave no result.
enum EngineRefusal: Error, Sendable {
  /// Too many jobs wait; carries how long the present ones are likely to take.
  case busy(retryAfter: Duration)
  /// The server is stopping.
  case stopped
  /// The engine could not do it; carries what it said, for the log and not for a player.
  case failed(String)
}

/// The engine's own thread: runs jobs off the network's threads, one at a time, by priority.
///
/// One job at a time because one forward pass already uses every core (`EngineThreads`); running two
/// side by side would only make both late. The thread's nice value puts it below the shards: Dispatch
/// QoS does nothing on Linux, and an answer's acknowledgement must not wait for a matrix product.
///
/// Completions run on the engine's thread and should do no more than post the result to a shard.
final class EngineWorker: Sendable {
  /// Work and what to call with its outcome.
  private struct Job: Sendable {
    let askedAt: ContinuousClock.Instant
    /// Returns whether it could be done.
    let run: @Sendable () -> Bool
    let refuse: @Sendable (EngineRefusal) -> Void
  }

  private struct State {
    var queue: EngineQueue<Job>
    var isStopped = false
    /// A moving average, so that `busy` can say how long to wait.
    var secondsPerJob = 0.1
    var counters = EngineCounters()
  }

  private let state: Locked<State>
  private let ready = DispatchSemaphore(value: 0)
  private let finished = DispatchSemaphore(value: 0)
  private let clock = ContinuousClock()

  /// Starts the thread.
  ///
  /// - Parameters:
  ///   - queueCapacity: The most jobs that may wait.
  ///   - nice: What is added to the thread's nice value, 0 to 19.
  init(queueCapacity: Int, nice: Int) {
    state = Locked(State(queue: EngineQueue(capacity: queueCapacity)))
    let thread = DetachedThread { [self] in
      // On Linux, `who` 0 with PRIO_PROCESS is the calling thread, not the process.
      _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, Int32(nice))
      runJobs()
    }
    thread.start()
  }

  /// How many jobs wait.
  var queuedJobCount: Int { state.withLock { $0.queue.count } }

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

  /// Runs `work` when its turn comes, then `completion` with its outcome, on the engine's thread.
  ///
  /// A full queue or a stopped engine calls `completion` at once, on the caller's thread.
  func submit<Value: Sendable>(
    priority: EnginePriority,
    _ work: @escaping @Sendable () throws -> Value,
    completion: @escaping @Sendable (Result<Value, EngineRefusal>) -> Void
  ) {
    let job = Job(
      askedAt: clock.now,
      run: {
        do {
          completion(.success(try work()))
          return true
        } catch {
          completion(.failure(.failed("\(error)")))
          return false
        }
      },
      refuse: { completion(.failure($0)) })
    let verdict: (job: Job, refusal: EngineRefusal)? = state.withLock { state in
      if state.isStopped { return (job, .stopped) }
      let wait = Duration.seconds(state.secondsPerJob * Double(state.queue.count + 1))
      switch state.queue.enqueue(job, priority: priority) {
      case .full:
        state.counters.refusedCount += 1
        return (job, .busy(retryAfter: wait))
      case .admitted(let displaced?):
        state.counters.refusedCount += 1
        return (displaced, .busy(retryAfter: wait))
      case .admitted(nil):
        state.counters.queuedCountMax = max(state.counters.queuedCountMax, state.queue.count)
        ready.signal()
        return nil
      }
    }
    verdict?.job.refuse(verdict?.refusal ?? .stopped)
  }

  /// Lets the present job end, refuses the others and ends the thread.
  func stop() {
    let waiting: [Job] = state.withLock { state in
      guard !state.isStopped else { return [] }
      state.isStopped = true
      var jobs: [Job] = []
      while let job = state.queue.dequeue() { jobs.append(job) }
      return jobs
    }
    for job in waiting { job.refuse(.stopped) }
    ready.signal()
    finished.wait()
    finished.signal()
  }

  private func runJobs() {
    while true {
      ready.wait()
      let next: Job? = state.withLock { $0.queue.dequeue() }
      guard let next else {
        // A displaced job leaves no surplus signal, so an empty queue means that we were stopped.
        if state.withLock({ $0.isStopped }) { break }
        continue
      }
      let start = clock.now
      state.withLock { state in
        state.counters.isBusy = true
        state.counters.waiting.observe(start - next.askedAt)
      }
      let isDone = next.run()
      let time = clock.now - start
      state.withLock { state in
        state.counters.isBusy = false
        state.counters.working.observe(time)
        if !isDone { state.counters.failedCount += 1 }
        state.secondsPerJob = 0.9 * state.secondsPerJob + 0.1 * time.inSeconds
      }
    }
    finished.signal()
  }
}
