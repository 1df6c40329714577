import Testing

@testable import TransformerEngine

/// MiniLM against the same weights in PyTorch, to 1e-5.
@Suite struct SentenceEncoderTests {
  let encoder: SentenceEncoder

  init() throws { encoder = try Models.encoder.get() }

  @Test func `embeddings are those of the reference, alone and together`() throws {
    let cases = try Fixtures.decode(MiniLMReference.self, from: "minilm.json").cases
    let together = encoder.embed(cases.map(\.text))
    for (example, embedding) in zip(cases, together) {
      #expect(embedding.count == 384)
      #expect(abs(embedding.reduce(0) { $0 + $1 * $1 } - 1) < 1e-5)
      for (value, expected) in zip(embedding, example.embedding_first8_normalised) {
        #expect(abs(value - expected) < 1e-5)
      }
      let alone = encoder.embed([example.text])[0]
      #expect(zip(alone, embedding).allSatisfy { abs($0 - $1) < 1e-6 })
    }
  }

  @Test func `nothing, empty texts and very long ones have embeddings`() {
    #expect(encoder.embed([]).isEmpty)
    let long = String(repeating: "many words and more ", count: 2000)
    let found = encoder.embed(["", long, long + "at the end"])
    #expect(found.allSatisfy { $0.allSatisfy(\.isFinite) })
    #expect(found[1] == found[2])
  }

  @Test func `weights of another shape are refused`() throws {
    var sizes = BERTConfiguration.miniLM
    sizes.feedForwardSize = 1024
    let file = try SafetensorsFile(path: Models.path("all-minilm-l6-v2/model.safetensors"))
    #expect(throws: EngineError.self) {
      try SentenceEncoder(
        weights: file, tokenizer: encoder.tokenizer, threads: Models.threads.get(),
        configuration: sizes)
    }
  }
}
