import ArenaTypes
import Interpretation

/// Which units fire on which words, from the texts that players may see.
///
/// Explicit texts are left out, so that what is found can be shown to everybody.
struct FiringWords: Sendable {
  /// A unit that fires on a word.
  struct Entry: Hashable, Sendable {
    /// The unit's place in the campaign.
    let unit: Int
    /// The text in which it fires most on the word.
    let excerpt: ExcerptID
    /// The token of that text.
    let token: Int
    /// Its activation there by the unit's scale, at most 1.
    let likeness: Double
  }

  /// The share of a text's peak from which on a token counts as firing, as in predict rounds.
  static let firingShare: Float = 0.5
  /// The most words of a query that are looked for: a search runs where connections are served.
  static let queryWordCountMax = 8
  /// What a word counts that only begins with what is asked for.
  static let beginningWeight = 0.7

  private let entries: [String: [Entry]]
  /// All words, sorted, for those that begin alike.
  private let words: [String]

  /// The words of a campaign.
  ///
  /// - Complexity: O(*n*) in the number of tokens.
  init(_ campaign: Campaign) {
    var best: [String: [Int: Entry]] = [:]
    for (index, unit) in campaign.units.enumerated() {
      let scale = max(unit.top20MeanPeak, 0.001)
      for excerpt in unit.clues.map(\.excerpt) + unit.reveals.map(\.excerpt)
      where !excerpt.isExplicit {
        let peak = excerpt.activations.max() ?? 0
        guard peak > 0.05 * scale else { continue }
        for (place, activation) in excerpt.activations.enumerated()
        where activation >= Self.firingShare * peak {
          let word = Self.word(at: place, in: excerpt.tokens)
          let likeness = Double(min(1, activation / scale))
          guard !word.isEmpty, likeness > best[word]?[index]?.likeness ?? 0 else { continue }
          best[word, default: [:]][index] = Entry(
            unit: index, excerpt: excerpt.id, token: place, likeness: likeness)
        }
      }
    }
    entries = best.mapValues { $0.values.sorted { $0.unit < $1.unit } }
    words = entries.keys.sorted()
  }

  /// The whole word that a token is a part of, in lower case; the token itself where it has no letter.
  static func word(at place: Int, in tokens: [String]) -> String {
    var (start, end) = (place, place + 1)
    while start > 0, joins(tokens[start - 1], tokens[start]) { start -= 1 }
    while end < tokens.count, joins(tokens[end - 1], tokens[end]) { end += 1 }
    let text = tokens[start..<end].joined().lowercased()
    let letters = text.split { !isOfWord($0) }
    return letters.isEmpty ? trimmed(tokens[place]) : letters.joined()
  }

  private static func joins(_ left: String, _ right: String) -> Bool {
    guard let last = left.last, let first = right.first else { return false }
    return isOfWord(last) && isOfWord(first)
  }

  private static func isOfWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "'" || character == "\u{2019}"
  }

  private static func trimmed(_ token: String) -> String {
    String(token.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }

  /// The units that fire on the words of a query, the strongest first; each once.
  ///
  /// Of several words any will do, and what fires on more of them comes first.
  func units(firingOn query: String) -> [Entry] {
    var found: [Int: (entry: Entry, sum: Double)] = [:]
    let asked = Set(
      query.lowercased().split(whereSeparator: \.isWhitespace).map { word -> String in
        let letters = word.split { !Self.isOfWord($0) }
        return letters.isEmpty ? String(word) : letters.joined()
      })
    for word in asked.sorted().prefix(Self.queryWordCountMax) {
      var ofWord: [Int: Entry] = [:]
      for match in matches(word) {
        let weight = match == word ? 1 : Self.beginningWeight
        for entry in entries[match] ?? []
        where weight * entry.likeness > ofWord[entry.unit]?.likeness ?? 0 {
          ofWord[entry.unit] = Entry(
            unit: entry.unit, excerpt: entry.excerpt, token: entry.token,
            likeness: weight * entry.likeness)
        }
      }
      for (unit, entry) in ofWord {
        let known = found[unit]
        let isBetter = entry.likeness > known?.entry.likeness ?? 0
        found[unit] = (isBetter ? entry : known?.entry ?? entry, (known?.sum ?? 0) + entry.likeness)
      }
    }
    return found.values.sorted { ($0.sum, $1.entry.unit) > ($1.sum, $0.entry.unit) }.map(\.entry)
  }

  /// The word itself, and those of three letters or more that begin with it.
  private func matches(_ word: String) -> [String] {
    guard word.count >= 3 else { return entries[word] == nil ? [] : [word] }
    var (low, high) = (0, words.count)
    while low < high {
      let middle = (low + high) / 2
      if words[middle] < word { low = middle + 1 } else { high = middle }
    }
    return Array(words[low...].prefix { $0.hasPrefix(word) })
  }
}
