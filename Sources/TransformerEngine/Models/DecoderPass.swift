import CKernels

/// One forward pass over a packed batch: the buffers, and a block's two halves as functions.
///
/// Lives on the engine's leading thread, within a single `EngineThreads.run`.
struct DecoderPass {
  /// Rows for which neurons are held at a time: 480 are 9 MB for SmolLM2, while a whole context would
  /// be 150 MB.
  static let rowBlock = 480

  /// Is shown what a pass computes on its way.
  protocol Observer {
    /// The last place that is needed; nil for the whole model.
    var end: ActivationPlace? { get }

    /// Whether `see` wants what is at a place; it isn't computed apart otherwise.
    func wants(_ place: ActivationPlace) -> Bool

    /// The only neurons that are needed of the last layer: their rows of ffn_gate_up; nil for all.
    func chosenNeurons(layer: Int) -> DecoderWeights.Linear?

    /// Values at a place, [rows, width], for some rows at a time and in order.
    func see(_ place: ActivationPlace, rows: Range<Int>, values: UnsafePointer<Float>, width: Int)

    /// The heads of the layer whose attention itself is wanted, each once.
    func patternHeads(layer: Int) -> [Int]

    /// The attention of those heads: for each head, for each sequence of the batch in turn,
    /// [rows, past + rows].
    func seePatterns(layer: Int, _ patterns: FloatBuffer)
  }

  let sizes: DecoderConfiguration
  let weights: DecoderWeights
  let rotary: FloatBuffer?
  let pool: OpaquePointer
  let threads: EngineThreads
  let batch: PackedBatch

  /// The residual stream, [rows, hiddenSize].
  let x: FloatBuffer
  /// The stream normalised, [rows, hiddenSize], later the heads' output, [rows, attentionSize].
  let normalised: FloatBuffer
  /// [rows, attentionInputSize].
  private let qkv: FloatBuffer
  private let workspace: FloatBuffer
  private let neuronInputs: FloatBuffer
  private let neurons: FloatBuffer

  var rowCount: Int { batch.tokens.count }
  private let shape: ck_attention_shape

  init(_ model: LanguageModel, _ batch: PackedBatch, pool: OpaquePointer) {
    sizes = model.configuration
    weights = model.weights
    rotary = model.rotary
    self.pool = pool
    threads = model.threads
    self.batch = batch
    let rows = batch.tokens.count
    let block = min(rows, Self.rowBlock)
    x = FloatBuffer(count: rows * sizes.hiddenSize)
    normalised = FloatBuffer(count: rows * max(sizes.hiddenSize, sizes.attentionSize))
    qkv = FloatBuffer(count: rows * sizes.attentionInputSize)
    neuronInputs = FloatBuffer(count: block * sizes.neuronInputSize)
    // Without gates the activation function works in place.
    neurons = sizes.isGated ? FloatBuffer(count: block * sizes.feedForwardSize) : neuronInputs
    let shape = ck_attention_shape(
      heads: sizes.headCount, kv_heads: sizes.keyValueHeadCount, head_size: sizes.headSize,
      causal: 1, rotary: model.rotary.map { UnsafePointer($0.pointer) },
      rotary_size: sizes.rotary?.size ?? 0, rotary_halves: sizes.rotary?.turnsHalves == true ? 1 : 0
    )
    self.shape = shape
    workspace = FloatBuffer(
      count: batch.sequences(layer: 0).withUnsafeBufferPointer {
        ck_attention_workspace(shape, $0.baseAddress, $0.count)
      })
    embed()
  }

  /// x = token_embd (+ position_embd).
  private func embed() {
    let hidden = sizes.hiddenSize
    for (row, token) in batch.tokens.enumerated() {
      ck_matrix_row(weights.token_embd.matrix, Int(token), x.pointer + row * hidden)
    }
    guard let positions = weights.position_embd else { return }
    let position = FloatBuffer(count: hidden)
    for (sequence, range) in batch.ranges.enumerated() {
      let past = batch.pastCount(of: sequence)
      for (index, row) in range.enumerated() {
        ck_matrix_row(positions.matrix, past + index, position.pointer)
        ck_add(x.pointer + row * hidden, position.pointer, hidden)
      }
    }
  }

  /// Runs all blocks, or as far as the observer needs.
  func run(_ observer: (any Observer)? = nil) {
    let end = observer?.end ?? ActivationPlace(layer: sizes.layerCount, site: .residual)
    for layer in 0...end.layer {
      let place = ActivationPlace(layer: layer, site: .residual)
      show(place, 0..<rowCount, x.pointer, sizes.hiddenSize, to: observer)
      if layer == end.layer, end.site == .residual { return }
      attend(layer: layer, observer)
      if layer == end.layer, end.site <= .attentionOutput { return }
      feedForward(layer: layer, observer)
    }
  }

