import ArenaProtocol
import Glibc

/// What `admin` prints; nothing that a player wrote can move the cursor or turn the direction of text.
enum AdminText {
  /// A line of a list.
  static func line(_ row: JSONValue) -> String {
    let words = ["id", "state", "title", "detail", "player", "by"].compactMap { key -> String? in
      guard let text = row[key]?.string, !text.isEmpty else { return nil }
      return key == "player" && text == row["id"]?.string ? nil : clean(text)
    }
    let until = row["until"].flatMap { $0 == .null ? nil : "  until \(time($0))" } ?? ""
    return "\(time(row["at"]))  " + words.joined(separator: "  ") + until
  }

  /// A moment, by the clock of UTC.
  static func time(_ value: JSONValue?) -> String {
    guard let milliseconds = value?.integer else { return "-" }
    var seconds = time_t(milliseconds / 1_000)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(parts.tm_year + 1_900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday)) "
      + "\(two(parts.tm_hour)):\(two(parts.tm_min))"
  }

  /// A text without what a terminal acts on.
  static func clean(_ text: String) -> String {
    var shown = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .privateUse, .surrogate, .unassigned, .lineSeparator,
        .paragraphSeparator:
        shown.append("\u{FFFD}")
      default: shown.append(scalar)
      }
    }
    return String(shown)
  }

  /// A value as JSON, in one line.
  static func json(_ value: JSONValue) -> String {
    String(decoding: JSONWriter.bytes(of: value), as: UTF8.self)
  }

  /// Prints a line at once, for who reads through a pipe.
  static func flush(_ line: String) {
    let text = line + "\n"
    _ = text.withCString { write(STDOUT_FILENO, $0, strlen($0)) }
  }
}
