import Testing

@testable import TransformerEngine

@Suite struct SentencePieceBPETests {
  /// Tokens with scores and types, as a GGUF file has them.
  private func open(
    _ tokens: [(String, Float, Int32)], prefix: Bool? = nil, integers: [(String, Int)] = []
  ) throws(EngineError) -> SentencePieceBPE {
    var writer = GGUFWriter()
    writer.header(tensors: 0, metadata: 4 + (prefix == nil ? 0 : 1) + integers.count)
    writer.entry("tokenizer.ggml.model", string: "llama")
    writer.entry("tokenizer.ggml.tokens", strings: tokens.map(\.0))
    writer.string("tokenizer.ggml.scores")
    writer.integer(UInt32(9))
    writer.integer(UInt32(6))
    writer.integer(UInt64(tokens.count))
    for token in tokens { writer.integer(token.1.bitPattern) }
    writer.string("tokenizer.ggml.token_type")
    writer.integer(UInt32(9))
    writer.integer(UInt32(5))
    writer.integer(UInt64(tokens.count))
    for token in tokens { writer.integer(token.2) }
    if let prefix {
      writer.string("tokenizer.ggml.add_space_prefix")
      writer.integer(UInt32(7))
      writer.bytes.append(prefix ? 1 : 0)
    }
    for (key, value) in integers { writer.entry(key, integer: value) }
    writer.align()
    let file = try GGUFFile(FileContents(writer.bytes, name: "test.gguf"))
    guard let tokenizer = try file.tokenizer() as? SentencePieceBPE else {
      throw .outOfRange("another tokenizer")
    }
    return tokenizer
  }

  private let base: [(String, Float, Int32)] = [
    ("<unk>", 0, 2), ("<s>", 0, 3), ("</s>", 0, 3), ("<0x41>", 0, 6), ("▁", -9, 1), ("a", -8, 1),
    ("b", -8, 1), ("c", -8, 1), ("ab", -2, 1), ("bc", -1, 1), ("▁a", -3, 1), ("cc", -2, 1),
  ]

  @Test func `the token of the highest score is made first, of equal ones the leftmost`() throws {
    let tokenizer = try open(base)
    #expect(tokenizer.encode("abc") == [10, 9])
    #expect(tokenizer.encode("ccab") == [4, 11, 8])
    #expect(tokenizer.encode("ccc") == [4, 11, 7])
    #expect(tokenizer.encode(" a  a") == [4, 10, 4, 10] && tokenizer.encode("") == [])
    #expect(tokenizer.decode(tokenizer.encode(" a  a")) == " a  a")
    #expect(tokenizer.token(for: " a") == 10 && tokenizer.token(for: "<s>") == nil)
    #expect(tokenizer.specialTokens == SpecialTokens(begin: 1, end: 2, unknown: 0, addsBegin: true))
  }

  @Test func `a file may do without the space before a text`() throws {
    #expect(try open(base, prefix: false).encode("a") == [5])
    #expect(try open(base, prefix: true).encode("a") == [10])
  }

  @Test func `what has no token becomes bytes, or unknown where they have none`() throws {
    let tokenizer = try open(base, prefix: false)
    #expect(tokenizer.encode("aAé日") == [5, 3, 0, 0])
    #expect(tokenizer.bytes(of: 3) == [0x41])
  }

  @Test func `a character that only parts of tokens are still merges`() throws {
    let tokenizer = try open(base + [("xy", -1, 1), ("axy", -1, 1)], prefix: false)
    #expect(tokenizer.encode("xy") == [12] && tokenizer.encode("axy") == [13])
    #expect(tokenizer.encode("x") == [0] && tokenizer.encode("yAx") == [0, 3, 0])
  }

  @Test func `no text spells a control token, a byte or unknown`() throws {
    // All that stands between the letters and the name is a token.
    let spelled = ["<", "s", ">", "<s", "s>", "0", "x", "4", "1", "<0", "<0x", "<0x4", "<0x41"].map
    {
      ($0, Float(-1), Int32(1))
    }
    let tokenizer = try open(base + spelled, prefix: false)
    #expect(!tokenizer.encode("<s><0x41><unk>").contains { $0 < 4 && $0 > 0 })
    #expect(tokenizer.encode("a<s>b", allowsSpecial: true) == [5, 1, 6])
  }

  @Test func `a long text without spaces takes no quadratic time`() throws {
    let tokenizer = try open(base)
    let text = String(repeating: "abcab", count: 20_000)
    #expect(tokenizer.decode(tokenizer.encode(text)) == text)
  }

  @Test func `files that contradict themselves are refused`() {
    #expect(throws: EngineError.self) { try open(base + [("A", 0, 6)]) }
    #expect(throws: EngineError.self) { try open(base + [("<0xZZ>", 0, 6)]) }
    var writer = GGUFWriter()
    writer.header(tensors: 0, metadata: 2)
    writer.entry("tokenizer.ggml.model", string: "llama")
    writer.entry("tokenizer.ggml.tokens", strings: ["a"])
    writer.align()
    #expect(throws: EngineError.self) {
      try GGUFFile(FileContents(writer.bytes, name: "test.gguf")).tokenizer()
    }
  }

  @Test func `scores that are no numbers, or the same, or endless are ranked somehow`() throws {
    let odd: [(String, Float, Int32)] = [
      ("ca", .nan, 1), ("ba", .infinity, 1), ("aa", -.infinity, 1), ("a", 5, 1), ("", 1, 1),
    ]
    let tokenizer = try open(base + odd, prefix: false)
    #expect(tokenizer.encode("ba") == [13] && tokenizer.encode("ca") == [12])
    #expect(tokenizer.encode("cab") == [7, 8])
  }

  @Test func `ids that are out of range count as missing`() throws {
    let tokenizer = try open(
      base,
      integers: [
        ("tokenizer.ggml.bos_token_id", 99), ("tokenizer.ggml.padding_token_id", 0xFFFF_FFFF),
      ])
    #expect(tokenizer.specialTokens.begin == nil && tokenizer.specialTokens.padding == nil)
  }
}
