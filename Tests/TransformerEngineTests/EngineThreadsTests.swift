import ArenaTypes
import CKernels
import Glibc
import Synchronization
import Testing

@testable import TransformerEngine

@Suite struct EngineThreadsTests {
  private final class Counts: Sendable {
    let running = Atomic(0)
    let done = Atomic(0)
  }

  @Test func `impossible wishes are refused`() {
    #expect(throws: EngineError.self) { try EngineThreads(count: 0) }
    #expect(throws: EngineError.self) { try EngineThreads(count: 257) }
    #expect(throws: EngineError.self) { try EngineThreads(count: 1, niceValue: 20) }
    for set in EngineThreads.InstructionSet.allCases where !set.isAvailable {
      #expect(throws: EngineError.self) { try EngineThreads(instructionSet: set) }
    }
  }

  @Test func `bodies of many callers run one at a time, on a thread with the nice value`()
    async throws
  {
    let threads = try EngineThreads(count: 3, niceValue: 7)
    let counts = Counts()
    await withTaskGroup { group in
      for _ in 0..<16 {
        group.addTask {
          for _ in 0..<50 {
            let nice = threads.run { _ in
              let others = counts.running.add(1, ordering: .relaxed).oldValue
              #expect(others == 0)
              counts.done.add(1, ordering: .relaxed)
              counts.running.subtract(1, ordering: .relaxed)
              return getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0)
            }
            #expect(nice == 7)
          }
        }
      }
    }
    #expect(counts.done.load(ordering: .relaxed) == 800)
    #expect(threads.cpuTime > .zero)
  }

  @Test func `an error thrown in a body reaches the caller`() throws {
    let threads = try EngineThreads(count: 2)
    #expect(throws: EngineError.outOfRange("here")) {
      try threads.run { _ throws(EngineError) in throw .outOfRange("here") }
    }
  }

  @Test func `a call from within a body runs at once, on the same thread`() throws {
    let threads = try EngineThreads(count: 2, niceValue: 0)
    let order = threads.run { _ in
      let outer = pthread_self()
      let inner = threads.run { _ in pthread_equal(outer, pthread_self()) != 0 ? [1] : [] }
      return inner + [2]
    }
    #expect(order == [1, 2])
  }

  @Test func `a body asks what its own caller wants to be asked`() throws {
    let threads = try EngineThreads(count: 1, niceValue: 0)
    #expect(threads.run { _ in threads.goesOn() })
    let answers = EngineThreads.layerCheck.withValue({ false }) {
      threads.run { _ in
        let inner = EngineThreads.layerCheck.withValue({ true }) {
          threads.run { _ in threads.goesOn() }
        }
        return [inner, threads.goesOn()]
      }
    }
    #expect(answers == [true, false])
    #expect(threads.run { _ in threads.goesOn() })
  }

  @Test(arguments: [1, 2, 5])
  func `short loops one after another lose no task`(count: Int) throws {
    let threads = try EngineThreads(count: count, niceValue: 0)
    // Rows are shared out by tasks of 16,384 floats: 7 tasks, thousands of loops.
    let columns = 16_384
    let ones = [Float](repeating: 1, count: columns)
    var x = [Float](repeating: 3, count: 7 * columns)
    threads.run { pool in
      for _ in 0..<300 { ck_rms_norm(pool, x, 7, columns, ones, 0, &x) }
    }
    #expect(x.allSatisfy { $0 == 1 })
  }
}
