import ArenaTypes
import Dispatch

/// Computes the requests of many callers: batched into shared passes, by priority, within limits.
///
/// `BatchSchedule` says who is next; a thread of the queue's own runs the passes on the models, whose
/// threads compute them. Between the layers of a pass the queue looks whether something more urgent
/// has come: that goes first, and the pass goes on where it was. So an urgent request waits for a layer
/// (a few milliseconds), not for a batch.
///
/// A request's results don't depend on its company by more than the rounding of f32.
///
/// Events come from the engine's threads, one at a time and in order, and should do no more than hand
/// over what they bring. A queue lives until it is stopped.
public final class InferenceQueue: Sendable {
  /// A request that has not ended.
  struct Job: Sendable {
    let work: InferenceWork
    let sequences: [[Int32]]
    /// By sequence: what it goes on from; empty where the kind has none.
    let beginnings: [[Int32]?]
    let priority: InferencePriority
    let submittedAt: Duration
    let deliver: @Sendable (InferenceEvent<InferenceOutput>) -> Void
    /// Forgets the job's handle.
    let detach: @Sendable () -> Void
    var hasBegun = false
  }

  private struct State {
    var schedule: BatchSchedule
    var jobs: [BatchSchedule.RequestID: Job] = [:]
    var nextID = 0
    /// Ends that the engine's thread has to tell; nil for a good one.
    var notices: [(job: Job, refusal: InferenceRefusal?)] = []
    var isStopped = false
    var counters = InferenceCounters()
  }

  /// The language model whose activations and probabilities are asked for, if there is one.
  public let model: LanguageModel?
  /// The model whose embeddings are asked for, if there is one.
  public let encoder: SentenceEncoder?
  /// What is taken on at most.
  public let limits: InferenceLimits
  let prefixes: PrefixCache?
  private let state: Locked<State>
  private let wake = DispatchSemaphore(value: 0)
  private let ended = DispatchSemaphore(value: 0)
  private let start = ContinuousClock.now

  /// Starts a queue over one model or two, which share their threads.
  ///
  /// - Parameter niceValue: Of the thread that takes results apart and delivers them, 0 to 19.
  public init(
    model: LanguageModel?, encoder: SentenceEncoder?, limits: InferenceLimits = InferenceLimits(),
    niceValue: Int = 0
  ) {
    self.model = model
    self.encoder = encoder
    self.limits = limits
    prefixes = model.map { PrefixCache(model: $0, byteCountMax: limits.prefixByteCountMax) }
    state = Locked(State(schedule: BatchSchedule(limits: limits)))
    DetachedThread.start(niceValue: niceValue) { [self] in
      while let pass = nextPass() { perform(pass) }
      tellEnds()
      ended.signal()
    }
  }

  /// What the queue has done so far.
  ///
  /// From any thread.
  public var counters: InferenceCounters {
    var counters = state.withLock { state in
      var counters = state.counters
      counters.waitingRequestCount = state.schedule.waitingRequestCount
      counters.waitingTokenCount = state.schedule.waitingRowCount
      return counters
    }
    if let counts = prefixes?.counts {
      (counters.prefixHitCount, counters.prefixMissCount) = (counts.hits, counts.misses)
    }
    return counters
  }

  /// Refuses what waits, abandons what is being computed at its next layer, and waits for the end.
  ///
  /// Never from within an event.
  public func stop() {
    state.withLock { state in
      state.isStopped = true
      for id in state.jobs.keys.sorted() { Self.end(id, .stopped, in: &state) }
    }
    wake.signal()
    ended.wait()
    ended.signal()
  }
}

// MARK: Submitting

