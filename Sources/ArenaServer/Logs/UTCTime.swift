import ArenaTypes

/// Moments as people and programs read them.
enum UTCTime {
  /// `2026-11-25T03:14:15.926Z` (RFC 3339).
  static func text(of moment: Timestamp) -> String {
    let milliseconds = moment.millisecondsSinceEpoch
    let (days, ofDay) = (milliseconds.floorDivided(by: 86_400_000))
    let (year, month, day) = civil(daysSinceEpoch: days)
    let (seconds, rest) = (ofDay / 1_000, ofDay % 1_000)
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))T"
      + "\(padded(seconds / 3_600, 2)):\(padded(seconds / 60 % 60, 2)):\(padded(seconds % 60, 2))"
      + ".\(padded(rest, 3))Z"
  }

  /// The Gregorian date (Howard Hinnant, "chrono-compatible low-level date algorithms",
  /// `civil_from_days`: years begin in March, so that the leap day is a year's last).
  private static func civil(daysSinceEpoch: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let (era, dayOfEra) = (daysSinceEpoch + 719_468).floorDivided(by: 146_097)
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let fromMarch = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * fromMarch + 2) / 5 + 1
    let month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  private static func padded(_ number: Int64, _ width: Int) -> String {
    let digits = "\(number)"
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

extension Int64 {
  /// Quotient and remainder of a division that rounds down, so the remainder is never negative.
  fileprivate func floorDivided(by divisor: Int64) -> (Int64, Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
