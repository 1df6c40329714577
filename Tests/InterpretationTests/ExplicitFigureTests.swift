import Interpretation
import Testing

/// The figures that the README gives for explicit texts.
@Suite struct ExplicitFigureTests {
  private let checks = TextChecks()

  @Test func `what the lists block is to be blocked`() throws {
    var confusion = Confusion()
    for text in try JudgedTexts.explicit() {
      confusion.add(
        checks.explicitLevel(of: text.text) == .blocked, isDue: text.label == .block)
    }
    #expect(confusion.dueCount > 50)
    #expect(confusion.precision >= 0.95, "\(confusion)")
    #expect(confusion.recall >= 0.85, "\(confusion)")
  }

  @Test(.enabled(if: RealModels.shared != nil, "needs the models: make models"))
  func `with the sentence model 95 in a hundred explicit texts are blocked or seen by a moderator`()
    throws
  {
    let meaning = try ExplicitMeaning(embedder: try #require(RealModels.shared).embedder)
    var confusion = Confusion()
    for text in try JudgedTexts.explicit() {
      let isFound =
        try checks.explicitLevel(of: text.text) != .fine || meaning.isSuspect(text.text)
      confusion.add(isFound, isDue: text.label != .fine)
    }
    #expect(confusion.dueCount > 100)
    #expect(confusion.recall >= 0.95, "\(confusion)")
    #expect(confusion.precision >= 0.80, "\(confusion)")
  }
}
