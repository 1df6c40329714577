import Testing

@testable import TransformerEngine

/// A small random BERT against transformers on torch, from both kinds of files.
@Suite struct BERTReferenceTests {
  private struct Reference: Decodable {
    struct Case: Decodable {
      var text: String
      var ids: [Int32]
      var embedding: [Float]
    }

    var cases: [Case]
  }

  private func encoders() throws -> [SentenceEncoder] {
    let path = Fixtures.path("models/bert")
    let threads = try Models.threads.get()
    let vocabulary = try WordPiece(vocabulary: FileContents(path: path + "/vocab.txt"))
    return [
      try SentenceEncoder(path: path, threads: threads),
      try SentenceEncoder(
        file: GGUFFile(path: path + "/model.gguf"), tokenizer: vocabulary, threads: threads),
      try SentenceEncoder(file: GGUFFile(path: path + "/model.gguf"), threads: threads),
    ]
  }

  @Test func `embeddings are those of transformers, from a checkpoint and from GGUF`() throws {
    let cases = try Fixtures.decode(Reference.self, from: "models/bert/reference.json").cases
    for encoder in try encoders() {
      #expect(encoder.configuration.headCount == 3 && encoder.dimension == 24)
      let found = encoder.embed(cases.map(\.text))
      for (example, embedding) in zip(cases, found) {
        #expect(encoder.tokenizer.sequence(of: example.text) == example.ids)
        #expect(Plain.worst(embedding, example.embedding.map(Double.init)) < 1e-5)
      }
    }
  }

  @Test(
    arguments: [
      #"{"model_type": "bert"}"#, #"{"model_type": "gpt2"}"#, "{}", "[]",
      #"{"model_type": "bert", "hidden_act": "relu", "num_hidden_layers": 1, "hidden_size": 4,"#
        + #" "intermediate_size": 4, "num_attention_heads": 2, "vocab_size": 5,"#
        + #" "max_position_embeddings": 8}"#,
      #"{"model_type": "bert", "num_hidden_layers": 1, "hidden_size": 4,"#
        + #" "intermediate_size": 4, "num_attention_heads": 0, "vocab_size": 5,"#
        + #" "max_position_embeddings": 8}"#,
    ])
  func `a wrong configuration is refused`(text: String) {
    #expect(throws: EngineError.self) {
      try BERTConfiguration(
        JSONValue(FileContents(Array(text.utf8), name: "json")), tokenCountMax: nil, file: "json")
    }
  }

  @Test func `files of other models are refused`() throws {
    let threads = try Models.threads.get()
    let gpt2 = try GGUFFile(path: Fixtures.path("models/gpt2-blocks.gguf"))
    #expect(throws: EngineError.self) {
      try SentenceEncoder(file: gpt2, tokenizer: Models.wordPiece.get(), threads: threads)
    }
    #expect(throws: EngineError.self) {
      try SentenceEncoder(path: Fixtures.path("models/llama-f32"), threads: threads)
    }
    #expect(throws: EngineError.self) { try SentenceEncoder(path: "/nowhere", threads: threads) }
    let bert = try GGUFFile(path: Fixtures.path("models/bert/model.gguf"))
    #expect(throws: EngineError.self) { try LanguageModel(file: bert, threads: threads) }
    #expect(throws: EngineError.self) {
      try SentenceEncoder(file: bert, tokenizer: Models.wordPiece.get(), threads: threads)
    }
  }
}
