import Testing

@testable import TransformerEngine

/// The same vocabulary, written as GGUF, gives the same tokens.
@Suite struct GGUFTokenizerTests {
  /// The metadata that a converter makes of a tokenizer.json.
  private func file(_ name: String, pre: String?) throws -> GGUFFile {
    let path = Fixtures.path("tokenizers/\(name).json")
    let json = try TokenizerFile(FileContents(path: path))
    let model = try #require(json.json["model"])
    let vocabulary = try VocabularyEntries(json, model)
    var kinds = [Int32](repeating: 1, count: vocabulary.texts.count)
    for entry in vocabulary.added.entries { kinds[Int(entry.token)] = entry.isControl ? 3 : 4 }
    var writer = GGUFWriter()
    writer.header(tensors: 0, metadata: pre == nil ? 3 : 5)
    writer.entry("tokenizer.ggml.model", string: pre == nil ? "bert" : "gpt2")
    if let pre {
      let merges = (model["merges"]?.array ?? []).compactMap { $0.array?.compactMap(\.string) }
      #expect(!merges.isEmpty)
      writer.entry("tokenizer.ggml.pre", string: pre)
      writer.entry("tokenizer.ggml.merges", strings: merges.map { $0.joined(separator: " ") })
      writer.entry("tokenizer.ggml.tokens", strings: vocabulary.texts)
    } else {
      writer.entry("tokenizer.ggml.tokens", strings: vocabulary.texts.map(Self.phantomSpace))
    }
    writer.string("tokenizer.ggml.token_type")
    writer.integer(UInt32(9))
    writer.integer(UInt32(5))
    writer.integer(UInt64(kinds.count))
    for kind in kinds { writer.integer(kind) }
    writer.align()
    return try GGUFFile(FileContents(writer.bytes, name: "\(name).gguf"))
  }

  /// A piece of a WordPiece as llama.cpp's converter writes it.
  private static func phantomSpace(_ piece: String) -> String {
    if piece.hasPrefix("["), piece.hasSuffix("]") { return piece }
    return piece.hasPrefix("##") ? String(piece.dropFirst(2)) : "\u{2581}" + piece
  }

  @Test(
    arguments: [
      ("gpt2", "gpt-2"), ("llama3", "llama-bpe"), ("qwen2", "qwen2"), ("wordpiece", nil),
    ] as [(String, String?)])
  func `a vocabulary in GGUF gives the tokens of its tokenizer json`(
    name: String, pre: String?
  ) throws {
    let expected = try Tokenizers.named(name)
    let found = try file(name, pre: pre).tokenizer()
    #expect(found.vocabularySize == expected.vocabularySize)
    // A ▁ within a word can't be told from one at its beginning in GGUF's pieces of a WordPiece.
    var scalars = String.UnicodeScalarView()
    for scalar in try MixedText().chunk(7).unicodeScalars where pre != nil || scalar != "\u{2581}" {
      scalars.append(scalar)
    }
    let text = String(scalars)
    for allowsSpecial in [false, true] {
      #expect(
        MixedText.fingerprint(found.encode(text, allowsSpecial: allowsSpecial))
          == MixedText.fingerprint(expected.encode(text, allowsSpecial: allowsSpecial)))
    }
    for token in [0, 5, 300, 1000] as [Int32] {
      #expect(found.bytes(of: token) == expected.bytes(of: token))
    }
  }

  @Test func `a tokenizer that there is none for is refused by its name`() throws {
    for (model, pre) in [("gpt2", "viking"), ("t5", "default"), ("rwkv", "default")] {
      var writer = GGUFWriter()
      writer.header(tensors: 0, metadata: 2)
      writer.entry("tokenizer.ggml.model", string: model)
      writer.entry("tokenizer.ggml.pre", string: pre)
      let file = try GGUFFile(FileContents(writer.bytes, name: "test.gguf"))
      do throws(EngineError) {
        _ = try file.tokenizer()
        Issue.record("\(model) with \(pre) was read")
      } catch {
        #expect("\(error)".contains(model == "gpt2" ? pre : model))
      }
    }
  }
}
