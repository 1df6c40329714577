import ArenaTypes
import Testing

@testable import ArenaServer

@Suite("The first few of many")
struct LeadingTests {
  @Test("They are what sorting all gives, in every order", arguments: [0, 1, 2, 7, 50, 1_000])
  func sorting(count: Int) {
    var generator = SeededGenerator(seed: UInt64(count))
    for size in [0, 1, 2, 6, 7, 8, 200] {
      let numbers = (0..<size).map { _ in generator.next() }
      for order in [numbers, numbers.sorted(), numbers.sorted(by: >)] {
        #expect(order.leading(count, by: >) == Array(numbers.sorted(by: >).prefix(count)))
        #expect(order.leading(count, by: <) == Array(numbers.sorted().prefix(count)))
      }
    }
  }

  @Test("Many are looked at once each, where none comes before those that lead already")
  func comparisons() {
    var count = 0
    let leading = (0..<10_000).leading(20) { first, second in
      count += 1
      return first < second
    }
    #expect(leading == Array(0..<20))
    #expect(count < 10_000 + 20 * 6)
  }

  @Test("No count, or less than none, is nothing")
  func none() {
    #expect([3, 1, 2].leading(0, by: <).isEmpty)
    #expect([3, 1, 2].leading(-1, by: <).isEmpty)
  }
}
