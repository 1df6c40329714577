public import ArenaTypes
import Glibc

/// What a bot does in a round: pure, so that a replayed duel has the same bot.
///
/// A bot knows the truth (the right side, the odd excerpt, the firing tokens, how good each available
/// text is) and spoils it with noise: the weaker its rating, the more.
public struct BotPlayer: Hashable, Sendable {
  /// What a bot sends, and how long after the question's start.
  public struct Step: Hashable, Sendable {
    /// The time from the question's start.
    public let delay: Duration
    /// What it sends.
    public let move: Move
  }

  /// What a bot sends.
  public enum Move: Hashable, Sendable {
    /// A side of a pick round.
    case pick(side: Side)
    /// The odd one of an odd-one-out round.
    case odd(choice: OddChoice)
    /// The marked tokens of a predict round.
    case mark(tokens: [Int])
    /// The text of that place, from 0, among those that the shell knows, best first: an explanation
    /// in a write round, a text that fires the unit in a fire round.
    case text(rank: Int)
    /// It needs no further try.
    case done
  }

  /// The strength that it plays at.
  public let rating: Double

  /// A bot that plays at `rating`, on the scale around 1500.
  public init(rating: Double) { self.rating = rating }

  /// The chance that it picks the right side: 0.73 at 1500, between a coin's toss and 0.96.
  public var pickChance: Double { 0.5 + 0.46 * strength }

  /// The chance that it finds the odd one: 0.58 at 1500, between a guess among five and 0.96.
  public var oddChance: Double { 0.2 + 0.76 * strength }

  /// The chance that it marks a firing token: 0.63 at 1500.
  var hitChance: Double { 0.3 + 0.65 * strength }

  /// The chance that it marks a silent token: 0.08 at 1500.
  var alarmChance: Double { 0.15 * (1 - strength) }

  /// 0 to 1, 0.5 at 1500; 400 points are a factor of ten in the odds.
  var strength: Double { 1 / (1 + pow(10, (1_500 - rating) / 400)) }

  /// What the bot sends in the question that is open, in order of time.
  ///
  /// - Parameters:
  ///   - player: The bot's seat in `duel`.
  ///   - textCount: How many texts the shell has for the round's unit; with none, a write round stays
  ///     unanswered.
  /// - Returns: The steps, the same for the same duel, round and player; none if no question is open.
  public func plan(in duel: Duel, as player: PlayerID, textCount: Int) -> [Step] {
    guard case .question = duel.phase, let question = duel.question else { return [] }
    var generator = SeededGenerator(seed: duel.setup.seed)
      .forked(for: "bot/\(player.rawValue)/\(duel.round)")
    let total = duel.setup.timing.question(question.kind)
    switch question.kind {
    case .pick:
      let isRight = generator.nextUnit() < pickChance
      let right = duel.rightSide ?? (generator.next(below: 2) == 0 ? .a : .b)
      let side: Side = isRight ? right : (right == .a ? .b : .a)
      let delay = self.delay(0.1, 0.4, of: total, using: &generator)
      return [Step(delay: delay, move: .pick(side: side))]
    case .write:
      guard textCount > 0 else { return [] }
      let rank = self.rank(of: textCount, using: &generator)
      let delay = self.delay(0.2, 0.5, of: total, using: &generator)
      return [Step(delay: delay, move: .text(rank: rank))]
    case .oddOneOut:
      guard case .oddOneOut(let rule) = duel.asked else { return [] }
      let choice = self.choice(in: rule, using: &generator)
      let delay = self.delay(0.25, 0.65, of: total, using: &generator)
      return [Step(delay: delay, move: .odd(choice: choice))]
    case .predict:
      guard case .predict(let rule) = duel.asked, let truth = rule.truth else { return [] }
      let tokens = self.marks(on: truth, using: &generator)
      let delay = self.delay(0.3, 0.7, of: total, using: &generator)
      return [Step(delay: delay, move: .mark(tokens: tokens))]
    case .fire: return firePlan(total: total, textCount: textCount, using: &generator)
    }
  }

  private func choice(
    in rule: OddOneOutRound, using generator: inout SeededGenerator
  ) -> OddChoice {
    let isRight = generator.nextUnit() < oddChance
    let all = (rule.question.excerpts ?? []).indices.map { OddChoice.excerpt(index: $0) }
    let wrong = generator.element(of: (all + [.allTheSame]).filter { $0 != rule.odd })
    return isRight ? rule.odd : wrong ?? rule.odd
  }

  private func marks(
    on truth: MarkableExcerpt, using generator: inout SeededGenerator
  ) -> [Int] {
    let firing = Set(truth.firing)
    return (0..<truth.tokenCount).filter { token in
      generator.nextUnit() < (firing.contains(token) ? hitChance : alarmChance)
    }
  }

  private func firePlan(
    total: Int64, textCount: Int, using generator: inout SeededGenerator
  ) -> [Step] {
    guard textCount > 0 else { return [Step(delay: .milliseconds(total / 2), move: .done)] }
    return (0..<FireRound.tryCountMax).map { attempt in
      let from = 0.15 + 0.25 * Double(attempt)
      let rank = self.rank(of: textCount, using: &generator)
      return Step(
        delay: delay(from, from + 0.2, of: total, using: &generator), move: .text(rank: rank))
    }
  }

  /// A place among `count`: the mean of its share is 1 - strength.
  private func rank(of count: Int, using generator: inout SeededGenerator) -> Int {
    // u^k has the mean 1 / (k + 1), so k = s / (1 - s) gives 1 - s.
    let exponent = strength / max(1 - strength, 0.01)
    let share = pow(generator.nextUnit(), exponent)
    return min(Int(share * Double(count)), count - 1)
  }

  private func delay(
    _ from: Double, _ to: Double, of total: Int64, using generator: inout SeededGenerator
  ) -> Duration {
    let share = from + (to - from) * generator.nextUnit()
    return .milliseconds(Int64(share * Double(total)))
  }
}
