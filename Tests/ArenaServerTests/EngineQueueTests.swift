import Testing

@testable import ArenaServer

@Suite struct EngineQueueTests {
  @Test func runsHigherPrioritiesFirstAndEachInOrder() {
    var queue = EngineQueue<String>(capacity: 8)
    for (job, priority) in [
      ("idle", EnginePriority.background), ("live 1", .liveRound), ("contest", .contest),
      ("live 2", .liveRound),
    ] {
      _ = queue.enqueue(job, priority: priority)
    }
    var order: [String] = []
    while let job = queue.dequeue() { order.append(job) }
    #expect(order == ["live 1", "live 2", "contest", "idle"])
  }

  @Test func saysNoWhenFullButLetsALiveRoundTakeTheYoungestLowestPlace() {
    var queue = EngineQueue<Int>(capacity: 2)
    _ = queue.enqueue(1, priority: .background)
    _ = queue.enqueue(2, priority: .background)
    guard case .full = queue.enqueue(3, priority: .contest) else {
      Issue.record("a full queue took a job")
      return
    }
    guard case .admitted(displaced: 2) = queue.enqueue(4, priority: .liveRound) else {
      Issue.record("a live round did not displace the youngest background job")
      return
    }
    #expect(queue.count == 2)
    #expect(queue.dequeue() == 4)
    #expect(queue.dequeue() == 1)
    #expect(queue.dequeue() == nil)
  }

  @Test func refusesALiveRoundWhereOnlyLiveRoundsWait() {
    var queue = EngineQueue<Int>(capacity: 1)
    _ = queue.enqueue(1, priority: .liveRound)
    guard case .full = queue.enqueue(2, priority: .liveRound) else {
      Issue.record("the bound of the queue was broken")
      return
    }
  }
}

@Suite struct EngineWorkerTests {
  @Test func runsJobsOffTheCallersThreadAndRefusesAfterStop() async {
    let worker = EngineWorker(queueCapacity: 4, nice: 0)
    let value: Int? = await withCheckedContinuation { continuation in
      worker.submit(priority: .liveRound, { 6 * 7 }) {
        continuation.resume(returning: try? $0.get())
      }
    }
    #expect(value == 42)
    worker.stop()
    let refused: Bool = await withCheckedContinuation { continuation in
      worker.submit(priority: .liveRound, { 1 }) { result in
        if case .failure(.stopped) = result {
          continuation.resume(returning: true)
        } else {
          continuation.resume(returning: false)
        }
      }
    }
    #expect(refused)
  }
}
