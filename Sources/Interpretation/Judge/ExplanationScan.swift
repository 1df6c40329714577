/// Finds strings in quotation marks and parts of words in a lower-cased explanation.
struct ExplanationScan {
  private let scalars: [Unicode.Scalar]
  /// What stands in quotation marks, 1 to 24 scalars each, and where with its marks.
  private let found: [(text: String, range: Range<Int>)]

  init(_ text: String) {
    scalars = Array(text.unicodeScalars)
    found = Self.strings(in: scalars)
  }

  /// What stands in quotation marks.
  var strings: [String] { found.map(\.text) }

  /// The text with a space for each string and its marks.
  var textWithoutStrings: String {
    var view = String.UnicodeScalarView()
    var start = 0
    for string in found {
      view.append(contentsOf: scalars[start..<string.range.lowerBound])
      view.append(" ")
      start = string.range.upperBound
    }
    view.append(contentsOf: scalars[start...])
    return String(view)
  }

  /// `-ing` as a suffix or `un-` as a prefix, without the hyphen: 1 to 7 letters from a to z.
  func hyphenated(isSuffix: Bool) -> [String] {
    var parts: [String] = []
    for index in scalars.indices where scalars[index] == "-" {
      if isSuffix {
        guard isDelimited(before: index, "\"'(,/") else { continue }
        let end = endOfLetters(from: index + 1)
        guard end == scalars.count || !isWordSign(scalars[end]) else { continue }
        append(index + 1..<end, to: &parts)
      } else {
        guard isDelimited(behind: index, "\"',.;)/") else { continue }
        var start = index
        while start > 0, ("a"..."z").contains(scalars[start - 1]) { start -= 1 }
        guard isDelimited(before: start, "\"'(,/") else { continue }
        append(start..<index, to: &parts)
      }
    }
    return parts
  }

  /// The strings, of 1 to 7 scalars without hyphens, that follow one of `words` at once.
  func strings(after words: Set<String>, takesPreposition: Bool = true) -> [String] {
    for start in scalars.indices where isWordStart(start) {
      let end = endOfWord(from: start)
      guard words.contains(text(start..<end)) else { continue }
      var rest = end
      if takesPreposition {
        for preposition in [" in", " with", " on"]
        where hasPrefix(preposition, at: end) && isSpace(end + preposition.utf8.count) {
          rest = end + preposition.utf8.count
        }
      }
      guard isSpace(rest) else { continue }
      while isSpace(rest) { rest += 1 }
      return leadingStrings(from: rest)
    }
    return []
  }

  /// `text` without hyphens at its ends.
  static func withoutHyphens(_ text: String) -> String {
    var view = Substring(text).unicodeScalars
    while view.first == "-" { view.removeFirst() }
    while view.last == "-" { view.removeLast() }
    return String(view)
  }

  private func leadingStrings(from start: Int) -> [String] {
    var index = start
    var strings: [String] = []
    while let word = ["with ", "in ", "the "].first(where: { hasPrefix($0, at: index) }) {
      index += word.utf8.count
    }
    while index < scalars.count, Self.opens(scalars[index]),
      let end = scalars[(index + 1)...].firstIndex(where: Self.closes)
    {
      let content = index + 1..<end
      let hyphens = [content.first, content.last].compactMap { $0 }.filter { scalars[$0] == "-" }
      guard (1...7 + min(hyphens.count, max(0, content.count - 1))).contains(content.count) else {
        break
      }
      let bare = Self.withoutHyphens(text(content))
      if !bare.isEmpty { strings.append(bare) }
      index = end + 1
      for separator in [", or ", ", and ", " or ", " and ", ", "]
      where hasPrefix(separator, at: index) {
        index += separator.utf8.count
        break
      }
    }
    return strings
  }

  private static func strings(in scalars: [Unicode.Scalar]) -> [(text: String, range: Range<Int>)] {
    var found: [(text: String, range: Range<Int>)] = []
    var index = 0
    while index < scalars.count {
      if opens(scalars[index]), let end = scalars[(index + 1)...].firstIndex(where: closes),
        (1...24).contains(end - index - 1)
      {
        found.append((string(scalars[index + 1..<end]), index..<end + 1))
        index = end + 1
      } else {
        index += 1
      }
    }
    return found
  }

  private static func opens(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\"" || scalar == "\u{201C}"
  }

  private static func closes(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\"" || scalar == "\u{201D}"
  }

  private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  private func text(_ range: Range<Int>) -> String { Self.string(scalars[range]) }

  private func append(_ range: Range<Int>, to parts: inout [String]) {
    if (1...7).contains(range.count) { parts.append(text(range)) }
  }

  private func endOfLetters(from start: Int) -> Int {
    scalars[start...].firstIndex { !("a"..."z").contains($0) } ?? scalars.count
  }

  private func endOfWord(from start: Int) -> Int {
    scalars[start...].firstIndex { !isWordSign($0) } ?? scalars.count
  }

  private func isWordStart(_ index: Int) -> Bool {
    isWordSign(scalars[index]) && (index == 0 || !isWordSign(scalars[index - 1]))
  }

  private func isWordSign(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isLetterSign || scalar.isDecimalDigit || scalar == "_"
  }

  private func isSpace(_ index: Int) -> Bool {
    index < scalars.count && scalars[index].isSpaceSign
  }

  private func isDelimited(before index: Int, _ signs: String) -> Bool {
    index == 0 || isSpace(index - 1) || signs.unicodeScalars.contains(scalars[index - 1])
  }

  private func isDelimited(behind index: Int, _ signs: String) -> Bool {
    index + 1 == scalars.count || isSpace(index + 1)
      || signs.unicodeScalars.contains(scalars[index + 1])
  }

  private func hasPrefix(_ prefix: String, at index: Int) -> Bool {
    index <= scalars.count && scalars[index...].starts(with: prefix.unicodeScalars)
  }
}
