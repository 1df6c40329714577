/// A text as words, numbers and marks, each with the tokens that hold it.
struct SyntheticText {
  /// What an item is.
  enum Sort {
    case word
    case number
    case mark
  }

  /// A word, a number or a mark.
  struct Item {
    let sort: Sort
    /// As it stands.
    let text: String
    /// In lower case.
    let lowercased: String
    /// The tokens that hold a part of it.
    let tokens: Range<Int>
  }

  let items: [Item]

  /// For each item the place of its word in a quotation, from 1; 0 outside.
  let placesInQuotation: [Int]
  /// For each item the place of its word in parentheses, from 1; 0 outside.
  let placesInParentheses: [Int]

  /// The items of a text whose tokens these are.
  init(tokens: [String]) {
    var items: [Item] = []
    var scalars: [Unicode.Scalar] = []
    var owners: [Int] = []
    for (index, token) in tokens.enumerated() {
      scalars += token.unicodeScalars
      owners += token.unicodeScalars.map { _ in index }
    }
    var start = 0
    while start < scalars.count {
      let first = scalars[start]
      var end = start + 1
      let sort: Sort
      if first.properties.isAlphabetic {
        sort = .word
        while end < scalars.count, Self.continuesWord(scalars, at: end) { end += 1 }
      } else if ("0"..."9").contains(first) {
        sort = .number
        while end < scalars.count, ("0"..."9").contains(scalars[end]) { end += 1 }
      } else {
        sort = .mark
      }
      if !first.properties.isWhitespace {
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars[start..<end])
        items.append(
          Item(
            sort: sort, text: text, lowercased: text.lowercased(),
            tokens: owners[start]..<(owners[end - 1] + 1)))
      }
      start = end
    }
    self.items = items
    placesInQuotation = Self.places(in: items, opening: ["\"", "“"], closing: ["\"", "”"])
    placesInParentheses = Self.places(in: items, opening: ["("], closing: [")"])
  }

  /// Whether a scalar goes on with a word: a letter, or an apostrophe before one.
  private static func continuesWord(_ scalars: [Unicode.Scalar], at index: Int) -> Bool {
    if scalars[index].properties.isAlphabetic { return true }
    guard scalars[index] == "'" || scalars[index] == "’", index + 1 < scalars.count else {
      return false
    }
    return scalars[index + 1].properties.isAlphabetic
  }

  private static func places(in items: [Item], opening: Set<String>, closing: Set<String>)
    -> [Int]
  {
    var place: Int?
    return items.map { item in
      if item.sort == .mark {
        if place != nil, closing.contains(item.text) {
          place = nil
        } else if opening.contains(item.text) {
          place = 0
        }
        return 0
      }
      guard let before = place else { return 0 }
      place = before + 1
      return before + 1
    }
  }
}
