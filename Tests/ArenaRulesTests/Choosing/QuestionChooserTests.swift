import ArenaTypes
import Testing

@testable import ArenaRules

@Suite("The next question")
struct QuestionChooserTests {
  @Test("No question that was met is asked while another is left", arguments: UInt64(1)...8)
  func fresh(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for count in [1, 2, 5, 17, 60, 400] {
      var met: Set<Int> = []
      for _ in 0..<count {
        let chosen = QuestionChooser(among: count).choose(
          isUsed: { _ in false }, isFresh: { !met.contains($0) },
          worth: { Double($0 % 7) + 1 }, using: &generator)
        #expect(chosen.map { met.insert($0).inserted } == true, "of \(count), seed \(seed)")
      }
      // All are met: now any may be asked again.
      let again = QuestionChooser(among: count).choose(
        isUsed: { _ in false }, isFresh: { !met.contains($0) }, worth: { _ in 1 },
        using: &generator)
      #expect(again != nil)
    }
  }

  @Test("What is used is never asked, and where all is used nothing is")
  func used() {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<50 {
      let chosen = QuestionChooser(among: 30).choose(
        isUsed: { $0 != 17 }, isFresh: { _ in false }, worth: { _ in 1 }, using: &generator)
      #expect(chosen == 17)
    }
    let chooser = QuestionChooser(among: 30)
    #expect(
      chooser.choose(
        isUsed: { _ in true }, isFresh: { _ in true }, worth: { _ in 1 }, using: &generator) == nil)
    #expect(
      QuestionChooser(among: 0).choose(
        isUsed: { _ in false }, isFresh: { _ in true }, worth: { _ in 1 }, using: &generator) == nil
    )
    #expect(
      chooser.choose(
        isUsed: { _ in false }, isFresh: { _ in true }, worth: { _ in nil }, using: &generator)
        == nil)
  }

  @Test("What turns out to be no question is passed over, however few are left")
  func holes() {
    var generator = SeededGenerator(seed: 6)
    for only in 0..<40 {
      let chosen = QuestionChooser(among: 40).choose(
        isUsed: { _ in false }, isFresh: { $0 % 2 == only % 2 },
        worth: { $0 == only ? 1 : nil }, using: &generator)
      #expect(chosen == only)
    }
  }

  @Test("In a large campaign a few are looked at, and the best of these is asked")
  func cost() {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<40 {
      var weighed: [Int] = []
      var asked = 0
      let chosen = QuestionChooser(among: 50_000).choose(
        isUsed: { _ in
          asked += 1
          return false
        }, isFresh: { _ in true },
        worth: {
          weighed.append($0)
          return Double($0)
        }, using: &generator)
      #expect(weighed.count == QuestionChooser.candidateCount)
      #expect(asked <= 64 && chosen == weighed.max())
    }
  }

  @Test("The same seed and state choose the same")
  func determinism() {
    func chosen(_ seed: UInt64) -> [Int?] {
      var generator = SeededGenerator(seed: seed)
      return (0..<20).map { _ in
        QuestionChooser(among: 500).choose(
          isUsed: { _ in false }, isFresh: { $0 % 3 > 0 }, worth: { Double($0 % 11) },
          using: &generator)
      }
    }
    #expect(chosen(4) == chosen(4))
    #expect(chosen(4) != chosen(5))
  }

  @Test("What is as far from one player as near to the other is worth what the further one says")
  func worth() {
    let near = QuestionChooser.worth(gain: 1, difficulty: 1_500, ratings: [1_500, 1_500])
    let far = QuestionChooser.worth(gain: 1, difficulty: 1_500, ratings: [1_500, 1_900])
    #expect(near == 1 && far < 0.4)
    #expect(QuestionChooser.worth(gain: 3, difficulty: 1_900, ratings: [1_500]) > far)
    #expect(QuestionChooser.worth(gain: 1, difficulty: 1_500, ratings: []) == 1)
  }
}
