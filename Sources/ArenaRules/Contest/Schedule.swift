public import ArenaTypes

/// A window of a repeated contest.
public struct ContestWindow: Hashable, Sendable, Codable {
  /// The contest's name, made from its start: the same window always has the same name.
  public let id: ContestID
  /// When it opens.
  public let opensAt: Timestamp
  /// When it closes, which is when the next one opens.
  public let closesAt: Timestamp
}

/// A contest every hour, aligned to the hour (UTC), so that one is always open.
public struct HourlySchedule: Hashable, Sendable, Codable {
  /// What the contests' names begin with.
  public let prefix: String
  static let hourMilliseconds: Int64 = 3_600_000

  /// A schedule whose contests are called `prefix` and their start.
  public init(prefix: String = "race") { self.prefix = prefix }

  /// The window that is open at `now`.
  public func window(at now: Timestamp) -> ContestWindow {
    let hour = floorDivision(now.millisecondsSinceEpoch, by: Self.hourMilliseconds)
    let opensAt = Timestamp(millisecondsSinceEpoch: hour * Self.hourMilliseconds)
    return ContestWindow(
      id: ContestID(rawValue: "\(prefix)-\(Self.name(ofHour: hour))"), opensAt: opensAt,
      closesAt: opensAt + Self.hourMilliseconds)
  }

  /// The window that opens when the one at `now` closes.
  public func next(after now: Timestamp) -> ContestWindow {
    window(at: window(at: now).closesAt)
  }

  /// An hour since the epoch as `20261124T2300Z`.
  static func name(ofHour hour: Int64) -> String {
    let days = floorDivision(hour, by: 24)
    let date = civilDate(ofDay: days)
    func padded(_ number: Int64, _ digits: Int) -> String {
      let text = String(number)
      return String(repeating: "0", count: max(digits - text.count, 0)) + text
    }
    return padded(date.year, 4) + padded(date.month, 2) + padded(date.day, 2)
      + "T" + padded(hour - days * 24, 2) + "00Z"
  }
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
