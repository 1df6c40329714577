/// What a setting's value may be, and how it is written.
enum SettingForm: Sendable, Equatable {
  /// A whole number.
  case count(ClosedRange<Int>)
  /// A number of bytes: `65536`, `64KiB`, `1MiB`.
  case size(ClosedRange<Int>)
  /// A time, kept in milliseconds: `250ms`, `20s`, `5min`, `1h`.
  case duration(ClosedRange<Int>)
  /// Any number.
  case number(ClosedRange<Double>)
  /// `on` or `off`.
  case flag
  /// Names with commas between them; `none` for an empty list.
  case list
  /// Another form, or `none`.
  indirect case optional(SettingForm)

  /// The longest time that any setting takes: a year.
  static let dayCountMax = 366
  private static let sizeUnits = [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10), ("B", 1)]
  private static let timeUnits = [
    ("ms", 1), ("min", 60_000), ("s", 1_000), ("h", 3_600_000), ("d", 86_400_000),
  ]
  private static let timesLargestFirst = timeUnits.sorted { $0.1 > $1.1 }

  /// Reads a value; nil if it is not of this form.
  func value(of text: String) -> SettingValue? {
    switch self {
    case .count(let range): Int(digits: text).flatMap { range.contains($0) ? .integer($0) : nil }
    case .size(let range):
      Self.quantity(text, Self.sizeUnits).flatMap { range.contains($0) ? .integer($0) : nil }
    case .duration(let range):
      Self.quantity(text, Self.timeUnits, needsUnit: true)
        .flatMap { range.contains($0) ? .integer($0) : nil }
    case .number(let range): Double(text).flatMap { range.contains($0) ? .number($0) : nil }
    case .flag: text == "on" ? .flag(true) : text == "off" ? .flag(false) : nil
    case .list: Self.list(text)
    case .optional(let form): text == "none" ? SettingValue.none : form.value(of: text)
    }
  }

  /// Writes a value so that ``value(of:)`` reads it back.
  func text(of value: SettingValue) -> String {
    switch (self, value) {
    case (.optional(let form), let value) where value != .none: form.text(of: value)
    case (.size, .integer(let count)): Self.text(count, Self.sizeUnits)
    case (.duration, .integer(let count)): Self.text(count, Self.timesLargestFirst)
    case (_, .integer(let count)): String(count)
    case (_, .number(let number)):
      Int(exactly: number).map { String($0) } ?? String(number)
    case (_, .flag(let isOn)): isOn ? "on" : "off"
    case (_, .list(let names)): names.isEmpty ? "none" : names.joined(separator: ",")
    case (_, .none): "none"
    }
  }

  /// Says what is allowed, behind "takes".
  var allowed: String {
    switch self {
    case .count(let range):
      "a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .size(let range):
      "a size such as 65536, 64KiB or 1MiB, from \(Self.text(range.lowerBound, Self.sizeUnits)) "
        + "to \(Self.text(range.upperBound, Self.sizeUnits))"
    case .duration(let range):
      "a time such as 250ms, 20s, 5min or 1h, from "
        + "\(Self.text(range.lowerBound, Self.timesLargestFirst)) to "
        + Self.text(range.upperBound, Self.timesLargestFirst)
    case .number(let range): "a number from \(range.lowerBound) to \(range.upperBound)"
    case .flag: "on or off"
    case .list: "names with commas between them, or none"
    case .optional(let form): form.allowed + ", or none"
    }
  }

  private static func list(_ text: String) -> SettingValue? {
    if text == "none" { return .list([]) }
    let names = text.split(separator: ",", omittingEmptySubsequences: false).map(trimmed)
    let isClean = names.allSatisfy { name in
      !name.isEmpty && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }
    return isClean ? .list(names) : nil
  }

  /// Digits with a unit behind them.
  private static func quantity(
    _ text: String, _ units: [(String, Int)], needsUnit: Bool = false
  ) -> Int? {
    for (unit, factor) in units where text.hasSuffix(unit) {
      guard let count = Int(digits: trimmed(text.dropLast(unit.count))) else { continue }
      let (product, overflows) = count.multipliedReportingOverflow(by: factor)
      return overflows ? nil : product
    }
    return needsUnit ? nil : Int(digits: text)
  }

  /// With the largest unit that leaves a whole number.
  private static func text(_ count: Int, _ units: [(String, Int)]) -> String {
    for (unit, factor) in units where count != 0 && count.isMultiple(of: factor) {
      return "\(count / factor)\(unit)"
    }
    return "0\(units.last?.0 ?? "")"
  }
}

/// The value of a setting.
enum SettingValue: Sendable, Equatable {
  /// A count, bytes or milliseconds.
  case integer(Int)
  /// A number with a fraction.
  case number(Double)
  /// On or off.
  case flag(Bool)
  /// Names.
  case list([String])
  /// None at all.
  case none
}

extension Int {
  /// A number of decimal digits alone, one or more.
  fileprivate init?(digits: String) {
    guard !digits.isEmpty, digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
    self.init(digits)
  }
}

/// A text without spaces and tabs at its ends.
func trimmed(_ text: some StringProtocol) -> String {
  var text = text[...]
  while let first = text.first, first.isWhitespace { text.removeFirst() }
  while let last = text.last, last.isWhitespace { text.removeLast() }
  return String(text)
}
