import ArenaTypes
import Testing

@testable import ArenaRules

@Suite("Strengths from choices")
struct BradleyTerryTests {
  /// Choices that players of a weight would make between things of these strengths.
  private func choices(
    _ strengths: [Double], count: Int, weight: Double = 1,
    using generator: inout SeededGenerator
  ) -> [BradleyTerry.Comparison] {
    (0..<count).map { _ in
      let first = Int(generator.next() % UInt64(strengths.count))
      let step = 1 + Int(generator.next() % UInt64(strengths.count - 1))
      let second = (first + step) % strengths.count
      let chance = BradleyTerry.chance(strengths[first] - strengths[second], weight: weight)
      let prefersFirst = generator.nextUnit() < chance
      return BradleyTerry.Comparison(
        winner: prefersFirst ? first : second, loser: prefersFirst ? second : first,
        weight: weight)
    }
  }

  /// A strength as the prior draws it (Irwin and Hall: twelve uniform numbers are nearly normal).
  private func drawn(_ generator: inout SeededGenerator) -> Double {
    let sum = (0..<12).reduce(0.0) { sum, _ in sum + generator.nextUnit() }
    return (sum - 6) * BradleyTerry.priorDeviation
  }

  @Test("Known strengths are found again, the better the more choices there are")
  func recovery() {
    let known = [1.5, 0.5, 0, -0.5, -1.5]
    var generator = SeededGenerator(seed: 11)
    var lastError = Double.infinity
    for count in [60, 600, 6_000] {
      let fit = BradleyTerry(count: 5, comparisons: choices(known, count: count, using: &generator))
      let errors = known.indices.dropFirst().map { index in
        abs(fit.difference(0, index).value - (known[0] - known[index]))
      }
      let error = errors.max() ?? 0
      #expect(error < lastError, "after \(count) choices")
      lastError = error
    }
    #expect(lastError < 0.25)
  }

  @Test("Of 95 % intervals 95 % hold the truth", arguments: [20, 80, 300])
  func coverage(choiceCount: Int) {
    var generator = SeededGenerator(seed: UInt64(choiceCount))
    var (held, all) = (0, 0)
    for _ in 0..<150 {
      let truth = (0..<4).map { _ in drawn(&generator) }
      // Half of the choices are by people who see less.
      let comparisons =
        choices(truth, count: choiceCount / 2, weight: 1, using: &generator)
        + choices(truth, count: choiceCount / 2, weight: 0.5, using: &generator)
      let fit = BradleyTerry(count: 4, comparisons: comparisons)
      for first in 0..<4 {
        for second in (first + 1)..<4 {
          let fall = fit.fall(first, second, at: truth[first] - truth[second])
          all += 1
          if fall <= BradleyTerry.fallMax { held += 1 }
        }
      }
    }
    let share = Double(held) / Double(all)
    #expect(share > 0.925 && share < 0.98, "\(share) of \(all)")
  }

  @Test("An interval ends where the posterior has fallen as far as it may")
  func ends() {
    var generator = SeededGenerator(seed: 21)
    let comparisons = choices([1, 0, -1], count: 40, weight: 0.8, using: &generator)
    let fit = BradleyTerry(count: 3, comparisons: comparisons)
    for (first, second) in [(0, 1), (1, 2), (0, 2)] {
      let found = fit.difference(first, second)
      #expect(found.low < found.value && found.value < found.high)
      for end in [found.low, found.high] {
        #expect(abs(fit.fall(first, second, at: end) - BradleyTerry.fallMax) < 0.01)
      }
      #expect((fit.prefersFirst(first, second) != nil) == found.excludesZero)
      let turned = fit.difference(second, first)
      #expect(abs(turned.low + found.high) < 1e-3 && abs(turned.high + found.low) < 1e-3)
    }
    let strength = fit.strength(0)
    #expect(strength.low < strength.value && strength.value < strength.high)
  }

