public import ArenaTypes
import Glibc

/// A player's strength as Glicko-2 estimates it.
public struct Rating: Hashable, Sendable, Codable {
  /// The estimate, on the Glicko scale around 1500.
  public var value: Double
  /// The standard deviation of the estimate.
  public var deviation: Double
  /// How erratic the results are.
  public var volatility: Double
  /// When the last rated result came in; nil before the first.
  public var ratedAt: Timestamp?

  /// A rating of these parts; without arguments, a newcomer's.
  public init(
    value: Double = 1_500, deviation: Double = 350, volatility: Double = 0.06,
    ratedAt: Timestamp? = nil
  ) {
    self.value = value
    self.deviation = deviation
    self.volatility = volatility
    self.ratedAt = ratedAt
  }

  /// Whether the deviation is still too wide to rank by.
  public var isProvisional: Bool { deviation > 110 }
}

/// Glicko-2, after Mark Glickman, "Example of the Glicko-2 system" (2022); step numbers are his.
///
/// Glickman rates whole periods of 10 to 15 games; here a player wants to see each duel's effect at
/// once. So each duel is a period of its own as far as results go (steps 3 to 7 with one opponent),
/// while the growth of the deviation (step 6) goes by the calendar: `periodMilliseconds`, one day, is
/// a whole period, and shorter or longer idle times grow it in proportion, `sigma^2 * t / period`.
/// Otherwise ten duels in an hour would add ten periods' worth of uncertainty.
public struct Glicko2: Hashable, Sendable {
  /// How much volatility may change; Glickman recommends 0.3 to 1.2.
  public var tau: Double
  /// How long one rating period is.
  public var periodMilliseconds: Int64
  /// The deviation never grows above a newcomer's.
  public var deviationMax: Double
  /// The deviation never falls below this, so that a rating can always move.
  public var deviationMin: Double
  /// The volatility never rises above this: where one result is surprising beyond measure, step 5 has
  /// several solutions, some of them absurd.
  public var volatilityMax: Double

  /// The system with these constants.
  public init(
    tau: Double = 0.5, periodMilliseconds: Int64 = 86_400_000, deviationMax: Double = 350,
    deviationMin: Double = 45, volatilityMax: Double = 0.1
  ) {
    self.tau = tau
    self.periodMilliseconds = periodMilliseconds
    self.deviationMax = deviationMax
    self.deviationMin = deviationMin
    self.volatilityMax = volatilityMax
  }

  /// One game: against whom, and 1 for a win, 0.5 for a draw, 0 for a loss.
  public struct Game: Hashable, Sendable {
    /// The opponent's rating before the game.
    public var opponent: Rating
    /// 0 to 1.
    public var score: Double
    /// A game of these parts.
    public init(opponent: Rating, score: Double) {
      self.opponent = opponent
      self.score = score
    }
  }

  /// The factor between the Glicko and the Glicko-2 scale.
  static let scale = 173.7178

  /// `rating` with the deviation that the idle time up to `now` has given it.
  public func idle(_ rating: Rating, until now: Timestamp) -> Rating {
    guard let ratedAt = rating.ratedAt, now > ratedAt else { return rating }
    let periods =
      Double(now.milliseconds(since: ratedAt)) / Double(max(periodMilliseconds, 1))
    var grown = rating
    grown.deviation = min(
      grownDeviation(rating.deviation, volatility: rating.volatility, periods: periods),
      max(deviationMax, rating.deviation))
    return grown
  }

  /// `rating` after one duel that ended at `now`; the idle growth of both is counted first.
  public func rated(
    _ rating: Rating, after game: Game, at now: Timestamp
  ) -> Rating {
    var game = game
    game.opponent = idle(game.opponent, until: now)
    var after = update(idle(rating, until: now), with: [game], periods: 0)
    after.deviation = min(max(after.deviation, deviationMin), deviationMax)
    after.volatility = min(after.volatility, volatilityMax)
    after.ratedAt = now
    return after
  }

  /// Steps 2 to 8: `rating` after a period of `games`, whose deviation grows by `periods` periods.
  ///
  /// - Complexity: O(*n*) in the number of games.
  public func update(_ rating: Rating, with games: [Game], periods: Double) -> Rating {
    guard !games.isEmpty else {
      var after = rating
      after.deviation = grownDeviation(
        rating.deviation, volatility: rating.volatility, periods: periods)
      return after
    }
    let mu = (rating.value - 1_500) / Self.scale
    let phi = rating.deviation / Self.scale
    var inverseVariance = 0.0
    var improvement = 0.0
    for game in games {
      let weight = g(game.opponent.deviation / Self.scale)
      let opponentMu = (game.opponent.value - 1_500) / Self.scale
      let expected = 1 / (1 + exp(-weight * (mu - opponentMu)))
      inverseVariance += weight * weight * expected * (1 - expected)
      improvement += weight * (game.score - expected)
    }
    // Between ratings that are worlds apart the expectation rounds to 0 or 1, the variance to infinity.
    inverseVariance = max(inverseVariance, 1e-9)
    let variance = 1 / inverseVariance
    let delta = variance * improvement
    let sigma = volatility(rating.volatility, phi: phi, variance: variance, delta: delta)
    let grown = phi * phi + sigma * sigma * periods
    let newPhi = 1 / (1 / grown + inverseVariance).squareRoot()
    return Rating(
      value: Self.scale * (mu + newPhi * newPhi * improvement) + 1_500,
      deviation: Self.scale * newPhi, volatility: sigma, ratedAt: rating.ratedAt)
  }

  /// The weight of a game against an opponent of deviation `phi` (step 3).
  private func g(_ phi: Double) -> Double {
    1 / (1 + 3 * phi * phi / (Double.pi * Double.pi)).squareRoot()
  }

  /// Step 6, with a fraction of a period.
  private func grownDeviation(
    _ deviation: Double, volatility: Double, periods: Double
  ) -> Double {
    let phi = deviation / Self.scale
    return Self.scale * (phi * phi + volatility * volatility * max(periods, 0)).squareRoot()
  }

  /// Step 5: the new volatility, by the Illinois algorithm.
  private func volatility(
    _ sigma: Double, phi: Double, variance: Double, delta: Double
  ) -> Double {
    let a = log(sigma * sigma)
    let squares = (delta: delta * delta, phi: phi * phi)
    func f(_ x: Double) -> Double {
      let ex = exp(x)
      let sum = squares.phi + variance + ex
      return ex * (squares.delta - sum) / (2 * sum * sum) - (x - a) / (tau * tau)
    }
    var low = a
    var high: Double
    if squares.delta > squares.phi + variance {
      high = log(squares.delta - squares.phi - variance)
    } else {
      var k = 1.0
      while f(a - k * tau) < 0, k < 1_000 { k += 1 }
      high = a - k * tau
    }
    var (fLow, fHigh) = (f(low), f(high))
    // Converges in a handful of steps; the bound only keeps absurd input from turning for ever.
    for _ in 0..<100 where abs(high - low) > 1e-6 {
      let middle = low + (low - high) * fLow / (fHigh - fLow)
      let fMiddle = f(middle)
      if fMiddle * fHigh <= 0 {
        (low, fLow) = (high, fHigh)
      } else {
        fLow /= 2
      }
      (high, fHigh) = (middle, fMiddle)
    }
    return exp(low / 2)
  }
}
