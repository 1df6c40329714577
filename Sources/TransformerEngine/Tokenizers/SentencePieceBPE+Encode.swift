extension SentencePieceBPE {
  /// The tokens of `text`, without any begin token.
  ///
  /// - Complexity: O(n log m) for n bytes in words of at most m.
  public func encode(_ text: String, allowsSpecial: Bool) -> [Int32] {
    var text = text
    var encoder = Encoder(self)
    text.withUTF8 { bytes in
      encoder.tokens.reserveCapacity(bytes.count / 4 + 1)
      cache.use(for: bytes.count) { cache in
        swap(&encoder.cache, &cache)
        options.added.forEachPart(of: bytes, allowsControl: allowsSpecial) { part in
          switch part {
          case .token(let token): encoder.tokens.append(token)
          case .text(let range):
            encoder.encode(
              UnsafeBufferPointer(rebasing: bytes[range]), isFirst: range.lowerBound == 0)
          }
        }
        swap(&encoder.cache, &cache)
      }
    }
    return encoder.tokens
  }
}

/// The state of one text's encoding.
private struct Encoder {
  private let tokenizer: SentencePieceBPE
  var tokens: [Int32] = []
  var cache: WordCache?
  private var merger = SymbolMerger()
  /// The text with its prefix, spaces written ▁.
  private var written: [UInt8] = []

  init(_ tokenizer: SentencePieceBPE) { self.tokenizer = tokenizer }

  mutating func encode(_ text: UnsafeBufferPointer<UInt8>, isFirst: Bool) {
    written.removeAll(keepingCapacity: true)
    let beginsWithSpace = text[0] == 0x20 || text.starts(with: SentencePieceBPE.space)
    let isPrefixed =
      switch tokenizer.options.prefix {
      case .none: false
      case .always: true
      case .unlessSpace: !beginsWithSpace
      case .first: isFirst && !beginsWithSpace
      }
    if isPrefixed { written += SentencePieceBPE.space }
    for byte in text {
      if byte == 0x20 { written += SentencePieceBPE.space } else { written.append(byte) }
    }
    var written: [UInt8] = []
    swap(&written, &self.written)
    written.withUnsafeBufferPointer { forEachWord(of: $0) }
    swap(&written, &self.written)
  }

  private mutating func forEachWord(of bytes: UnsafeBufferPointer<UInt8>) {
    let cut = tokenizer.options.cut
    var start = 0
    var index = 0
    var isBehindSpace = true
    while index < bytes.count {
      let isSpace =
        bytes[index] == 0xE2 && index + 2 < bytes.count && bytes[index + 1] == 0x96
        && bytes[index + 2] == 0x81
      if isSpace, index > start, cut == .beforeSpaces || (cut == .beforeWords && !isBehindSpace) {
        encode(bytes, start..<index)
        start = index
      }
      isBehindSpace = isSpace
      index = UTF8Scalar(bytes, index).end
    }
    encode(bytes, start..<bytes.count)
  }

  private mutating func encode(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    let key = cache == nil ? nil : WordCache.Key(bytes, range)
    if let key, cache?.append(key, to: &tokens) == true { return }
    let start = tokens.count
    takeSymbols(of: bytes, range)
    merger.merge(tokenizer.merges)
    appendSymbols()
    if let key { cache?.keep(key, tokens[start...]) }
  }

  /// Fills `merger.symbols` with the tokens of single characters.
  private mutating func takeSymbols(of bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    merger.symbols.removeAll(keepingCapacity: true)
    // An unknown character waits for the next that is known, as in Hugging Face's model.rs.
    var waitsUnknown = false
    var index = range.lowerBound
    while index < range.upperBound {
      let end = UTF8Scalar(bytes, index).end
      let character = UnsafeBufferPointer(rebasing: bytes[index..<end])
      index = end
      if let token = tokenizer.pieces.find(character) {
        if waitsUnknown { appendUnknown() }
        waitsUnknown = false
        merger.symbols.append(token)
      } else if character.allSatisfy({ tokenizer.options.byteTokens[Int($0)] >= 0 }) {
        for byte in character { merger.symbols.append(tokenizer.options.byteTokens[Int(byte)]) }
      } else {
        if waitsUnknown, !tokenizer.options.fusesUnknown { appendUnknown() }
        waitsUnknown = true
      }
    }
    if waitsUnknown { appendUnknown() }
  }

  private mutating func appendUnknown() {
    guard let unknown = tokenizer.options.specialTokens.unknown else { return }
    merger.symbols.append(unknown)
  }

  /// Appends what is left of the symbols; characters that are no tokens become bytes, or unknown.
  private mutating func appendSymbols() {
    let count = Int32(tokenizer.vocabularySize)
    for symbol in merger.symbols {
      guard symbol >= count else {
        tokens.append(symbol)
        continue
      }
      let character = tokenizer.characters[Int(symbol - count)]
      let bytes = character.map { tokenizer.options.byteTokens[Int($0)] }
      if bytes.allSatisfy({ $0 >= 0 }) {
        tokens += bytes
      } else if let unknown = tokenizer.options.specialTokens.unknown {
        tokens.append(unknown)
      }
    }
  }
}
