import CKernels

/// What a direction of the residual stream does to the next token, through the output head alone.
public struct TokenEffects: Sendable, Hashable {
  /// A token and the logit that a unit of the direction adds to it.
  public struct Effect: Sendable, Hashable {
    /// The token.
    public let token: Int32
    /// Logits a unit, before the final norm's division.
    public let logit: Float
  }

  /// The tokens made more likely, the most first.
  public let promoted: [Effect]
  /// The tokens made less likely, the most first.
  public let suppressed: [Effect]
}

extension LanguageModel {
  /// What the neuron writes into the residual stream, [hiddenSize]: its column of ffn_down.
  ///
  /// - Throws: `EngineError.outOfRange` when there is no such neuron.
  public func outputDirection(of neuron: NeuronIndex) throws(EngineError) -> [Float] {
    try check([neuron])
    return weights.layers[neuron.layer].ffn_down.weight.column(neuron.neuron)
  }

  /// What the neuron reads from the normalised stream, [hiddenSize] each: its rows of ffn_gate (nil
  /// without gates) and ffn_up.
  ///
  /// - Throws: `EngineError.outOfRange` when there is no such neuron.
  public func inputDirections(
    of neuron: NeuronIndex
  ) throws(EngineError) -> (gate: [Float]?, up: [Float]) {
    try check([neuron])
    let matrix = weights.layers[neuron.layer].ffn_gate_up.weight
    guard configuration.isGated else { return (nil, matrix.row(neuron.neuron)) }
    return (
      matrix.row(neuron.neuron), matrix.row(neuron.neuron + configuration.feedForwardSize)
    )
  }

  /// The embedding of `token`, [hiddenSize].
  ///
  /// - Throws: `EngineError.outOfRange` when there is no such token.
  public func embedding(of token: Int32) throws(EngineError) -> [Float] {
    try check([[token]], after: 0)
    return weights.token_embd.row(Int(token))
  }

  /// The `count` tokens that the neuron makes most and least likely when it fires in the direction
  /// of `polarity` (1 or -1).
  ///
  /// - Throws: `EngineError.outOfRange` when there is no such neuron.
  public func tokenEffects(
    of neuron: NeuronIndex, polarity: Float, count: Int
  ) throws(EngineError) -> TokenEffects {
    try tokenEffects(of: outputDirection(of: neuron).map { $0 * polarity }, count: count)
  }

  /// The `count` tokens that a unit of `direction`, [hiddenSize], in the last residual stream makes
  /// most and least likely.
  ///
  /// These are the extremes of output * (output_norm * direction), where a layer norm takes the
  /// direction's mean off first; equal ones are ordered by token.
  ///
  /// - Throws: `EngineError.outOfRange` when the direction has another size.
  public func tokenEffects(of direction: [Float], count: Int) throws(EngineError) -> TokenEffects {
    guard direction.count == configuration.hiddenSize else {
      throw .outOfRange("a direction of \(direction.count) numbers")
    }
    let norm = weights.output_norm
    let mean = norm.bias == nil ? 0 : direction.reduce(0, +) / Float(direction.count)
    let scaled = FloatBuffer(
      direction.indices.map { (direction[$0] - mean) * norm.weight.pointer[$0] })
    let logits = FloatBuffer(count: configuration.vocabularySize)
    threads.run { pool in
      ck_gemm(
        pool, scaled.pointer, scaled.count, 1, weights.output.matrix, nil, logits.pointer,
        logits.count, 0)
    }
    let values = logits.array(count: logits.count)
    return TokenEffects(
      promoted: top(count, of: values, by: >), suppressed: top(count, of: values, by: <))
  }

  private func top(
    _ count: Int, of values: [Float], by isBefore: (Float, Float) -> Bool
  ) -> [TokenEffects.Effect] {
    var best: [TokenEffects.Effect] = []
    for (token, value) in values.enumerated() {
      if best.count >= count, let last = best.last, !isBefore(value, last.logit) { continue }
      let place = best.firstIndex { isBefore(value, $0.logit) } ?? best.count
      best.insert(TokenEffects.Effect(token: Int32(token), logit: value), at: place)
      if best.count > count { best.removeLast() }
    }
    return best
  }
}
