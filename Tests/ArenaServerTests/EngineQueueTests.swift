import Testing
import TransformerEngine

@testable import ArenaServer

@Suite struct EngineQueueTests {
  @Test func runsHigherPrioritiesFirstAndEachInOrder() {
    var queue = EngineQueue<String>(capacity: 8)
    for (job, priority) in [
      ("idle", InferencePriority.background), ("live 1", .urgent), ("contest", .high),
      ("live 2", .urgent),
    ] {
      _ = queue.enqueue(job, priority: priority)
    }
    var order: [String] = []
    while let job = queue.dequeue() { order.append(job) }
    #expect(order == ["live 1", "live 2", "contest", "idle"])
  }

  @Test func runsQuickJobsBeforeAllOthersAndCountsThemAmongThese() {
    var queue = EngineQueue<String>(capacity: 3)
    _ = queue.enqueue("live", priority: .urgent)
    _ = queue.enqueue("quick 1", priority: .urgent, isQuick: true)
    _ = queue.enqueue("idle", priority: .background)
    guard
      case .admitted(displaced: "idle") = queue.enqueue(
        "quick 2", priority: .urgent, isQuick: true)
    else {
      Issue.record("a quick job did not displace what nobody waits for")
      return
    }
    guard case .full = queue.enqueue("quick 3", priority: .urgent, isQuick: true) else {
      Issue.record("a full queue took a quick job for a live one")
      return
    }
    var order: [String] = []
    while let job = queue.dequeue(from: .urgent) { order.append(job) }
    #expect(order == ["quick 1", "quick 2", "live"])
    #expect(queue.count == 0)
  }

  @Test func saysNoWhenFullButLetsALiveRoundTakeTheYoungestLowestPlace() {
    var queue = EngineQueue<Int>(capacity: 2)
    _ = queue.enqueue(1, priority: .background)
    _ = queue.enqueue(2, priority: .background)
    guard case .full = queue.enqueue(3, priority: .high) else {
      Issue.record("a full queue took a job")
      return
    }
    guard case .admitted(displaced: 2) = queue.enqueue(4, priority: .urgent) else {
      Issue.record("a live round did not displace the youngest background job")
      return
    }
    #expect(queue.count == 2)
    #expect(queue.dequeue() == 4)
    #expect(queue.dequeue() == 1)
    #expect(queue.dequeue() == nil)
  }

  @Test func keepsWhatIsBelowTheAskedPriorityAndForgetsWhatIsTakenOut() {
    var queue = EngineQueue<Int>(capacity: 4)
    _ = queue.enqueue(1, priority: .high)
    _ = queue.enqueue(2, priority: .background)
    #expect(queue.dequeue(from: .urgent) == nil)
    #expect(queue.remove { $0 == 2 } == 2)
    #expect(queue.remove { $0 == 2 } == nil)
    #expect(queue.count == 1)
    #expect(queue.dequeue(from: .high) == 1)
    #expect(queue.count == 0)
  }

  @Test func refusesALiveRoundWhereOnlyLiveRoundsWait() {
    var queue = EngineQueue<Int>(capacity: 1)
    _ = queue.enqueue(1, priority: .urgent)
    guard case .full = queue.enqueue(2, priority: .urgent) else {
      Issue.record("the bound of the queue was broken")
      return
    }
  }
}
