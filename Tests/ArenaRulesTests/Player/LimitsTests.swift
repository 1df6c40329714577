import ArenaTypes
import Testing

@testable import ArenaRules

@Suite struct TokenBucketTests {
  @Test("a burst up to the capacity, then the rate; a refusal says how long to wait")
  func burst() {
    var bucket = TokenBucket(capacity: 3, perSecond: 2, now: epoch)
    for _ in 0..<3 { #expect(bucket.take(now: epoch) == nil) }
    #expect(bucket.take(now: epoch) == .milliseconds(500))
    #expect(bucket.take(now: .at(0.499)) != nil)
    #expect(bucket.take(now: .at(0.5)) == nil)
    #expect(bucket.take(now: .at(0.5)) != nil)
    #expect(bucket.take(3, now: .at(100)) == nil, "no more than the capacity is saved up")
    #expect(bucket.take(now: .at(100)) != nil)
  }

  @Test("waiting for as long as told is enough, at any rate", arguments: 0..<50)
  func told(seed: UInt64) {
    var dice = SeededGenerator(seed: seed)
    let rate = 0.1 + 20 * dice.nextUnit()
    var bucket = TokenBucket(capacity: 1 + 5 * dice.nextUnit(), perSecond: rate, now: epoch)
    var now = epoch
    var taken = 0
    for _ in 0..<200 {
      if let wait = bucket.take(now: now) {
        now = now + wait
        #expect(bucket.take(now: now) == nil)
      }
      taken += 1
    }
    #expect(Double(taken) <= bucket.capacity + (now - epoch).inSeconds * rate + 1e-6)
  }

  @Test("a clock that steps back gives nothing away")
  func backwards() {
    var bucket = TokenBucket(capacity: 1, perSecond: 1, now: .at(100))
    #expect(bucket.take(now: .at(100)) == nil)
    #expect(bucket.take(now: .at(50)) != nil)
    #expect(bucket.take(now: .at(100.5)) != nil)
    #expect(bucket.take(now: .at(101)) == nil)
  }
}

@Suite struct ScoringBudgetTests {
  private let newcomer = Standing(createdAt: epoch, roundsPlayed: 0)
  private let regular = Standing(createdAt: epoch - 10 * 86_400_000, roundsPlayed: 10)

  @Test("established is a day old with ten rounds, and not one of both")
  func established() {
    let day: Int64 = 86_400_000
    #expect(Standing(createdAt: epoch, roundsPlayed: 10).isEstablished(at: epoch + day))
    #expect(!Standing(createdAt: epoch, roundsPlayed: 10).isEstablished(at: epoch + day - 1))
    #expect(!Standing(createdAt: epoch, roundsPlayed: 9).isEstablished(at: epoch + day))
  }

  @Test("20 scores for a newcomer, 100 for an established player, again on the next day")
  func limits() throws {
    for (standing, limit) in [(newcomer, 20), (regular, 100)] {
      var budget = ScoringBudget()
      for spent in 1...limit {
        #expect(try budget.spend(standing, now: epoch) == limit - spent)
      }
      let before = budget
      do {
        _ = try budget.spend(standing, now: epoch)
        Issue.record("one too many")
      } catch {
        #expect(error.renewsAt > epoch && error.renewsAt - epoch <= .seconds(86_400))
        #expect(budget == before)
        #expect(budget.left(standing, now: error.renewsAt - 1) == 0)
        #expect(budget.left(standing, now: error.renewsAt) == limit)
        _ = try budget.spend(standing, now: error.renewsAt)
      }
    }
  }

  @Test("who becomes established during the day has the rest of the larger budget")
  func growing() throws {
    var budget = ScoringBudget()
    for _ in 0..<20 { _ = try budget.spend(newcomer, now: epoch) }
    #expect(budget.left(newcomer, now: epoch) == 0)
    #expect(budget.left(regular, now: epoch) == 80)
  }
}