  @Test("Where all are of one mind they decide, however little each of them counts")
  func unanimous() {
    func decided(_ count: Int, weight: Double) -> Bool {
      let comparison = BradleyTerry.Comparison(winner: 0, loser: 1, weight: weight, count: count)
      return BradleyTerry(count: 2, comparisons: [comparison]).prefersFirst(0, 1) == true
    }
    #expect(!decided(3, weight: 0.5) && decided(30, weight: 0.5) && decided(500, weight: 0.5))
    #expect(decided(5, weight: 1) && !decided(2, weight: 1))
  }

  @Test("A pair of equals is decided in few cases, one of unequals in nearly all")
  func decisions() {
    var generator = SeededGenerator(seed: 5)
    func decidedShare(_ difference: Double) -> (right: Double, wrong: Double) {
      var (right, wrong) = (0, 0)
      for _ in 0..<300 {
        let fit = BradleyTerry(
          count: 2, comparisons: choices([difference, 0], count: 60, using: &generator))
        guard let prefersFirst = fit.prefersFirst(0, 1) else { continue }
        if prefersFirst { right += 1 } else { wrong += 1 }
      }
      return (Double(right) / 300, Double(wrong) / 300)
    }
    let equal = decidedShare(0)
    #expect(equal.right + equal.wrong < 0.08, "\(equal)")
    let unequal = decidedShare(1.5)
    #expect(unequal.right > 0.95 && unequal.wrong == 0, "\(unequal)")
  }

  @Test("Whether a pair is decided is what the whole fit says, however it is found out")
  func shortcut() {
    var generator = SeededGenerator(seed: 17)
    var (decided, undecided) = (0, 0)
    for _ in 0..<200 {
      let count = 2 + Int(generator.next() % 6)
      let truth = (0..<count).map { _ in drawn(&generator) }
      let choiceCount = Int(generator.next() % 120)
      let fit = BradleyTerry(
        count: count,
        comparisons: choices(
          truth, count: choiceCount, weight: generator.nextUnit(), using: &generator))
      for first in 0..<count {
        for second in 0..<count where second != first {
          let isDecided = fit.fall(first, second, at: 0) > BradleyTerry.fallMax
          let expected = isDecided ? fit.strengths[first] > fit.strengths[second] : nil
          #expect(fit.prefersFirst(first, second) == expected)
          if isDecided { decided += 1 } else { undecided += 1 }
        }
      }
    }
    #expect(decided > 200 && undecided > 200, "\(decided) decided, \(undecided) not")
  }

  @Test("Votes count by weight: those of weight 0 nothing, those of the unsure less")
  func weights() {
    func fit(_ votes: [(first: Int, second: Int, weight: Double)]) -> BradleyTerry.Estimate {
      let comparisons = votes.flatMap { vote in
        [
          BradleyTerry.Comparison(
            winner: 0, loser: 1, weight: vote.weight, count: vote.first),
          BradleyTerry.Comparison(
            winner: 1, loser: 0, weight: vote.weight, count: vote.second),
        ]
      }
      return BradleyTerry(count: 2, comparisons: comparisons).difference(0, 1)
    }
    let nobody = fit([])
    #expect(fit([(0, 500, 0)]) == nobody)
    let sure = fit([(9, 1, 1)])
    let unsure = fit([(9, 1, 0.3)])
    #expect(sure.low > unsure.low)
    #expect(sure.excludesZero && !unsure.excludesZero)
    // Ten who know outvote thirty who toss coins, which equal votes would not let them.
    #expect(fit([(10, 0, 0.95), (5, 25, 0.1)]).low > 0)
    #expect(fit([(10, 0, 1), (5, 25, 1)]).value < 0)
  }

  @Test("The order of the choices changes nothing, to the last bit")
  func order() {
    var generator = SeededGenerator(seed: 2)
    let comparisons = choices([1, 0, -1, 2], count: 90, weight: 0.7, using: &generator)
    let fit = BradleyTerry(count: 4, comparisons: comparisons)
    for _ in 0..<5 {
      #expect(BradleyTerry(count: 4, comparisons: comparisons.shuffled(using: &generator)) == fit)
    }
  }

