extension WordPiece {
  /// A piece of a text.
  public struct Piece: Sendable, Hashable {
    /// Its token.
    public let token: Int32
    /// The bytes of the text's UTF-8 that it stands for.
    public let range: Range<Int>

    /// A piece of these parts.
    public init(token: Int32, range: Range<Int>) {
      self.token = token
      self.range = range
    }
  }

  /// The pieces of `text` and where they stand, without `[CLS]` and `[SEP]`.
  ///
  /// The same tokens as `encode(_:allowsSpecial:)` gives without special ones. What normalisation drops
  /// belongs to no piece; a word that can't be expressed is one piece.
  ///
  /// - Complexity: O(n) in the text's length.
  public func pieces(of text: String) -> [Piece] {
    var text = text
    var pieces: [Piece] = []
    var hashes: [UInt64] = []
    text.withUTF8 { bytes in
      UnicodeClasses.table.withView { table in
        var words = BERTWords(bytes, options.words, table, keepsOrigins: true)
        while let word = words.next() {
          let origins = words.origins[word.range]
          words.written.withUnsafeBufferPointer { written in
            let spelled = UnsafeBufferPointer(rebasing: written[word.range])
            let cut =
              word.scalarCount > options.wordScalarCountMax ? nil : self.cut(spelled, &hashes)
            for piece in cut ?? [(unknown, 0..<spelled.count)] {
              let last = origins[origins.startIndex + piece.range.upperBound - 1]
              pieces.append(
                Piece(
                  token: piece.token,
                  range: origins[
                    origins.startIndex + piece.range.lowerBound]..<UTF8Scalar(bytes, last).end))
            }
          }
        }
      }
    }
    return pieces
  }

  /// The pieces of a word with their bytes; nil when it can't be expressed.
  private func cut(
    _ word: UnsafeBufferPointer<UInt8>, _ hashes: inout [UInt64]
  ) -> [(token: Int32, range: Range<Int>)]? {
    var pieces: [(token: Int32, range: Range<Int>)] = []
    var start = 0
    while start < word.count {
      let table = start == 0 ? initial : continuing
      guard let (token, end) = longestPiece(of: word, from: start, in: table, &hashes) else {
        return nil
      }
      pieces.append((token, start..<end))
      start = end
    }
    return pieces
  }
}
