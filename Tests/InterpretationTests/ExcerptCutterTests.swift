import ArenaTypes
import Testing

@testable import Interpretation

@Suite struct ExcerptCutterTests {
  @Test(arguments: [
    ("One here. Two there! Three?", ["One here.", "Two there!", "Three?"]),
    ("He said \"Go.\" She went.", ["He said \"Go.\"", "She went."]),
    ("Mr. Weston came. It rained.", ["Mr. Weston came.", "It rained."]),
    ("It cost 3.50 in all. then more", ["It cost 3.50 in all. then more"]),
    ("", []),
  ])
  func `sentences end where a reader would end them`(paragraph: String, sentences: [String]) {
    #expect(ExcerptCutter.sentences(of: paragraph) == sentences)
  }

  @Test func `excerpts keep to the limits and repeat nothing`() throws {
    let words = ToyModel.fillers
    var generator = SeededGenerator(seed: 1)
    let sentences = (0..<200).map { _ in
      (0..<Int.random(in: 3..<90, using: &generator))
        .map { _ in words.randomElement(using: &generator) ?? "the" }
        .joined(separator: " ") + "."
    }
    var cutter = ExcerptCutter(model: ToyModel())
    let document = Corpus.Document(source: 0, path: "a", paragraphs: sentences + sentences)
    let excerpts = try cutter.cut(document, index: 0)
    #expect(excerpts.count > 50)
    var seen: Set<UInt64> = []
    for excerpt in excerpts {
      #expect((16...64).contains(excerpt.tokenIDs.count))
      let runs = ExcerptCutter.runs(of: excerpt.tokenIDs)
      #expect(seen.isDisjoint(with: runs))
      seen.formUnion(runs)
    }
  }

  @Test func `paragraphs are runs of lines between blank ones`() {
    #expect(
      Corpus.paragraphs(of: "a b\nc\n\n \n\nd   e\n") == ["a b c", "d e"])
  }
}
