/// What an explanation names: words in quotation marks and out of them, marks, and parts of words.
///
/// The same as `Tests/Training/judge/text.py` has it, with which the judge was trained.
struct JudgeNaming: Sendable {
  /// How a word is named; the raw values are the judge's.
  enum Match: Int {
    case none = 0
    case stem, plain, quoted, suffix, prefix, inside, function, mark
  }

  private let quoted: Set<String>
  private let plain: Set<String>
  private let function: Set<String>
  private let marks: Set<String>
  private let suffixes: Set<String>
  private let prefixes: Set<String>
  private let insides: Set<String>
  private let stems: [String]

  /// What `explanation` names.
  init(_ explanation: String) {
    let scan = ExplanationScan(explanation.lowercased())
    suffixes = Set(scan.hyphenated(isSuffix: true) + scan.strings(after: Self.endingWords))
    prefixes = Set(scan.hyphenated(isSuffix: false) + scan.strings(after: Self.beginningWords))
    insides = Set(scan.strings(after: Self.containingWords, takesPreposition: false))
    let quoted = Set(
      scan.strings.flatMap { string in
        let bare = ExplanationScan.withoutHyphens(string)
        return ScalarRun.runs(of: bare.isEmpty ? string : bare).map {
          JudgeWord.markAliases[$0.text] ?? $0.text
        }
      })
    let outside = Set(ScalarRun.runs(of: scan.textWithoutStrings).map(\.text)).subtracting(quoted)
    let words = outside.filter { $0.unicodeScalars.first.map(Self.isAlphanumeric) ?? false }
    self.quoted = quoted
    marks = Set(outside.compactMap { Self.markNames[$0] })
    plain = words.subtracting(Self.functionWords)
    function = words.intersection(Self.functionWords)
    stems = plain.union(quoted).filter {
      $0.unicodeScalars.count >= 4 && ($0.unicodeScalars.first?.properties.isAlphabetic ?? false)
    }
  }

  /// How the word with this key is named.
  func match(_ key: String) -> Match {
    if quoted.contains(key) { return .quoted }
    if marks.contains(key) { return .mark }
    if plain.contains(key) { return .plain }
    if function.contains(key) { return .function }
    guard key.unicodeScalars.first?.properties.isAlphabetic ?? false else { return .none }
    let length = key.utf8.count
    if suffixes.contains(where: { key.hasSuffix($0) && length > $0.utf8.count }) { return .suffix }
    if prefixes.contains(where: { key.hasPrefix($0) && length > $0.utf8.count }) { return .prefix }
    if insides.contains(where: { key.contains($0) }) { return .inside }
    return stems.contains(where: { Self.haveOneStem(key, $0) }) ? .stem : .none
  }

  /// Whether two words share at least four first letters and all but the last three.
  private static func haveOneStem(_ one: String, _ other: String) -> Bool {
    let (one, other) = (one.unicodeScalars, other.unicodeScalars)
    let shared = zip(one, other).prefix { $0 == $1 }.count
    return shared >= 4 && shared >= max(one.count, other.count) - 3
  }

  private static func isAlphanumeric(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isLetterSign || scalar.isDecimalDigit
  }
}

extension JudgeNaming {
  private static let endingWords: Set = ["end", "ends", "ending", "suffix", "suffixes"]
  private static let beginningWords: Set = [
    "begin", "begins", "beginning", "start", "starts", "starting", "prefix", "prefixes",
  ]
  private static let containingWords: Set = [
    "contain", "contains", "containing", "syllable", "syllables", "letters", "letter", "inside",
    "spelled",
  ]

  /// Names of punctuation marks in explanations, and the marks that they mean.
  private static let markNames: [String: String] = [
    "comma": ",", "commas": ",", "semicolon": ";", "semicolons": ";", "colon": ":",
    "colons": ":", "period": ".", "periods": ".", "stop": ".", "dot": ".", "dots": ".",
    "hyphen": "-", "hyphens": "-", "dash": "-", "dashes": "-", "apostrophe": "'",
    "apostrophes": "'", "quote": "\"", "quotes": "\"", "quotation": "\"", "quotations": "\"",
    "parenthesis": "(", "parentheses": "(", "bracket": "[", "brackets": "[", "slash": "/",
    "slashes": "/", "asterisk": "*", "percent": "%", "underscore": "_", "exclamation": "!",
    "question": "?",
  ]

  /// Words that explanations are made of, whatever they are about.
  private static let functionWords = Set(
    """
    a about after all also an and another any are as at away be because been before being between \
    both but by can did do does during each end ends ending for from had has have he her his i if in \
    into is it its just like made may meaning more no nor not of off on one only or other out over own \
    part piece right she so some something such than that the their them then there these they things \
    this to under up used was we were what when where which while who with word words without would \
    you your first second last next token letter letters
    """.split(separator: " ").map(String.init))
}
