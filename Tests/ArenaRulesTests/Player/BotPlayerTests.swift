import ArenaTypes
import Testing

@testable import ArenaRules

@Suite struct BotPlayerTests {
  private func asked(_ format: DuelFormat, seed: UInt64, round: Int = 0) throws -> Duel {
    var (duel, _) = try Duel.start(sampleSetup(format, seed: seed, bot: true), now: epoch)
    _ = try duel.apply(.tick, now: .at(3))
    while duel.round < round, let deadline = duel.nextDeadline {
      _ = try duel.apply(.tick, now: deadline)
    }
    return duel
  }

  @Test("a bot picks right about as often as its rating says")
  func strength() throws {
    for (rating, low, high) in [(800.0, 0.48, 0.56), (1_500, 0.69, 0.77), (2_300, 0.91, 0.98)] {
      let bot = BotPlayer(rating: rating)
      var rights = 0
      for seed in 0..<1_500 as Range<UInt64> {
        let duel = try asked(.pick, seed: seed)
        let steps = bot.plan(in: duel, as: bert, textCount: 0)
        #expect(steps.count == 1)
        if steps.first?.move == duel.rightSide.map({ .pick(side: $0) }) { rights += 1 }
      }
      let share = Double(rights) / 1_500
      #expect((low...high).contains(share), "rating \(rating): \(share)")
      #expect(abs(share - bot.pickChance) < 0.04)
    }
  }

  @Test("a stronger bot uses better texts", arguments: [DuelFormat.write, .fire])
  func texts(format: DuelFormat) throws {
    func meanRank(_ rating: Double) throws -> Double {
      var sum = 0
      var count = 0
      for seed in 0..<400 as Range<UInt64> {
        let steps = BotPlayer(rating: rating).plan(
          in: try asked(format, seed: seed), as: bert, textCount: 10)
        for step in steps {
          guard case .text(let rank) = step.move else { continue }
          #expect((0..<10).contains(rank))
          sum += rank
          count += 1
        }
      }
      return Double(sum) / Double(count)
    }
    let (weak, even, strong) = try (meanRank(900), meanRank(1_500), meanRank(2_100))
    #expect(weak > even + 1 && even > strong + 1)
  }

  @Test("steps come within the question's time, in order, and the duel takes them")
  func timing() throws {
    let rounds = DuelFormat.allCases.map { ($0, 0) } + (0..<5).map { (.mixed, $0) }
    for (format, round) in rounds {
      for seed in 0..<50 as Range<UInt64> {
        var duel = try asked(format, seed: seed, round: round)
        let time = duel.setup.timing.question(format.rounds[round])
        let openedAt = duel.phase.until.map { $0 - time }
        let plan = BotPlayer(rating: 1_500).plan(in: duel, as: bert, textCount: 4)
        #expect(plan == BotPlayer(rating: 1_500).plan(in: duel, as: bert, textCount: 4))
        #expect(!plan.isEmpty)
        #expect(zip(plan, plan.dropFirst()).allSatisfy { $0.delay <= $1.delay })
        for (number, step) in plan.enumerated() {
          let answer: Answer =
            switch step.move {
            case .pick(let side): .pick(side: side)
            case .text(let rank):
              format.rounds[round] == .write
                ? .write(text: sampleText("text \(rank)")) : .fire(text: "text \(rank)")
            case .odd(let choice): .oddOneOut(choice: choice)
            case .mark(let tokens): .predict(tokens: tokens)
            case .done: .done
            }
          _ = try duel.apply(
            .answer(
              player: bert, round: round, answer: answer, commandID: command("b\(number)")),
            now: (openedAt ?? epoch) + step.delay)
        }
      }
    }
  }

  @Test("a bot finds the odd one about as often as its rating says")
  func odd() throws {
    for (rating, low, high) in [(800.0, 0.17, 0.26), (1_500, 0.53, 0.63), (2_300, 0.9, 0.99)] {
      let bot = BotPlayer(rating: rating)
      var rights = 0
      for seed in 0..<1_000 as Range<UInt64> {
        let duel = try asked(.mixed, seed: seed, round: 1)
        guard case .oddOneOut(let rule) = duel.asked else { throw BotFault.notAsked }
        let steps = bot.plan(in: duel, as: bert, textCount: 0)
        #expect(steps.count == 1)
        if steps.first?.move == .odd(choice: rule.odd) { rights += 1 }
      }
      let share = Double(rights) / 1_000
      #expect((low...high).contains(share), "rating \(rating): \(share)")
      #expect(abs(share - bot.oddChance) < 0.05)
    }
  }

  @Test("a stronger bot marks better")
  func marks() throws {
    func meanPoints(_ rating: Double) throws -> Double {
      var sum = 0
      for seed in 0..<300 as Range<UInt64> {
        let duel = try asked(.mixed, seed: seed, round: 2)
        guard case .predict(let rule) = duel.asked, let truth = rule.truth else {
          throw BotFault.notAsked
        }
        let steps = BotPlayer(rating: rating).plan(in: duel, as: bert, textCount: 0)
        guard case .mark(let tokens)? = steps.first?.move else { throw BotFault.notAsked }
        sum += PredictRound.points(tokens, of: truth)
      }
      return Double(sum) / 300
    }
    let (weak, even, strong) = try (meanPoints(900), meanPoints(1_500), meanPoints(2_100))
    #expect((15...35).contains(weak), "\(weak)")
    #expect((45...65).contains(even), "\(even)")
    #expect((80...100).contains(strong), "\(strong)")
  }

  private enum BotFault: Error { case notAsked }

  @Test("without texts a bot leaves a write round and is done with a fire round")
  func noTexts() throws {
    #expect(
      BotPlayer(rating: 1_500).plan(in: try asked(.write, seed: 1), as: bert, textCount: 0) == [])
    let plan = BotPlayer(rating: 1_500).plan(in: try asked(.fire, seed: 1), as: bert, textCount: 0)
    #expect(plan.map(\.move) == [.done])
  }
}
