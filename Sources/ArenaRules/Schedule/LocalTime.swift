/// A reading of a calendar and a clock on a wall, in no particular zone (proleptic Gregorian).
public struct LocalTime: Hashable, Sendable {
  /// Seconds since 1970-01-01T00:00 as that clock counts them.
  public var seconds: Int64

  /// So many seconds after that clock showed 1970-01-01T00:00.
  public init(seconds: Int64) { self.seconds = seconds }

  /// A time of a day.
  public init(day: Int64, secondOfDay: Int64) { seconds = day * 86_400 + secondOfDay }

  /// The days since 1970-01-01.
  public var day: Int64 { floorDivision(seconds, by: 86_400) }
  /// The seconds since that day's midnight.
  public var secondOfDay: Int64 { seconds - day * 86_400 }
  /// The date as `2026-11-30`.
  public var date: String {
    let date = civilDate(ofDay: day)
    return padded(date.year, 4) + "-" + padded(date.month, 2) + "-" + padded(date.day, 2)
  }
}

extension LocalTime {
  /// The day since 1970-01-01 of a date such as `2026-11-30`; nil where there is no such date.
  public static func day(of date: String) -> Int64? {
    let parts = date.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [4, 2, 2],
      parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
      let year = Int64(parts[0]),
      let month = Int64(parts[1]), let day = Int64(parts[2]), (1...12).contains(month),
      (1...dayCount(year: year, month: month)).contains(day)
    else { return nil }
    return civilDay(year: year, month: month, day: day)
  }
}

/// A number with leading zeros.
func padded(_ number: Int64, _ digits: Int) -> String {
  let text = String(number)
  return String(repeating: "0", count: max(digits - text.count, 0)) + text
}

/// `dividend` / `divisor`, rounded down where Swift's operator rounds towards zero.
func floorDivision(_ dividend: Int64, by divisor: Int64) -> Int64 {
  let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
  return remainder < 0 ? quotient - 1 : quotient
}

/// The proleptic Gregorian date of a day since 1970-01-01.
///
/// Years are taken to begin in March, so that the leap day is a year's last; 146,097 days are 400
/// years.
func civilDate(ofDay day: Int64) -> (year: Int64, month: Int64, day: Int64) {
  let shifted = day + 719_468
  let era = floorDivision(shifted, by: 146_097)
  let dayOfEra = shifted - era * 146_097
  let yearOfEra =
    (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
  let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
  let monthFromMarch = (5 * dayOfYear + 2) / 153
  let dayOfMonth = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
  let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
  return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfMonth)
}

/// The day since 1970-01-01 of a date; the inverse of `civilDate(ofDay:)`.
func civilDay(year: Int64, month: Int64, day: Int64) -> Int64 {
  let shifted = month <= 2 ? year - 1 : year
  let era = floorDivision(shifted, by: 400)
  let yearOfEra = shifted - era * 400
  let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
  let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

/// The days of a month.
func dayCount(year: Int64, month: Int64) -> Int64 {
  let (nextYear, nextMonth) = month == 12 ? (year + 1, 1) : (year, month + 1)
  return civilDay(year: nextYear, month: nextMonth, day: 1)
    - civilDay(year: year, month: month, day: 1)
}

/// The day of the week of a day since 1970-01-01, from 0 for Sunday.
func weekday(ofDay day: Int64) -> Int64 {
  let shifted = day + 4
  return shifted - floorDivision(shifted, by: 7) * 7
}
