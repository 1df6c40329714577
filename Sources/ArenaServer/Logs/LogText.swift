/// Texts as they stand in a line of the log.
enum LogText {
  /// The names of a record's own fields.
  static let reserved: Set<String> = ["time", "level", "logger", "message"]

  /// A JSON string (RFC 8259 section 7); control characters and the separators of lines that some
  /// readers of JSON take for ends of lines are escaped.
  static func json(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case _ where breaksLines(scalar): result += unicodeEscape(scalar)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// The text without anything that could end a line or move a terminal's cursor.
  static func escaped(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: breaksLines) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if breaksLines(scalar) {
        result += unicodeEscape(scalar)
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// A value after `key=`: as it is where it is one word, else a JSON string.
  static func quotedIfNeeded(_ text: String) -> String {
    let isWord =
      !text.isEmpty
      && text.unicodeScalars.allSatisfy { $0 != " " && $0 != "\"" && $0 != "=" && !breaksLines($0) }
    return isWord ? text : json(text)
  }

  /// C0, DEL, C1, and U+2028 and U+2029.
  private static func breaksLines(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
      || scalar.value == 0x2028 || scalar.value == 0x2029
  }

  private static func unicodeEscape(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
  }
}
