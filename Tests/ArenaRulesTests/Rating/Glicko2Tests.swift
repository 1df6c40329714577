import ArenaTypes
import FoundationEssentials
import Testing

@testable import ArenaRules

@Suite struct Glicko2Tests {
  /// A committed period: a rating, its games, and what comes of them.
  struct Vector: Codable, CustomTestStringConvertible {
    struct Opponent: Codable {
      var value: Double
      var deviation: Double
      var score: Double
    }
    struct Expected: Codable {
      var value: Double
      var deviation: Double
      var volatility: Double
    }
    var name: String
    var source: String
    var tau: Double
    var periods: Double
    var rating: Expected
    var games: [Opponent]
    var expected: Expected
    var tolerance: Expected
    var testDescription: String { name }
  }

  static let vectors: [Vector] = {
    let url = vectorsFolder("rating").appending(path: "glicko2.json")
    guard let data = try? Data(contentsOf: url),
      let vectors = try? decoded([Vector].self, from: data)
    else { return [] }
    return vectors
  }()

  @Test("the committed vectors are there")
  func present() { #expect(Self.vectors.count >= 5) }

  @Test("a period gives what the paper says", arguments: vectors)
  func paper(vector: Vector) {
    let rating = Rating(
      value: vector.rating.value, deviation: vector.rating.deviation,
      volatility: vector.rating.volatility)
    let games = vector.games.map {
      Glicko2.Game(opponent: Rating(value: $0.value, deviation: $0.deviation), score: $0.score)
    }
    let after = Glicko2(tau: vector.tau).update(rating, with: games, periods: vector.periods)
    #expect(abs(after.value - vector.expected.value) <= vector.tolerance.value)
    #expect(abs(after.deviation - vector.expected.deviation) <= vector.tolerance.deviation)
    #expect(abs(after.volatility - vector.expected.volatility) <= vector.tolerance.volatility)
  }

  @Test("the winner gains and the loser falls, for any two ratings", arguments: 0..<200)
  func direction(seed: UInt64) {
    var dice = SeededGenerator(seed: seed)
    func rating() -> Rating {
      Rating(
        value: 600 + 2_000 * dice.nextUnit(), deviation: 45 + 305 * dice.nextUnit(),
        volatility: 0.03 + 0.07 * dice.nextUnit(), ratedAt: epoch)
    }
    let (first, second) = (rating(), rating())
    let system = Glicko2()
    let now = epoch + Int64(dice.next(below: 90)) * 86_400_000
    let winner = system.rated(first, after: .init(opponent: second, score: 1), at: now)
    let loser = system.rated(second, after: .init(opponent: first, score: 0), at: now)
    #expect(winner.value > first.value && loser.value < second.value)
    for after in [winner, loser] {
      #expect((45...350).contains(after.deviation))
      #expect(after.volatility > 0 && after.volatility <= system.volatilityMax)
      #expect(after.ratedAt == now)
    }
  }

  @Test("idle days widen the deviation up to a newcomer's; a first duel has none before it")
  func idle() {
    let system = Glicko2()
    let rating = Rating(value: 1_700, deviation: 60, ratedAt: epoch)
    let day = system.idle(rating, until: epoch + 86_400_000)
    // sqrt(60^2 + (173.7178 * 0.06)^2)
    #expect(abs(day.deviation - 60.898) < 0.001)
    #expect(system.idle(rating, until: epoch) == rating)
    #expect(system.idle(rating, until: epoch - 5) == rating)
    let decades = system.idle(rating, until: epoch + 40 * 365 * 86_400_000)
    #expect(decades.deviation == 350 && decades.value == 1_700)
    let newcomer = Rating()
    #expect(system.idle(newcomer, until: epoch + 86_400_000) == newcomer)
    #expect(newcomer.isProvisional && !rating.isProvisional)
  }

  @Test("many duels in one hour don't add a period's uncertainty each")
  func sameHour() {
    let system = Glicko2()
    var rating = Rating(value: 1_500, deviation: 80, ratedAt: epoch)
    for game in 1...20 {
      let before = rating.deviation
      rating = system.rated(
        rating,
        after: .init(opponent: Rating(deviation: 60), score: game.isMultiple(of: 2) ? 1 : 0),
        at: epoch + Int64(game) * 180_000)
      #expect(rating.deviation < before)
    }
  }

  @Test("absurd ratings give numbers within bounds", arguments: [1e4, 1e6, 1e12])
  func absurd(gap: Double) {
    let system = Glicko2()
    let before = Rating(value: gap, deviation: 350, volatility: 0.06)
    let after = system.rated(
      before, after: .init(opponent: Rating(value: -gap, deviation: 30), score: 0), at: epoch)
    #expect(after.value < before.value && after.value > before.value - 710)
    #expect((45...350).contains(after.deviation))
    #expect(after.volatility > 0 && after.volatility <= system.volatilityMax)
  }
}
