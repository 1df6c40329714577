/// A word of a text as the judge sees it: a run of letters (with apostrophes between letters), a run
/// of digits, or any other single scalar that isn't white space.
///
/// The same as `Tests/Training/judge/text.py` has it, with which the judge was trained.
struct JudgeWord: Hashable, Sendable {
  /// How a word is written; the raw values are the judge's.
  enum Casing: Int {
    case lower = 0
    case capitalised, capitals, oneCapital, mixed, digits, mark
  }

  /// What stands before a word; the raw values are the judge's.
  enum Before: Int {
    case beginning = 0
    case space, lineBreak, character
  }

  /// Its bytes in the text's UTF-8.
  let range: Range<Int>
  /// Lower-cased; of marks that mean the same, one.
  let key: String
  let casing: Casing
  let before: Before
  /// How many words of its sentence stand before it.
  var sentenceIndex = 0
  /// How many words of its sentence stand after it.
  var sentenceRemaining = 0
  /// How often it stood in the text before: 0, 1, or 2 for more.
  var seenCount = 0
  /// Whether it stands within quotation marks, the opening one included.
  var isQuoted = false
  /// Whether it stands within parentheses or brackets.
  var isEnclosed = false
}

extension JudgeWord {
  /// Marks that stand for others when a text is compared with an explanation.
  static let markAliases: [String: String] = [
    "\u{201C}": "\"", "\u{201D}": "\"", "`": "\"", "\u{2018}": "'", "\u{2019}": "'",
    "\u{2013}": "-", "\u{2014}": "-", ")": "(", "]": "[",
  ]

  /// The words of `text` with their forms and places.
  static func words(of text: String) -> [JudgeWord] {
    var words: [JudgeWord] = []
    var seen: [String: Int] = [:]
    var (isQuoted, depth, sentenceStart) = (false, 0, 0)
    for run in ScalarRun.runs(of: text) {
      let key = markAliases[run.text] ?? run.text.lowercased()
      var word = JudgeWord(
        range: run.range, key: key, casing: casing(of: run), before: run.before)
      word.sentenceIndex = words.count - sentenceStart
      word.seenCount = min(2, seen[key, default: 0])
      seen[key, default: 0] += 1
      switch run.text {
      case "\"": isQuoted.toggle()
      case "\u{201C}": isQuoted = true
      case "\u{201D}": isQuoted = false
      default: break
      }
      if run.text == ")" || run.text == "]" { depth = max(0, depth - 1) }
      word.isQuoted = isQuoted
      word.isEnclosed = depth > 0
      if run.text == "(" || run.text == "[" { depth += 1 }
      words.append(word)
      if [".", "!", "?"].contains(run.text) {
        closeSentence(&words, from: sentenceStart)
        sentenceStart = words.count
      }
    }
    closeSentence(&words, from: sentenceStart)
    return words
  }

  private static func closeSentence(_ words: inout [JudgeWord], from start: Int) {
    for index in start..<words.count { words[index].sentenceRemaining = words.count - 1 - index }
  }

  private static func casing(of run: ScalarRun) -> Casing {
    let scalars = Array(run.text.unicodeScalars)
    guard let first = scalars.first else { return .mark }
    if first.isDigitSign { return .digits }
    if !first.properties.isAlphabetic { return .mark }
    if isLower(scalars[...]) { return .lower }
    if scalars.count == 1 { return .oneCapital }
    if isUpper(scalars) { return .capitals }
    let isCapital = first.properties.isUppercase
    return isCapital && isLower(scalars.dropFirst()) ? .capitalised : .mixed
  }

  private static func isLower(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
    scalars.contains { $0.properties.isLowercase }
      && !scalars.contains { $0.properties.isUppercase || $0.isTitlecase }
  }

  private static func isUpper(_ scalars: [Unicode.Scalar]) -> Bool {
    scalars.contains { $0.properties.isUppercase }
      && !scalars.contains { $0.properties.isLowercase || $0.isTitlecase }
  }
}

/// A run of scalars that is a word.
struct ScalarRun {
  let text: String
  /// Its bytes in the text's UTF-8.
  let range: Range<Int>
  let before: JudgeWord.Before

  /// The runs of `text`.
  static func runs(of text: String) -> [ScalarRun] {
    let scalars = Array(text.unicodeScalars)
    var runs: [ScalarRun] = []
    var (index, offset) = (0, 0)
    while index < scalars.count {
      let end = self.end(of: scalars, from: index)
      let byteCount = scalars[index..<max(end, index + 1)].reduce(0) { $0 + UTF8.width($1) }
      if end > index {
        var run = String.UnicodeScalarView()
        run.append(contentsOf: scalars[index..<end])
        runs.append(
          ScalarRun(
            text: String(run), range: offset..<offset + byteCount,
            before: before(scalars, index)))
      }
      index = max(end, index + 1)
      offset += byteCount
    }
    return runs
  }

  /// Behind the last scalar of the word that begins at `start`; `start` itself where none does.
  private static func end(of scalars: [Unicode.Scalar], from start: Int) -> Int {
    let first = scalars[start]
    if first.isSpaceSign { return start }
    if first.isDecimalDigit { return run(scalars, from: start) { $0.isDecimalDigit } }
    guard first.isLetterSign else { return start + 1 }
    var end = run(scalars, from: start) { $0.isLetterSign }
    while end + 1 < scalars.count, scalars[end] == "'" || scalars[end] == "\u{2019}",
      scalars[end + 1].isLetterSign
    {
      end = run(scalars, from: end + 1) { $0.isLetterSign }
    }
    return end
  }

  private static func run(
    _ scalars: [Unicode.Scalar], from start: Int, while belongs: (Unicode.Scalar) -> Bool
  ) -> Int {
    scalars[start...].firstIndex { !belongs($0) } ?? scalars.count
  }

  private static func before(_ scalars: [Unicode.Scalar], _ index: Int) -> JudgeWord.Before {
    guard index > 0 else { return .beginning }
    if scalars[index - 1] == "\n" { return .lineBreak }
    return scalars[index - 1].isSpaceSign ? .space : .character
  }
}

extension Unicode.Scalar {
  /// White space, the four separators of ASCII included.
  var isSpaceSign: Bool { properties.isWhitespace || (0x1C...0x1F).contains(value) }

  var isDecimalDigit: Bool { properties.generalCategory == .decimalNumber }

  /// A digit, raised ones included.
  var isDigitSign: Bool {
    properties.numericType == .decimal || properties.numericType == .digit
  }

  var isTitlecase: Bool { properties.generalCategory == .titlecaseLetter }

  /// A letter, or a number that isn't made of decimal digits.
  var isLetterSign: Bool {
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .letterNumber, .otherNumber:
      true
    default: false
    }
  }
}
