import Glibc
import Testing

@testable import TransformerEngine

/// Every tokenizer against an independent one on 10 MB of mixed text.
///
/// A debug build takes minutes for all of it, so by default each 16th chunk is compared;
/// `NEURONARENA_WHOLE_TEXT=1` compares all.
@Suite struct TokenizerReferenceTests {
  struct Reference: Decodable {
    var count: Int
    var chunks: [String]
    var special: Lines?

    struct Lines: Decodable {
      var count: Int
      var chunks: [String]
    }
  }

  private static let references = Result {
    try Fixtures.decode([String: Reference].self, from: "tokenizers/references.json")
  }
  private static let text = Result { try MixedText() }
  private static let step = getenv("NEURONARENA_WHOLE_TEXT") == nil ? 16 : 1
  private static let names = [
    "gpt2", "gpt2-prefixed", "llama3", "qwen2", "sentencepiece", "metaspace-first",
    "metaspace-always", "wordpiece", "wordpiece-cased", "smollm2", "minilm", "sentencepiece.gguf",
  ]

  @Test func `the text is that of the reference`() throws {
    let reference = try #require(Self.references.get()["text"])
    let text = try Self.text.get()
    var count = 0
    for number in stride(from: 0, to: reference.chunks.count, by: Self.step) {
      let chunk = text.chunk(number)
      count += chunk.utf8.count
      #expect(MixedText.fingerprint(chunk.utf8) == reference.chunks[number], "chunk \(number)")
    }
    #expect(Self.step > 1 || count == reference.count)
    #expect(reference.count > 10_000_000)
  }

  @Test(arguments: names)
  func `tokens are those of the reference`(name: String) throws {
    let reference = try #require(Self.references.get()[name])
    let text = try Self.text.get()
    let tokenizer = try Tokenizers.named(name)
    var count = 0
    for number in stride(from: 0, to: reference.chunks.count, by: Self.step) {
      let tokens = tokenizer.encode(text.chunk(number))
      count += tokens.count
      #expect(MixedText.fingerprint(tokens) == reference.chunks[number], "chunk \(number)")
    }
    #expect(Self.step > 1 || count == reference.count)
  }

  @Test(arguments: names)
  func `control tokens are those of the reference where they are allowed`(name: String) throws {
    guard let reference = try Self.references.get()[name]?.special else { return }
    let tokenizer = try Tokenizers.named(name)
    for (line, expected) in zip(try Self.text.get().lines, reference.chunks) {
      var text = String.UnicodeScalarView()
      text.append(contentsOf: line)
      let tokens = tokenizer.encode(String(text), allowsSpecial: true)
      #expect(MixedText.fingerprint(tokens) == expected, "\(String(text))")
    }
  }

  /// SmolLM2's vocabulary lacks bytes that UTF-8 seldom has, WordPiece forgets white space.
  @Test(
    arguments: names.filter { !$0.hasPrefix("wordpiece") && !["smollm2", "minilm"].contains($0) })
  func `a text comes back from its tokens`(name: String) throws {
    let tokenizer = try Tokenizers.named(name)
    let text = try Self.text.get().chunk(5)
    let tokens = tokenizer.encode(text)
    let decoded = tokenizer.decode(tokens).utf8
    func isDecoded(_ expected: String) -> Bool { decoded.elementsEqual(expected.utf8) }
    switch name {
    case "metaspace-first":
      // It has no tokens for bytes.
      #expect(tokens.contains(tokenizer.specialTokens.unknown ?? -1))
    case "gpt2-prefixed": #expect(isDecoded(" " + text))
    case "sentencepiece", "sentencepiece.gguf", "metaspace-always":
      // A written ▁ is a space to them.
      var spaced = String.UnicodeScalarView()
      for scalar in text.unicodeScalars { spaced.append(scalar == "\u{2581}" ? " " : scalar) }
      #expect(isDecoded(String(spaced)))
    default: #expect(isDecoded(text))
    }
  }
}
