extension WordPiece {
  /// The tokens of `text`, without `[CLS]` and `[SEP]`.
  ///
  /// - Complexity: O(n) in the text's length.
  public func encode(_ text: String, allowsSpecial: Bool) -> [Int32] {
    encode(text, allowsSpecial: allowsSpecial, countMax: .max)
  }

  /// The tokens of `text` between `[CLS]` and `[SEP]`, cut to `countMax` in all.
  ///
  /// - Complexity: O(n) in the text's length, up to where it is cut.
  public func sequence(of text: String, countMax: Int = .max) -> [Int32] {
    let room = max(countMax, 2) - 2
    var tokens = [classify] + encode(text, allowsSpecial: false, countMax: room).prefix(room)
    tokens.append(separator)
    return tokens
  }

  /// At least the first `countMax` tokens of `text`, if it has so many.
  private func encode(_ text: String, allowsSpecial: Bool, countMax: Int) -> [Int32] {
    var text = text
    var tokens: [Int32] = []
    var hashes: [UInt64] = []
    text.withUTF8 { bytes in
      cache.use(for: bytes.count) { cache in
        added.forEachPart(of: bytes, allowsControl: allowsSpecial) { part in
          switch part {
          case .token(let token): tokens.append(token)
          case .text(let range):
            UnicodeClasses.table.withView { table in
              let text = UnsafeBufferPointer(rebasing: bytes[range])
              var words = BERTWords(text, options.words, table)
              while tokens.count < countMax, let word = words.next() {
                words.written.withUnsafeBufferPointer {
                  append($0, word, &cache, &hashes, to: &tokens)
                }
              }
            }
          }
        }
      }
    }
    return tokens
  }

  @inline(__always)
  private func append(
    _ bytes: UnsafeBufferPointer<UInt8>, _ word: BERTWords.Word, _ cache: inout WordCache?,
    _ hashes: inout [UInt64], to tokens: inout [Int32]
  ) {
    let key = cache == nil ? nil : WordCache.Key(bytes, word.range)
    if let key, cache?.append(key, to: &tokens) == true { return }
    let start = tokens.count
    if word.scalarCount > options.wordScalarCountMax {
      tokens.append(unknown)
    } else {
      appendPieces(UnsafeBufferPointer(rebasing: bytes[word.range]), &hashes, to: &tokens)
    }
    if let key { cache?.keep(key, tokens[start...]) }
  }

  private func appendPieces(
    _ word: UnsafeBufferPointer<UInt8>, _ hashes: inout [UInt64], to tokens: inout [Int32]
  ) {
    let count = tokens.count
    var start = 0
    while start < word.count {
      let table = start == 0 ? initial : continuing
      guard let (token, end) = longestPiece(of: word, from: start, in: table, &hashes) else {
        tokens.removeSubrange(count...)
        return tokens.append(unknown)
      }
      tokens.append(token)
      start = end
    }
  }

  /// Hashes of all beginnings come from one walk; then the longest that is a piece is looked for.
  func longestPiece(
    of word: UnsafeBufferPointer<UInt8>, from start: Int, in table: PieceTable,
    _ hashes: inout [UInt64]
  ) -> (token: Int32, end: Int)? {
    hashes.removeAll(keepingCapacity: true)
    var hash = PieceTable.seed
    for byte in word[start...].prefix(pieceByteCountMax) {
      hash = PieceTable.step(hash, byte)
      hashes.append(hash)
    }
    var end = start + hashes.count
    while end > start {
      // Pieces are whole scalars.
      if end == word.count || word[end] & 0xC0 != 0x80 {
        let piece = UnsafeBufferPointer(rebasing: word[start..<end])
        if let token = table.find(piece, hash: hashes[end - start - 1]) { return (token, end) }
      }
      end -= 1
    }
    return nil
  }
}
