import TransformerEngine

/// A text in the judge's pieces, with the features of each.
///
/// The same as `Tests/Training/judge/pieces.py` has it, with which the judge was trained.
struct JudgeText: Sendable {
  /// Where a token stands in its word; the raw values are places of the judge's outputs.
  enum Place: Int {
    case whole = 0
    case first, inner, last, none
  }

  /// How many places there are.
  static let placeCount = 5

  /// Which row of each feature's table a piece has, without what an explanation says of it.
  typealias Row = [Int]

  /// Features of a piece that don't depend on the explanation.
  static let ownFeatureCount = 9

  /// Its pieces and where they stand.
  let pieces: [WordPiece.Piece]
  /// Its words.
  let words: [JudgeWord]
  /// The word of each piece.
  let owners: [Int]
  /// [pieces, ownFeatureCount].
  let rows: [Row]

  init(_ text: String, tokenizer: WordPiece) {
    let pieces = tokenizer.pieces(of: text)
    let words = JudgeWord.words(of: text)
    let starts = words.map(\.range.lowerBound)
    self.pieces = pieces
    self.words = words
    let owners = pieces.map {
      max(0, starts.count { [start = $0.range.lowerBound] in $0 <= start } - 1)
    }
    self.owners = owners
    rows = pieces.indices.map { Self.row($0, owners: owners, words: words) }
  }

  private static func row(_ index: Int, owners: [Int], words: [JudgeWord]) -> Row {
    let word = words[owners[index]]
    let begins = index == 0 || owners[index - 1] != owners[index]
    let ends = index + 1 == owners.count || owners[index + 1] != owners[index]
    let place: Place = begins ? (ends ? .whole : .first) : (ends ? .last : .inner)
    let values = [
      word.casing.rawValue, begins ? word.before.rawValue : 4, place.rawValue,
      bucket(owners[index]), bucket(words.count - 1 - owners[index]),
      bucket(word.sentenceIndex), bucket(word.sentenceRemaining), word.seenCount,
      (word.isQuoted ? 1 : 0) + (word.isEnclosed ? 2 : 0),
    ]
    return values.map { $0 + 1 }
  }

  /// 0, 1, 2, 3, then 4-5, 6-8, 9-14, 15-24, 25-40 and more.
  private static func bucket(_ number: Int) -> Int {
    [0, 1, 2, 3, 5, 8, 14, 24, 40].firstIndex { number <= $0 } ?? 9
  }
}

/// An excerpt of the subject's tokens in the judge's pieces.
struct JudgeExcerpt: Sendable {
  /// At most so many pieces of one token count.
  static let tokenPieceCountMax = 5

  let text: JudgeText
  /// The pieces of each token: at least one, unless the excerpt has none at all.
  let spans: [ClosedRange<Int>]
  /// Where each token stands in its word.
  let places: [JudgeText.Place]

  init(_ tokens: [String], tokenizer: WordPiece) {
    let text = JudgeText(tokens.joined(), tokenizer: tokenizer)
    var spans: [ClosedRange<Int>] = []
    var places: [JudgeText.Place] = []
    var position = 0
    for token in tokens {
      let start =
        position
        + token.unicodeScalars.prefix(while: \.isSpaceSign).reduce(0) { $0 + UTF8.width($1) }
      position += token.utf8.count
      let low = text.pieces.firstIndex { $0.range.upperBound > start } ?? text.pieces.count
      let high =
        (text.pieces.firstIndex { $0.range.lowerBound >= position } ?? text.pieces.count) - 1
      if start >= position || high < low {
        let near = min(low, max(0, text.pieces.count - 1))
        spans.append(near...near)
        places.append(.none)
      } else {
        spans.append(low...min(high, low + Self.tokenPieceCountMax - 1))
        places.append(Self.place(start..<position, words: text.words))
      }
    }
    self.text = text
    self.spans = spans
    self.places = places
  }

  private static func place(_ token: Range<Int>, words: [JudgeWord]) -> JudgeText.Place {
    guard let word = words.first(where: { $0.range.upperBound > token.lowerBound }) ?? words.last
    else { return .none }
    let begins = token.lowerBound <= word.range.lowerBound
    let ends = token.upperBound >= word.range.upperBound
    return begins ? (ends ? .whole : .first) : (ends ? .last : .inner)
  }
}

/// The part of an excerpt that the judge reads at once.
struct JudgeWindow: Sendable {
  let excerpt: JudgeExcerpt
  /// Its tokens.
  let tokens: Range<Int>

  /// The pieces that the tokens need.
  var pieces: Range<Int> {
    guard let first = tokens.first, let last = tokens.last else { return 0..<0 }
    return excerpt.spans[first].lowerBound..<excerpt.spans[last].upperBound + 1
  }

  /// The tokens around `center` within so many pieces of it.
  init(_ excerpt: JudgeExcerpt, around center: Int, piecesBefore: Int, piecesAfter: Int) {
    let spans = excerpt.spans
    var (low, high) = (center, center)
    while low > 0, spans[center].upperBound - spans[low - 1].lowerBound < piecesBefore { low -= 1 }
    while high + 1 < spans.count,
      spans[high + 1].upperBound - spans[center].upperBound < piecesAfter
    {
      high += 1
    }
    self.excerpt = excerpt
    tokens = low..<high + 1
  }
}
