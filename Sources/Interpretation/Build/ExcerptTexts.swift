import ArenaTypes

/// The texts of the builder's excerpts: pieces, words and windows.
struct ExcerptTexts {
  let excerpts: [CorpusExcerpt]
  /// `[excerpts][tokens]`: each token as text.
  let pieces: [[String]]

  init(excerpts: [CorpusExcerpt], model: any SubjectModel) {
    self.excerpts = excerpts
    pieces = excerpts.map { model.pieces(of: $0.tokenIDs) }
  }

  init(excerpts: [CorpusExcerpt], pieces: [[String]]) {
    self.excerpts = excerpts
    self.pieces = pieces
  }

  /// The text of tokens t-5...t+2 around `token`.
  func window(excerpt: Int, around token: Int) -> String {
    TokenWindow.text(of: pieces[excerpt], around: token)
  }

  /// The stem of the word that `token` of `excerpt` belongs to; nil for punctuation.
  func stem(excerpt: Int, at token: Int) -> String? {
    TokenWindow.word(in: pieces[excerpt], at: token).map(WordStem.of)
  }
}

/// What stands around a token.
enum TokenWindow {
  /// How many tokens before the token belong to its window.
  static let before = 5
  /// How many tokens after it belong to its window.
  static let after = 2

  /// The text of tokens t-5...t+2 around `token`, as far as they exist.
  static func text(of pieces: [String], around token: Int) -> String {
    let from = max(0, token - before)
    let to = min(pieces.count, token + after + 1)
    return String(pieces[from..<to].joined().drop { $0 == " " })
  }

  /// The whole word that `token` belongs to, lower-cased; nil where the token has no letter.
  static func word(in pieces: [String], at token: Int) -> String? {
    guard pieces.indices.contains(token), pieces[token].contains(where: \.isLetter) else {
      return nil
    }
    var from = token
    while from > 0, pieces[from].first?.isLetter == true,
      pieces[from - 1].last?.isLetter == true
    {
      from -= 1
    }
    var to = token + 1
    while to < pieces.count, pieces[to].first?.isLetter == true,
      pieces[to - 1].last?.isLetter == true
    {
      to += 1
    }
    // A token such as `."` + letters is rare; the longest word of the span is the word.
    return Words.of(pieces[from..<to].joined()).max { $0.count < $1.count }
  }
}
