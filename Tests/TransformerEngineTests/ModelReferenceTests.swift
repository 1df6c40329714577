import Testing

@testable import TransformerEngine

/// Small random models of every architecture and precision against transformers on torch, and against
/// a forward pass in plain loops.
///
/// Logits agree to 1e-3, activations to 1e-4 of their layer's root mean square, at every position.
@Suite struct ModelReferenceTests {
  @Test(arguments: ReferenceModels.checkpoints)
  func `a checkpoint computes what transformers does`(
    checkpoint: ReferenceModels.Checkpoint
  ) throws {
    let model = try checkpoint.model()
    for example in try checkpoint.reference().cases { try compare(model, with: example) }
  }

  @Test(arguments: ReferenceModels.ggufFiles)
  func `a GGUF file of any types computes what transformers does with its numbers`(
    name: String
  ) throws {
    let model = try LanguageModel(
      file: GGUFFile(path: Fixtures.path("models/\(name).gguf")), threads: Models.threads.get())
    #expect(model.sink == 0)
    let reference = try Fixtures.decode(ModelReference.self, from: "models/\(name).json")
    for example in reference.cases { try compare(model, with: example) }
  }

  private func compare(_ model: LanguageModel, with example: ModelReference.Case) throws {
    let layers = Array(0..<model.configuration.layerCount)
    let heads = layers.flatMap { layer in
      (0..<model.configuration.headCount).map { HeadIndex(layer: layer, head: $0) }
    }
    let found = try model.capture(
      CaptureRequest(
        mlpLayers: layers, heads: heads, patterns: heads, residualLayers: layers,
        nextTokenLogits: true),
      of: [example.ids])[0]
    for layer in layers {
      try expect(found.mlp[layer], example.neurons[layer], "neurons of layer \(layer)")
      if let expected = example.residuals?[layer] {
        try expect(found.residuals[layer], expected, "the stream before block \(layer)")
      }
      if let expected = example.heads?[layer] {
        let columns = model.configuration.headCount
        let lengths = (0..<example.ids.count).map { token in
          (0..<columns).map { found.heads[token, layer * columns + $0] }
        }
        let matrix = ActivationMatrix(
          tokenCount: lengths.count, neuronCount: columns, values: lengths.flatMap { $0 })
        try expect(matrix, expected, "heads of layer \(layer)")
      }
      for (head, expected) in (example.patterns?[layer] ?? []).enumerated() {
        let pattern = found.patterns[HeadIndex(layer: layer, head: head)]
        try expect(pattern, expected, "attention of head \(head) in layer \(layer)")
      }
    }
    let last = example.logits[example.ids.count - 1]
    #expect(Plain.worst(found.nextTokenLogits, last.map(Double.init)) < 1e-3)
    for (row, expected) in zip(logits(model, example.ids), example.logits) {
      #expect(Plain.worst(row, expected.map(Double.init)) < 1e-3)
    }
  }

  private func expect(
    _ found: ActivationMatrix?, _ expected: [[Float]], _ what: String
  ) throws {
    let found = try #require(found)
    let values = expected.flatMap { $0.map(Double.init) }
    let meanSquare = values.reduce(0) { $0 + $1 * $1 } / Double(max(values.count, 1))
    #expect(Plain.worst(found.values, values) < 1e-4 * meanSquare.squareRoot(), "\(what)")
  }

  /// The logits after each token.
  private func logits(_ model: LanguageModel, _ tokens: [Int32]) -> [[Float]] {
    model.threads.run { (pool) -> [[Float]] in
      let pass = DecoderPass(model, PackedBatch([[model.sink] + tokens]), pool: pool)
      pass.run()
      let count = model.configuration.vocabularySize
      let logits = pass.logits(after: 1...tokens.count)
      return tokens.indices.map { logits.array(from: $0 * count, count: count) }
    }
  }