  /// x += attn_output * attention(norm(x)).
  ///
  /// At the last place needed, x may be left as it is; a pass that shall not go on does nothing any
  /// more.
  func attend(layer index: Int, _ observer: (any Observer)? = nil) {
    guard threads.goesOn() else { return }
    let layer = weights.layers[index]
    let (hidden, attention) = (sizes.hiddenSize, sizes.attentionSize)
    normalise(x, rowCount, layer.attn_norm, into: normalised)
    product(
      normalised.pointer, hidden, rowCount, layer.attn_qkv, into: qkv.pointer,
      sizes.attentionInputSize)
    mix(layer: index, observer)
    let heads = ActivationPlace(layer: index, site: .attentionHeads)
    show(heads, 0..<rowCount, normalised.pointer, attention, to: observer)
    if observer?.end == heads { return }
    add(
      layer.attn_output, of: normalised.pointer, attention, 0..<rowCount,
      as: ActivationPlace(layer: index, site: .attentionOutput), observer)
  }

  /// x += ffn_down * a, with the neurons' activations a = silu(gate) * up or gelu(up).
  ///
  /// At the last place needed, x may be left as it is; a pass that shall not go on does nothing any
  /// more.
  func feedForward(layer index: Int, _ observer: (any Observer)? = nil) {
    guard threads.goesOn() else { return }
    func place(_ site: ActivationSite) -> ActivationPlace {
      ActivationPlace(layer: index, site: site)
    }
    let layer = weights.layers[index]
    let (hidden, inner) = (sizes.hiddenSize, sizes.feedForwardSize)
    show(place(.residualMiddle), 0..<rowCount, x.pointer, hidden, to: observer)
    if observer?.end == place(.residualMiddle) { return }
    normalise(x, rowCount, layer.ffn_norm, into: normalised)
    show(place(.mlpInput), 0..<rowCount, normalised.pointer, hidden, to: observer)
    if observer?.end == place(.mlpInput) { return }
    if let chosen = observer?.chosenNeurons(layer: index) {
      return showChosen(chosen, as: place(.neurons), to: observer)
    }
    for start in stride(from: 0, to: rowCount, by: Self.rowBlock) {
      let rows = start..<min(start + Self.rowBlock, rowCount)
      product(
        normalised.pointer + start * hidden, hidden, rows.count, layer.ffn_gate_up,
        into: neuronInputs.pointer, sizes.neuronInputSize)
      activate(neuronInputs, rows.count, inner, into: neurons)
      show(place(.neurons), rows, neurons.pointer, inner, to: observer)
      if observer?.end == place(.neurons) { continue }
      add(layer.ffn_down, of: neurons.pointer, inner, rows, as: place(.mlpOutput), observer)
    }
  }

  /// Shows the activations of chosen neurons; x stays as it is.
  private func showChosen(
    _ chosen: DecoderWeights.Linear, as place: ActivationPlace, to observer: (any Observer)?
  ) {
    let width = chosen.weight.rowCount
    let count = sizes.isGated ? width / 2 : width
    let inputs = FloatBuffer(count: rowCount * width)
    let result = sizes.isGated ? FloatBuffer(count: rowCount * count) : inputs
    product(normalised.pointer, sizes.hiddenSize, rowCount, chosen, into: inputs.pointer, width)
    activate(inputs, rowCount, count, into: result)
    show(place, 0..<rowCount, result.pointer, count, to: observer)
  }

  /// Logits over the vocabulary after each of `rows`, [rows, vocabularySize].
  func logits(after rows: some Collection<Int>) -> FloatBuffer {
    let (hidden, vocabulary) = (sizes.hiddenSize, sizes.vocabularySize)
    let last = FloatBuffer(count: rows.count * hidden)
    for (index, row) in rows.enumerated() {
      (last.pointer + index * hidden).update(from: x.pointer + row * hidden, count: hidden)
    }
    let logits = FloatBuffer(count: rows.count * vocabulary)
    normalise(last, rows.count, weights.output_norm, into: last)
    product(
      last.pointer, hidden, rows.count, DecoderWeights.Linear(weight: weights.output),
      into: logits.pointer, vocabulary)
    return logits
  }

