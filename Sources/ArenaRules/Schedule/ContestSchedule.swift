public import ArenaTypes

/// When a contest opens and closes, again and again, by the clocks of a named zone.
///
/// | repeats | opens |
/// |---|---|
/// | none | once, at a moment |
/// | hourly | whenever the zone's clocks show the minute; on a change of the clocks by half an hour, that may be half an hour or one and a half after the last time |
/// | daily | at the time of day |
/// | weekly | on the weekday, at the time of day |
/// | monthly | on the day of the month, at the time of day; on the last day of months that have no such day |
///
/// A time of day that the clocks jump over is taken as the moment of the jump; one that they show
/// twice, as the first of the two (`TimeZoneTable.moment(of:)`). A contest closes when the next one
/// opens, or after its length, whichever is earlier; so none overlaps the next, and without a length
/// there is no gap.
public struct ContestSchedule: Hashable, Sendable {
  /// How often.
  public enum Repeat: Hashable, Sendable {
    /// Once.
    case none(opensAt: Timestamp)
    /// Every hour, at a minute.
    case hourly(minute: Int)
    /// Every day, at a second of the day.
    case daily(second: Int)
    /// Every week, on a weekday from 0 for Sunday.
    case weekly(weekday: Int, second: Int)
    /// Every month, on a day from 1.
    case monthly(day: Int, second: Int)
  }

  /// What the contests' names begin with.
  public let prefix: String
  /// How often.
  public let repeats: Repeat
  /// By whose clocks.
  public let zone: TimeZoneTable
  /// How long it is open at most; nil: until the next one opens.
  public let lengthMilliseconds: Int64?

  /// A schedule of these parts; numbers beyond their range are brought back to it.
  public init(
    prefix: String, repeats: Repeat, zone: TimeZoneTable = .utc, lengthMilliseconds: Int64? = nil
  ) {
    self.prefix = prefix
    self.zone = zone
    self.lengthMilliseconds = lengthMilliseconds.map { max(1, $0) }
    func second(_ value: Int) -> Int { min(max(value, 0), 86_399) }
    self.repeats =
      switch repeats {
      case .none: repeats
      case .hourly(let minute): .hourly(minute: min(max(minute, 0), 59))
      case .daily(let value): .daily(second: second(value))
      case .weekly(let day, let value):
        .weekly(weekday: min(max(day, 0), 6), second: second(value))
      case .monthly(let day, let value):
        .monthly(day: min(max(day, 1), 31), second: second(value))
      }
  }

  /// What a contest that happens once is open for where nothing is said.
  public static let onceMilliseconds: Int64 = 86_400_000

  /// The window that is open at `now`, or else the next one; nil where none comes any more.
  public func window(at now: Timestamp) -> ContestWindow? {
    if let opened = opening(atOrBefore: now) {
      let window = window(openingAt: opened)
      if now < window.closesAt { return window }
    }
    return opening(after: now).map(window)
  }

  /// The window that opens after `window`; nil where none does.
  public func next(after window: ContestWindow) -> ContestWindow? {
    opening(after: window.opensAt).map(self.window)
  }

  private func window(openingAt moment: Timestamp) -> ContestWindow {
    let next = opening(after: moment)
    let length =
      lengthMilliseconds ?? next.map { $0.milliseconds(since: moment) }
      ?? Self.onceMilliseconds
    return ContestWindow(
      id: ContestID(rawValue: "\(prefix)-\(Self.name(of: moment))"), opensAt: moment,
      closesAt: next.map { min($0, moment + length) } ?? moment + length,
      date: zone.local(moment).date)
  }

  /// A moment as `20261124T2300Z`; it names a contest, so that the same window is always called the
  /// same.
  static func name(of moment: Timestamp) -> String {
    let time = LocalTime(
      seconds: floorDivision(moment.millisecondsSinceEpoch, by: 1_000))
    let date = time.date.filter { $0 != "-" }
    let minute = time.secondOfDay / 60
    return date + "T" + padded(minute / 60, 2) + padded(minute % 60, 2) + "Z"
  }

  // MARK: Openings

  /// The first opening after a moment.
  func opening(after moment: Timestamp) -> Timestamp? {
    if case .none(let opensAt) = repeats { return opensAt > moment ? opensAt : nil }
    if case .hourly(let minute) = repeats { return hour(after: moment, minute: minute) }
    let today = zone.local(moment).day
    // A month and what its ends can shift; clocks change by less than a day.
    for day in today - 2...today + 40 {
      if let opening = opening(onDay: day), opening > moment { return opening }
    }
    return nil
  }

  /// The last opening at or before a moment.
  func opening(atOrBefore moment: Timestamp) -> Timestamp? {
    if case .none(let opensAt) = repeats { return opensAt <= moment ? opensAt : nil }
    if case .hourly(let minute) = repeats {
      // Two come within three hours, however clocks change.
      var opening = hour(after: moment - 3 * 3_600_000, minute: minute)
      while opening <= moment {
        let next = hour(after: opening, minute: minute)
        if next > moment { return opening }
        opening = next
      }
      return nil
    }
    let today = zone.local(moment).day
    for day in (today - 40...today + 2).reversed() {
      if let opening = opening(onDay: day), opening <= moment { return opening }
    }
    return nil
  }

  private func opening(onDay day: Int64) -> Timestamp? {
    let time: Int
    switch repeats {
    case .none, .hourly: return nil
    case .daily(let second): time = second
    case .weekly(let wanted, let second):
      guard weekday(ofDay: day) == Int64(wanted) else { return nil }
      time = second
    case .monthly(let wanted, let second):
      let date = civilDate(ofDay: day)
      let last = dayCount(year: date.year, month: date.month)
      guard date.day == min(Int64(wanted), last) else { return nil }
      time = second
    }
    return zone.moment(of: LocalTime(day: day, secondOfDay: Int64(time)))
  }

  /// The first moment after another at which the zone's clocks show the minute, to the second.
  private func hour(after moment: Timestamp, minute: Int) -> Timestamp {
    var second = floorDivision(moment.millisecondsSinceEpoch, by: 1_000)
    let limit = second + 4 * 3_600
    while second < limit {
      let offset = zone.offset(atSecond: second)
      let shown = second + offset - Int64(minute) * 60
      // The next full hour of that count, strictly later than `second`.
      let next = (floorDivision(shown, by: 3_600) + 1) * 3_600 + Int64(minute) * 60 - offset
      guard let change = zone.nextChange(after: second, before: next + 1) else {
        return Timestamp(millisecondsSinceEpoch: next * 1_000)
      }
      let first = change + zone.offset(atSecond: change) - Int64(minute) * 60
      if first - floorDivision(first, by: 3_600) * 3_600 == 0 {
        return Timestamp(millisecondsSinceEpoch: change * 1_000)
      }
      second = change
    }
    return Timestamp(millisecondsSinceEpoch: limit * 1_000)
  }
}

/// A window of a repeated contest.
public struct ContestWindow: Hashable, Sendable {
  /// The contest's name, made from its start: the same window always has the same name.
  public let id: ContestID
  /// When it opens.
  public let opensAt: Timestamp
  /// When it closes.
  public let closesAt: Timestamp
  /// The date in the schedule's zone on which it opens.
  public let date: String
}
