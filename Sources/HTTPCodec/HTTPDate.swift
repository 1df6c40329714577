/// Dates as HTTP writes them (RFC 9110 section 5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`.
public enum HTTPDate {
  private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// Writes a moment, in seconds since the start of 1970 in UTC, leap seconds not counted.
  ///
  /// The calendar is that of Hinnant, chrono-Compatible Low-Level Date Algorithms,
  /// `civil_from_days`: years begin in March, so that the leap day is the last of its year.
  ///
  /// - Parameter seconds: from 1970 to 9999; what lies outside is moved to the nearer end.
  public static func text(secondsSince1970 seconds: Int64) -> String {
    let seconds = Int(max(0, min(seconds, 253_402_300_799)))
    let day = seconds / 86_400
    let shifted = day + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted % 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let dayOfMonth = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    let month = (monthFromMarch + 2) % 12
    let year = yearOfEra + era * 400 + (monthFromMarch >= 10 ? 1 : 0)
    let time = seconds % 86_400
    let clock = [time / 3_600, time / 60 % 60, time % 60].map { padded($0, to: 2) }
    return "\(days[day % 7]), \(padded(dayOfMonth, to: 2)) \(months[month]) "
      + "\(padded(year, to: 4)) \(clock.joined(separator: ":")) GMT"
  }

  private static func padded(_ number: Int, to count: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, count - digits.utf8.count)) + digits
  }
}

/// The `Date` of responses, written once a second.
public struct HTTPDateCache: Sendable {
  private var second: Int64 = -1
  private var text = ""

  /// A cache that has not written anything.
  public init() {}

  /// The date for a moment, in milliseconds since the start of 1970.
  public mutating func text(millisecondsSince1970 milliseconds: Int64) -> String {
    let now = milliseconds / 1_000
    if now != second {
      second = now
      text = HTTPDate.text(secondsSince1970: now)
    }
    return text
  }
}
