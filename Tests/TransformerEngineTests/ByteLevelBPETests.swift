import ArenaTypes
import Testing

@testable import TransformerEngine

@Suite struct ByteLevelBPETests {
  struct Reference: Decodable {
    var smollm2: [String]
    var smollm2_ids: [Int32]
  }

  private func pieces(_ text: String) -> [String] {
    var text = text
    var pieces: [String] = []
    text.withUTF8 { bytes in
      PreTokenizer.digitsThenGPT2.forEachPiece(of: bytes) { range in
        pieces.append(String(decoding: bytes[range], as: UTF8.self))
      }
    }
    return pieces
  }

  @Test func `pieces and tokens are those of the reference`() throws {
    let references = try Fixtures.decode([String: Reference].self, from: "pretokenize.json")
    let tokenizer = try Tokenizers.smolLM2.get()
    for (text, reference) in references {
      #expect(pieces(text).map { ByteAlphabet.written(bytes: $0.utf8) } == reference.smollm2)
      #expect(tokenizer.encode(text) == reference.smollm2_ids)
      #expect(tokenizer.decode(reference.smollm2_ids) == text)
    }
  }

  @Test(
    arguments: [
      ("", []), (" ", [" "]), ("   ", ["   "]), ("a   ", ["a", "   "]), ("   a", ["  ", " a"]),
      ("\n\na", ["\n", "\n", "a"]), ("a\u{A0}b", ["a", "\u{A0}", "b"]),
      ("a \u{3000}b", ["a", " ", "\u{3000}", "b"]), ("x  7", ["x", "  ", "7"]),
      ("²Ⅷ٣", ["²", "Ⅷ", "٣"]),
      ("it's 'sore '", ["it", "'s", " '", "sore", " '"]), ("'re're", ["'re", "'re"]),
      ("'r 'l 'v", ["'", "r", " '", "l", " '", "v"]), ("a!?b", ["a", "!?", "b"]),
      ("e\u{301}", ["e", "\u{301}"]), ("ǅ ß", ["ǅ", " ß"]), (" 🙂🙂", [" 🙂🙂"]), ("'", ["'"]),
    ] as [(String, [String])])
  func `edge cases are cut as the pattern says`(text: String, expected: [String]) {
    #expect(pieces(text).map { Array($0.utf8) } == expected.map { Array($0.utf8) })
  }

  @Test func `pieces make up the text`() {
    var generator = SeededGenerator(seed: 11)
    let alphabet: [Character] = [
      "a", "B", " ", " ", "\n", "7", "'", "s", "é", "日", "🙂", "-", "\u{A0}",
    ]
    for _ in 0..<500 {
      let text = String(
        (0..<Int.random(in: 0...20, using: &generator)).map { _ in
          alphabet.randomElement(using: &generator) ?? "a"
        })
      #expect(pieces(text).joined() == text)
    }
  }

  @Test func `any text comes back from its tokens`() throws {
    let tokenizer = try Tokenizers.smolLM2.get()
    let text = "Tabs\tand  spaces, naïve 日本語 🙂👩‍👩‍👧 ﷽ \u{202E}end\r\n"
    #expect(tokenizer.decode(tokenizer.encode(text)) == text)
    #expect(tokenizer.encode("") == [])
  }

  @Test func `a part of a character shows as U+FFFD and keeps its bytes`() throws {
    let tokenizer = try Tokenizers.smolLM2.get()
    let tokens = tokenizer.encode("日")
    #expect(tokens.flatMap(tokenizer.bytes) == Array("日".utf8))
    let split = tokenizer.encode("本語テ").map(tokenizer.text)
    #expect(split.contains { $0.contains("\u{FFFD}") })
    #expect(tokenizer.text(of: -1) == "" && tokenizer.text(of: .max) == "")
  }

  @Test func `no text makes a control token`() throws {
    let tokenizer = try Tokenizers.smolLM2.get()
    for text in ["<|endoftext|>", "<|im_start|>", "<|im_end|>"] {
      #expect(!tokenizer.encode(text).contains { $0 < 17 })
      #expect(tokenizer.decode(tokenizer.encode(text)) == text)
      #expect(tokenizer.encode(text, allowsSpecial: true) == [tokenizer.token(for: text)])
    }
    #expect(
      tokenizer.encode("<|im_start|>the<|im_end|>", allowsSpecial: true)
        == [1] + tokenizer.encode("the") + [2])
    #expect(tokenizer.specialTokens.begin == 1 && tokenizer.specialTokens.end == 2)
  }

  @Test func `a word's token is found with and without its space`() throws {
    let tokenizer = try Tokenizers.smolLM2.get()
    for text in ["the", " the", "\n"] {
      let token = try #require(tokenizer.token(for: text))
      #expect(tokenizer.encode(text) == [token])
    }
    #expect(tokenizer.token(for: "not one token") == nil)
  }

  @Test func `a very long word is merged like a short one`() throws {
    let tokenizer = try Tokenizers.smolLM2.get()
    let word = String(repeating: "abcdefgh", count: 4000)
    let tokens = tokenizer.encode(word)
    #expect(tokenizer.decode(tokens) == word)
    #expect(tokens.count < 16_000)
  }

  @Test func `merges take the lowest rank first, then the leftmost`() throws {
    let tokenizer = try ByteLevelBPE(
      vocabulary: ["a", "b", "c", "bc", "ab", "aa", "abc"], merges: ["b c", "a b", "a a", "a bc"],
      file: "test")
    #expect(tokenizer.encode("abc") == [6])
    #expect(tokenizer.encode("aaa") == [5, 0])
    #expect(tokenizer.encode("abab") == [4, 4])
    // There is no token for x, so it is left out.
    #expect(tokenizer.encode("axb") == [4])
  }

  @Test func `merges of unknown tokens are refused`() {
    for merge in ["a", "a c", "c a", "b a", ""] {
      #expect(throws: EngineError.self) {
        try ByteLevelBPE(vocabulary: ["a", "b", "ab"], merges: [merge], file: "test")
      }
    }
  }
}
