/// The rule of a zone for all later years, such as `CET-1CEST,M3.5.0,M10.5.0/3` (POSIX TZ, with the
/// extensions of RFC 9636: names in angle brackets, times from -167 to 167 hours).
struct PosixZone: Hashable, Sendable {
  /// When in a year clocks change.
  enum Day: Hashable, Sendable {
    /// The weekday (0 is Sunday) of a week (5 is the last) of a month.
    case weekday(Int64, week: Int64, month: Int64)
    /// The day of a year from 1, of which 29 February is none.
    case julian(Int64)
    /// The day of a year from 0, 29 February counted.
    case ordinal(Int64)

    /// The day since 1970-01-01 in `year`.
    func day(in year: Int64) -> Int64 {
      let newYear = civilDay(year: year, month: 1, day: 1)
      switch self {
      case .weekday(let wanted, let week, let month):
        let first = civilDay(year: year, month: month, day: 1)
        let gap = (wanted - PosixZone.weekday(first) + 7) % 7
        let day = first + gap + (week - 1) * 7
        return day < first + dayCount(year: year, month: month) ? day : day - 7
      case .julian(let number):
        let leaps = dayCount(year: year, month: 2) == 29 && number >= 60
        return newYear + number - 1 + (leaps ? 1 : 0)
      case .ordinal(let number): return newYear + number
      }
    }
  }

  /// A change of the clocks: the day, and the second of it that they show before the change.
  struct Change: Hashable, Sendable {
    var day: Day
    var second: Int64
  }

  /// Seconds to add to UTC in standard time.
  let standard: Int64
  /// Seconds to add in summer, and when that begins and ends; nil without.
  let summer: Summer?

  struct Summer: Hashable, Sendable {
    var offset: Int64
    var begins: Change
    var ends: Change
  }

  private static func weekday(_ day: Int64) -> Int64 { ArenaRules.weekday(ofDay: day) }

  /// Seconds to add to UTC.
  func offset(atSecond second: Int64) -> Int64 {
    guard let summer else { return standard }
    let year = civilDate(ofDay: floorDivision(second + standard, by: 86_400)).year
    // The change that came last, of those of the years around; a summer may go over New Year.
    var last: (at: Int64, offset: Int64)?
    for year in year - 1...year + 1 {
      let begins = summer.begins.day.day(in: year) * 86_400 + summer.begins.second - standard
      let ends = summer.ends.day.day(in: year) * 86_400 + summer.ends.second - summer.offset
      for change in [(begins, summer.offset), (ends, standard)]
      where change.0 <= second && last.map({ $0.at <= change.0 }) ?? true {
        last = change
      }
    }
    return last?.offset ?? standard
  }

  /// Reads a rule; nil where it is none.
  init?(_ text: String) {
    var scanner = Scanner(text)
    guard scanner.name(), let west = scanner.time(hours: 24) else { return nil }
    standard = -west
    if scanner.isAtEnd {
      summer = nil
      return
    }
    guard scanner.name() else { return nil }
    var offset = standard + 3_600
    if !scanner.next(is: ",") {
      guard let west = scanner.time(hours: 24) else { return nil }
      offset = -west
    }
    guard scanner.take(","), let begins = scanner.change(), scanner.take(","),
      let ends = scanner.change(), scanner.isAtEnd
    else { return nil }
    summer = Summer(offset: offset, begins: begins, ends: ends)
  }

  private struct Scanner {
    private var rest: Substring

    init(_ text: String) { rest = text[...] }

    var isAtEnd: Bool { rest.isEmpty }
    func next(is character: Character) -> Bool { rest.first == character }

    mutating func take(_ character: Character) -> Bool {
      guard rest.first == character else { return false }
      rest.removeFirst()
      return true
    }

    /// A name of at least three letters, or anything in angle brackets.
    mutating func name() -> Bool {
      if take("<") {
        guard let end = rest.firstIndex(of: ">") else { return false }
        rest = rest[rest.index(after: end)...]
        return true
      }
      let letters = rest.prefix { $0.isASCII && $0.isLetter }
      rest = rest.dropFirst(letters.count)
      return letters.count >= 3
    }

    mutating func number(upTo limit: Int64) -> Int64? {
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      guard (1...3).contains(digits.count), let number = Int64(digits), number <= limit else {
        return nil
      }
      rest = rest.dropFirst(digits.count)
      return number
    }

    /// `[+-]hh[:mm[:ss]]` in seconds.
    mutating func time(hours limit: Int64) -> Int64? {
      let isNegative = take("-")
      if !isNegative { _ = take("+") }
      guard let hours = number(upTo: limit) else { return nil }
      var seconds = hours * 3_600
      for unit: Int64 in [60, 1] where take(":") {
        guard let part = number(upTo: 59) else { return nil }
        seconds += part * unit
      }
      return isNegative ? -seconds : seconds
    }

    mutating func change() -> Change? {
      guard let day = day() else { return nil }
      guard take("/") else { return Change(day: day, second: 7_200) }
      return time(hours: 167).map { Change(day: day, second: $0) }
    }

    private mutating func day() -> Day? {
      if take("M") {
        guard let month = number(upTo: 12), month >= 1, take("."), let week = number(upTo: 5),
          week >= 1, take("."), let weekday = number(upTo: 6)
        else { return nil }
        return .weekday(weekday, week: week, month: month)
      }
      if take("J") {
        guard let number = number(upTo: 365), number >= 1 else { return nil }
        return .julian(number)
      }
      return number(upTo: 365).map { .ordinal($0) }
    }
  }
}
