import Testing

@testable import TransformerEngine

@Suite struct LlamaModelTests {
  let reference: SmolLM2Reference
  let model: LlamaModel

  init() throws {
    reference = try Fixtures.decode(SmolLM2Reference.self, from: "smollm2.json")
    model = try Models.llama.get()
  }

  @Test func `token ids are those of the reference`() {
    for example in reference.cases {
      #expect(model.tokenizer.encode(example.text) == example.ids)
      #expect(model.tokenizer.decode(example.ids) == example.text)
    }
  }

  @Test func `activations are those of the reference`() throws {
    for example in reference.cases {
      let layers = try model.mlpActivations(of: [example.ids], layers: [5, 15, 25])[0]
      for (layer, expected) in [
        (5, example.bos0.layer5_neurons0_4), (15, example.bos0.layer15_neurons0_4),
        (25, example.bos0.layer25_neurons0_4),
      ] {
        let found = try #require(layers[layer])
        #expect(found.tokenCount == example.ids.count)
        for (token, row) in expected.dropFirst().enumerated() {
          for (neuron, value) in row.enumerated() {
            #expect(abs(found[token, neuron] - value) < 1e-4, "layer \(layer), token \(token)")
          }
        }
      }
    }
  }

  @Test func `probabilities are those of the reference`() throws {
    for example in reference.cases {
      let found = try model.tokenLogProbabilities(of: [example.ids])[0]
      #expect(found.count == example.bos0.next_token_logprobs.count)
      for (value, expected) in zip(found, example.bos0.next_token_logprobs) {
        #expect(abs(value - expected) < 1e-3)
      }
    }
  }
}