  @Test(arguments: ["gpt2-f32", "llama-untied-bf16", "llama-f16"])
  func `the fast pass is the plain one`(folder: String) throws {
    let checkpoint = ReferenceModels.Checkpoint(folder: folder, variant: nil)
    let model = try checkpoint.model()
    let tokens = try checkpoint.reference().cases[0].ids
    let plain = PlainDecoder(model).run([model.sink] + tokens)
    let layers = Array(0..<model.configuration.layerCount)
    let found = try model.capture(
      CaptureRequest(mlpLayers: layers, residualLayers: layers + [layers.count]), of: [tokens])[0]
    for layer in layers {
      try expect(
        found.mlp[layer], plain.neurons[layer].dropFirst().map { $0.map(Float.init) }, "neurons")
    }
    for layer in layers + [layers.count] {
      try expect(
        found.residuals[layer], plain.residuals[layer].dropFirst().map { $0.map(Float.init) },
        "the stream")
    }
    for (row, expected) in zip(logits(model, tokens), plain.logits.dropFirst()) {
      #expect(Plain.worst(row, expected) < 1e-3)
    }
  }

  @Test(arguments: ["gpt2-f32", "llama-f32"])
  func `going on from a prefix is the same as the whole`(folder: String) throws {
    let model = try ReferenceModels.Checkpoint(folder: folder, variant: nil).model()
    let (beginning, endings) = ([5, 9, 44, 2] as [Int32], [[7], [1, 2, 3], [60]] as [[Int32]])
    let request = CaptureRequest(
      neurons: [NeuronIndex(layer: 1, neuron: 3)], patterns: [HeadIndex(layer: 1, head: 1)],
      residualLayers: [2], nextTokenLogits: true)
    let whole = try model.capture(request, of: endings.map { beginning + $0 })
    let prefix = try model.prefix(beginning)
    let found = try model.capture(
      request, of: endings, prefixes: endings.map { _ in prefix })
    let shorter = try model.capture(
      request, of: [beginning.suffix(2) + endings[0]], prefixes: [prefix.first(2)])
    for (found, (whole, count)) in zip(
      found + shorter, zip(whole + [whole[0]], [1, 3, 1, 3]))
    {
      #expect(found.tokenCount == count)
      let pattern = try #require(found.patterns[HeadIndex(layer: 1, head: 1)])
      #expect(pattern.tokenCount == count && pattern.neuronCount == whole.tokenCount + 1)
      for (left, right) in [
        (found.neurons, whole.neurons), (try #require(found.residuals[2]), whole.residuals[2]),
        (pattern, whole.patterns[HeadIndex(layer: 1, head: 1)]),
      ] {
        let tail = try #require(right).values.suffix(left.values.count)
        #expect(zip(left.values, tail).allSatisfy { abs($0 - $1) < 1e-4 })
      }
      #expect(zip(found.nextTokenLogits, whole.nextTokenLogits).allSatisfy { abs($0 - $1) < 1e-3 })
    }
  }

  @Test func `leaving a token out is running the text without it`() throws {
    let model = try ReferenceModels.Checkpoint(folder: "gpt2-f32", variant: nil).model()
    let tokens: [Int32] = [3, 14, 15, 59, 26, 5]
    let request = CaptureRequest(
      neurons: [NeuronIndex(layer: 1, neuron: 8), NeuronIndex(layer: 0, neuron: 2)],
      heads: [HeadIndex(layer: 1, head: 2)])
    let found = try model.leaveOut(request, of: tokens, at: 4)
    #expect(found.without.count == 4)
    func values(_ tokens: [Int32]) throws -> [Float] {
      let capture = try model.capture(request, of: [tokens])[0]
      return Array(capture.neurons.row(tokens.count - 1))
        + Array(capture.heads.row(tokens.count - 1))
    }
    func isClose(_ left: [Float], _ right: [Float]) -> Bool {
      left.count == right.count && zip(left, right).allSatisfy { abs($0 - $1) < 1e-4 }
    }
    #expect(isClose(found.whole, try values(Array(tokens[...4]))))
    for (left, values0) in found.without.enumerated() {
      var shorter = Array(tokens[...4])
      shorter.remove(at: left)
      #expect(isClose(values0, try values(shorter)))
    }
    let first = try model.leaveOut(request, of: tokens, at: 0)
    #expect(first.without.isEmpty)
    #expect(isClose(first.whole, try values([3])))
    #expect(throws: EngineError.self) { try model.leaveOut(request, of: tokens, at: 6) }
    #expect(throws: EngineError.self) { try model.leaveOut(request, of: [], at: 0) }
    #expect(throws: EngineError.self) {
      try model.leaveOut(CaptureRequest(mlpLayers: [0]), of: tokens, at: 1)
    }
  }
}
