import Dispatch
import Synchronization
import Testing

@testable import ArenaStorage

@Suite("The readers' line")
struct ReadQueueTests {
  @Test("Every question is answered, and no reader has two at a time")
  func all() async {
    let queue = ReadQueue(label: "test", readerCount: 3, limits: StoreLimits())
    let busy = (0..<3).map { _ in Busy() }
    let answered = Atomic(0)
    for _ in 0..<1_000 {
      queue.ask { reader in
        busy[reader].use()
        answered.add(1, ordering: .relaxed)
      } refusal: { error in
        Issue.record("refused: \(error)")
      }
    }
    await withCheckedContinuation { continuation in queue.close { continuation.resume() } }
    #expect(answered.load(ordering: .relaxed) == 1_000)
    #expect(busy.allSatisfy { $0.clashes.load(ordering: .relaxed) == 0 })
  }

  @Test("A full line refuses at once; a closed one refuses for good")
  func bounded() async {
    var limits = StoreLimits()
    limits.queuedReadCountMax = 1
    let queue = ReadQueue(label: "test", readerCount: 1, limits: limits)
    let permit = DispatchSemaphore(value: 0)
    let started = DispatchSemaphore(value: 0)
    let answered = Atomic(0)
    queue.ask { _ in
      started.signal()
      permit.wait()
    } refusal: { _ in
      Issue.record("the first question is refused")
    }
    await withCheckedContinuation { continuation in
      DispatchQueue(label: "wait").async {
        started.wait()
        continuation.resume()
      }
    }
    queue.ask { _ in
      answered.add(1, ordering: .relaxed)
    } refusal: { _ in
      Issue.record("the second question is refused")
    }
    #expect(await refusal(by: queue) == .overloaded(retryAfter: limits.retryAfter))
    permit.signal()
    await withCheckedContinuation { continuation in queue.close { continuation.resume() } }
    #expect(answered.load(ordering: .relaxed) == 1)
    #expect(await refusal(by: queue) == .closed)
  }

  private func refusal(by queue: ReadQueue) async -> StorageError? {
    await withCheckedContinuation { continuation in
      queue.ask { _ in
        continuation.resume(returning: nil)
      } refusal: { error in
        continuation.resume(returning: error)
      }
    }
  }

  private final class Busy: Sendable {
    let isBusy = Atomic(false)
    let clashes = Atomic(0)

    func use() {
      if isBusy.exchange(true, ordering: .acquiring) { clashes.add(1, ordering: .relaxed) }
      isBusy.store(false, ordering: .releasing)
    }
  }
}
