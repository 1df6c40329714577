import ArenaTypes
import Testing

@testable import ArenaRules

@Suite("How reliable players are, and how hard questions")
struct ReliabilityTests {
  private func reliability(right: Int, wrong: Int) -> Reliability {
    var reliability = Reliability()
    for _ in 0..<right { reliability.note(isRight: true) }
    for _ in 0..<wrong { reliability.note(isRight: false) }
    return reliability
  }

  @Test("The mean is that of Beta(6 + right, 2 + wrong), and the weight what is above a coin")
  func posterior() {
    #expect(Reliability().mean == 0.75 && Reliability().weight == 0.5)
    #expect(reliability(right: 12, wrong: 0).mean == 0.9)
    #expect(abs(reliability(right: 12, wrong: 0).weight - 0.8) < 1e-12)
    #expect(reliability(right: 0, wrong: 4).weight == 0)
    #expect(reliability(right: 0, wrong: 400).weight == 0, "nobody counts against the truth")
  }

  @Test("With many gold questions the mean is near the truth")
  func convergence() {
    var generator = SeededGenerator(seed: 4)
    for truth in [0.55, 0.7, 0.95] {
      var reliability = Reliability()
      for _ in 0..<4_000 { reliability.note(isRight: generator.nextUnit() < truth) }
      #expect(abs(reliability.mean - truth) < 0.03, "\(reliability.mean) for \(truth)")
    }
  }

  @Test("A question that the strong miss is harder than one that the weak find")
  func difficulty() {
    let fresh = QuestionHistory().difficulty
    #expect(abs(fresh - (1_500 - 190.848501887865)) < 1e-6, "three of four newcomers are right")
    var hard = QuestionHistory()
    var easy = QuestionHistory()
    for _ in 0..<30 {
      hard.note(isRight: false, rating: 2_000)
      easy.note(isRight: true, rating: 1_100)
    }
    #expect(hard.difficulty > 2_000 && easy.difficulty < 1_000)
    #expect(hard.difficulty.isFinite && easy.difficulty.isFinite)
  }

  @Test("Answers drawn from a difficulty lead back to it")
  func difficultyRecovered() {
    var generator = SeededGenerator(seed: 9)
    var history = QuestionHistory()
    // A player of 1600 is right in one of 1 + 10^(-(1600 - 1750) / 400) cases.
    for _ in 0..<3_000 {
      history.note(isRight: generator.nextUnit() < 1 / (1 + 2.371373705661655), rating: 1_600)
    }
    #expect(abs(history.difficulty - 1_750) < 40, "\(history.difficulty)")
  }

  @Test("Of each player and pair the first choice counts, and order changes nothing else")
  func firstChoice() {
    let (a, b, c) = (
      ExplanationID(rawValue: "a"), ExplanationID(rawValue: "b"), ExplanationID(rawValue: "c")
    )
    var choices = UnitChoices()
    let taken = [
      choices.add(chooser: 1, chosen: b, other: a), choices.add(chooser: 1, chosen: a, other: b),
      choices.add(chooser: 2, chosen: a, other: a), choices.add(chooser: 2, chosen: a, other: b),
      choices.add(chooser: 1, chosen: c, other: b),
    ]
    #expect(taken == [true, false, false, true, true], "one player, one vote on a pair")
    #expect(choices.count == 3)
    #expect(choices.tally(PairKey(b, a)) == (1, 1))
    var turned = UnitChoices()
    _ = turned.add(chooser: 1, chosen: c, other: b)
    _ = turned.add(chooser: 2, chosen: a, other: b)
    _ = turned.add(chooser: 1, chosen: b, other: a)
    let weight = { (chooser: Int32) in chooser == 1 ? 0.3 : 0.8 }
    #expect(
      turned.strengths(of: [a, b, c], weight: weight)
        == choices.strengths(of: [a, b, c], weight: weight))
    // Choices between what is not asked about are left out.
    #expect(choices.strengths(of: [a, b], weight: weight).strengths.count == 2)
  }
}
