import ArenaTypes
import Interpretation
import Testing

@testable import struct Interpretation.PairBalance

@Suite struct TextGuesserTests {
  /// Pairs in which the better text is the longer one in `biased` of a hundred.
  private func pairs(count: Int, biased: Int) throws -> [TextGuesser.Pair] {
    var generator = SeededGenerator(seed: 7)
    let words = ["river", "stone", "garden", "letter", "window", "market", "soldier", "bread"]
    return try (0..<count).map { index in
      func text(_ length: Int) throws -> ExplanationText {
        let chosen = (0..<length).map { _ in words.randomElement(using: &generator) ?? "river" }
        return try ExplanationText(chosen.joined(separator: " "))
      }
      let long = try text(7)
      let short = try text(4)
      let isLongBetter = Int.random(in: 0..<100, using: &generator) < biased
      return TextGuesser.Pair(
        unit: UnitID(model: "m", layer: 1, kind: .mlp, index: index / 2),
        better: isLongBetter ? long : short, worse: isLongBetter ? short : long)
    }
  }

  @Test func `a guesser finds the longer text where length tells`() throws {
    #expect(TextGuesser.accuracy(of: try pairs(count: 120, biased: 90)).share > 0.8)
  }

  @Test func `a guesser is near a coin where nothing tells`() throws {
    let share = TextGuesser.accuracy(of: try pairs(count: 400, biased: 50)).share
    #expect((0.4...0.6).contains(share))
  }

  @Test func `a single glance is found by its name`() throws {
    let glances = TextGuesser.glances(try pairs(count: 100, biased: 100))
    let words = try #require(glances.first { $0.name == "words" })
    #expect(words.share == 1)
  }

  @Test func `pairs are taken out of play until guessers fall below the rule`() throws {
    let all = try pairs(count: 120, biased: 70)
    #expect(TextGuesser.glances(all).contains { $0.share > 0.6 })
    let kept = PairBalance().choose(all)
    let left = all.indices.filter(kept.contains).map { all[$0] }
    #expect(left.count >= 60)
    #expect(TextGuesser.glances(left).allSatisfy { $0.share <= 0.55 })
    #expect(TextGuesser.accuracy(of: left).share <= 0.55)
  }
}
