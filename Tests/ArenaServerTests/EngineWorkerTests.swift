import ArenaTypes
import Dispatch
import Testing
import TransformerEngine

@testable import ArenaServer

@Suite("The engine's worker")
struct EngineWorkerTests {
  /// Outcomes by name, in the order in which they came.
  private final class Outcomes: Sendable {
    private let outcomes = Locked<[(name: String, outcome: String)]>([])
    private let semaphore = DispatchSemaphore(value: 0)

    func note(_ name: String) -> @Sendable (Result<String, EngineRefusal>) -> Void {
      { [self] result in
        let outcome =
          switch result {
          case .success(let value): value
          case .failure(.busy(let wait)): wait > .zero ? "busy" : "busy without a wait"
          case .failure(.cancelled): "cancelled"
          case .failure(.stopped): "stopped"
          case .failure(.failed(let reason)): "failed: \(reason)"
          }
        outcomes.withLock { $0.append((name, outcome)) }
        semaphore.signal()
      }
    }

    func first(_ count: Int) -> [String: String] {
      for _ in 0..<count { semaphore.wait() }
      return Dictionary(
        uniqueKeysWithValues: outcomes.withLock { $0 }.map { ($0.name, $0.outcome) })
    }
  }

  /// A job that tells when it has begun, and ends when it is let.
  private final class Gate: Sendable {
    let begun = DispatchSemaphore(value: 0)
    private let opened = DispatchSemaphore(value: 0)

    func open() { opened.signal() }

    var work: @Sendable () throws -> String {
      { [self] in
        begun.signal()
        opened.wait()
        return "done"
      }
    }
  }

  private func withWorker(
    capacity: Int = 8, threadCount: Int = 3, _ body: (EngineWorker) throws -> Void
  ) rethrows {
    let worker = EngineWorker(queueCapacity: capacity, threadCount: threadCount, nice: 0)
    defer { worker.stop() }
    try body(worker)
  }

  @Test("Jobs run off the caller's thread, and are refused after the stop")
  func runs() {
    let outcomes = Outcomes()
    let worker = EngineWorker(queueCapacity: 4, threadCount: 1, nice: 0)
    worker.submit(priority: .urgent, { "42" }, completion: outcomes.note("one"))
    #expect(outcomes.first(1) == ["one": "42"])
    worker.stop()
    worker.stop()
    worker.submit(priority: .urgent, { "1" }, completion: outcomes.note("late"))
    #expect(outcomes.first(1)["late"] == "stopped")
    #expect(worker.counters.working.count == 1)
  }

  @Test("Two jobs run at once, and a place is left for a live round")
  func reserve() {
    let outcomes = Outcomes()
    let gates = (0..<3).map { _ in Gate() }
    let live = Gate()
    withWorker { worker in
      for (index, gate) in gates.enumerated() {
        worker.submit(
          priority: .background, gate.work, completion: outcomes.note("background \(index)"))
      }
      gates[0].begun.wait()
      gates[1].begun.wait()
      worker.submit(priority: .urgent, live.work, completion: outcomes.note("live"))
      live.begun.wait()
      #expect(worker.counters.runningCount == 3)
      #expect(worker.queuedJobCount == 1)
      live.open()
      #expect(outcomes.first(1) == ["live": "done"])
      // The place stays free, though a job waits for one.
      #expect(worker.counters.runningCount <= 3 && worker.queuedJobCount == 1)
      gates[0].open()
      gates[2].begun.wait()
      gates[1].open()
      gates[2].open()
      #expect(outcomes.first(3).count == 4)
    }
  }

  @Test("A job's terms go along with it: its priority, and what cancels it")
  func terms() {
    let outcomes = Outcomes()
    let handle = InferenceHandle()
    withWorker { worker in
      worker.submit(
        priority: .high, handle: handle,
        {
          let terms = InferenceTerms.current
          return "\(terms.priority) \(terms.handle === handle)"
        }, completion: outcomes.note("terms"))
      #expect(outcomes.first(1) == ["terms": "high true"])
    }
  }

