import ArenaTypes
import Testing

@testable import Interpretation

@Suite struct SyntheticSetTests {
  private func matched(_ pattern: WordPattern, _ tokens: [String]) -> [String] {
    let text = SyntheticText(tokens: tokens)
    return text.items.indices.filter { pattern.matches(text, $0) }.map { text.items[$0].text }
  }

  private let tokens = [
    "The", " riv", "er", " rose", ".", " \"", "I", " never", " saw", " it", "\"", ",", " Mr", ".",
    " D", "arcy", " said", " (", "in", " ", "1", "9", "9", "5", ");", " it", " cost", " $", "4",
    "0",
    " more", " than", " Bob", "'s", " the", " river", "?",
  ]

  @Test func `a text falls into words, numbers and marks with their tokens`() {
    let text = SyntheticText(tokens: tokens)
    #expect(text.items.prefix(5).map(\.text) == ["The", "river", "rose", ".", "\""])
    #expect(text.items[1].tokens == 1..<3)
    let year = text.items.first { $0.text == "1995" }
    #expect(year?.sort == .number && year?.tokens == 20..<24)
    #expect(text.items.contains { $0.text == "Bob's" && $0.tokens == 32..<34 })
    #expect(SyntheticText(tokens: []).items.isEmpty)
    #expect(SyntheticText(tokens: ["\u{FFFD}", " "]).items.map(\.text) == ["\u{FFFD}"])
  }

  @Test(
    arguments: [
      (.word(["river"]), ["river", "river"]),
      (.word(["river"]) && .after(.word(["the"])), ["river", "river"]),
      (.word(["river"]) && .before(.mark(["?"])), ["river"]),
      (.number(digits: 4), ["1995"]),
      (.number() && .after(.mark(["$"])), ["40"]),
      (.inQuotation(3), ["saw"]),
      (.inQuotation(nil), ["I", "never", "saw", "it"]),
      (.inParentheses(1), ["in"]),
      (.sentencePlace(0), ["The", "I", "Darcy"]),
      (.sentencePlace(1), ["river", "never", "said"]),
      (.capitalised && !.sentencePlace(0), ["Mr", "Bob's"]),
      (.letter, ["I"]),
      (.suffix("er"), ["river", "never", "river"]),
      (.prefix("ri"), ["river", "river"]),
      (.containing("os"), ["rose", "cost"]),
      (.repeated && .longWord(5), ["river"]),
      (.capitals, []),
      (.within(2, after: .word(["mr"])) && .anyWord, ["Darcy"]),
    ] as [(WordPattern, [String])])
  func `a pattern finds what it says`(pattern: WordPattern, found: [String]) {
    #expect(matched(pattern, tokens) == found)
  }

  @Test func `a unit fires on the last token of what it finds, and weakly before`() {
    let text = SyntheticText(tokens: tokens)
    let activations = SyntheticRule.activations(
      of: .number(), on: text, tokenCount: tokens.count)
    #expect(activations[20..<24] == [2, 2, 2, 8])
    #expect(activations[28..<30] == [2, 8])
    #expect(activations.reduce(0, +) == 24)
  }

  @Test func `there are eighty rules, whose texts are explanations and whose rivals say otherwise`()
  {
    let rules = SyntheticRule.all
    #expect(rules.count >= 75)
    #expect(Set(rules.map(\.explanation)).count == rules.count)
    #expect(rules.count { $0.kind == .form } >= 25)
    #expect(rules.allSatisfy { $0.group != nil })
    #expect(Set(rules.compactMap(\.group)).count == SyntheticRule.Group.allCases.count)
    for rule in rules {
      let texts = [rule.explanation, rule.paraphrase] + rule.rivals.map(\.text)
      for text in texts { #expect((try? ExplanationText(text)) != nil, "\(text)") }
      #expect(Set(texts).count == texts.count, "\(rule.explanation)")
      #expect(rule.rivals.count >= 2)
      for rival in rule.rivals { #expect(rival.pattern != rule.pattern, "\(rival.text)") }
    }
  }

  private func excerpts(count: Int) -> [SyntheticExcerpt] {
    var generator = SeededGenerator(seed: 11)
    let words = ["river", "lake", "king", "queen", "old", "man", "saw", "a", "the", "under", "and"]
    return (0..<count).map { index in
      let tokens =
        (0..<20).map { _ in " " + (words.randomElement(using: &generator) ?? "a") } + ["."]
      return SyntheticExcerpt(
        source: "invented", tokenIDs: tokens.map { Int32($0.utf8.count) }, tokens: tokens)
    }
  }

  @Test func `a unit is drawn with near misses that rivals promise and it does not keep`() throws {
    let excerpts = excerpts(count: 300)
    var maker = SyntheticSet(model: ToyModel(), seed: 1)
    maker.rules = SyntheticRule.all.filter {
      ["the word \"river\"", "the word \"king\"", "names of fruit"].contains($0.explanation)
    }
    let made = maker.make(from: excerpts)
    #expect(made.missing == ["names of fruit"])
    #expect(made.set.units.count == 2)
    #expect(made.set.units.allSatisfy { $0.group == "single words" })
    for unit in made.set.units {
      let kinds = Dictionary(grouping: unit.excerpts.filter(\.isHidden), by: \.kind)
      #expect(kinds[.top]?.count == 10 && kinds[.random]?.count == 10)
      for excerpt in unit.excerpts {
        let fires = excerpt.activations.contains { $0 == SyntheticRule.strength }
        #expect(excerpt.kind == .random || fires == (excerpt.kind == .top))
      }
      #expect(unit.excerpts.count { !$0.isHidden && $0.kind == .top } == 10)
      #expect(kinds[.nearMiss, default: []].count >= 4)
      #expect(Set(unit.excerpts.map(\.tokens)).count == unit.excerpts.count)
    }
    #expect(maker.make(from: excerpts).set.units == made.set.units)
  }
}
