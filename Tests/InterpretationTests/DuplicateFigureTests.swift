import ArenaTypes
import Testing

@testable import Interpretation

/// The figures that the README gives for duplicates.
@Suite struct DuplicateFigureTests {
  @Test func `words alone find half of the duplicates and take nothing else for one`() throws {
    var confusion = Confusion()
    for pair in try JudgedTexts.pairs() where pair.a.meanings.count + pair.b.meanings.count == 2 {
      let verdict = MeaningDifference(
        ComparedMeaning(pair.a.meanings[0]), ComparedMeaning(pair.b.meanings[0])
      ).verdict
      confusion.add(verdict == .same, isDue: pair.same)
    }
    #expect(confusion.dueCount > 100)
    #expect(confusion.precision >= 0.97, "\(confusion)")
    #expect(confusion.recall >= 0.50, "\(confusion)")
  }

  @Test(.enabled(if: RealModels.shared != nil, "needs the models: make models"))
  func `with the sentence model seven in ten are found, and 97 in a hundred found are right`()
    throws
  {
    let comparator = MeaningComparator(embedder: try #require(RealModels.shared).embedder)
    var confusion = Confusion()
    for pair in try JudgedTexts.pairs() {
      confusion.add(try comparator.saysTheSame(pair.a, pair.b), isDue: pair.same)
    }
    #expect(confusion.precision >= 0.97, "\(confusion)")
    #expect(confusion.recall >= 0.70, "\(confusion)")
  }
}