  @Test("A cancelled job that waits never runs; one that runs ends when its requests do")
  func cancels() {
    let outcomes = Outcomes()
    let gate = Gate()
    let (waiting, running) = (InferenceHandle(), InferenceHandle())
    withWorker(threadCount: 1) { worker in
      worker.submit(
        priority: .background, handle: running,
        {
          _ = try gate.work()
          if InferenceTerms.current.handle?.isCancelled == true {
            throw InferenceRefusal.cancelled
          }
          return "not cancelled"
        }, completion: outcomes.note("running"))
      gate.begun.wait()
      worker.submit(
        priority: .urgent, handle: waiting, { "ran" }, completion: outcomes.note("waiting"))
      waiting.cancel()
      #expect(outcomes.first(1) == ["waiting": "cancelled"])
      running.cancel()
      gate.open()
      #expect(outcomes.first(1)["running"] == "cancelled")
      worker.submit(
        priority: .urgent, handle: running, { "ran" }, completion: outcomes.note("after"))
      #expect(outcomes.first(1)["after"] == "cancelled")
      let counters = worker.counters
      #expect(counters.cancelledCount == 1 && counters.failedCount == 0)
    }
  }

  @Test("A full queue says how long to wait; a failing job says why")
  func refuses() {
    struct Broken: Error {}
    let outcomes = Outcomes()
    let gate = Gate()
    withWorker(capacity: 1, threadCount: 1) { worker in
      worker.submit(priority: .background, gate.work, completion: outcomes.note("running"))
      gate.begun.wait()
      worker.submit(priority: .background, { "1" }, completion: outcomes.note("waiting"))
      worker.submit(priority: .high, { "2" }, completion: outcomes.note("full"))
      #expect(outcomes.first(1) == ["full": "busy"])
      worker.submit(
        priority: .urgent, { throw Broken() }, completion: outcomes.note("live"))
      #expect(outcomes.first(1)["waiting"] == "busy")
      gate.open()
      #expect(outcomes.first(2)["live"] == "failed: Broken()")
      // A job is counted after its outcome is told; a stopped worker has counted all.
      worker.stop()
      #expect(worker.counters.failedCount == 1 && worker.counters.refusedCount == 2)
    }
  }

  @Test("Stopping lets what runs end and refuses what waits")
  func stops() {
    let outcomes = Outcomes()
    let gate = Gate()
    let worker = EngineWorker(queueCapacity: 4, threadCount: 2, nice: 0)
    worker.submit(priority: .background, gate.work, completion: outcomes.note("running"))
    gate.begun.wait()
    worker.submit(priority: .background, { "1" }, completion: outcomes.note("waiting"))
    DispatchQueue.global().async { worker.stop() }
    #expect(outcomes.first(1) == ["waiting": "stopped"])
    gate.open()
    #expect(outcomes.first(1)["running"] == "done")
    worker.stop()
  }

  @Test("Thousands of jobs of all priorities, some cancelled, each have one outcome")
  func storm() async {
    let worker = EngineWorker(queueCapacity: 10_000, threadCount: 3, nice: 0)
    let done = await withTaskGroup(of: Int.self) { group in
      for caller in 0..<8 {
        group.addTask {
          var generator = SeededGenerator(seed: UInt64(caller))
          var done = 0
          for number in 0..<400 {
            let handle = InferenceHandle()
            let priority = InferencePriority.allCases[Int.random(in: 0..<4, using: &generator)]
            let isCancelled = Int.random(in: 0..<4, using: &generator) == 0
            // A second outcome would resume the continuation twice, which traps.
            let result: Result<Int, EngineRefusal> = await withCheckedContinuation { continuation in
              worker.submit(priority: priority, handle: handle, { number }) {
                continuation.resume(returning: $0)
              }
              if isCancelled { handle.cancel() }
            }
            switch result {
            case .success(let value): done += value == number ? 1 : 0
            case .failure(.cancelled): done += isCancelled ? 1 : 0
            case .failure: break
            }
          }
          return done
        }
      }
      return await group.reduce(0, +)
    }
    #expect(done == 8 * 400)
    worker.stop()
    #expect(worker.counters.runningCount == 0 && worker.queuedJobCount == 0)
  }
}
