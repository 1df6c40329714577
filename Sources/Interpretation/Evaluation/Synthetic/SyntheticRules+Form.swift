/// Units that fire on affixes, letters, case and numbers.
extension SyntheticRule {
  private static let currency = WordPattern.mark(["$", "£", "€"])
  private static let number = WordPattern.number()

  static let affixes: [SyntheticRule] = [
    suffix("ness", "kindness, darkness, goodness", "tion", "abstract nouns"),
    suffix("ly", "only, greatly, truly", "ful", "words that say how something is done"),
    suffix("ing", "being, going, making", "ed", "forms of verbs"),
    suffix("tion", "nation, relation, condition", "ness", "abstract nouns"),
    suffix("ous", "various, famous, religious", "able", "adjectives made from nouns"),
    suffix("ment", "government, judgment, moment", "ity", "abstract nouns"),
    suffix("ful", "beautiful, powerful, useful", "less", "adjectives made from nouns"),
    suffix("est", "greatest, best, highest", "er", "words that compare"),
    prefix("un", "under, unto, until", "in", "words that deny something"),
    prefix("re", "return, remain, receive", "de", "verbs with a prefix"),
    prefix("con", "contain, consider, continue", "com", "words from Latin"),
    prefix("over", "overcome, overall, overthrow", "under", "words made of two words"),
    containing("ph", "phrase, phone, prophet", "th", "words from Greek"),
    containing("oo", "good, book, took", "ee", "words with a doubled letter"),
    containing("ght", "might, light, thought", "gh", "old English words"),
  ]

  private static func suffix(_ part: String, _ list: String, _ other: String, _ broad: String)
    -> SyntheticRule
  {
    affix(
      "words ending in \"\(part)\"", or: "the suffix -\(part)", .suffix(part), list: list,
      other: ("words ending in \"\(other)\"", .suffix(other)), broad: broad)
  }

  private static func prefix(_ part: String, _ list: String, _ other: String, _ broad: String)
    -> SyntheticRule
  {
    affix(
      "words beginning with \"\(part)\"", or: "the prefix \(part)-", .prefix(part), list: list,
      other: ("words beginning with \"\(other)\"", .prefix(other)), broad: broad)
  }

  private static func containing(_ part: String, _ list: String, _ other: String, _ broad: String)
    -> SyntheticRule
  {
    affix(
      "words with \"\(part)\" in them", or: "the letters \(part)", .containing(part), list: list,
      other: ("words with \"\(other)\" in them", .containing(other)), broad: broad)
  }

  private static func affix(
    _ explanation: String, or paraphrase: String, _ pattern: WordPattern, list: String,
    other: (text: String, pattern: WordPattern), broad: String
  ) -> SyntheticRule {
    let listed = WordPattern.word(Set(list.split(separator: ", ").map(String.init)))
    return form(
      explanation, or: paraphrase, pattern,
      against: [
        .list(list, listed), .neighbour(other.text, other.pattern),
        .broad(broad, pattern || other.pattern),
        .context(
          "\(explanation), at the end of a sentence", pattern && .before(.mark([".", "?"]))),
      ])
  }

