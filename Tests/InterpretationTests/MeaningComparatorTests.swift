import ArenaTypes
import Interpretation
import Testing

@Suite(.enabled(if: RealModels.shared != nil, "needs the models: make models"))
struct MeaningComparatorTests {
  private func saysTheSame(_ first: String, _ second: String) throws -> Bool {
    let models = try #require(RealModels.shared)
    let comparator = MeaningComparator(embedder: models.embedder)
    let left = try ExplanationText(first)
    let right = try ExplanationText(second)
    let answer = try comparator.saysTheSame(left, right)
    #expect(try comparator.saysTheSame(right, left) == answer, "order must not matter")
    return answer
  }

  @Test(arguments: [
    ("Storms at sea", "storm at  SEA!"), ("words about the weather", "words about weather"),
    ("names of animals", "animal names"), ("storms | floods", "Flood | storms"),
    ("parts of the human body", "human body parts"), ("kings and queens", "queens and kings"),
  ])
  func `the same thing said again is found`(first: String, second: String) throws {
    #expect(try saysTheSame(first, second))
  }

  @Test(arguments: [
    ("before a noun", "after a noun"), ("the first word", "the last word"),
    ("words with \"ab\"", "words with \"ad\""), ("years in the 1980s", "years in the 1990s"),
    ("verbs in the past", "verbs in the future"), ("he or him", "she or her"),
    ("words that are negated", "words that are not negated"), ("towns in France", "towns in Spain"),
    ("a comma before and", "a semicolon before and"), ("storms", "kitchen tools"),
    ("storms | kitchen tools", "storms"),
  ])
  func `things that a word tells apart are kept apart`(first: String, second: String) throws {
    #expect(try !saysTheSame(first, second))
  }
}
