import ArenaTypes
import Testing

@testable import ArenaRules

@Suite struct FairPlayTests {
  private func answers(_ seed: Int, _ count: Int) -> [FairPlay.QuickAnswer] {
    var dice = SeededGenerator(seed: UInt64(seed))
    return (0..<count).map { _ in
      FairPlay.QuickAnswer(
        milliseconds: Int64.random(in: 0...4_000, using: &dice),
        wordCount: Int.random(in: 0...40, using: &dice), isRight: Bool.random(using: &dice))
    }
  }

  private func slow(_ isRight: Bool) -> FairPlay.QuickAnswer {
    FairPlay.QuickAnswer(
      milliseconds: FairPlay.readingMilliseconds(wordCount: 20), wordCount: 20, isRight: isRight)
  }

  private func quick(_ isRight: Bool) -> FairPlay.QuickAnswer {
    FairPlay.QuickAnswer(
      milliseconds: FairPlay.readingMilliseconds(wordCount: 20) - 1, wordCount: 20,
      isRight: isRight)
  }

  @Test("five right answers within the time of reading are flagged; four, or one wrong, are not")
  func speed() {
    #expect(FairPlay.isInhuman(Array(repeating: quick(true), count: 5)))
    #expect(!FairPlay.isInhuman(Array(repeating: quick(true), count: 4)))
    #expect(!FairPlay.isInhuman(Array(repeating: quick(true), count: 4) + [quick(false)]))
    #expect(!FairPlay.isInhuman([]))
    #expect(FairPlay.isInhuman(Array(repeating: quick(true), count: 9) + [quick(false)]))
  }

  @Test("who reads is never flagged, however right", arguments: 0..<20)
  func readers(seed: Int) {
    let readers = answers(seed, 60).map { answer in
      FairPlay.QuickAnswer(
        milliseconds: max(
          answer.milliseconds, FairPlay.readingMilliseconds(wordCount: answer.wordCount)),
        wordCount: answer.wordCount, isRight: true)
    }
    #expect(!FairPlay.isInhuman(readers), "seed \(seed)")
  }

  @Test(
    "order and slow answers change nothing; another quick right one never clears, another quick wrong one never accuses",
    arguments: 0..<200)
  func monotone(seed: Int) {
    var dice = SeededGenerator(seed: UInt64(seed) + 1_000)
    let some = answers(seed, Int.random(in: 0...14, using: &dice))
    let verdict = FairPlay.isInhuman(some)
    #expect(FairPlay.isInhuman(some.shuffled(using: &dice)) == verdict, "seed \(seed)")
    #expect(FairPlay.isInhuman(some + [slow(true), slow(false)]) == verdict, "seed \(seed)")
    if verdict { #expect(FairPlay.isInhuman(some + [quick(true)]), "seed \(seed)") }
    let quickCount = some.count {
      $0.milliseconds < FairPlay.readingMilliseconds(wordCount: $0.wordCount)
    }
    if !verdict, quickCount >= FairPlay.quickCountMin {
      #expect(!FairPlay.isInhuman(some + [quick(false)]), "seed \(seed)")
    }
  }

  @Test("guessing is as likely as counting all ways of guessing says")
  func guessing() {
    for count in 0...10 {
      for right in 0...count {
        let ways = (0..<(1 << count)).count { $0.nonzeroBitCount >= right }
        let expected = Double(ways) / Double(1 << count)
        let found = FairPlay.guessProbability(right: right, of: count)
        #expect(abs(found - expected) < 1e-9, "\(right) of \(count)")
      }
    }
  }

  private func meetings(_ wins: Int, gifts: Int, losses: Int = 0) -> [FairPlay.Meeting] {
    (0..<wins).map { FairPlay.Meeting(at: epoch, winner: anna, isGift: $0 < gifts) }
      + (0..<losses).map { _ in FairPlay.Meeting(at: epoch, winner: bert, isGift: false) }
  }

  @Test("who gives duels away again and again is flagged; who loses them is not")
  func collusion() {
    #expect(FairPlay.looksFixed(meetings(6, gifts: 3), now: epoch))
    #expect(!FairPlay.looksFixed(meetings(6, gifts: 2), now: epoch))
    #expect(!FairPlay.looksFixed(meetings(5, gifts: 5), now: epoch))
    #expect(!FairPlay.looksFixed(meetings(6, gifts: 6, losses: 2), now: epoch))
    #expect(FairPlay.looksFixed(meetings(12, gifts: 6, losses: 2), now: epoch))
    let later = epoch + .milliseconds(FairPlay.meetingsMilliseconds + 1)
    #expect(!FairPlay.looksFixed(meetings(6, gifts: 6), now: later))
  }

  @Test("it is the same whoever of the two wins, and in whatever order", arguments: 0..<100)
  func symmetric(seed: Int) {
    var dice = SeededGenerator(seed: UInt64(seed))
    let some = (0..<Int.random(in: 0...20, using: &dice)).map { _ in
      FairPlay.Meeting(
        at: epoch + .seconds(Int.random(in: -700_000...0, using: &dice)),
        winner: [anna, anna, anna, bert, nil].randomElement(using: &dice) ?? nil,
        isGift: Bool.random(using: &dice))
    }
    let mirrored = some.map {
      FairPlay.Meeting(
        at: $0.at, winner: $0.winner.map { $0 == anna ? bert : anna }, isGift: $0.isGift)
    }
    let verdict = FairPlay.looksFixed(some, now: epoch)
    #expect(FairPlay.looksFixed(mirrored.shuffled(using: &dice), now: epoch) == verdict)
    // A draw more never accuses anybody who had played enough before.
    if !verdict, some.count >= FairPlay.meetingCountMin {
      let draw = FairPlay.Meeting(at: epoch, winner: nil, isGift: false)
      let recent = some.count {
        epoch.milliseconds(since: $0.at) <= FairPlay.meetingsMilliseconds
      }
      if recent >= FairPlay.meetingCountMin {
        #expect(!FairPlay.looksFixed(some + [draw], now: epoch), "seed \(seed)")
      }
    }
  }

  @Test("a win is a gift if the loser left, or has hardly a point")
  func gifts() {
    func isGift(_ points: Int, _ other: Int, left: Bool) -> Bool {
      FairPlay.Meeting(at: epoch, winner: anna, points: points, loserPoints: other, left: left)
        .isGift
    }
    #expect(isGift(500, 49, left: false))
    #expect(!isGift(500, 50, left: false))
    #expect(isGift(500, 480, left: true))
    #expect(!isGift(0, 0, left: false))
    #expect(!FairPlay.Meeting(at: epoch, winner: nil, points: 0, loserPoints: 0, left: true).isGift)
  }
}
