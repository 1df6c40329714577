import ArenaTypes
import Testing

@testable import ArenaServer

@Suite("A set with an order of its own")
struct DenseSetTests {
  @Test("holds what a Set holds, in the order of its history alone")
  func model() {
    var chance = SeededGenerator(seed: 8)
    var (set, twin, model) = (DenseSet<UInt64>(), DenseSet<UInt64>(), Set<UInt64>())
    for _ in 0..<5_000 {
      let element = chance.next() % 60
      if chance.next() % 2 == 0 {
        set.insert(element)
        twin.insert(element)
        model.insert(element)
      } else {
        #expect(set.remove(element) == model.remove(element))
        twin.remove(element)
      }
      #expect(set.contains(element) == model.contains(element))
      #expect(set.count == model.count && set.isEmpty == model.isEmpty)
    }
    #expect(Set(set.elements) == model)
    #expect(set.elements == twin.elements)
  }
}
