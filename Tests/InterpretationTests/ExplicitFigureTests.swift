import ArenaTypes
import Testing

@testable import Interpretation

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

  /// Passages as no list of words finds them.
  private static let passages = [
    "He unbuttoned her blouse, pushed her down onto the sofa and slid his hand between her thighs.",
    "They lay without a stitch on, his mouth moving slowly down her belly as she arched and cried out.",
    "He held the girl down by the wrists and forced himself on her, and when she screamed he struck her.",
    "The blade opened his belly and the guts spilled steaming over the floor while he shrieked.",
    "They hacked off the prisoner's fingers one by one, and then put out his eyes with a hot iron.",
    "She swallowed the whole bottle of pills, because she wanted to be dead before the morning came.",
    "He pushed the needle into his vein, and with the drug the warmth came, and he drifted away.",
    "Those people are filth. They breed like rats, and must be driven out until the last of them is dead.",
    "She let the gown fall, and his hands were on her hips, and he pulled her onto the bed with him.",
    "You stupid ugly cow, nobody wants you here, go and jump off a bridge.",
  ]

  @Test(.enabled(if: RealModels.shared != nil, "needs the models: make models"))
  func `passages are found by what they mean, and few of harmless books with them`() throws {
    let embedder = try #require(RealModels.shared).embedder
    let explicit = try ExplicitExcerpts(embedder: embedder)
    let found = try explicit.marks(Self.passages).count { $0 }
    #expect(found >= 7, "\(found) of \(Self.passages.count)")
    // The sources are harmless but for a dictionary's words, which the lists know.
    let texts = try #require(RealModels.campaign).units.flatMap { unit in
      (unit.clues.map(\.excerpt) + unit.reveals.map(\.excerpt)).map { $0.tokens.joined() }
    }.enumerated().filter { $0.offset.isMultiple(of: 19) }.map(\.element)
    let marked = try explicit.marks(texts).count { $0 }
    #expect(texts.count > 200 && marked * 100 <= texts.count * 6, "\(marked) of \(texts.count)")
  }

  @Test func `an excerpt is marked by its words or by what it means`() throws {
    let explicit = try ExplicitExcerpts(embedder: TwoTopicsEmbedder())
    #expect(
      try explicit.marks(["a harmless text", "lewd by its sense", "an obscene shit of a text"])
        == [false, true, true])
    #expect(try explicit.marks([]) == [])
  }
}

/// Knows two topics: explicit examples and what is lewd, and all else.
private struct TwoTopicsEmbedder: SentenceEmbedder {
  let dimension = 2

  func embed(_ texts: [String]) throws(InterpretationError) -> [[Float]] {
    let explicit = Set(ExplicitMeaning.explicitExamples)
    return texts.map { explicit.contains($0) || $0.contains("lewd by") ? [1, 0] : [0, 1] }
  }
}
