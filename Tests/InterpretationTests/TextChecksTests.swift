import ArenaTypes
import Interpretation
import Testing

@Suite struct TextChecksTests {
  private let checks = TextChecks()

  private func clue(_ tokens: [String]) -> ClueExcerpt {
    ClueExcerpt(
      Excerpt(
        id: ExcerptID(rawValue: "c"), kind: .top, source: "s",
        tokenIDs: Array(repeating: 1, count: tokens.count), tokens: tokens,
        activations: Array(repeating: 0, count: tokens.count), isExplicit: false))
  }

  @Test(arguments: [
    ("in the beginning God created", true), ("IN  THE beginning, god CREATED", true),
    ("in-the-beginning-God-created", true), ("ìn thé beginning Gòd creatéd", true),
    ("the beginning of a creation", false), ("beginnings", false), ("", false),
    ("heaven and the earth.", true), ("heaven and the earth", false), ("heaven and earth", false),
    ("God created the heaven and", true), ("in the beginning, God", false),
  ])
  func `five tokens in a row of a clue are a copy`(text: String, isCopy: Bool) {
    let clue = clue([
      "In", " the", " beginning", " God", " created", " the", " heaven", " and", " the", " earth",
      ".",
    ])
    #expect(checks.copies(text, from: [clue]) == isCopy)
  }

  @Test func `a year is no copy although its digits are five tokens`() {
    #expect(!checks.copies("years like in 1976", from: [clue([" in", "1", "9", "7", "6", "."])]))
  }

  @Test(arguments: [
    ("storm, flood, earthquake", true), ("words such as storms, floods and earthquakes", true),
    ("storm | flood | earthquake", true), ("Störm fl\u{043E}od EARTHQUAKES", true),
    ("disasters that hit a town without warning", false), ("storm and flood", false),
    ("a storm or flood that ruins a harvest, not an earthquake", false),
  ])
  func `three peak words that make up most of a text are a list`(text: String, isList: Bool) throws
  {
    let text = try ExplanationText(text)
    #expect(checks.isPeakWordList(text, peakWords: ["storm", "flood", "earthquake"]) == isList)
  }

  @Test(arguments: [
    ("the storms came", ["storm"]), ("STORMING and flooded", ["storm", "flood"]),
    ("a st orm", ["storm"]), ("s t o r m", ["storm"]), ("ѕtorm", ["storm"]),
    ("ｆｌｏｏｄ", ["flood"]), ("calm weather", []), ("", []),
  ])
  func `a taboo word is found in every disguise`(text: String, used: [String]) {
    #expect(checks.tabooWords(in: text, taboo: ["storm", "flood"]) == used)
  }

  @Test(arguments: [
    ("what the fuck", true), ("FUCKING hell", true), ("the ass and the cock crowed", false),
    ("a whoredom of cities", true), ("he lay with a harlot", true), ("grape harvest", false),
    ("analysis of the assassin in Essex", false), ("the therapist", false),
  ])
  func `explicit words are found and harmless ones are not`(text: String, isExplicit: Bool) {
    #expect(checks.isExplicit(text) == isExplicit)
  }
}
