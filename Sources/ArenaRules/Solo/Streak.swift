/// Days in a row with a finished daily, as the daily's own calendar counts them.
///
/// A missed day costs one of the two spare days of its month; a gap that they don't cover ends the
/// streak and costs none. Today can still be played, so it breaks nothing.
public struct Streak: Hashable, Sendable {
  /// The spare days of each month.
  public static let sparesAMonth = 2

  /// What a day was for the streak.
  public enum Day: String, Hashable, Sendable, CaseIterable {
    /// Its daily was finished.
    case played
    /// It was missed, and a spare day stands for it.
    case spared
    /// It was missed.
    case missed
    /// It is today, and can still be played.
    case open
  }

  /// How many days the streak has; spared ones are not counted.
  public private(set) var count = 0
  /// The most days that a streak has had.
  public private(set) var longest = 0
  /// Whether today's daily is finished.
  public let isToday: Bool
  /// How many spare days are left this month.
  public let sparesLeft: Int
  /// The last days up to today, the latest last.
  public let lately: [Day]

  /// The streak of who has finished the dailies of `days`, on the day `today`; days since 1970-01-01,
  /// in any order.
  ///
  /// - Parameter latelyCount: How many of the last days are told.
  /// - Complexity: O(*n* log *n*) in the number of days.
  public init(days: some Sequence<Int64>, today: Int64, latelyCount: Int = 28) {
    let played = Set(days).filter { $0 <= today }
    var spared: Set<Int64> = []
    var sparesUsed: [Month: Int] = [:]
    var last: Int64?
    var run = 0
    // Where today isn't played, the gap up to it counts all the same.
    for day in played.sorted() + (played.contains(today) ? [] : [today]) {
      if let previous = last, previous + 1 < day {
        let gap = (previous + 1)..<day
        if let covered = Self.covered(gap, used: sparesUsed) {
          sparesUsed = covered
          spared.formUnion(gap)
        } else {
          run = 0
        }
      }
      guard played.contains(day) else { break }
      run += 1
      longest = max(longest, run)
      last = day
    }
    count = run
    isToday = played.contains(today)
    sparesLeft = Self.sparesAMonth - (sparesUsed[Month(today)] ?? 0)
    lately = (0..<max(0, latelyCount)).reversed().map { ago in
      let day = today - Int64(ago)
      if played.contains(day) { return .played }
      if spared.contains(day) { return .spared }
      return day == today ? .open : .missed
    }
  }

  /// The spare days used once `gap` is covered; nil where they don't suffice.
  private static func covered(_ gap: Range<Int64>, used: [Month: Int]) -> [Month: Int]? {
    // Two months' spare days and more can't cover a longer gap, however long it is.
    guard gap.count <= 2 * sparesAMonth else { return nil }
    var used = used
    for day in gap {
      used[Month(day), default: 0] += 1
      if used[Month(day), default: 0] > sparesAMonth { return nil }
    }
    return used
  }

  private struct Month: Hashable {
    let year: Int64
    let month: Int64

    init(_ day: Int64) {
      let date = civilDate(ofDay: day)
      (year, month) = (date.year, date.month)
    }
  }
}