  /// Natural-log probabilities over the vocabulary after each of `rows`, [rows, vocabularySize].
  func logProbabilities(after rows: some Collection<Int>) -> FloatBuffer {
    let logits = logits(after: rows)
    ck_log_softmax(pool, logits.pointer, rows.count, sizes.vocabularySize)
    return logits
  }
}

// MARK: Attention

extension DecoderPass {
  /// The heads' mixed values from queries, keys and values.
  private func mix(layer index: Int, _ observer: (any Observer)?) {
    let sequences = batch.sequences(layer: index)
    let heads = observer?.patternHeads(layer: index) ?? []
    sequences.withUnsafeBufferPointer { sequences in
      let count = heads.count * ck_pattern_size(sequences.baseAddress, sequences.count)
      let kept = FloatBuffer(count: count)
      heads.withUnsafeBufferPointer { heads in
        let patterns = ck_patterns(heads: heads.baseAddress, count: heads.count, out: kept.pointer)
        withUnsafePointer(to: patterns) { patterns in
          ck_attention(
            pool, shape, qkv.pointer, sequences.baseAddress, sequences.count, workspace.pointer,
            normalised.pointer, heads.isEmpty ? nil : patterns)
        }
      }
      if !heads.isEmpty { observer?.seePatterns(layer: index, kept) }
    }
  }

  /// The keys and values of one of the batch's sequences, as the last `attend` left them.
  func keysAndValues(layer index: Int, of sequence: Int = 0) -> SequencePrefix.Layer {
    let sequences = batch.sequences(layer: index)
    let count =
      (batch.ranges[sequence].count + batch.pastCount(of: sequence)) * sizes.keyValueSize
    let result = SequencePrefix.Layer(
      keys: FloatBuffer(count: count), values: FloatBuffer(count: count))
    sequences.withUnsafeBufferPointer {
      ck_attention_export(
        shape, $0.baseAddress, $0.count, sequence, workspace.pointer, result.keys.pointer,
        result.values.pointer)
    }
    return result
  }
}

// MARK: Steps

extension DecoderPass {
  private func show(
    _ place: ActivationPlace, _ rows: Range<Int>, _ values: UnsafePointer<Float>, _ width: Int,
    to observer: (any Observer)?
  ) {
    guard let observer, observer.wants(place) else { return }
    observer.see(place, rows: rows, values: values, width: width)
  }

  /// x[rows] += linear(input), shown to the observer on its way if it wants.
  private func add(
    _ linear: DecoderWeights.Linear, of input: UnsafePointer<Float>, _ width: Int,
    _ rows: Range<Int>, as place: ActivationPlace, _ observer: (any Observer)?
  ) {
    let hidden = sizes.hiddenSize
    let stream = x.pointer + rows.lowerBound * hidden
    guard let observer, observer.wants(place) else {
      return product(input, width, rows.count, linear, into: stream, hidden, isAdded: true)
    }
    let output = FloatBuffer(count: rows.count * hidden)
    product(input, width, rows.count, linear, into: output.pointer, hidden)
    observer.see(place, rows: rows, values: output.pointer, width: hidden)
    ck_add(stream, output.pointer, rows.count * hidden)
  }

  func normalise(
    _ input: FloatBuffer, _ rows: Int, _ norm: DecoderWeights.Norm, into output: FloatBuffer
  ) {
    let hidden = sizes.hiddenSize
    if let bias = norm.bias {
      ck_layer_norm(
        pool, input.pointer, rows, hidden, norm.weight.pointer, bias.pointer, sizes.normEpsilon,
        output.pointer)
    } else {
      ck_rms_norm(
        pool, input.pointer, rows, hidden, norm.weight.pointer, sizes.normEpsilon, output.pointer)
    }
  }

  func product(
    _ input: UnsafePointer<Float>, _ width: Int, _ rows: Int, _ linear: DecoderWeights.Linear,
    into output: UnsafeMutablePointer<Float>, _ outputWidth: Int, isAdded: Bool = false
  ) {
    ck_gemm(
      pool, input, width, rows, linear.weight.matrix, linear.bias.map { UnsafePointer($0.pointer) },
      output, outputWidth, isAdded ? 1 : 0)
  }

  /// silu(gate) * up from gates and linear parts side by side, or gelu(up) in place.
  func activate(
    _ input: FloatBuffer, _ rows: Int, _ count: Int, into output: FloatBuffer
  ) {
    if sizes.isGated {
      ck_swiglu(pool, input.pointer, rows, count, output.pointer)
    } else {
      ck_gelu_tanh(pool, input.pointer, rows, count)
    }
  }
}