  @Test("One more choice shrinks the intervals by about what was foretold")
  func gain() {
    var generator = SeededGenerator(seed: 8)
    let comparisons = choices([1, 0.2, -0.4, -1], count: 60, using: &generator)
    let fit = BradleyTerry(count: 4, comparisons: comparisons)
    func spread(_ fit: BradleyTerry) -> Double {
      (0..<4).reduce(0) { sum, first in
        ((first + 1)..<4).reduce(sum) { $0 + fit.variance(first, $1) }
      }
    }
    for (first, second) in [(0, 1), (0, 3), (2, 3)] {
      let foretold = fit.gain(first, second, weight: 1)
      let chance = BradleyTerry.chance(fit.strengths[first] - fit.strengths[second], weight: 1)
      let after = [(first, second, chance), (second, first, 1 - chance)].reduce(0.0) { sum, end in
        let more = BradleyTerry.Comparison(winner: end.0, loser: end.1, weight: 1)
        return sum + end.2 * spread(BradleyTerry(count: 4, comparisons: comparisons + [more]))
      }
      let shrunk = spread(fit) - after
      #expect(foretold > 0 && abs(shrunk - foretold) < 0.35 * foretold, "\(shrunk), \(foretold)")
    }
  }

  @Test("Asking what tells most decides sooner than asking at random")
  func adaptive() {
    let truth = [1.2, 0.4, -0.2, -1.0]
    func spread(asking ask: (BradleyTerry, inout SeededGenerator) -> (Int, Int)) -> Double {
      var sum = 0.0
      for seed in UInt64(0)..<12 {
        var generator = SeededGenerator(seed: seed)
        var comparisons: [BradleyTerry.Comparison] = []
        var fit = BradleyTerry(count: 4, comparisons: [])
        for _ in 0..<40 {
          let (first, second) = ask(fit, &generator)
          let wins =
            generator.nextUnit() < BradleyTerry.chance(truth[first] - truth[second], weight: 1)
          comparisons.append(
            BradleyTerry.Comparison(
              winner: wins ? first : second, loser: wins ? second : first, weight: 1))
          fit = BradleyTerry(count: 4, comparisons: comparisons)
        }
        for first in 0..<4 {
          for second in (first + 1)..<4 { sum += fit.variance(first, second) }
        }
      }
      return sum
    }
    let pairs = (0..<4).flatMap { first in ((first + 1)..<4).map { (first, $0) } }
    let best = spread { fit, _ in
      pairs.max { fit.gain($0.0, $0.1, weight: 1) < fit.gain($1.0, $1.1, weight: 1) } ?? (0, 1)
    }
    let drawn = spread { _, generator in pairs[Int(generator.next() % 6)] }
    #expect(best < drawn, "\(best) for \(drawn)")
  }

  @Test("Nonsense is passed over and extremes stay finite")
  func hostile() {
    let nonsense = [
      BradleyTerry.Comparison(winner: 0, loser: 0, weight: 1),
      BradleyTerry.Comparison(winner: 0, loser: 9, weight: 1),
      BradleyTerry.Comparison(winner: -1, loser: 1, weight: 1),
      BradleyTerry.Comparison(winner: 0, loser: 1, weight: -2),
      BradleyTerry.Comparison(winner: 0, loser: 1, weight: 1, count: -5),
      BradleyTerry.Comparison(winner: 0, loser: 1, weight: .nan),
    ]
    #expect(
      BradleyTerry(count: 2, comparisons: nonsense) == BradleyTerry(count: 2, comparisons: []))
    let landslide = BradleyTerry.Comparison(winner: 0, loser: 1, weight: 1, count: 1_000_000)
    let fit = BradleyTerry(count: 2, comparisons: [landslide])
    #expect(fit.difference(0, 1).low > 0 && fit.difference(0, 1).high.isFinite)
    #expect(BradleyTerry(count: 0, comparisons: nonsense).strengths.isEmpty)
    // All against the strengths that some said before: outliers can't throw it off.
    let outliers = BradleyTerry(
      count: 2,
      comparisons: [
        BradleyTerry.Comparison(winner: 0, loser: 1, weight: 0.9, count: 200),
        BradleyTerry.Comparison(winner: 1, loser: 0, weight: 0.9, count: 3),
      ])
    #expect(outliers.difference(0, 1).value.isFinite && outliers.difference(0, 1).low > 0)
  }
}
