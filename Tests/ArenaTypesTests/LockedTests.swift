import ArenaTypes
import Dispatch
import Testing

@Suite("Locked")
struct LockedTests {
  private struct Failure: Error, Equatable {}

  @Test("No increment of many threads is lost")
  func exclusion() {
    let count = Locked(0)
    DispatchQueue.concurrentPerform(iterations: 8) { _ in
      for _ in 0..<10_000 { count.withLock { $0 += 1 } }
    }
    #expect(count.withLock { $0 } == 80_000)
  }

  @Test("An error passes through, and the lock is free again")
  func errors() throws {
    let value = Locked([1])
    #expect(throws: Failure()) {
      try value.withLock { (value) throws(Failure) in
        value.append(2)
        throw Failure()
      }
    }
    #expect(value.withLock { $0 } == [1, 2])
  }

  @Test("The value is released with its lock")
  func release() {
    final class Witness {}
    weak var witness: Witness?
    do {
      let made = Witness()
      witness = made
      _ = Locked(Box(made))
    }
    #expect(witness == nil)
  }

  private struct Box: @unchecked Sendable {
    let witness: AnyObject
    init(_ witness: AnyObject) { self.witness = witness }
  }
}
