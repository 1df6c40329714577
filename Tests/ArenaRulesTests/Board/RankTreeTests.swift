import ArenaTypes
import Testing

@testable import ArenaRules

private struct Number: Ranked, Comparable {
  var value: Int
  static func < (left: Number, right: Number) -> Bool { left.value < right.value }
  func precedes(_ other: Number) -> Bool { self < other }
}

@Suite struct RankTreeTests {
  @Test("insertions and removals in any order keep it sorted", arguments: 0..<30)
  func againstSort(seed: UInt64) {
    var dice = SeededGenerator(seed: seed)
    var tree = RankTree<Number>()
    var model: Set<Int> = []
    let range = 1 + dice.next(below: 300)
    for _ in 0..<600 {
      let value = dice.next(below: range)
      if dice.next(below: 5) < 2 {
        #expect(tree.remove(Number(value: value)) == (model.remove(value) != nil))
      } else if model.insert(value).inserted {
        let slot = tree.insert(Number(value: value))
        #expect(tree[slot].value == value)
      }
    }
    let sorted = model.sorted()
    #expect(tree.holdsInvariants())
    #expect(tree.elements(at: 0..<tree.count).map(\.value) == sorted)
    #expect(tree.first?.value == sorted.first)
    for value in -1...range {
      #expect(tree.countBefore(Number(value: value)) == sorted.count { $0 < value })
    }
    for position in -1...sorted.count {
      let expected = sorted.indices.contains(position) ? sorted[position] : nil
      #expect(tree.element(at: position)?.value == expected)
    }
    let lower = dice.next(below: sorted.count + 1)
    let upper = lower + dice.next(below: 20)
    #expect(
      tree.elements(at: lower..<upper).map(\.value)
        == Array(sorted[lower..<min(upper, sorted.count)]))
  }

  @Test("ascending insertions, the worst case of a plain tree, stay shallow")
  func ascending() {
    var tree = RankTree<Number>()
    for value in 0..<50_000 { tree.insert(Number(value: value)) }
    #expect(tree.holdsInvariants())
    #expect(tree.depth < 60, "2 x log2(n) would be 32")
  }

  @Test("freed slots are used again")
  func reuse() {
    var tree = RankTree<Number>()
    for value in 0..<100 { tree.insert(Number(value: value)) }
    for round in 0..<50 {
      for value in 0..<100 { tree.remove(Number(value: value + round * 100)) }
      for value in 0..<100 { tree.insert(Number(value: value + (round + 1) * 100)) }
    }
    #expect(tree.nodes.count == 100 && tree.count == 100)
  }

  @Test("equality looks at the elements, not at the shape")
  func equality() {
    var first = RankTree<Number>()
    var second = RankTree<Number>()
    for value in 0..<40 {
      first.insert(Number(value: value))
      second.insert(Number(value: 39 - value))
    }
    #expect(first == second && first.hashValue == second.hashValue)
    second.remove(Number(value: 7))
    #expect(first != second)
  }
}
