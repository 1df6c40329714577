import ArenaTypes
import Testing

@testable import ArenaRules

@Suite struct SlotTableTests {
  @Test("finds what a dictionary finds", arguments: 0..<30)
  func againstDictionary(seed: UInt64) {
    var dice = SeededGenerator(seed: seed)
    var table = SlotTable()
    var model: [String: Int32] = [:]
    let keys = (0..<200).map { "key \($0)" }
    func keyOf(_ slot: Int32) -> String { keys[Int(slot)] }
    for _ in 0..<2_000 {
      let slot = Int32(dice.next(below: keys.count))
      let key = keyOf(slot)
      if dice.next(below: 2) == 0 {
        table.remove(key: key, keyOf: keyOf)
        model[key] = nil
      } else if model[key] == nil {
        table.insert(slot, key: key, keyOf: keyOf)
        model[key] = slot
      }
      #expect(table.count == model.count)
    }
    for key in keys { #expect(table.slot(of: key, keyOf: keyOf) == model[key]) }
  }
}
