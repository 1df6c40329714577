import Testing

@testable import TransformerEngine

@Suite struct SentenceEncoderTests {
  @Test func `embeddings are those of the reference`() throws {
    let reference = try Fixtures.decode(MiniLMReference.self, from: "minilm.json")
    let encoder = try Models.encoder.get()
    let found = encoder.embed(reference.cases.map(\.text))
    for (example, embedding) in zip(reference.cases, found) {
      #expect(encoder.tokenizer.encode(example.text) == example.ids)
      for (value, expected) in zip(embedding, example.embedding_first8_normalised) {
        #expect(abs(value - expected) < 1e-5)
      }
    }
  }
}
