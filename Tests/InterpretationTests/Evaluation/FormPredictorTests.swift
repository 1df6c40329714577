import ArenaTypes
import Testing

@testable import Interpretation

/// Forms that explanations name, found in tokens.
@Suite struct FormPredictorTests {
  private func excerpt(_ tokens: [String]) -> Excerpt {
    Excerpt(
      id: ExcerptID(rawValue: "e"), kind: .top, source: "",
      tokenIDs: tokens.indices.map { Int32($0) }, tokens: tokens,
      activations: tokens.map { _ in 0 }, isExplicit: false)
  }

  private func found(_ text: String, _ tokens: [String], _ feature: FormPredictor.Feature)
    throws -> [Float]
  {
    try FormPredictor(feature).predictions(ExplanationText(text), on: [excerpt(tokens)])[0]
  }

  @Test(arguments: [
    ("words ending in \"ness\"", [0, 1, 1, 0, 0] as [Float]),
    ("a word with the prefix \"in\"", [0, 0, 0, 1, 0]),
    ("commas in a list", [0, 0, 0, 0, 1]),
    ("words ending in \"ness\" | commas", [0, 1, 1, 0, 1]),
    ("kindness to strangers", [0, 0, 0, 0, 0]),
  ])
  func `parts of words and marks are found on all tokens of their word`(
    text: String, expected: [Float]
  ) throws {
    #expect(try found(text, ["The", " kind", "ness", " inside", ","], .affixes) == expected)
  }

  @Test(arguments: [
    ("the first word of a sentence", [1, 0, 0, 0, 1, 0] as [Float]),
    ("the last word of a sentence", [0, 0, 1, 1, 1, 1]),
    ("digits", [0, 0, 1, 0, 0, 0]),
    ("the number after \"in\"", [0, 0, 1, 0, 0, 0]),
    ("a word before a number", [0, 0, 0.5, 0, 0, 0]),
    ("rivers and lakes", [0, 0, 0, 0, 0, 0]),
  ])
  func `places and spellings are found`(text: String, expected: [Float]) throws {
    #expect(try found(text, ["Died", " in", " 17", ".", " Buried", " there"], .places) == expected)
  }

  @Test(arguments: FormPredictor.Feature.allCases)
  func `texts without words, and explanations of every sort, predict a number on each token`(
    feature: FormPredictor.Feature
  ) throws {
    let texts = [
      "\"", "after", "before | after | \"\"", "ends in -", "слова после «или»", "first word",
    ]
    let excerpts = [
      [], [""], [" "], ["\n\n", "é", "\u{301}", "👍🏽", " ", "a"], ["\"", "(", "]", ")"],
    ]
    for text in texts {
      let predicted = try FormPredictor(feature).predictions(
        ExplanationText(text), on: excerpts.map(excerpt))
      #expect(predicted.map(\.count) == excerpts.map(\.count))
      #expect(predicted.joined().allSatisfy { (0...1).contains($0) })
    }
  }
}