  static let numbersAndCase: [SyntheticRule] = [
    form(
      "a number after a currency sign", or: "amounts behind a dollar sign",
      number && .after(currency),
      against: [
        .broad("numbers of all sorts", number),
        .context("a number before a percent sign", number && .before(.words("% percent"))),
        .neighbour("signs for dollars and pounds", currency),
        .list("1, 2, 5, 10, 100", .word(["1", "2", "5", "10", "100"])),
      ]),
    form(
      "numbers of four digits", or: "years and other numbers with four figures", .number(digits: 4),
      against: [
        .broad("numbers of all sorts", number),
        .neighbour("numbers of two digits", .number(digits: 2)),
        .context(
          "numbers of four digits after \"in\"", .number(digits: 4) && .after(.word(["in"]))),
        .list("1990, 1995, 1996, 2000", .word(["1990", "1995", "1996", "2000"])),
      ]),
    form(
      "numbers of one digit", or: "a figure that stands alone", .number(digits: 1),
      against: [
        .broad("numbers of all sorts", number),
        .neighbour("numbers of three digits", .number(digits: 3)),
        .context("a digit in parentheses", .number(digits: 1) && .inParentheses(nil)),
        .list("1, 2, 3", .word(["1", "2", "3"])),
      ]),
    form(
      "a number before a percent sign", or: "percentages", number && .before(.mark(["%"])),
      against: [
        .broad("numbers of all sorts", number),
        .context("a number after a currency sign", number && .after(currency)),
        .neighbour("the percent sign", .mark(["%"])),
        .narrow(
          "ten, twenty and fifty percent", .word(["10", "20", "50"]) && .before(.mark(["%"]))),
      ]),
    form(
      "a number after a decimal point", or: "digits that follow a full stop",
      number && .after(.mark(["."])),
      against: [
        .broad("numbers of all sorts", number),
        .context("a number before a decimal point", number && .before(.mark(["."]))),
        .neighbour("a number after a comma", number && .after(.mark([","]))),
      ]),
    form(
      "words written in capitals throughout", or: "all upper-case words", .capitals,
      against: [
        .broad("words that begin with a capital", .capitalised),
        .neighbour("single letters", .letter),
        .context("words in capitals in parentheses", .capitals && .inParentheses(nil)),
        .list("LORD, GOD, NATO, UN", .word(["lord", "god", "nato", "un"])),
      ]),
    form(
      "capitalised word inside a sentence", or: "names and other upper-case words not at the start",
      .capitalised && !.sentencePlace(0),
      against: [
        .context("capitalised first word of a sentence", .capitalised && .sentencePlace(0)),
        .narrow("capitalised word after \"of\"", .capitalised && .after(.word(["of"]))),
        .neighbour("words in capitals throughout", .capitals),
      ]),
    form(
      "surname after Mr, Mrs, Miss or Lady", or: "a name that follows a title",
      .capitalised
        && (.after(.words("miss lady sir"))
          || .after(.mark(["."])) && .within(2, after: .words("mr mrs dr"))),
      against: [
        .context("titles such as Mr, Mrs and Miss", .words("mr mrs miss lady sir dr")),
        .broad("names of people", .capitalised && !.sentencePlace(0)),
        .list("Darcy, Elizabeth, Crawford", .words("darcy elizabeth crawford")),
      ]),
    form(
      "words of twelve letters or more", or: "very long words", .longWord(12),
      against: [
        .broad("words of eight letters or more", .longWord(8)),
        .context("long words at the end of a sentence", .longWord(10) && .before(.mark(["."]))),
        .neighbour("words ending in \"tion\"", .suffix("tion")),
      ]),
    form(
      "words of a single letter", or: "\"a\", \"I\" and initials", .letter,
      against: [
        .narrow("the word \"I\"", .word(["i"])),
        .neighbour("numbers of one digit", .number(digits: 1)),
        .context("single letters before a full stop", .letter && .before(.mark(["."]))),
      ]),
    form(
      "a word that stood in the text before", or: "repeated words", .repeated && .longWord(4),
      against: [
        .broad("words of four letters or more", .longWord(4)),
        .neighbour("the first word of a sentence", .sentencePlace(0)),
        .context("repeated words in quotation marks", .repeated && .inQuotation(nil)),
      ]),
    form(
      "\"an\" and the word after it", or: "the article an with what follows",
      .word(["an"]) || .after(.word(["an"])), lexical: false,
      against: [
        .broad(
          "articles and the words after them", .words("a an the") || .after(.words("a an the"))),
        .neighbour("\"a\" and the word after it", .word(["a"]) || .after(.word(["a"]))),
        .narrow("\"an\" at the start of a sentence", .word(["an"]) && .sentencePlace(0)),
      ]),
  ]
}
