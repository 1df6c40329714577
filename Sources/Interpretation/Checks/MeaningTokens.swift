/// A meaning's text in pieces: words, quoted tokens, and what lies between them.
enum MeaningToken: Hashable, Sendable {
  /// A word of letters and digits as `Words` folds it; and whether it was capitalised.
  case word(String, isCapitalised: Bool)
  /// What stands in quotation marks, or an affix with its hyphen (`-ing`): meant as it stands, in
  /// lower case.
  case quoted(String)
  /// A relation that many phrasings have in common.
  case relation(MeaningRelation)
  /// A comma or a like separator.
  case separator

  /// The pieces of `meaning`, with phrases of several words made into one token.
  static func all(in meaning: String) -> [MeaningToken] {
    MeaningPhrases.joined(Array(split(meaning)))
  }

  private static func split(_ meaning: String) -> [MeaningToken] {
    var tokens: [MeaningToken] = []
    var rest = Substring(meaning)
    while let first = rest.first {
      if let quotation = quotation(at: rest) {
        tokens += quoted(quotation)
        rest = rest.dropFirst(quotation.count + 2)
      } else if first.isWhitespace {
        rest = rest.dropFirst()
      } else if first.isLetter || first.isNumber || "-'\u{2019}".contains(first) {
        let run = rest.prefix { $0.isLetter || $0.isNumber || "-'\u{2019}".contains($0) }
        tokens += words(of: run)
        rest = rest.dropFirst(run.count)
      } else {
        if let name = signs[first] { tokens.append(.word(name, isCapitalised: false)) }
        if ",;/".contains(first) { tokens.append(.separator) }
        rest = rest.dropFirst()
      }
    }
    return tokens
  }

  /// What stands in the quotation marks that `text` begins with.
  private static func quotation(at text: Substring) -> Substring? {
    guard let mark = text.first else { return nil }
    let closing: String
    switch mark {
    case "\"", "“", "”", "„": closing = "\"“”"
    case "'", "‘": closing = "'’"
    case "`": closing = "`"
    case "«": closing = "»"
    default: return nil
    }
    let inside = text.dropFirst().prefix { !closing.contains($0) }
    // An apostrophe opens nothing (`'s`); the letter after a closing mark says as much.
    guard !inside.isEmpty, inside.endIndex < text.endIndex,
      text[text.index(after: inside.endIndex)...].first?.isLetter != true
    else { return nil }
    return inside
  }

  private static func quoted(_ text: Substring) -> [MeaningToken] {
    let letters = text.contains { $0.isLetter || $0.isNumber }
    let bare = text.trimming { $0.isWhitespace || (letters && "-.,".contains($0)) }.lowercased()
    let sign = bare.count == 1 ? bare.first.flatMap { quotedSigns[$0] ?? signs[$0] } : nil
    var tokens = [MeaningToken.quoted(sign ?? bare)]
    if letters && text.first == "-" { tokens.insert(.relation(.end), at: 0) }
    if letters && text.last == "-" { tokens.insert(.relation(.start), at: 0) }
    return tokens
  }

  private static func words(of run: Substring) -> [MeaningToken] {
    let isAffix = run.count > 1 && (run.first == "-" || run.last == "-")
    if isAffix { return quoted(run) }
    let isCapitalised = run.first?.isUppercase == true
    return Words.of(run).map { .word($0, isCapitalised: isCapitalised) }
  }

  /// The names of signs that only mean themselves in quotation marks.
  private static let quotedSigns: [Character: String] = [
    ".": "period", ",": "comma", ";": "semicolon", ":": "colon", "-": "hyphen", "/": "slash",
    "?": "questionmark", "!": "exclamation", "(": "bracket", ")": "bracket", "'": "apostrophe",
    "[": "squarebracket", "]": "squarebracket", "{": "curlybracket", "}": "curlybracket",
  ]
  /// The names of signs that may be meant as themselves.
  private static let signs: [Character: String] = [
    "%": "percent", "$": "dollar", "€": "euro", "£": "pound", "&": "ampersand", "@": "at-sign",
    "#": "hash", "*": "asterisk", "+": "plus", "=": "equals", "<": "less-than", ">": "greater-than",
    "_": "underscore", "~": "tilde", "^": "caret", "\\": "backslash", "’": "apostrophe",
  ]
}

/// What a phrase says of where the unit fires, in whatever words.
enum MeaningRelation: String, Hashable, Sendable {
  /// What stands to the left is read first.
  case before
  /// What stands to the right is read first.
  case after
  /// The first part or letters of something.
  case start
  /// The last part or letters of something.
  case end
  /// A part that is neither.
  case inside
  /// What follows are examples.
  case example
}

extension Substring {
  /// Without what `isLeftOut` holds for at either end.
  fileprivate func trimming(_ isLeftOut: (Character) -> Bool) -> Substring {
    var rest = drop(while: isLeftOut)
    while let last = rest.last, isLeftOut(last) { rest = rest.dropLast() }
    return rest
  }
}
