/// How a text is to be treated for what it says.
public enum ExplicitLevel: Int, Comparable, Sendable {
  /// Nothing was found.
  case fine
  /// A moderator should look: a matter that can be harmless, or the sentence model's suspicion.
  case review
  /// Obscene, hateful or threatening by its very words.
  case blocked

  /// Whether `left` is the milder.
  public static func < (left: ExplicitLevel, right: ExplicitLevel) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// Lists of words that mark a text as explicit: sexual, hateful or cruel.
///
/// A word counts in its regular inflections and in disguise (`DisguisedWords`), but not beside a
/// word that makes it harmless (`naked eye`). Whole words only: there is none in `Scunthorpe`.
public struct ExplicitWords: Sendable {
  private let blocked: Entries
  private let reviewed: Entries
  private let suspect: Entries
  private let roots: [String]
  private let disguisedWords: Set<String>
  /// What may stand behind a mask, letter by letter: whole words, and roots within one.
  private let maskedWords: [[Character]]
  private let maskedRoots: [[Character]]
  private let harmlessBeside: [String: Set<String>]

  /// Lists of words and phrases; single words count in every inflection.
  ///
  /// What is `suspect` is for a moderator in a player's text and harmless in a book; `roots` block
  /// whatever holds them; `blockedDisguised` counts only in disguise; and `harmless` has, for a
  /// word, those beside which it doesn't count.
  public init(
    blocked: [String], reviewed: [String], suspect: [String] = [], roots: [String] = [],
    blockedDisguised: [String] = [], harmless: [String: [String]] = [:]
  ) {
    self.blocked = Entries(blocked)
    self.reviewed = Entries(reviewed)
    self.suspect = Entries(suspect)
    self.roots = roots
    disguisedWords = Set(blockedDisguised.flatMap(Inflections.all))
    maskedWords = self.blocked.words.union(disguisedWords).sorted().map(Array.init)
    maskedRoots = roots.map(Array.init)
    var harmlessBeside: [String: Set<String>] = [:]
    for (word, companions) in harmless {
      for form in Inflections.all(of: word) {
        harmlessBeside[form, default: []].formUnion(companions.flatMap(Inflections.all))
      }
    }
    self.harmlessBeside = harmlessBeside
  }

  /// Whether `text`, of a book or a name, has a word of the lists, other than the suspect ones.
  ///
  /// - Complexity: O(*n*) in the length of the text.
  public func matches(_ text: some StringProtocol) -> Bool {
    level(of: text, withSuspect: false) != .fine
  }

  /// The level of the worst that a player's `text` has.
  ///
  /// - Complexity: O(*n*) in the length of the text.
  public func level(of text: some StringProtocol) -> ExplicitLevel {
    level(of: text, withSuspect: true)
  }

  private func level(of text: some StringProtocol, withSuspect: Bool) -> ExplicitLevel {
    let words = Words.of(text)
    var worst = level(ofWords: words, withSuspect)
    if worst == .blocked { return worst }
    let disguised = DisguisedWords(
      in: text,
      blocked: { blocked.words.contains($0) || disguisedWords.contains($0) || holdsRoot($0) },
      wordBehind: wordBehind)
    for reading in disguised.readings where reading != words {
      worst = max(worst, level(ofWords: reading, withSuspect))
    }
    for word in disguised.unmasked {
      worst = max(
        worst, disguisedWords.contains(word) ? .blocked : level(ofWords: [word], withSuspect))
    }
    return worst
  }

  private func level(ofWords words: [String], _ withSuspect: Bool) -> ExplicitLevel {
    if words.contains(where: holdsRoot) || holds(words, blocked) { return .blocked }
    let isSuspect = holds(words, reviewed) || withSuspect && holds(words, suspect)
    return isSuspect ? .review : .fine
  }

  /// Words are laid beside the mask: filling in all letters would be 676 words for two gaps.
  private func wordBehind(_ mask: [Character]) -> String? {
    func fits(_ letters: [Character], at start: Int) -> Bool {
      zip(mask[start...], letters).allSatisfy { $0 == "*" || $0 == $1 }
    }
    let word = maskedWords.first { $0.count == mask.count && fits($0, at: 0) }
    let root = maskedRoots.first { root in
      root.count <= mask.count
        && (0...mask.count - root.count).contains { fits(root, at: $0) }
    }
    return (word ?? root).map { String($0) }
  }

  private func holdsRoot(_ word: String) -> Bool { roots.contains { word.contains($0) } }

  private func holds(_ words: [String], _ entries: Entries) -> Bool {
    words.indices.contains { index in
      entries.words.contains(words[index]) && !isHarmless(at: index, in: words)
        || entries.phrases[words[index]]?.contains { words[index...].starts(with: $0) } == true
    }
  }

  /// How far away a companion may stand that makes a word harmless.
  private static let companionDistanceMax = 5

  private func isHarmless(at index: Int, in words: [String]) -> Bool {
    guard let companions = harmlessBeside[words[index]] else { return false }
    let from = max(0, index - Self.companionDistanceMax)
    let to = min(words.count, index + Self.companionDistanceMax + 1)
    return words[from..<to].contains { companions.contains($0) }
  }

  /// A list as it is looked up.
  private struct Entries {
    /// Single words in all inflections.
    let words: Set<String>
    /// Phrases by their first word.
    let phrases: [String: [[String]]]

    init(_ list: [String]) {
      let entries = list.map { Words.of($0) }
      words = Set(entries.filter { $0.count == 1 }.flatMap { Inflections.all(of: $0[0]) })
      phrases = Dictionary(grouping: entries.filter { $0.count > 1 }) { $0[0] }
    }
  }
}

/// The regular inflections of English words.
enum Inflections {
  /// `word` and what it becomes with -s, -ed and -ing.
  static func all(of word: String) -> [String] {
    guard word.count > 2, let last = word.last else { return [word] }
    let stem = last == "e" ? String(word.dropLast()) : word
    var forms = [word, word + "s", stem + "ed", stem + "ing"]
    // `spic` has no `spices`.
    if "sxzh".contains(last) { forms.append(word + "es") }
    if last == "y" { forms += [word.dropLast() + "ies", word.dropLast() + "ied"] }
    let isConsonant = !"aeiouyw".contains(last)
    if isConsonant, word.dropLast().last.map({ "aeiou".contains($0) }) == true {
      forms += ["ed", "ing"].map { word + String(last) + $0 }
    }
    return forms
  }
}
