public import ArenaTypes

/// Tells whether two explanations say the same, by their words or by their meaning.
///
/// By meaning: the MiniLM cosine is 0.80 or more (precision 0.93, recall 0.83 on labelled pairs), and
/// no word tells them apart. Antonyms are close in every embedding (`before a noun`, `after a noun`:
/// 0.91), so texts that differ in a number, a quoted token, a name, a negation or in one of a group of
/// words that exclude each other never say the same.
public struct MeaningComparator: TextComparator {
  /// From this cosine on two meanings are one.
  public static let cosineMin: Float = 0.80

  private let embedder: any SentenceEmbedder

  /// A comparator over a sentence model.
  public init(embedder: any SentenceEmbedder) { self.embedder = embedder }

  /// Whether each meaning of either text has its like in the other.
  public func saysTheSame(_ first: ExplanationText, _ second: ExplanationText)
    throws(InterpretationError) -> Bool
  {
    if NormalisedText(first) == NormalisedText(second) { return true }
    if DistinguishingMarks(first).exclude(DistinguishingMarks(second)) { return false }
    let vectors = try embedder.embed(first.meanings + second.meanings)
    let left = vectors.prefix(first.meanings.count)
    let right = vectors.dropFirst(first.meanings.count)
    func isLike(_ one: [Float], _ other: [Float]) -> Bool {
      Vectors.dot(one, other) >= Self.cosineMin
    }
    return left.allSatisfy { one in right.contains { isLike(one, $0) } }
      && right.allSatisfy { one in left.contains { isLike(one, $0) } }
  }
}

/// What in a text sets it apart from another that may look alike.
struct DistinguishingMarks {
  let numbers: Set<String>
  let quotations: Set<String>
  let names: Set<String>
  let negationCount: Int
  let stems: Set<String>

  init(_ text: ExplanationText) {
    let words = Words.of(text.description)
    stems = Set(words.map(WordStem.of))
    numbers = Set(words.filter { $0.contains(where: \.isNumber) })
    negationCount = words.count { Self.negations.contains($0) }
    quotations = Self.quotations(in: text.description)
    var names: Set<String> = []
    for meaning in text.meanings {
      // The first word is capitalised by habit.
      for word in meaning.split(separator: " ").dropFirst()
      where word.contains(where: \.isUppercase) {
        names.formUnion(Words.stems(of: word))
      }
    }
    self.names = names
  }

  /// Whether something sets the texts apart; symmetric.
  func exclude(_ other: DistinguishingMarks) -> Bool {
    if numbers != other.numbers || quotations != other.quotations { return true }
    if negationCount != other.negationCount { return true }
    if eachHasOwn(names, other.names) { return true }
    return Self.exclusiveGroups.contains { group in
      eachHasOwn(stems.intersection(group), other.stems.intersection(group))
    }
  }

  private func eachHasOwn(_ left: Set<String>, _ right: Set<String>) -> Bool {
    !left.subtracting(right).isEmpty && !right.subtracting(left).isEmpty
  }

  private static func quotations(in text: String) -> Set<String> {
    var found: Set<String> = []
    let marks = "\"“”"
    let parts = text.split(omittingEmptySubsequences: false) { marks.contains($0) }
    for index in stride(from: 1, to: parts.count - 1, by: 2) {
      found.insert(Words.of(parts[index]).joined(separator: " ") + "|\(parts[index].count)")
    }
    return found
  }

  private static let negations: Set<String> = [
    "no", "not", "never", "non", "without", "none", "nor", "neither", "nothing", "except", "cannot",
    "lack", "lacking", "absence", "un",
  ]

  /// Words that exclude each other, as stems.
  private static let exclusiveGroups: [Set<String>] = """
    before after
    first last middle second third final
    start beginning end opening closing
    open close
    male female
    man woman boy girl
    men women
    he she
    his her
    him her
    father mother
    son daughter
    brother sister
    husband wife
    king queen
    singular plural
    positive negative
    past present future
    more less fewer
    most least
    high low
    large small big little
    long short
    old new young
    good bad evil
    best worst
    hot cold warm cool
    up down
    left right
    north south east west
    northern southern eastern western
    in out
    inside outside
    into from
    over under
    above below
    top bottom
    upper lower
    give take receive
    buy sell
    increase decrease
    rise fall
    noun verb adjective adverb pronoun preposition conjunction article
    comma period colon semicolon hyphen dash bracket parenthesis apostrophe
    day night
    morning evening
    love hate
    war peace
    true false
    same different
    odd even
    rich poor
    life death
    birth death
    black white red green blue yellow brown purple
    preceding following
    previous next
    prefix suffix
    question answer
    cause effect
    land sea air
    body mind
    public private
    legal illegal
    possible impossible
    sun moon
    summer winter spring autumn
    january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday
    one two three four five six seven eight nine ten
    minute hour day week month year decade century
    """.split(separator: "\n").map { line in
      Set(line.split(separator: " ").map { WordStem.of(String($0)) })
    }
}
