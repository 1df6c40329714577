import ArenaTypes
import Testing

@testable import ArenaRules

private struct Number: Ranked, Comparable {
  var value: Int
  /// Tens have the same digest, so that the order also rests on `precedes`.
  var digest: UInt64 { UInt64(value / 10) }
  static func < (left: Number, right: Number) -> Bool { left.value < right.value }
  func precedes(_ other: Number) -> Bool { self < other }
}

@Suite struct RankIndexTests {
  @Test("insertions and removals in any order keep it sorted", arguments: 0..<30)
  func againstSort(seed: UInt64) {
    var dice = SeededGenerator(seed: seed)
    var index = RankIndex<Number>()
    var model: Set<Int> = []
    let range = 1 + dice.next(below: 300)
    for _ in 0..<600 {
      let value = dice.next(below: range)
      if dice.next(below: 5) < 2 {
        #expect(index.remove(Number(value: value)) == (model.remove(value) != nil))
      } else if model.insert(value).inserted {
        let slot = index.insert(Number(value: value))
        #expect(index[slot].value == value)
      }
    }
    let sorted = model.sorted()
    #expect(index.holdsInvariants())
    #expect(index.elements(at: 0..<index.count).map(\.value) == sorted)
    #expect(index.first?.value == sorted.first)
    for value in -1...range {
      #expect(index.countBefore(Number(value: value)) == sorted.count { $0 < value })
    }
    for position in -1...sorted.count {
      let expected = sorted.indices.contains(position) ? sorted[position] : nil
      #expect(index.element(at: position)?.value == expected)
    }
    let lower = dice.next(below: sorted.count + 1)
    let upper = lower + dice.next(below: 20)
    #expect(
      index.elements(at: lower..<upper).map(\.value)
        == Array(sorted[lower..<min(upper, sorted.count)]))
  }

  @Test("thousands of pages, split and joined in any order, keep the order", arguments: 0..<4)
  func large(seed: UInt64) {
    var dice = SeededGenerator(seed: seed)
    var index = RankIndex<Number>()
    var slots: [Int32] = []
    for value in dice.permutation(of: 20_000) { slots.append(index.insert(Number(value: value))) }
    #expect(index.holdsInvariants())
    // Values from 20,000 on are free, so each one that is replaced goes to a place of its own.
    for (step, slot) in slots.prefix(15_000).enumerated() {
      index.replace(slot, with: Number(value: 20_000 + (step * 7_919) % 15_000))
      #expect(index[slot].value == 20_000 + (step * 7_919) % 15_000)
    }
    #expect(index.holdsInvariants() && index.count == 20_000)
    for slot in slots.dropFirst(200) {
      let isRemoved = index.remove(index[slot])
      #expect(isRemoved)
    }
    #expect(index.holdsInvariants() && index.count == 200)
    #expect(index.order.count < 12, "nearly empty pages were joined")
  }

  @Test("ascending and descending insertions keep pages full enough")
  func monotone() {
    var ascending = RankIndex<Number>()
    for value in 0..<50_000 { ascending.insert(Number(value: value)) }
    var descending = RankIndex<Number>()
    for value in 0..<50_000 { descending.insert(Number(value: 49_999 - value)) }
    #expect(ascending.holdsInvariants() && ascending == descending)
    #expect(ascending.order.count == (50_000 + 127) / 128)
    #expect(descending.order.count < 2 * 50_000 / 128 + 2)
  }

  @Test("elements of one digest are told apart by their order alone")
  func oneDigest() {
    struct Tied: Ranked {
      var value: Int
      var digest: UInt64 { .max }
      func precedes(_ other: Self) -> Bool { value < other.value }
    }
    var index = RankIndex<Tied>()
    var dice = SeededGenerator(seed: 5)
    for value in dice.permutation(of: 3_000) { index.insert(Tied(value: value)) }
    #expect(index.holdsInvariants())
    for value in 0..<3_000 where value % 3 > 0 {
      let isRemoved = index.remove(Tied(value: value))
      #expect(isRemoved)
    }
    let isRemovedAgain = index.remove(Tied(value: 1))
    #expect(!isRemovedAgain && index.holdsInvariants() && index.count == 1_000)
  }

  @Test("freed slots are used again")
  func reuse() {
    var index = RankIndex<Number>()
    for value in 0..<100 { index.insert(Number(value: value)) }
    for round in 0..<50 {
      for value in 0..<100 { index.remove(Number(value: value + round * 100)) }
      for value in 0..<100 { index.insert(Number(value: value + (round + 1) * 100)) }
    }
    #expect(index.elements.count == 100 && index.count == 100)
  }

  @Test("equality looks at the elements, not at the pages")
  func equality() {
    var first = RankIndex<Number>()
    var second = RankIndex<Number>()
    for value in 0..<40 {
      first.insert(Number(value: value))
      second.insert(Number(value: 39 - value))
    }
    #expect(first == second && first.hashValue == second.hashValue)
    second.remove(Number(value: 7))
    #expect(first != second)
  }
}
