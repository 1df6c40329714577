/// One meaning of an explanation, as it is compared with another.
///
/// ```
/// number right before "km"   parts [[number], [km]]         relations [before]  quotations [km]
/// "km" after a number        parts [[km], [number]]         relations [after]   quotations [km]
/// suffix "-ness"             parts [[<end>, ness]]          relations []        quotations [ness]
/// ```
struct ComparedMeaning {
  /// A word or quoted token that says something.
  struct Word: Hashable {
    /// What the word has in common with its inflections and synonyms.
    let form: String
    /// The word as it was written, in lower case.
    let surface: String
    let isQuoted: Bool
    let isName: Bool
  }

  /// The words before, between and after the relations of order.
  private(set) var parts: [[Word]] = [[]]
  /// The relations of order, from left to right.
  private(set) var relations: [MeaningRelation] = []
  /// Words that stand as examples (`such as ...`).
  private(set) var examples: [Word] = []
  /// The words as they were written, in lower case.
  private(set) var surfaces: Set<String> = []
  /// The words without inflection.
  private(set) var bases: Set<String> = []
  private(set) var numbers: Set<String> = []
  private(set) var negationCount = 0
  /// Whether the order of its words is a list's.
  private(set) var isList = false
  /// The small words that say who does what to whom, in order.
  private(set) var connectives: [String] = []

  /// The words of all parts.
  var words: [Word] { parts.flatMap { $0 } }
  /// The quoted tokens that are no examples.
  var quotations: Set<String> { Set(words.filter(\.isQuoted).map(\.surface)) }

  init(_ meaning: String) {
    surfaces = Set(Words.of(meaning))
    let tokens = MeaningToken.all(in: meaning)
    read(tokens, leavesOutFillers: true)
    if words.isEmpty {
      self = ComparedMeaning(surfaces)
      read(tokens, leavesOutFillers: false)
    }
    nameLands()
  }

  private init(_ surfaces: Set<String>) { self.surfaces = surfaces }

  private mutating func read(_ tokens: [MeaningToken], leavesOutFillers: Bool) {
    var inExamples = false
    for (index, token) in tokens.enumerated() {
      switch token {
      case .separator:
        isList = true
      case .quoted(let text):
        let isNumber = text.contains(where: \.isNumber)
        if isNumber && !inExamples { numbers.insert(text) }
        if MeaningWords.negations.contains(text) { negationCount += 1 }
        add(Word(form: text, surface: text, isQuoted: true, isName: false), inExamples)
      case .relation(.before), .relation(.after):
        inExamples = false
        if case .relation(let relation) = token { relations.append(relation) }
        parts.append([])
      case .relation(.example):
        // Without a head the examples are all there is.
        inExamples = !words.isEmpty
      case .relation(let relation):
        let form = "<\(relation.rawValue)>"
        let word = Word(form: form, surface: relation.rawValue, isQuoted: false, isName: false)
        add(word, inExamples)
      case .word(let word, let isCapitalised):
        bases.insert(MeaningWords.base(of: word))
        if MeaningWords.negations.contains(word) { negationCount += 1 }
        if ["and", "or"].contains(word) { isList = true }
        if MeaningWords.connectives.contains(word) { connectives.append(word) }
        if leavesOutFillers && MeaningWords.fillers.contains(word) { continue }
        add(Self.word(word, isName: isCapitalised && index > 0), inExamples)
      }
    }
  }

  private static func word(_ word: String, isName: Bool) -> Word {
    let form = MeaningWords.numbers[word] ?? MeaningWords.form(of: word)
    let isLetter = word.count == 1 && word.allSatisfy(\.isLetter)
    return Word(form: form, surface: word, isQuoted: isLetter, isName: isName)
  }

  private mutating func add(_ word: Word, _ inExamples: Bool) {
    if inExamples {
      examples.append(word)
    } else {
      if word.form.contains(where: \.isNumber) && !word.isQuoted { numbers.insert(word.form) }
      bases.insert(word.isQuoted ? word.surface : word.form)
      parts[parts.count - 1].append(word)
    }
  }

  /// `German towns` and `towns in Germany` are one; alone, `German` is a language too.
  private mutating func nameLands() {
    guard words.count >= 2 else { return }
    for part in parts.indices {
      parts[part] = parts[part].map { word in
        guard !word.isQuoted, let land = MeaningWords.land(of: word.form) else { return word }
        return Word(form: land, surface: word.surface, isQuoted: false, isName: word.isName)
      }
    }
  }
}
