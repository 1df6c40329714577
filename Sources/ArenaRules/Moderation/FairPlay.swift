public import ArenaTypes

/// What looks like unfair play, so that a moderator can look; the machine punishes nobody.
public enum FairPlay {
  /// One answer to a question with two texts.
  public struct QuickAnswer: Hashable, Sendable {
    /// How long it took.
    public let milliseconds: Int64
    /// How many words one has to read to answer it.
    public let wordCount: Int
    /// Whether it was right.
    public let isRight: Bool

    /// An answer of these parts.
    public init(milliseconds: Int64, wordCount: Int, isRight: Bool) {
      self.milliseconds = milliseconds
      self.wordCount = wordCount
      self.isRight = isRight
    }
  }

  /// One rated duel of two players.
  public struct Meeting: Hashable, Sendable {
    /// When it ended.
    public let at: Timestamp
    /// Who won; nil for a draw.
    public let winner: PlayerID?
    /// Whether the loser gave up, left, or hardly played.
    public let isGift: Bool

    /// A meeting of these parts.
    public init(at: Timestamp, winner: PlayerID?, isGift: Bool) {
      self.at = at
      self.winner = winner
      self.isGift = isGift
    }

    /// A meeting that ended so; it is a gift where the loser `left`, or has less than a tenth of the
    /// winner's points.
    public init(at: Timestamp, winner: PlayerID?, points: Int, loserPoints: Int, left: Bool) {
      self.init(
        at: at, winner: winner,
        isGift: winner != nil && (left || Double(loserPoints) * 10 < Double(points)))
    }
  }

  /// The fewest answers within the time of reading that say anything: five in a row are right by
  /// chance once in 32 times.
  public static let quickCountMin = 5
  /// How likely guessing may be to explain the right ones among quick answers.
  public static let guessProbabilityMax = 1.0 / 32
  /// How far back meetings count: a week.
  public static let meetingsMilliseconds: Int64 = 7 * 86_400_000
  /// The fewest duels of the same two that say anything.
  public static let meetingCountMin = 6
  /// The share of them that one of the two has won.
  public static let oneSidedShareMin = 0.85
  /// The share of these that were given away.
  public static let giftShareMin = 0.5

  /// How long nobody needs less to read so many words and choose: the quickest choice between two
  /// keys, and 1,500 words a minute, six times what people read.
  public static func readingMilliseconds(wordCount: Int) -> Int64 {
    350 + 40 * Int64(max(0, min(wordCount, 1_000)))
  }

  /// Whether answers came faster than anybody reads and were right all the same, oftener than guessing
  /// explains.
  ///
  /// - Complexity: O(*n*) in the number of answers.
  public static func isInhuman(_ answers: [QuickAnswer]) -> Bool {
    let quick = answers.filter {
      $0.milliseconds < readingMilliseconds(wordCount: $0.wordCount)
    }
    guard quick.count >= quickCountMin else { return false }
    return guessProbability(right: quick.count { $0.isRight }, of: quick.count)
      <= guessProbabilityMax
  }

  /// How likely who guesses between two is to be right at least `right` times of `count`.
  static func guessProbability(right: Int, of count: Int) -> Double {
    guard right > 0 else { return 1 }
    var term = 1.0
    for _ in 0..<count { term /= 2 }
    // From all right downwards: each term is a binomial coefficient times 2^-count.
    var sum = 0.0
    var wrong = 0
    while wrong <= count - right {
      sum += term
      term *= Double(count - wrong) / Double(wrong + 1)
      wrong += 1
    }
    return min(1, sum)
  }

  /// Whether two players meet again and again and one of them gives the duels away.
  ///
  /// - Complexity: O(*n*) in the number of meetings.
  public static func looksFixed(_ meetings: [Meeting], now: Timestamp) -> Bool {
    let recent = meetings.filter {
      let age = now.milliseconds(since: $0.at)
      return age >= 0 && age <= meetingsMilliseconds
    }
    guard recent.count >= meetingCountMin else { return false }
    var wins: [PlayerID: [Meeting]] = [:]
    for meeting in recent {
      if let winner = meeting.winner { wins[winner, default: []].append(meeting) }
    }
    return wins.values.contains { won in
      Double(won.count) >= oneSidedShareMin * Double(recent.count)
        && Double(won.count { $0.isGift }) >= giftShareMin * Double(won.count)
    }
  }
}
