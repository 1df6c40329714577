import ArenaTypes
import Testing

@testable import Interpretation

@Suite struct ImportedTextTests {
  private func text(_ tokens: [String], _ values: [Float]) -> ImportedText {
    ImportedText(tokens: tokens, values: values, isRandom: false)
  }

  private func numbered(_ count: Int, peak: Int) -> ImportedText {
    text((0..<count).map { " \($0)" }, (0..<count).map { $0 == peak ? 9 : 0.1 })
  }

  @Test(arguments: [
    (64, 10, [0..<64]), (20, 19, [0..<20]), (128, 0, [0..<64, 64..<128]),
    (128, 127, [64..<128, 0..<64]), (128, 60, [20..<84, 0..<20, 84..<128]),
    (100, 50, [10..<74, 74..<100]),
    (300, 150, [110..<174, 0..<64, 64..<110, 174..<238, 238..<300]),
    (7, 3, []), (0, 0, []),
  ])
  func `a long text is cut around its peak, and the rest into pieces of its own`(
    count: Int, peak: Int, pieces: [Range<Int>]
  ) {
    let cut = numbered(count, peak: peak).pieces()
    #expect(cut.map(\.tokens) == pieces.map { $0.map { " \($0)" } })
    #expect(cut.allSatisfy { $0.tokens.count == $0.values.count })
  }

  @Test func `what stands on a document's border is left out, and documents are not mixed`() {
    let words = (0..<20).map { " \($0)" }
    let tokens = ["<|endoftext|>"] + words + ["<|endoftext|>", "<|endoftext|>"] + words
    var values = [Float](repeating: 0, count: tokens.count)
    values[0] = 99
    values[30] = 5
    let pieces = text(tokens, values).pieces()
    #expect(pieces.count == 2)
    #expect(pieces[0].tokens == words)
    #expect(pieces[0].values.max() == 5)
    #expect(pieces[1].values.max() == 0)
    #expect(text(["<bos>", "<eos>"], [1, 2]).pieces().isEmpty)
  }

  @Test func `tokens become text`() {
    #expect(TokenTexts.plain(["\u{2581}the", "re", "\u{2581}is"]) == [" the", "re", " is"])
    #expect(TokenTexts.plain(["The", "Ġcat", "Ċ"]) == ["The", " cat", "\n"])
    #expect(TokenTexts.plain(["the", " Ġ", "x"]) == ["the", " Ġ", "x"])
  }
}

@Suite struct ImportedWordsTests {
  private func fit(_ text: String) -> String {
    switch ImportedWords().fit(text) {
    case .kept(let text): "kept \(text)"
    case .shortened(let text): "shortened \(text)"
    case .dropped: "dropped"
    }
  }

  @Test(arguments: [
    (" words about rain. ", "kept words about rain"), ("a|b", "kept a/b"), ("", "dropped"),
    (" ... ", "dropped"), ("weather\n and   storms;", "kept weather and storms"),
    (
      "references to rain, snow and hail, particularly in texts about long journeys across the northern seas",
      "shortened references to rain, snow and hail"
    ),
    (
      "one two three four five six seven eight nine ten eleven twelve thirteen fourteen words without any border",
      "dropped"
    ),
    (
      "words (such as the ones that stand in very long lists of many other things here)",
      "shortened words"
    ),
    (String(repeating: "very ", count: 5_000), "dropped"),
    ("a\u{200B}b", "dropped"),
  ])
  func `explanations are fitted without a word changed`(text: String, outcome: String) {
    #expect(fit(text) == outcome)
  }

  @Test func `the best come first, and one text once`() {
    var report = ImportReport()
    let entries = [("b", 0.1), ("a", 0.7), ("a.", 0.5), ("c", nil), ("d", 0.3), ("e", 0.2)]
    let kept = ImportedWords().explanations(
      entries.map {
        ImportedExplanation(
          text: $0.0, author: "x", score: $0.1.map { SourceScore(name: "s", value: $0) })
      }, of: UnitID(rawValue: "m/1/mlp/2"), countMax: 3, report: &report)
    #expect(kept.map(\.explanation.text.description) == ["a", "d", "e"])
    #expect(kept[0].sourceScore?.value == 0.7)
    #expect(kept.allSatisfy { $0.explanation.author == .machine("x") && $0.role == .machine })
    #expect(report.explanationCount == 3)
  }
}
