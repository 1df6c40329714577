import ArenaTypes
import FoundationEssentials
import Testing

@testable import ArenaRules

@Suite("Gold pairs")
struct GoldPairTests {
  private let a = ExplanationID(rawValue: "a")
  private let b = ExplanationID(rawValue: "b")

  @Test("A pair of a journal of old is no gold, and one that is no gold reads as one of old")
  func oldJournals() throws {
    let old = #"{"better":"a","worse":"b","basis":"readers"}"#
    let pair = try JSONDecoder().decode(ExplanationPair.self, from: Data(old.utf8))
    #expect(!pair.isGold && pair == ExplanationPair(better: a, worse: b, basis: .readers))
    let encoded = try JSONEncoder().encode(pair)
    #expect(!String(decoding: encoded, as: UTF8.self).contains("gold"))
    let gold = ExplanationPair(better: a, worse: b, basis: .construction, isGold: true)
    let again = try JSONDecoder().decode(
      ExplanationPair.self, from: try JSONEncoder().encode(gold))
    #expect(again.isGold && again == gold)
  }

  @Test("A question about a gold pair is like any other, and so is its round until it is judged")
  func question() {
    func round(_ isGold: Bool) -> PickRound {
      var generator = SeededGenerator(seed: 3)
      let material = UnitMaterial(
        unit: UnitID(rawValue: "m/0/mlp/1"), clues: [ExcerptID(rawValue: "c")],
        reveals: [ExcerptID(rawValue: "r")],
        pairs: [ExplanationPair(better: a, worse: b, basis: .readers, isGold: isGold)],
        top20MeanPeak: 1, isLexical: false)
      return PickRound(material: material, allowsOpen: true, using: &generator)
    }
    #expect(round(true) == round(false))
    #expect(ExplanationPair(better: a, worse: b, basis: .open).holds([b, a]))
    #expect(!ExplanationPair(better: a, worse: b, basis: .open).holds([a, a]))
  }
}
