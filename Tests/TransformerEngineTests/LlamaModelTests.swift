import Testing

@testable import TransformerEngine

/// SmolLM2 against the same weights in PyTorch.
///
/// Activations agree to 1e-4 (a layer's root mean
/// square is 0.1 to 1), probabilities and logits to 1e-3, tokens exactly.
@Suite struct LlamaModelTests {
  let reference: SmolLM2Reference
  let model: LanguageModel

  init() throws {
    reference = try Fixtures.decode(SmolLM2Reference.self, from: "smollm2.json")
    model = try Models.llama.get()
  }

  /// A text of as many tokens as wanted.
  private func tokens(_ count: Int) -> [Int32] {
    let words = reference.cases.flatMap(\.ids)
    return (0..<count).map { words[$0 % words.count] }
  }

  @Test func `the sizes are those of the model`() {
    let sizes = model.configuration
    #expect(sizes.layerCount == 30 && sizes.hiddenSize == 576 && sizes.feedForwardSize == 1536)
    #expect(sizes.headCount == 9 && sizes.keyValueHeadCount == 3 && sizes.headSize == 64)
    #expect(sizes.vocabularySize == 49_152 && sizes.rotary?.base == 100_000)
    #expect(model.weightByteCount < 100_000_000)
  }

  @Test func `token ids and texts are those of the reference`() {
    for example in reference.cases {
      #expect(model.tokenizer.encode(example.text) == example.ids)
      #expect(model.tokenizer.decode(example.ids) == example.text)
      #expect(
        example.ids.map { ByteAlphabet.written(bytes: model.tokenizer.bytes(of: $0)) }
          == example.tokens)
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
        #expect(found.tokenCount == example.ids.count && found.neuronCount == 1536)
        compare(found, expected.dropFirst(), tolerance: 1e-4)
      }
    }
  }

  @Test func `the residual stream is that of the reference`() throws {
    for example in reference.cases {
      let layers = try model.residuals(of: [example.ids], layers: [15, 1])[0]
      for (layer, expected) in [(1, example.bos0.res1_first4), (15, example.bos0.res15_first4)] {
        compare(try #require(layers[layer]), expected.dropFirst(), tolerance: 2e-3)
      }
    }
  }

  private func compare(
    _ found: ActivationMatrix, _ expected: ArraySlice<[Float]>, tolerance: Float
  ) {
    for (token, row) in expected.enumerated() {
      let worst = Plain.worst(found.row(token).prefix(row.count), row.map(Double.init))
      #expect(worst < Double(tolerance), "token \(token)")
    }
  }

  @Test func `probabilities of a text's tokens are those of the reference`() throws {
    let found = try model.tokenLogProbabilities(of: reference.cases.map(\.ids))
    for (values, example) in zip(found, reference.cases) {
      #expect(values.count == example.bos0.next_token_logprobs.count)
      for (value, expected) in zip(values, example.bos0.next_token_logprobs) {
        #expect(abs(value - expected) < 1e-3)
      }
    }
  }

  @Test func `the likeliest next tokens are those of the reference, with their distances`() throws {
    let found = try model.nextTokenLogProbabilities(after: reference.cases.map(\.ids))
    for (row, example) in zip(found, reference.cases) {
      let best = row.indices.sorted { row[$0] > row[$1] }.prefix(5).map(Int32.init)
      #expect(best == example.bos0.top5.map(\.id))
      for token in example.bos0.top5 {
        // Logits are known up to their common shift.
        let distance = row[Int(best[0])] - row[Int(token.id)]
        #expect(abs(distance - (example.bos0.top5[0].logit - token.logit)) < 1e-3)
      }
      #expect(abs(row.reduce(0) { $0 + Plain.exp(Double($1)) } - 1) < 1e-5)
    }
  }

  @Test func `without the sink the model is that of the reference too`() throws {
    for example in reference.cases {
      var probabilities: [Float] = []
      model.threads.run { pool in
        let pass = DecoderPass(model, PackedBatch([example.no_bos.ids]), pool: pool)
        pass.run()
        let rows = 0..<pass.rowCount - 1
        let all = pass.logProbabilities(after: rows)
        probabilities = rows.map { all.pointer[$0 * 49_152 + Int(example.no_bos.ids[$0 + 1])] }
      }
      for (value, expected) in zip(probabilities, example.no_bos.next_token_logprobs) {
        #expect(abs(value - expected) < 1e-3)
      }
    }
  }

  @Test func `chosen neurons are the same as in whole layers`() throws {
    let sequences = reference.cases.map(\.ids) + [[]]
    let neurons = [(9, 1535), (3, 0), (9, 7), (3, 700), (0, 4)].map(NeuronIndex.init)
    let chosen = try model.mlpActivations(of: sequences, neurons: neurons)
    let whole = try model.mlpActivations(of: sequences, layers: [0, 3, 9])
    for (chosen, whole) in zip(chosen, whole) {
      for (column, neuron) in neurons.enumerated() {
        let layer = try #require(whole[neuron.layer])
        for (found, expected) in zip(chosen.column(column), layer.column(neuron.neuron)) {
          #expect(abs(found - expected) < 1e-5)
        }
      }
    }
    #expect(chosen.last?.tokenCount == 0)
  }

  @Test func `a sequence's results don't depend on its batch`() throws {
    let sequences = [tokens(3), tokens(40), [], tokens(300), tokens(200), tokens(17)]
    let together = try model.mlpActivations(of: sequences, layers: [4])
    for (sequence, found) in zip(sequences, together) {
      let alone = try #require(try model.mlpActivations(of: [sequence], layers: [4])[0][4])
      let found = try #require(found[4])
      #expect(found.tokenCount == sequence.count)
      #expect(zip(found.values, alone.values).allSatisfy { abs($0 - $1) < 1e-5 })
    }
  }

  @Test func `a long sequence begins like a short one`() throws {
    let long = try #require(try model.mlpActivations(of: [tokens(700)], layers: [2])[0][2])
    let short = try #require(try model.mlpActivations(of: [tokens(90)], layers: [2])[0][2])
    #expect(long.tokenCount == 700)
    #expect(zip(short.values, long.values).allSatisfy { abs($0 - $1) < 1e-4 })
    #expect(!long.values.contains { !$0.isFinite })
  }

  @Test func `going on from a prefix is the same as the whole`() throws {
    let beginning = tokens(37)
    let endings = [[2365], [6354, 30, 198], tokens(5)] as [[Int32]]
    let whole = try model.nextTokenLogProbabilities(
      after: endings.map { beginning + $0 }, of: [198, 30, 2365])
    let prefix = try model.prefix(beginning)
    let found = try model.nextTokenLogProbabilities(
      after: endings, of: [198, 30, 2365], prefix: prefix)
    for (found, expected) in zip(found.joined(), whole.joined()) {
      #expect(abs(found - expected) < 1e-3)
    }
    #expect(throws: EngineError.self) {
      try model.nextTokenLogProbabilities(after: [[]], prefix: prefix)
    }
  }

  @Test func `what the model doesn't have is refused`() throws {
    for tokens in [[-1], [49_152], [Int32.min]] as [[Int32]] {
      #expect(throws: EngineError.self) { try model.mlpActivations(of: [tokens], layers: [0]) }
      #expect(throws: EngineError.self) { try model.nextTokenLogProbabilities(after: [tokens]) }
      #expect(throws: EngineError.self) {
        try model.nextTokenLogProbabilities(after: [[1]], of: tokens)
      }
    }
    #expect(throws: EngineError.self) { try model.mlpActivations(of: [[1]], layers: [30]) }
    #expect(throws: EngineError.self) { try model.residuals(of: [[1]], layers: [31]) }
    let beyond = NeuronIndex(layer: 0, neuron: 1536)
    #expect(throws: EngineError.self) { try model.mlpActivations(of: [[1]], neurons: [beyond]) }
    #expect(throws: EngineError.self) { try model.outputDirection(of: beyond) }
    let long = [Int32](repeating: 5, count: model.tokenCountMax + 1)
    #expect(throws: EngineError.self) { try model.tokenLogProbabilities(of: [long]) }
    let none = try model.mlpActivations(of: [], layers: [3])
    #expect(none.isEmpty)
    let afterNothing = try model.nextTokenLogProbabilities(after: [[]])
    #expect(afterNothing[0].count == 49_152)
  }

  @Test func `a neuron's directions and effects are those of the weights`() throws {
    let neuron = NeuronIndex(layer: 15, neuron: 1191)
    let output = try model.outputDirection(of: neuron)
    let (gate, up) = try model.inputDirections(of: neuron)
    #expect(output.count == 576 && gate?.count == 576 && up.count == 576)
    let expected = try #require(reference.dequant["blk.15.ffn_gate.weight"])
    let first = try #require(
      try model.inputDirections(of: NeuronIndex(layer: 15, neuron: 0)).gate)
    #expect(zip(first, expected.first_block_f32).allSatisfy { abs($0 - $1) < 1e-6 })

    let effects = try model.tokenEffects(of: neuron, polarity: -1, count: 6)
    let opposite = try model.tokenEffects(of: neuron, polarity: 1, count: 6)
    #expect(effects.promoted.map(\.token) == opposite.suppressed.map(\.token))
    #expect(effects.promoted.count == 6)
    for effect in effects.promoted + effects.suppressed {
      let embedding = try model.embedding(of: effect.token)
      let norm = model.weights.output_norm.weight.array(count: 576)
      let logit = zip(zip(embedding, norm), output).reduce(0) {
        $0 - Double($1.0.0) * Double($1.0.1) * Double($1.1)
      }
      #expect(abs(Double(effect.logit) - logit) < 1e-4)
    }
  }

  @Test(arguments: KernelTests.instructionSets)
  func `every instruction set gives the reference's activations`(
    set: EngineThreads.InstructionSet
  ) throws {
    let threads = try EngineThreads(count: 2, niceValue: 0, instructionSet: set)
    let other = LanguageModel(model, threads: threads)
    let example = reference.cases[0]
    let found = try #require(try other.mlpActivations(of: [example.ids], layers: [25])[0][25])
    compare(found, example.bos0.layer25_neurons0_4.dropFirst(), tolerance: 1e-4)
  }

  @Test func `many callers get their own results`() async throws {
    let model = model
    let sequences = (1...8).map { tokens($0) }
    let expected = try model.nextTokenLogProbabilities(after: sequences, of: [30])
    await withTaskGroup { group in
      for (sequence, expected) in zip(sequences, expected) {
        group.addTask {
          let found = try? model.nextTokenLogProbabilities(after: [sequence], of: [30])
          #expect(abs((found?[0][0] ?? .nan) - expected[0]) < 1e-4)
        }
      }
    }
  }
}
