/// Splits texts into words as all checks compare them.
enum Words {
  /// The words of `text`: runs of letters, digits and marks; lower-cased, accents and look-alike
  /// letters folded onto `a`...`z`, apostrophes dropped.
  static func of(_ text: some StringProtocol) -> [String] {
    var words: [String] = []
    var word = ""
    for scalar in text.unicodeScalars {
      if scalar == "'" || scalar == "\u{2019}" { continue }
      let properties = scalar.properties
      if properties.isAlphabetic || properties.numericType != nil {
        word += folded(scalar)
      } else if properties.generalCategory == .nonspacingMark
        || properties.generalCategory == .format
      {
        continue
      } else if !word.isEmpty {
        words.append(word)
        word = ""
      }
    }
    if !word.isEmpty { words.append(word) }
    return words
  }

  /// The stems of `of(text)`.
  static func stems(of text: some StringProtocol) -> [String] { of(text).map(WordStem.of) }

  private static func folded(_ scalar: Unicode.Scalar) -> String {
    if scalar.isASCII { return scalar.properties.lowercaseMapping }
    if let lookAlike = lookAlikes[scalar] { return lookAlike }
    // "LATIN SMALL LETTER E WITH ACUTE", "FULLWIDTH LATIN CAPITAL LETTER A",
    // "MATHEMATICAL BOLD SMALL X": the base letter is the only single letter in the name.
    if let name = scalar.properties.name,
      name.hasPrefix("LATIN ") || name.hasPrefix("FULLWIDTH LATIN ")
        || name.hasPrefix("MATHEMATICAL "),
      let letter = name.split(separator: " ").first(where: { $0.count == 1 })
    {
      return String(letter).lowercased()
    }
    return scalar.properties.lowercaseMapping
  }

  /// Greek, Cyrillic and Armenian letters that look like Latin ones.
  private static let lookAlikes: [Unicode.Scalar: String] = [
    "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "у": "y", "х": "x", "і": "i", "ѕ": "s",
    "ј": "j", "һ": "h", "ԁ": "d", "А": "a", "В": "b", "Е": "e", "К": "k", "М": "m", "Н": "h",
    "О": "o", "Р": "p", "С": "c", "Т": "t", "У": "y", "Х": "x", "І": "i", "Ѕ": "s",
    "ο": "o", "α": "a", "ν": "v", "ι": "i", "ρ": "p", "κ": "k", "Α": "a", "Β": "b", "Ε": "e",
    "Η": "h", "Ι": "i", "Κ": "k", "Μ": "m", "Ν": "n", "Ο": "o", "Ρ": "p", "Τ": "t", "Υ": "y",
    "Χ": "x", "ц": "u", "ս": "u", "օ": "o", "ո": "n", "ß": "ss", "æ": "ae", "œ": "oe", "Æ": "ae",
    "Œ": "oe",
  ]
}