extension InferenceQueue {
  /// Computes a request when its turn comes; `body` is given the results as they are made.
  ///
  /// - Parameter terms: Those in force here (`InferenceTerms.current`), where nil.
  /// - Returns: What cancels it: the terms' handle, or one of its own.
  /// - Throws: `InferenceRefusal` for what can't be taken on; `body` is then never called.
  @discardableResult
  public func submit<Value: Sendable>(
    _ request: InferenceRequest<Value>, terms: InferenceTerms? = nil,
    _ body: @escaping @Sendable (InferenceEvent<Value>) -> Void
  ) throws(InferenceRefusal) -> InferenceHandle {
    let terms = terms ?? .current
    let handle = terms.handle ?? InferenceHandle()
    let plan = try plan(request.work, request.sequences)
    let id = state.withLock { state in
      state.nextID += 1
      return state.nextID
    }
    let key = handle.whenCancelled { [weak self] in self?.cancel(id) }
    guard let key else { throw .cancelled }
    let value = request.value
    let job = Job(
      work: request.work, sequences: request.sequences, beginnings: plan.beginnings,
      priority: terms.priority, submittedAt: now,
      deliver: { event in
        switch event {
        case .part(let range, let outputs):
          body(.part(range: range, values: outputs.compactMap(value)))
        case .finished: body(.finished)
        case .refused(let refusal): body(.refused(refusal))
        }
      },
      detach: { handle.forget(key) })
    do throws(InferenceRefusal) {
      try admit(id, job, plan.work, terms)
    } catch {
      handle.forget(key)
      throw error
    }
    // It may have been cancelled before it was there to be found.
    if handle.isCancelled { cancel(id) }
    wake.signal()
    return handle
  }

  private func admit(
    _ id: Int, _ job: Job, _ work: BatchSchedule.Work, _ terms: InferenceTerms
  ) throws(InferenceRefusal) {
    try state.withLock { state throws(InferenceRefusal) in
      guard !state.isStopped else { throw .stopped }
      if job.sequences.isEmpty {
        state.notices.append((job, nil))
        state.counters.finishedCount += 1
        return
      }
      let displaced: [Int]
      do throws(InferenceRefusal) {
        displaced = try state.schedule.submit(id, work, terms: terms, now: job.submittedAt)
      } catch {
        state.counters.busyCount += 1
        throw error
      }
      state.jobs[id] = job
      let wait = state.schedule.timeToEmpty
      for other in displaced { Self.end(other, .busy(retryAfter: wait), in: &state) }
    }
  }

  /// Computes a request and waits for it, on the calling thread.
  ///
  /// Never from within an event.
  /// - Throws: `InferenceRefusal`.
  public func results<Value: Sendable>(
    of request: InferenceRequest<Value>, terms: InferenceTerms? = nil
  ) throws(InferenceRefusal) -> [Value] {
    let collected = Locked<(values: [Value], refusal: InferenceRefusal?)>(([], nil))
    let done = DispatchSemaphore(value: 0)
    try submit(request, terms: terms) { event in
      switch event {
      case .part(_, let values): collected.withLock { $0.values += values }
      case .finished: done.signal()
      case .refused(let refusal):
        collected.withLock { $0.refusal = refusal }
        done.signal()
      }
    }
    done.wait()
    let (values, refusal) = collected.withLock { $0 }
    if let refusal { throw refusal }
    return values
  }

  private func cancel(_ id: Int) {
    let wasThere = state.withLock { state in
      guard state.jobs[id] != nil else { return false }
      Self.end(id, .cancelled, in: &state)
      return true
    }
    if wasThere { wake.signal() }
  }

  /// Takes a job away from wherever it is; the engine's thread will tell its caller.
  private static func end(_ id: Int, _ refusal: InferenceRefusal, in state: inout State) {
    guard let job = state.jobs.removeValue(forKey: id) else { return }
    _ = state.schedule.remove(id)
    state.notices.append((job, refusal))
    switch refusal {
    case .busy: state.counters.busyCount += 1
    case .cancelled: state.counters.cancelledCount += 1
    case .late: state.counters.lateCount += 1
    case .engine: state.counters.failedCount += 1
    case .tooLarge, .stopped: break
    }
  }
}

// MARK: Computing

extension InferenceQueue {
  /// A pass with the jobs whose sequences it takes.
  struct Running: Sendable {
    let pass: BatchSchedule.Pass
    let jobs: [Job]
  }

  private var now: Duration { ContinuousClock.now - start }

  /// Waits for the next pass; nil when the queue is stopped.
  private func nextPass() -> Running? {
    while true {
      tellEnds()
      let turn = takeTurn()
      switch turn {
      case .run(let running): return running
      case .stopped: return nil
      case .wait(let duration): _ = wake.wait(timeout: .now() + .nanoseconds(duration.nanoseconds))
      case .idle: wake.wait()
      }
    }
  }

  private enum Turn: Sendable {
    case run(Running)
    case wait(Duration)
    case idle, stopped
  }

