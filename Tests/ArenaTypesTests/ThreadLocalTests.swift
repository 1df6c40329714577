import ArenaTypes
import Dispatch
import Testing

@Suite struct ThreadLocalTests {
  private struct Wrong: Error, Equatable {}

  @Test func `the innermost value counts, and the outer one comes back, after an error too`() {
    let local = ThreadLocal<String>()
    #expect(local.value == nil)
    local.withValue("outer") {
      #expect(local.value == "outer")
      #expect(throws: Wrong()) {
        try local.withValue("inner") { () throws(Wrong) in
          #expect(local.value == "inner")
          throw Wrong()
        }
      }
      #expect(local.value == "outer")
    }
    #expect(local.value == nil)
  }

  @Test func `each thread has its own`() {
    let local = ThreadLocal<Int>()
    let found = Locked<[Int?]>([])
    local.withValue(-1) {
      DispatchQueue.concurrentPerform(iterations: 16) { index in
        local.withValue(index) {
          for _ in 0..<100 where local.value != index { found.withLock { $0.append(local.value) } }
        }
      }
      #expect(local.value == -1)
    }
    #expect(found.withLock { $0 }.isEmpty)
  }
}
