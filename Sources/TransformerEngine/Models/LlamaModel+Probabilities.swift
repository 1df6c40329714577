extension LlamaModel {
  /// Computes a beginning that many sequences share.
  ///
  /// - Throws: `EngineError.outOfRange` for an unknown token or a sequence too long.
  public func prefix(_ tokens: [Int32]) throws(EngineError) -> LlamaPrefix {
    let sequence = try withSink([tokens])
    var layers: [LlamaPrefix.Layer] = []
    forEachBatch(sequence) { pass in
      for layer in 0..<configuration.layerCount {
        pass.attend(layer: layer)
        layers.append(pass.keysAndValues(layer: layer))
        if layer + 1 < configuration.layerCount { pass.feedForward(layer: layer) }
      }
    }
    return LlamaPrefix(tokenCount: tokens.count + 1, layers: layers)
  }

  /// The natural-log probability of every token to come after each sequence, [vocabularySize] each.
  ///
  /// With a `prefix`, each sequence goes on from there and has at least one token.
  ///
  /// - Throws: `EngineError.outOfRange` for an unknown token or a sequence too long.
  public func nextTokenLogProbabilities(
    after sequences: [[Int32]], prefix: LlamaPrefix? = nil
  ) throws(EngineError) -> [[Float]] {
    var results: [[Float]] = []
    try forEachNextToken(after: sequences, prefix: prefix) { row in
      results.append(Array(row))
    }
    return results
  }

  /// The natural-log probability of each of `tokens` to come after each sequence, in their order.
  ///
  /// With a `prefix`, each sequence goes on from there and has at least one token.
  ///
  /// - Throws: `EngineError.outOfRange` for an unknown token or a sequence too long.
  public func nextTokenLogProbabilities(
    after sequences: [[Int32]], of tokens: [Int32], prefix: LlamaPrefix? = nil
  ) throws(EngineError) -> [[Float]] {
    try check([tokens], after: 0)
    var results: [[Float]] = []
    try forEachNextToken(after: sequences, prefix: prefix) { row in
      results.append(tokens.map { row[Int($0)] })
    }
    return results
  }

  private func forEachNextToken(
    after sequences: [[Int32]], prefix: LlamaPrefix?, _ body: (UnsafeBufferPointer<Float>) -> Void
  ) throws(EngineError) {
    let inputs: [[Int32]]
    if let prefix {
      guard !sequences.contains(where: \.isEmpty) else {
        throw .outOfRange("an empty sequence after a prefix")
      }
      try check(sequences, after: prefix.tokenCount)
      inputs = sequences
    } else {
      inputs = try withSink(sequences)
    }
    forEachBatch(inputs, prefix: prefix) { pass in
      runAllLayers(pass)
      forEachRow(of: pass, pass.batch.ranges.map { $0.upperBound - 1 }) { body($1) }
    }
  }

  /// The natural-log probability of each token of each sequence, given what stands before it; one
  /// for each token.
  ///
  /// - Throws: `EngineError.outOfRange` for an unknown token or a sequence too long.
  public func tokenLogProbabilities(of sequences: [[Int32]]) throws(EngineError) -> [[Float]] {
    var results: [[Float]] = []
    forEachBatch(try withSink(sequences)) { pass in
      runAllLayers(pass)
      for range in pass.batch.ranges {
        var values: [Float] = []
        // A row tells of the token after it.
        forEachRow(of: pass, Array(range.dropLast())) { row, probabilities in
          values.append(probabilities[Int(pass.batch.tokens[row + 1])])
        }
        results.append(values)
      }
    }
    return results
  }

  private func runAllLayers(_ pass: LlamaPass) {
    for layer in 0..<configuration.layerCount {
      pass.attend(layer: layer)
      pass.feedForward(layer: layer)
    }
  }

  private func forEachRow(
    of pass: LlamaPass, _ rows: [Int], _ body: (Int, UnsafeBufferPointer<Float>) -> Void
  ) {
    let vocabulary = configuration.vocabularySize
    for start in stride(from: 0, to: rows.count, by: Self.logitRowCount) {
      let block = rows[start..<min(start + Self.logitRowCount, rows.count)]
      let logits = pass.logProbabilities(after: block)
      for (index, row) in block.enumerated() {
        body(
          row, UnsafeBufferPointer(start: logits.pointer + index * vocabulary, count: vocabulary))
      }
    }
  }
}
