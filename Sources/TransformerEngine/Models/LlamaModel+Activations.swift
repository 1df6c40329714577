import CKernels

extension LlamaModel {
  /// The MLP activations silu(gate) * up of all neurons of `layers`, for each sequence a matrix
  /// [tokens, feedForwardSize] a layer, a row for each of its tokens.
  ///
  /// Stops after the last layer asked for.
  ///
  /// - Throws: `EngineError.outOfRange` for an unknown token or layer, or a sequence too long.
  public func mlpActivations(
    of sequences: [[Int32]], layers: [Int]
  ) throws(EngineError) -> [[Int: ActivationMatrix]] {
    try check(layers.map { NeuronIndex(layer: $0, neuron: 0) })
    guard let last = layers.max() else { return sequences.map { _ in [:] } }
    var results: [[Int: ActivationMatrix]] = []
    forEachBatch(try withSink(sequences)) { pass in
      var batch = pass.batch.ranges.map { _ in [Int: ActivationMatrix]() }
      for layer in 0...last {
        pass.attend(layer: layer)
        if !layers.contains(layer) {
          pass.feedForward(layer: layer)
          continue
        }
        var collector = RowCollector(
          pass.batch.ranges, width: configuration.feedForwardSize, dropped: 1)
        pass.feedForward(layer: layer, isAdded: layer < last) { collector.append($0, $1) }
        for (index, matrix) in collector.matrices.enumerated() { batch[index][layer] = matrix }
      }
      results += batch
    }
    return results
  }

  /// The MLP activations of chosen neurons, for each sequence a matrix [tokens, neurons] whose
  /// columns are in the order of `neurons`.
  ///
  /// Stops after the last layer asked for, in which only the chosen neurons are computed.
  ///
  /// - Throws: `EngineError.outOfRange` for an unknown token or neuron, or a sequence too long.
  public func mlpActivations(
    of sequences: [[Int32]], neurons: [NeuronIndex]
  ) throws(EngineError) -> [ActivationMatrix] {
    try check(neurons)
    guard let last = neurons.map(\.layer).max() else {
      return sequences.map { ActivationMatrix(tokenCount: $0.count, neuronCount: 0, values: []) }
    }
    let columns = Dictionary(grouping: neurons.indices) { neurons[$0].layer }
    let inner = configuration.feedForwardSize
    let chosen = (columns[last] ?? []).map { neurons[$0].neuron }
    let lastRows = try weights.layers[last].ffn_gate_up.rows(chosen + chosen.map { $0 + inner })
    var results: [ActivationMatrix] = []
    forEachBatch(try withSink(sequences)) { pass in
      let values = FloatBuffer(count: pass.rowCount * neurons.count)
      for layer in 0..<last {
        pass.attend(layer: layer)
        guard let columns = columns[layer] else {
          pass.feedForward(layer: layer)
          continue
        }
        pass.feedForward(layer: layer) { rows, activations in
          scatter(
            activations, rows: rows, width: inner, from: columns.map { neurons[$0].neuron },
            to: columns, of: values, width: neurons.count)
        }
      }
      pass.attend(layer: last)
      let activations = pass.chosenNeurons(layer: last, gateUp: lastRows)
      scatter(
        activations.pointer, rows: 0..<pass.rowCount, width: chosen.count,
        from: Array(chosen.indices), to: columns[last] ?? [], of: values, width: neurons.count)
      var collector = RowCollector(pass.batch.ranges, width: neurons.count, dropped: 1)
      collector.append(0..<pass.rowCount, values.pointer)
      results += collector.matrices
    }
    return results
  }

  /// The residual stream, for each sequence a matrix [tokens, hiddenSize] a layer: what goes into
  /// block `layer`, or for `layerCount` what comes out of the last block.
  ///
  /// - Throws: `EngineError.outOfRange` for an unknown token or layer, or a sequence too long.
  public func residuals(
    of sequences: [[Int32]], layers: [Int]
  ) throws(EngineError) -> [[Int: ActivationMatrix]] {
    for layer in layers where !(0...configuration.layerCount).contains(layer) {
      throw .outOfRange("layer \(layer)")
    }
    guard let last = layers.max() else { return sequences.map { _ in [:] } }
    var results: [[Int: ActivationMatrix]] = []
    forEachBatch(try withSink(sequences)) { pass in
      var batch = pass.batch.ranges.map { _ in [Int: ActivationMatrix]() }
      for layer in 0...last {
        if layers.contains(layer) {
          var collector = RowCollector(
            pass.batch.ranges, width: configuration.hiddenSize, dropped: 1)
          collector.append(0..<pass.rowCount, pass.x.pointer)
          for (index, matrix) in collector.matrices.enumerated() { batch[index][layer] = matrix }
        }
        if layer == last { break }
        pass.attend(layer: layer)
        pass.feedForward(layer: layer)
      }
      results += batch
    }
    return results
  }
}

/// Copies columns `from` of `source`, [rows, width], to the columns `to` of `target`.
private func scatter(
  _ source: UnsafePointer<Float>, rows: Range<Int>, width: Int, from: [Int], to: [Int],
  of target: FloatBuffer, width targetWidth: Int
) {
  ck_copy_columns(
    source, rows.count, width, from.map(Int64.init), to.map(Int64.init), from.count,
    target.pointer + rows.lowerBound * targetWidth, targetWidth)
}
