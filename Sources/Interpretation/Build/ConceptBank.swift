public import ArenaTypes

/// Meanings that a program may propose as explanations: words with what they mean, and patterns of
/// grammar.
public struct ConceptBank: Sendable {
  /// The texts, each a legal explanation.
  public let texts: [ExplanationText]

  /// A bank of grammatical patterns alone.
  public static let patternsAlone = ConceptBank(texts: patterns)

  private init(texts: [ExplanationText]) { self.texts = texts }

  /// The concepts of a file, one a line: word, tab, meaning.
  ///
  /// What breaks an explanation's limits or is explicit is left out.
  ///
  /// - Throws: `corpus` where a line has no tab.
  public init(content: String) throws(CampaignError) {
    var texts: [ExplanationText] = []
    for (index, line) in content.split(separator: "\n").enumerated() {
      let fields = line.split(separator: "\t")
      guard fields.count == 2 else {
        throw .corpus("line \(index + 1) of the concepts is not: word, tab, meaning")
      }
      guard let text = try? ExplanationText("\(fields[0]): \(fields[1])"),
        !ExplicitWords.standard.matches(text.description)
      else { continue }
      texts.append(text)
    }
    self.texts = texts + Self.patterns
  }

  private static let patterns: [ExplanationText] = """
    the word before a comma in a list
    the first word of a sentence
    the last word before a full stop
    a verb in the past tense
    a verb ending in -ing
    an adverb ending in -ly
    a noun ending in -tion
    a noun ending in -ness
    an adjective ending in -ous
    a plural noun after a number
    a past participle after a form of be
    the infinitive marker "to" before a verb
    a modal verb such as may or can
    negation with not or never
    a relative pronoun after a comma
    a preposition of place
    a preposition of time
    a pronoun that refers to a man
    a pronoun that refers to a woman
    a possessive before a noun
    the definite article before an adjective
    an abbreviation with full stops
    a word in quotation marks
    an opening quotation mark
    a closing quotation mark
    a year or date in figures
    a number written in words
    an ordinal number
    a capital letter in the middle of a sentence
    a hyphen inside a compound word
    a conjunction that joins two clauses
    a comparative adjective before than
    a superlative after the
    a question word at the start of a question
    a foreign or ancient proper name
    part of a long rare word
    a colon after a defined term
    a word in brackets
    """.split(separator: "\n").compactMap { try? ExplanationText(String($0)) }
}