  private func takeTurn(above floor: InferencePriority? = nil) -> Turn {
    let now = now
    return state.withLock { state in
      if state.isStopped { return .stopped }
      for id in state.schedule.removeLate(now: now) { Self.end(id, .late, in: &state) }
      switch state.schedule.turn(now: now, above: floor) {
      case .idle: return .idle
      case .wait(let moment): return .wait(moment - now)
      case .run(let pass):
        if floor != nil { state.counters.interruptionCount += 1 }
        return .run(Running(pass: pass, jobs: Self.begin(pass, now: now, in: &state)))
      }
    }
  }

  private static func begin(
    _ pass: BatchSchedule.Pass, now: Duration, in state: inout State
  ) -> [Job] {
    state.counters.passCount += 1
    state.counters.rows.observe(pass.rowCount)
    state.counters.requests.observe(pass.parts.count)
    if pass.parts.count > 1 { state.counters.sharedPassCount += 1 }
    return pass.parts.compactMap { part in
      guard let job = state.jobs[part.id] else { return nil }
      if !job.hasBegun {
        state.jobs[part.id]?.hasBegun = true
        state.counters.waiting[job.priority.rawValue].observe(now - job.submittedAt)
      }
      return job
    }
  }

  /// Computes a pass and hands its results over.
  private func perform(_ running: Running) {
    let begin = now
    let interruptions = Locked(Duration.zero)
    let result = EngineThreads.layerCheck.withValue({ [self] in
      let start = now
      let goesOn = lookUp(from: running.pass)
      interruptions.withLock { $0 += now - start }
      return goesOn
    }) {
      Result { () throws(EngineError) in try outputs(of: running) }
    }
    let time = now - begin - interruptions.withLock { $0 }
    switch result {
    case .success(let outputs): handOver(outputs, of: running.pass, after: time)
    case .failure(let error):
      state.withLock { state in
        for part in running.pass.parts { Self.end(part.id, .engine(error), in: &state) }
      }
    }
    tellEnds()
  }

  /// Lets what is more urgent go first, between two layers; whether anybody still wants the pass.
  private func lookUp(from pass: BatchSchedule.Pass) -> Bool {
    while isWanted(pass),
      state.withLock({ $0.schedule.hasMoreUrgent(than: pass.priority) }),
      case .run(let urgent) = takeTurn(above: pass.priority)
    {
      perform(urgent)
    }
    tellEnds()
    return isWanted(pass)
  }

  private func isWanted(_ pass: BatchSchedule.Pass) -> Bool {
    state.withLock { state in pass.parts.contains { state.jobs[$0.id] != nil } }
  }

  private func handOver(
    _ outputs: [[InferenceOutput]], of pass: BatchSchedule.Pass, after time: Duration
  ) {
    let jobs: [(job: Job, isLast: Bool)?] = state.withLock { state in
      let isWanted = pass.parts.contains { state.jobs[$0.id] != nil }
      if isWanted {
        state.schedule.took(time, pass)
        state.counters.working.observe(time)
      } else {
        state.counters.abandonedPassCount += 1
      }
      return pass.parts.map { part in
        guard let job = state.jobs[part.id] else { return nil }
        let isLast = part.range.upperBound == job.sequences.count
        if isLast {
          state.jobs[part.id] = nil
          state.counters.finishedCount += 1
        }
        return (job, isLast)
      }
    }
    for ((part, outputs), entry) in zip(zip(pass.parts, outputs), jobs) {
      guard let (job, isLast) = entry else { continue }
      if isLast { job.detach() }
      job.deliver(.part(range: part.range, values: outputs))
      if isLast { job.deliver(.finished) }
    }
  }

  /// Tells callers of ends that came from elsewhere.
  private func tellEnds() {
    let notices = state.withLock { state in
      let notices = state.notices
      state.notices = []
      return notices
    }
    for (job, refusal) in notices {
      job.detach()
      job.deliver(refusal.map { .refused($0) } ?? .finished)
    }
  }
}

extension Duration {
  /// Whole nanoseconds, none for what is negative.
  fileprivate var nanoseconds: Int {
    let (seconds, attoseconds) = components
    return max(0, Int(clamping: seconds) * 1_000_000_000 + Int(attoseconds / 1_000_000_000))
  }
}
