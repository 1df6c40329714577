import Testing

@testable import TransformerEngine

@Suite struct WordPieceTests {
  private func words(
    _ text: String, _ options: BERTWords.Options = BERTWords.Options()
  ) -> [String] {
    var text = text
    return text.withUTF8 { bytes in
      UnicodeClasses.table.withView { table in
        var words = BERTWords(bytes, options, table)
        var found: [String] = []
        while let word = words.next() {
          let text = String(decoding: words.written[word.range], as: UTF8.self)
          #expect(text.unicodeScalars.count == word.scalarCount)
          found.append(text)
        }
        return found
      }
    }
  }

  @Test(
    arguments: [
      ("", []), (" \t\n\u{A0}", []), ("Café NAÏVE", ["cafe", "naive"]),
      ("don't", ["don", "'", "t"]),
      ("日本語x", ["日", "本", "語", "x"]), ("a\u{200B}b\u{0}c\u{FFFD}d", ["abcd"]),
      ("e\u{301}\u{327}", ["e"]), ("“q”—$5", ["“", "q", "”", "—", "$", "5"]),
      ("Ångström \u{212B} İ ǅ", ["angstrom", "a", "i", "ǆ"]), ("ΆΣ Ёж", ["ας", "еж"]),
      ("각", ["\u{1100}\u{1161}\u{11A8}"]), ("a`b^c|d~", ["a", "`", "b", "^", "c", "|", "d", "~"]),
    ] as [(String, [String])])
  func `words are cleaned, lowered and split`(text: String, expected: [String]) {
    // Lower case is taken a letter at a time, so a final sigma stays σ.
    let expected = expected.map { $0 == "ας" ? "ασ" : $0 }
    #expect(words(text).map { Array($0.utf8) } == expected.map { Array($0.utf8) })
  }

  @Test func `tokens are those of the reference`() throws {
    let tokenizer = try Tokenizers.miniLM.get()
    for example in try Fixtures.decode(MiniLMReference.self, from: "minilm.json").cases {
      #expect(tokenizer.sequence(of: example.text) == example.ids)
    }
  }

  @Test func `no text makes a control token unless it may`() throws {
    let tokenizer = try Tokenizers.miniLM.get()
    let special = tokenizer.specialTokens
    #expect(
      special
        == SpecialTokens(begin: 101, end: 102, unknown: 100, padding: 0, addsBegin: true))
    let text = "[CLS] hello[SEP]"
    #expect(!tokenizer.encode(text).contains { $0 < 104 })
    #expect(tokenizer.encode(text, allowsSpecial: true) == [101, 7592, 102])
  }

  @Test func `tokens become words again`() throws {
    let tokenizer = try Tokenizers.miniLM.get()
    #expect(tokenizer.decode(tokenizer.encode("Unbelievably  naïve")) == "unbelievably naive")
    #expect(tokenizer.text(of: 7592) == " hello" && tokenizer.text(of: -1) == "")
    #expect(tokenizer.token(for: "hello") == 7592 && tokenizer.token(for: "##s") == nil)
  }

  @Test func `a long text is cut and still ends with the separator`() throws {
    let tokenizer = try Tokenizers.miniLM.get()
    let text = String(repeating: "unbelievably ", count: 500)
    for limit in [2, 3, 16, 256] {
      let tokens = tokenizer.sequence(of: text, countMax: limit)
      #expect(tokens.count == limit)
      #expect(tokens.first == tokenizer.classify && tokens.last == tokenizer.separator)
    }
  }

  @Test func `words that are too long or have no pieces are unknown`() throws {
    let tokenizer = try Tokenizers.miniLM.get()
    let long = String(repeating: "a", count: 101)
    #expect(
      tokenizer.sequence(of: long) == [tokenizer.classify, tokenizer.unknown, tokenizer.separator])
    #expect(tokenizer.encode("🙂").contains(tokenizer.unknown))
  }

  @Test func `vocabularies without the special pieces are refused`() {
    for text in ["", "a\nb\n", "[UNK]\n[CLS]\n"] {
      #expect(throws: EngineError.self) {
        try WordPiece(vocabulary: FileContents(Array(text.utf8), name: "vocab.txt"))
      }
    }
    #expect(throws: EngineError.self) {
      try WordPiece(vocabulary: FileContents([0xFF, 0xFE], name: "vocab.txt"))
    }
  }
}
