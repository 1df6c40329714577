/// Units that fire on where a word stands and what stands beside it.
extension SyntheticRule {
  private static let ends = WordPattern.mark([".", "!", "?"])

  static let positions: [SyntheticRule] = [
    form(
      "third word of a quotation", or: "the word two places behind an opening quote",
      .inQuotation(3),
      against: [
        .broad("words in quotation marks", .inQuotation(nil)),
        .context("third word of a sentence", .sentencePlace(2)),
        .neighbour("first word of a quotation", .inQuotation(1)),
      ]),
    form(
      "first word of a quotation", or: "the word behind an opening quotation mark", .inQuotation(1),
      against: [
        .broad("words in quotation marks", .inQuotation(nil)),
        .context("first word in parentheses", .inParentheses(1)),
        .neighbour("first word of a sentence", .sentencePlace(0)),
      ]),
    form(
      "first word in parentheses", or: "the word behind an opening bracket", .inParentheses(1),
      against: [
        .broad("words in parentheses", .inParentheses(nil)),
        .context("first word of a quotation", .inQuotation(1)),
        .neighbour("second word in parentheses", .inParentheses(2)),
      ]),
    form(
      "first word of a sentence", or: "how sentences begin", .sentencePlace(0),
      against: [
        .context("capitalised word inside a sentence", .capitalised && !.sentencePlace(0)),
        .neighbour("second word of a sentence", .sentencePlace(1)),
        .list("The, And, It, In", .sentencePlace(0) && .words("the and it in")),
      ]),
    form(
      "second word of a sentence", or: "the word after a sentence's first", .sentencePlace(1),
      against: [
        .neighbour("third word of a sentence", .sentencePlace(2)),
        .context("second word in parentheses", .inParentheses(2)),
        .broad(
          "first words of a sentence", .sentencePlace(0) || .sentencePlace(1) || .sentencePlace(2)),
      ]),
    form(
      "last word before a full stop", or: "the word that ends a sentence",
      .anyWord && .before(ends),
      against: [
        .context("first word after a full stop", .sentencePlace(0)),
        .neighbour("last word before a comma", .anyWord && .before(.mark([","]))),
        .narrow("last word before a question mark", .anyWord && .before(.mark(["?"]))),
      ]),
    form(
      "word right after a comma", or: "what follows a comma", .anyWord && .after(.mark([","])),
      against: [
        .context("word right before a comma", .anyWord && .before(.mark([","]))),
        .narrow("\"and\" after a comma", .word(["and"]) && .after(.mark([","]))),
        .neighbour("word right after a semicolon", .anyWord && .after(.mark([";"]))),
      ]),
    form(
      "word right before a semicolon", or: "what a semicolon follows",
      .anyWord && .before(.mark([";"])),
      against: [
        .context("word right after a semicolon", .anyWord && .after(.mark([";"]))),
        .neighbour("word right before a colon", .anyWord && .before(.mark([":"]))),
        .broad("words before punctuation", .anyWord && .before(.mark([";", ",", ":", "."]))),
      ]),
    form(
      "word before a question mark", or: "how questions end", .anyWord && .before(.mark(["?"])),
      against: [
        .context("question words such as who and what", .words("who what why where when how")),
        .neighbour("word before a full stop", .anyWord && .before(.mark(["."]))),
        .broad("last word of a sentence", .anyWord && .before(ends)),
      ]),
    form(
      "word after a hyphen", or: "second half of a hyphenated word",
      .anyWord && .after(.mark(["-"])),
      against: [
        .context("word before a hyphen", .anyWord && .before(.mark(["-"]))),
        .neighbour("word after a slash", .anyWord && .after(.mark(["/"]))),
      ]),
  ]

