extension LanguageModel {
  /// Computes a beginning that many sequences share.
  ///
  /// - Throws: `EngineError.outOfRange` for an unknown token or a sequence too long.
  public func prefix(_ tokens: [Int32]) throws(EngineError) -> SequencePrefix {
    let sequence = try withSink([tokens])
    var layers: [SequencePrefix.Layer] = []
    forEachBatch(sequence) { pass in
      for layer in 0..<configuration.layerCount {
        pass.attend(layer: layer)
        layers.append(pass.keysAndValues(layer: layer))
        if layer + 1 < configuration.layerCount { pass.feedForward(layer: layer) }
      }
    }
    return SequencePrefix(tokenCount: tokens.count + 1, layers: layers)
  }

  /// The natural-log probability of every token to come after each sequence, [vocabularySize] each.
  ///
  /// With a `prefix`, each sequence goes on from there and has at least one token.
  ///
  /// - Throws: `EngineError.outOfRange` for an unknown token or a sequence too long.
  public func nextTokenLogProbabilities(
    after sequences: [[Int32]], prefix: SequencePrefix? = nil
  ) throws(EngineError) -> [[Float]] {
    try nextTokenLogProbabilities(
      after: sequences, prefixes: sequences.map { _ in prefix }, of: nil)
  }

  /// The natural-log probability of each of `tokens` to come after each sequence, in their order.
  ///
  /// With a `prefix`, each sequence goes on from there and has at least one token.
  ///
  /// - Throws: `EngineError.outOfRange` for an unknown token or a sequence too long.
  public func nextTokenLogProbabilities(
    after sequences: [[Int32]], of tokens: [Int32], prefix: SequencePrefix? = nil
  ) throws(EngineError) -> [[Float]] {
    try nextTokenLogProbabilities(
      after: sequences, prefixes: sequences.map { _ in prefix }, of: tokens)
  }

  /// The natural-log probability of each of `tokens` (of every token, where nil) to come after each
  /// sequence.
  ///
  /// Each sequence goes on from its own of `prefixes`, and has at least one token where that isn't
  /// nil.
  ///
  /// - Throws: `EngineError.outOfRange` for an unknown token, a sequence too long, or where there are
  ///   not as many prefixes as sequences.
  public func nextTokenLogProbabilities(
    after sequences: [[Int32]], prefixes: [SequencePrefix?], of tokens: [Int32]?
  ) throws(EngineError) -> [[Float]] {
    guard sequences.count == prefixes.count else {
      throw .outOfRange("\(prefixes.count) prefixes for \(sequences.count) sequences")
    }
    if let tokens { try check([tokens], after: 0) }
    let inputs = try self.inputs(sequences, after: prefixes)
    var results: [[Float]] = []
    forEachBatch(inputs, prefixes: prefixes) { pass in
      let rows = pass.batch.ranges.map { $0.upperBound - 1 }
      pass.run(for: rows)
      forEachRow(of: pass, rows) { _, row in
        results.append(tokens?.map { row[Int($0)] } ?? Array(row))
      }
    }
    return results
  }

  /// The natural-log probability of each token of each sequence, given what stands before it; one
  /// for each token.
  ///
  /// - Throws: `EngineError.outOfRange` for an unknown token or a sequence too long.
  public func tokenLogProbabilities(of sequences: [[Int32]]) throws(EngineError) -> [[Float]] {
    var results: [[Float]] = []
    forEachBatch(try withSink(sequences)) { pass in
      pass.run()
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

  private func forEachRow(
    of pass: DecoderPass, _ rows: [Int], _ body: (Int, UnsafeBufferPointer<Float>) -> Void
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
