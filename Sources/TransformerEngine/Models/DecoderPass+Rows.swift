extension DecoderPass {
  /// Runs all blocks where only `rows` of the stream are needed in the end, each row once; the others
  /// are left half-done.
  ///
  /// After the last block's heads no token looks at another any more, so all that follows is computed
  /// for those rows alone.
  func run(for rows: [Int]) {
    let last = sizes.layerCount - 1
    for layer in 0..<last {
      attend(layer: layer)
      feedForward(layer: layer)
    }
    attend(layer: last, UpToHeads(layer: last))
    finish(layer: last, rows)
  }

  /// x += attn_output * heads, then x += ffn_down * a, for these rows.
  private func finish(layer index: Int, _ rows: [Int]) {
    guard threads.goesOn() else { return }
    let layer = weights.layers[index]
    let (hidden, attention, inner) = (sizes.hiddenSize, sizes.attentionSize, sizes.feedForwardSize)
    let heads = gather(rows, of: normalised, attention)
    let stream = gather(rows, of: x, hidden)
    let input = FloatBuffer(count: rows.count * hidden)
    let inputs = FloatBuffer(count: rows.count * sizes.neuronInputSize)
    let neurons = sizes.isGated ? FloatBuffer(count: rows.count * inner) : inputs
    product(
      heads.pointer, attention, rows.count, layer.attn_output, into: stream.pointer, hidden,
      isAdded: true)
    normalise(stream, rows.count, layer.ffn_norm, into: input)
    product(
      input.pointer, hidden, rows.count, layer.ffn_gate_up, into: inputs.pointer,
      sizes.neuronInputSize)
    activate(inputs, rows.count, inner, into: neurons)
    product(
      neurons.pointer, inner, rows.count, layer.ffn_down, into: stream.pointer, hidden,
      isAdded: true)
    for (index, row) in rows.enumerated() {
      (x.pointer + row * hidden).update(from: stream.pointer + index * hidden, count: hidden)
    }
  }

  private func gather(_ rows: [Int], of buffer: FloatBuffer, _ width: Int) -> FloatBuffer {
    let gathered = FloatBuffer(count: rows.count * width)
    for (index, row) in rows.enumerated() {
      (gathered.pointer + index * width).update(from: buffer.pointer + row * width, count: width)
    }
    return gathered
  }
}

/// Wants nothing shown, and stops a block before the heads' output is added to the stream.
private struct UpToHeads: DecoderPass.Observer {
  let layer: Int

  var end: ActivationPlace? { ActivationPlace(layer: layer, site: .attentionHeads) }
  func wants(_ place: ActivationPlace) -> Bool { false }
  func chosenNeurons(layer: Int) -> DecoderWeights.Linear? { nil }
  func see(
    _ place: ActivationPlace, rows: Range<Int>, values: UnsafePointer<Float>, width: Int
  ) {}
  func patternHeads(layer: Int) -> [Int] { [] }
  func seePatterns(layer: Int, _ patterns: FloatBuffer) {}
}
