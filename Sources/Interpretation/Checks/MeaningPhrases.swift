/// Phrases of several words that explanations use for the same thing.
enum MeaningPhrases {
  /// The tokens with each phrase as one token, the longest phrase first.
  static func joined(_ tokens: [MeaningToken]) -> [MeaningToken] {
    var joined: [MeaningToken] = []
    var index = 0
    while index < tokens.count {
      let longest = min(lengthMax, tokens.count - index)
      let match = stride(from: longest, to: 0, by: -1).lazy.compactMap { length in
        key(tokens[index..<(index + length)]).flatMap { table[$0] }.map { ($0, length) }
      }.first
      if let (replacement, length) = match {
        joined += replacement
        index += length
      } else {
        joined.append(tokens[index])
        index += 1
      }
    }
    return joined
  }

  private static func key(_ tokens: ArraySlice<MeaningToken>) -> String? {
    var words: [String] = []
    for token in tokens {
      switch token {
      case .word(let word, _): words.append(word)
      case .separator: words.append(",")
      case .quoted, .relation: return nil
      }
    }
    return words.joined(separator: " ")
  }

  private static let lengthMax = 5

  private static let table: [String: [MeaningToken]] = {
    var table: [String: [MeaningToken]] = [:]
    for line in list.replacing("\n  ", with: " ").split(separator: "\n") {
      let sides = line.split(separator: "=").map { $0.trimmingSpaces() }
      let replacement = sides[0].split(separator: " ").map { name in
        MeaningRelation(rawValue: String(name.dropFirst())).map(MeaningToken.relation)
          ?? .word(String(name), isCapitalised: false)
      }
      for phrase in sides[1].split(separator: "|") { table[phrase.trimmingSpaces()] = replacement }
    }
    return table
  }()

  /// A replacement (`<` marks a relation) and the phrases that it stands for; indented lines go on.
  private static let list = """
    <before = before | right before | just before | directly before | immediately before |
      preceding | directly preceding | immediately preceding | precedes | precede | that precedes
      | that precede | which precedes | comes before | that comes before | that come before |
      ahead of | that stands ahead of | prior to | right ahead of | in front of | followed by |
      directly followed by | coming before | standing before | leading up to
    <after = after | right after | just after | directly after | immediately after | following |
      directly following | immediately following | follows | follow | directly follows | directly
      follow | that follows | that follow | which follows | that directly follows | that directly
      follow | comes after | that comes after | that come after | preceded by | coming after |
      standing after | subsequent to
    <start = start | starts | starting | beginning | begin | begins | start with | starts with |
      starting with | begin with | begins with | beginning with | at the start of | at start of |
      the start of | start of | at the beginning of | the beginning of | beginning of | opening |
      opens | open | prefix | prefixes | as a prefix | as prefix | as an opening | initial | first
    <end = end | ends | ending | end with | ends with | ending with | end in | ends in | ending
      in | at the end of | at end of | the end of | end of | closing | closes | suffix | suffixes
      | as a suffix | as suffix | as an ending | last | final
    <inside = inside | within | in the middle of | in the midst of | amid | part of | that is
      part of | in the interior of
    <example = such as | like | as in | for example | for instance | eg | including | , as | e g
      | , like | , such as | , as in | , for example
    period = full stop | full stops | periods
    quotemark = quotation mark | quotation marks | quote mark | quote marks | speech mark |
      speech marks | quote | quotes | inverted commas
    capital = capital letter | capital letters | upper case | upper case letter | upper case
      letters | all caps | capitals | block letters
    lowercase = lower case | lower case letter | lower case letters | small letter | small
      letters
    givenname = first name | first names | given name | given names | forename | forenames |
      christian name | christian names
    surname = last name | last names | family name | family names | surnames
    usa = united states | united states of america | the us | the usa | u s | u s a
    weekday = day of the week | days of the week
    monthname = month name | month names | name of a month | names of months | months of the
      year | names of the months
    bracket = round bracket | round brackets | parenthesis | parentheses | paren | parens
    squarebracket = square bracket | square brackets
    curlybracket = curly bracket | curly brackets | curly brace | curly braces | brace | braces
    exclamation = exclamation mark | exclamation marks | exclamation point | exclamation points
    questionmark = question mark | question marks
    percent = percent sign | percent signs | percentage sign | per cent | per cent sign
    dollar = dollar sign | dollar signs
    etymology = word origin | word origins | origin of words | origins of words
    """
}

extension Substring {
  /// Without white space at either end.
  fileprivate func trimmingSpaces() -> String {
    split(separator: " ").joined(separator: " ")
  }
}
