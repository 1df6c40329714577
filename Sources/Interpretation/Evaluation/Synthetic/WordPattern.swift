/// What an item of a text must be like, or stand in.
///
/// Items are words, numbers and marks; the item before a word may be a mark.
indirect enum WordPattern: Hashable, Sendable {
  /// One of these, in lower case.
  case word(Set<String>)
  /// A word with this beginning and more.
  case prefix(String)
  /// A word with this ending and more.
  case suffix(String)
  /// A word with this in it.
  case containing(String)
  /// A word of at least so many letters.
  case longWord(Int)
  /// A word of just one letter.
  case letter
  case capitalised
  /// Two capitals or more and nothing else.
  case capitals
  /// A number; of so many digits, where that is said.
  case number(digits: Int? = nil)
  case mark(Set<String>)
  case anyWord
  /// The first word of a sentence, or so many words behind it.
  case sentencePlace(Int)
  /// The word at this place of a quotation, from 1; any word in one for nil.
  case inQuotation(Int?)
  /// The word at this place in parentheses, from 1; any word there for nil.
  case inParentheses(Int?)
  /// Stood in the text before.
  case repeated
  /// The item before is like this.
  case after(WordPattern)
  /// The item behind is like this.
  case before(WordPattern)
  /// One of so many items before is like this.
  case within(Int, after: WordPattern)
  case all([WordPattern])
  case any([WordPattern])
  case not(WordPattern)

  /// Whether it matches an item of a text.
  func matches(in text: SyntheticText) -> Bool {
    text.items.indices.contains { matches(text, $0) }
  }

  /// Whether the item at `index` is like this.
  func matches(_ text: SyntheticText, _ index: Int) -> Bool {
    guard text.items.indices.contains(index) else { return false }
    let item = text.items[index]
    switch self {
    case .word(let words): return words.contains(item.lowercased)
    case .prefix(let part):
      return item.sort == .word && item.lowercased.hasPrefix(part)
        && item.text.count > part.count + 2
    case .suffix(let part):
      return item.sort == .word && item.lowercased.hasSuffix(part)
        && item.text.count > part.count + 2
    case .containing(let part): return item.sort == .word && item.lowercased.contains(part)
    case .longWord(let count): return item.sort == .word && item.text.count >= count
    case .letter: return item.sort == .word && item.text.count == 1
    case .capitalised: return item.sort == .word && item.text.first?.isUppercase == true
    case .capitals:
      return item.sort == .word && item.text.count > 1 && item.text.allSatisfy(\.isUppercase)
    case .number(let digits):
      return item.sort == .number && (digits.map { $0 == item.text.count } ?? true)
    case .mark(let marks): return item.sort == .mark && marks.contains(item.text)
    case .anyWord: return item.sort == .word
    case .sentencePlace(let place): return Self.isPlace(place, of: index, in: text)
    case .inQuotation(let place): return Self.holds(text.placesInQuotation[index], place)
    case .inParentheses(let place): return Self.holds(text.placesInParentheses[index], place)
    case .repeated:
      return text.items[..<index].contains { $0.lowercased == item.lowercased }
    case .after(let pattern): return pattern.matches(text, index - 1)
    case .before(let pattern): return pattern.matches(text, index + 1)
    case .within(let reach, let pattern):
      return (max(0, index - reach)..<index).contains { pattern.matches(text, $0) }
    case .all(let patterns): return patterns.allSatisfy { $0.matches(text, index) }
    case .any(let patterns): return patterns.contains { $0.matches(text, index) }
    case .not(let pattern): return !pattern.matches(text, index)
    }
  }

  private static func holds(_ place: Int, _ wanted: Int?) -> Bool {
    wanted.map { $0 == place } ?? (place > 0)
  }

  /// Whether a word stands `place` words behind the first of a sentence.
  private static func isPlace(_ place: Int, of index: Int, in text: SyntheticText) -> Bool {
    guard text.items[index].sort != .mark else { return false }
    var words = 0
    for item in text.items[..<index].reversed() {
      if item.sort == .mark, [".", "!", "?"].contains(item.text) { return words == place }
      if item.sort != .mark { words += 1 }
      if words > place { return false }
    }
    return words == place
  }

  static func && (left: WordPattern, right: WordPattern) -> WordPattern { .all([left, right]) }
  static func || (left: WordPattern, right: WordPattern) -> WordPattern { .any([left, right]) }
  static prefix func ! (pattern: WordPattern) -> WordPattern { .not(pattern) }

  /// One of these words, separated by spaces.
  static func words(_ list: String) -> WordPattern {
    .word(Set(list.split(separator: " ").map(String.init)))
  }
}
