/// The words of explanations as they are compared: one form for all that say the same.
///
/// The tables are general English, ordered by topic, and meant to be added to. A pair of words that
/// is not here is compared by the sentence model.
enum MeaningWords {
  /// What `word` (lower-case) is compared as: a common form for its inflections and synonyms.
  static func form(of word: String) -> String {
    let base = base(of: word)
    return synonyms[base] ?? base
  }

  /// The word without its inflection.
  static func base(of word: String) -> String {
    // Roman numerals have no plural.
    if word.allSatisfy({ "ivx".contains($0) }) { return word }
    return irregular[word] ?? WordStem.withoutInflection(word)
  }

  /// The land that `form` belongs to, of a land or its people's adjective.
  static func land(of form: String) -> String? { lands[form] }

  /// Words that say nothing of their own in an explanation (`words about rain`).
  static let fillers = Set(
    words(
      """
      a an the word words term terms token tokens something someone somebody thing things anything
      anyone about related relating relates regarding concerning mention mentions mentioned
      mentioning reference references referring refers refer describing describes talk talks talking
      involving connected kind kinds type types sort sorts various different certain some any each
      every other others its their it they be being been is are was were am of in on at by for from
      to with as that which who whom whose this these those there often mostly usually sometimes
      mainly whatever especially particularly generally and or also very such like one's ones when
      where
      """))

  /// Fillers whose order tells who does what to whom.
  static let connectives = Set(words("of in on at by for from to with as who whom whose"))

  /// Words of closed classes: none of them says the same as another.
  static let closedClass = Set(
    words(
      """
      i me my mine we us our you your he him his she her hers they them theirs can could shall
      should will would may might must do have has had up down out off over under above below into
      onto upon through across along around between among against toward towards until since during
      while because if though although yet so than then thus here now already still just only even
      too again ever never once soon always all both either much many more most few less least
      enough own same what why how
      """))

  /// Words of which each turns a meaning round.
  static let negations = Set(
    words(
      """
      no not never non without none nor neither nothing nobody nowhere except excluding cannot lack
      lacks lacking absence absent but isnt arent wasnt werent dont doesnt didnt cant couldnt wont
      wouldnt shouldnt hasnt havent hadnt
      """))

  /// Prefixes that turn a word round.
  static let negatingPrefixes = ["un", "in", "im", "il", "ir", "dis", "non", "mis", "a", "anti"]

  /// Number words by their digits.
  static let numbers: [String: String] = {
    let cardinals = words(
      """
      zero - two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
      sixteen seventeen eighteen nineteen twenty
      """)
    let tens = words("- - - thirty forty fifty sixty seventy eighty ninety hundred")
    var numbers: [String: String] = ["thousand": "1000", "million": "1000000", "twice": "2"]
    for (value, word) in cardinals.enumerated() where word != "-" { numbers[word] = "\(value)" }
    for (value, word) in tens.enumerated() where word != "-" { numbers[word] = "\(value * 10)" }
    let ordinals = words(
      "second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth")
    for (value, word) in ordinals.enumerated() { numbers[word] = "\(value + 2)th" }
    for (value, word) in words("2nd 3rd").enumerated() { numbers[word] = "\(value + 2)th" }
    return numbers
  }()

  private static let irregular: [String: String] = {
    var irregular: [String: String] = [:]
    for line in irregularForms.split(separator: "\n") {
      let forms = line.split(separator: " ").map(String.init)
      for form in forms { irregular[form] = forms[0] }
    }
    return irregular
  }()

  private static let synonyms: [String: String] = {
    var synonyms: [String: String] = [:]
    for line in synonymGroups.split(separator: "\n") {
      let group = line.split(separator: " ").map { base(of: String($0)) }
      for word in group where synonyms[word] == nil {
        synonyms[word] = synonyms[group[0]] ?? group[0]
      }
    }
    return synonyms
  }()

  private static let lands: [String: String] = {
    var lands: [String: String] = [:]
    for line in landGroups.split(separator: "\n") {
      let group = line.split(separator: " ").map { base(of: String($0)) }
      for word in group { lands[word] = group[0] }
    }
    return lands
  }()

  private static func words(_ list: String) -> [String] {
    list.split(whereSeparator: \.isWhitespace).map(String.init)
  }
}
