import ArenaTypes
import Testing

@testable import Interpretation

@Suite struct MeaningDifferenceTests {
  private func verdict(_ one: String, _ other: String) -> MeaningDifference.Verdict {
    let verdict = MeaningDifference(ComparedMeaning(one), ComparedMeaning(other)).verdict
    let mirrored = MeaningDifference(ComparedMeaning(other), ComparedMeaning(one)).verdict
    switch verdict {
    case .open(let left, let right): #expect(mirrored == .open(left: right, right: left))
    case .same, .different: #expect(mirrored == verdict, "order must not matter")
    }
    return verdict
  }

  @Test(arguments: [
    ("number right before \"km\"", "a number that precedes “km”"),
    ("the prefix \"anti\"", "words that start with \"anti\""),
    ("suffix \"-ful\"", "-ful as an ending"),
    ("closing quotation marks", "end quotes"), ("3 legs", "three legs"),
    ("harbours of Italy", "Italian harbours"), ("wives of kings", "king's wives"),
    ("bread, butter or milk", "milk and bread and butter"), ("\",\" in lists", "a comma in lists"),
    ("the word 'orange'", "orange"), ("verbs of haste, such as hurry", "verbs of haste"),
  ])
  func `phrasings of one thing are one`(one: String, other: String) {
    #expect(verdict(one, other) == .same)
  }

  @Test(arguments: [
    ("a verb after a name", "a name after a verb"), ("cousins of dukes", "dukes of cousins"),
    ("the word \"a\"", "the word \"the\""), ("\"hat\"", "\"hats\""), ("Oslo", "Oslo in winter"),
    ("cups without milk", "cups with milk"), ("1880", "1890"),
    ("a trip to Rome", "a trip from Rome"),
    ("lucky", "unlucky"), ("the word \"over\"", "the prefix \"over-\""),
    ("games such as chess", "games such as poker"), ("letter b", "letter d"), ("this", "these"),
    ("hats for Anna", "hats for Berta"), ("they should", "they could"),
  ])
  func `a word, an order, a name or a number keeps texts apart`(one: String, other: String) {
    #expect(verdict(one, other) == .different)
  }

  @Test func `words that are left on both sides are for the sentence model`() {
    #expect(verdict("pots for soup", "pots for broth") == .open(left: "soup", right: "broth"))
  }

  @Test(arguments: [
    "", " ", "\"", "\"\"", "''", "-", "--", "\"-\"", "a", "the", "\u{301}", "…", "。", "\u{200B}",
    "such as", "before", "before after before", "first last", ",,,,", "like like like", "«»", "not",
    String(repeating: "\"a\" ", count: 20), String(repeating: "'", count: 80),
    String(repeating: "x", count: 80), "🙂🙂", "\"🙂\"", "e\u{301}e\u{301}", "\0", "عربى", "٣",
  ])
  func `whatever is written is like itself`(text: String) {
    #expect(verdict(text, text) == .same)
  }
}