  static let neighbours: [SyntheticRule] = [
    beside(
      "comma before \"and\"", ",", .mark([","]), .word(["and"]), "commas", "comma before \"but\"",
      .word(["but"])),
    beside(
      "\"of\" before \"the\"", "of the", .word(["of"]), .word(["the"]), "the word \"of\"",
      "\"of\" before \"a\"", .word(["a"])),
    beside(
      "\"to\" before \"be\"", "to be", .word(["to"]), .word(["be"]), "the word \"to\"",
      "\"to\" before \"the\"", .word(["the"])),
    beside(
      "\"in\" before a number", "in the year", .word(["in"]), .number(), "the word \"in\"",
      "\"in\" before \"the\"", .word(["the"])),
    beside(
      "\"that\" before a pronoun", "that he", .word(["that"]), .words("he she it they we i you"),
      "the word \"that\"", "\"that\" before \"is\"", .words("is was")),
    follows(
      "\"that\" after a comma", ", that", .word(["that"]), .mark([","]), "the word \"that\"",
      "\"that\" after \"so\"", .word(["so"])),
    follows(
      "\"which\" after a comma", ", which", .word(["which"]), .mark([","]), "the word \"which\"",
      "\"which\" after \"in\" or \"of\"", .words("in of to")),
    follows(
      "\"the\" after \"in\"", "in the", .word(["the"]), .word(["in"]), "the word \"the\"",
      "\"the\" after \"of\"", .word(["of"])),
    follows(
      "\"not\" after a form of \"be\"", "is not", .word(["not"]), .words("is was are were be am"),
      "the word \"not\"", "\"not\" after \"do\" or \"shall\"", .words("do did does shall will")),
    follows(
      "\"be\" after \"shall\" or \"will\"", "shall be", .word(["be"]), .words("shall will"),
      "the word \"be\"", "\"be\" after \"to\"", .word(["to"])),
    follows(
      "word after \"very\"", "very good", .anyWord, .word(["very"]), "adjectives and adverbs",
      "word after \"so\"", .word(["so"])),
    follows(
      "word after \"without\"", "without any", .anyWord, .word(["without"]), "nouns and articles",
      "word after \"with\"", .word(["with"])),
    follows(
      "word after \"each\" or \"every\"", "each one", .anyWord, .words("each every"), "nouns",
      "word after \"all\"", .word(["all"])),
    follows(
      "capitalised word after \"of\"", "of Israel", .capitalised, .word(["of"]), "names",
      "capitalised word after \"in\"", .word(["in"])),
    follows(
      "word after \"a\" that ends in \"er\"", "a matter", .suffix("er"), .word(["a"]),
      "words ending in \"er\"", "word after \"the\" that ends in \"er\"", .word(["the"])),
  ]

  /// A rule on something that has `context` behind it.
  private static func beside(
    _ explanation: String, _ list: String, _ core: WordPattern, _ context: WordPattern,
    _ broad: String, _ other: String, _ otherContext: WordPattern
  ) -> SyntheticRule {
    contextual(
      explanation, list, core, core && .before(context), wrong: core && .after(context),
      side: "after", broad, (other, core && .before(otherContext)))
  }

  /// A rule on something that has `context` before it.
  private static func follows(
    _ explanation: String, _ list: String, _ core: WordPattern, _ context: WordPattern,
    _ broad: String, _ other: String, _ otherContext: WordPattern
  ) -> SyntheticRule {
    contextual(
      explanation, list, core, core && .after(context), wrong: core && .before(context),
      side: "before", broad, (other, core && .after(otherContext)))
  }

  private static func contextual(
    _ explanation: String, _ list: String, _ core: WordPattern, _ pattern: WordPattern,
    wrong: WordPattern, side: String, _ broad: String,
    _ other: (text: String, pattern: WordPattern)
  ) -> SyntheticRule {
    let opposite = side == "after" ? " before " : " after "
    let turned = explanation.replacing(opposite, with: " \(side) ", maxReplacements: 1)
    return form(
      explanation, or: "as in \"\(list)\"", pattern,
      against: [
        .broad(broad, core), .neighbour(other.text, other.pattern), .context(turned, wrong),
        .narrow(
          "\(explanation), early in a sentence", pattern && (.sentencePlace(1) || .sentencePlace(2))
        ),
      ])
  }

  /// All rules.
  static let all =
    topics.of(.topics) + singleWords.of(.singleWords) + affixes.of(.affixes)
    + numbersAndCase.of(.numbersAndCase) + positions.of(.places)
    + neighbours.of(.wordsBesideWords)
}
