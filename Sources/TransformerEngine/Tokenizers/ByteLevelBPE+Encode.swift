extension ByteLevelBPE {
  /// The tokens of `text`, without any begin token.
  ///
  /// - Complexity: O(n log m) for n bytes in pieces of at most m; a text without white space is a
  ///   single piece.
  public func encode(_ text: String, allowsSpecial: Bool) -> [Int32] {
    var text = text
    var tokens: [Int32] = []
    tokens.reserveCapacity(text.utf8.count / 4 + 1)
    var merger = SymbolMerger()
    text.withUTF8 { bytes in
      cache.use(for: bytes.count) { cache in
        options.added.forEachPart(of: bytes, allowsControl: allowsSpecial) { part in
          switch part {
          case .token(let token): tokens.append(token)
          case .text(let range):
            let text = UnsafeBufferPointer(rebasing: bytes[range])
            guard options.addsPrefixSpace, text[0] != 0x20 else {
              return encode(text, &merger, &cache, into: &tokens)
            }
            ([0x20] + text).withUnsafeBufferPointer {
              encode($0, &merger, &cache, into: &tokens)
            }
          }
        }
      }
    }
    return tokens
  }

  private func encode(
    _ text: UnsafeBufferPointer<UInt8>, _ merger: inout SymbolMerger, _ cache: inout WordCache?,
    into tokens: inout [Int32]
  ) {
    options.preTokenizer.forEachPiece(of: text) { range in
      let key = cache == nil ? nil : WordCache.Key(text, range)
      if let key, cache?.append(key, to: &tokens) == true { return }
      let start = tokens.count
      let piece = UnsafeBufferPointer(rebasing: text[range])
      if options.ignoresMerges, let token = pieces.find(piece),
        !options.added.isControl(token)
      {
        tokens.append(token)
      } else {
        merger.symbols.removeAll(keepingCapacity: true)
        for byte in piece {
          let token = byteTokens[Int(byte)]
          if token >= 0 { merger.symbols.append(token) }
        }
        merger.merge(merges)
        tokens += merger.symbols
      }
      if let key { cache?.keep(key, tokens[start...]) }
    }
  }
}
