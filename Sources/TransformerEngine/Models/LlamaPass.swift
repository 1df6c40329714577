import CKernels

/// One forward pass over a packed batch: the buffers, and a layer's two halves as functions.
///
/// Lives on the engine's leading thread, within a single `EngineThreads.run`.
struct LlamaPass {
  /// Rows for which gate, up and activations are held at a time: 480 are 9 MB for SmolLM2, while a
  /// whole context would be 150 MB.
  static let rowBlock = 480

  let sizes: LlamaConfiguration
  let weights: LlamaWeights
  let rotary: FloatBuffer
  let pool: OpaquePointer
  let threads: EngineThreads
  let batch: PackedBatch

  /// The residual stream, [rows, hiddenSize].
  let x: FloatBuffer
  /// The stream normalised, later the attention's output, [rows, hiddenSize].
  private let normalised: FloatBuffer
  /// [rows, attentionInputSize].
  private let qkv: FloatBuffer
  private let workspace: FloatBuffer
  private let gateUp: FloatBuffer
  private let activations: FloatBuffer

  var rowCount: Int { batch.tokens.count }
  private var shape: ck_attention_shape {
    ck_attention_shape(
      heads: sizes.headCount, kv_heads: sizes.keyValueHeadCount, head_size: sizes.headSize,
      causal: 1, rotary: UnsafePointer(rotary.pointer), rotary_size: sizes.headSize,
      rotary_halves: 0)
  }

  init(_ model: LlamaModel, _ batch: PackedBatch, pool: OpaquePointer) {
    sizes = model.configuration
    weights = model.weights
    rotary = model.rotary
    self.pool = pool
    threads = model.threads
    self.batch = batch
    let rows = batch.tokens.count
    let block = min(rows, Self.rowBlock)
    x = FloatBuffer(count: rows * sizes.hiddenSize)
    normalised = FloatBuffer(count: rows * sizes.hiddenSize)
    qkv = FloatBuffer(count: rows * sizes.attentionInputSize)
    gateUp = FloatBuffer(count: block * 2 * sizes.feedForwardSize)
    activations = FloatBuffer(count: block * sizes.feedForwardSize)
    let shape = ck_attention_shape(
      heads: sizes.headCount, kv_heads: sizes.keyValueHeadCount, head_size: sizes.headSize,
      causal: 1, rotary: nil, rotary_size: 0, rotary_halves: 0)
    workspace = FloatBuffer(
      count: batch.sequences(layer: 0).withUnsafeBufferPointer {
        ck_attention_workspace(shape, $0.baseAddress, $0.count)
      })
    for (row, token) in batch.tokens.enumerated() {
      ck_matrix_row(
        weights.token_embd.matrix, Int(token), x.pointer + row * sizes.hiddenSize)
    }
  }

  /// x += attn_output * attention(norm(x)).
  ///
  /// A pass that shall not go on does nothing any more.
  func attend(layer index: Int) {
    guard threads.goesOn() else { return }
    let layer = weights.layers[index]
    let hidden = sizes.hiddenSize
    ck_rms_norm(
      pool, x.pointer, rowCount, hidden, layer.attn_norm.pointer, sizes.rmsEpsilon,
      normalised.pointer)
    ck_gemm(
      pool, normalised.pointer, hidden, rowCount, layer.attn_qkv.matrix, nil, qkv.pointer,
      sizes.attentionInputSize, 0)
    let sequences = batch.sequences(layer: index)
    sequences.withUnsafeBufferPointer {
      ck_attention(
        pool, shape, qkv.pointer, $0.baseAddress, $0.count, workspace.pointer, normalised.pointer,
        nil)
    }
    ck_gemm(
      pool, normalised.pointer, hidden, rowCount, layer.attn_output.matrix, nil, x.pointer, hidden,
      1)
  }

  /// x += ffn_down * a, with the activations a = silu(gate) * up.
  ///
  /// `capture` is shown a, [rows, feedForwardSize], for some rows at a time and in order. The last
  /// layer needed doesn't have to be added to x.
  func feedForward(
    layer index: Int, isAdded: Bool = true,
    capture: ((Range<Int>, UnsafePointer<Float>) -> Void)? = nil
  ) {
    guard threads.goesOn() else { return }
    let layer = weights.layers[index]
    let (hidden, inner) = (sizes.hiddenSize, sizes.feedForwardSize)
    ck_rms_norm(
      pool, x.pointer, rowCount, hidden, layer.ffn_norm.pointer, sizes.rmsEpsilon,
      normalised.pointer)
    for start in stride(from: 0, to: rowCount, by: Self.rowBlock) {
      let rows = min(Self.rowBlock, rowCount - start)
      ck_gemm(
        pool, normalised.pointer + start * hidden, hidden, rows, layer.ffn_gate_up.matrix, nil,
        gateUp.pointer, 2 * inner, 0)
      ck_swiglu(pool, gateUp.pointer, rows, inner, activations.pointer)
      capture?(start..<start + rows, activations.pointer)
      guard isAdded else { continue }
      ck_gemm(
        pool, activations.pointer, inner, rows, layer.ffn_down.matrix, nil,
        x.pointer + start * hidden, hidden, 1)
    }
  }

  /// The activations of the neurons whose gate rows, then up rows, make up `gateUp`, [rows, count];
  /// x stays as it is.
  func chosenNeurons(layer index: Int, gateUp chosen: PackedMatrix) -> FloatBuffer {
    let count = chosen.rowCount / 2
    let both = FloatBuffer(count: rowCount * 2 * count)
    let result = FloatBuffer(count: rowCount * count)
    ck_rms_norm(
      pool, x.pointer, rowCount, sizes.hiddenSize, weights.layers[index].ffn_norm.pointer,
      sizes.rmsEpsilon, normalised.pointer)
    ck_gemm(
      pool, normalised.pointer, sizes.hiddenSize, rowCount, chosen.matrix, nil, both.pointer,
      2 * count, 0)
    ck_swiglu(pool, both.pointer, rowCount, count, result.pointer)
    return result
  }

  /// Natural-log probabilities over the vocabulary after each of `rows`, [rows, vocabularySize].
  func logProbabilities(after rows: some Collection<Int>) -> FloatBuffer {
    let (hidden, vocabulary) = (sizes.hiddenSize, sizes.vocabularySize)
    let last = FloatBuffer(count: rows.count * hidden)
    for (index, row) in rows.enumerated() {
      (last.pointer + index * hidden).update(from: x.pointer + row * hidden, count: hidden)
    }
    let logits = FloatBuffer(count: rows.count * vocabulary)
    ck_rms_norm(
      pool, last.pointer, rows.count, hidden, weights.output_norm.pointer, sizes.rmsEpsilon,
      last.pointer)
    ck_gemm(
      pool, last.pointer, hidden, rows.count, weights.output.matrix, nil, logits.pointer,
      vocabulary, 0)
    ck_log_softmax(pool, logits.pointer, rows.count, vocabulary)
    return logits
  }

  /// The keys and values of the batch's only sequence, as the last `attend` left them.
  func keysAndValues(layer index: Int) -> LlamaPrefix.Layer {
    let sequences = batch.sequences(layer: index)
    let past = batch.prefixes.first.flatMap { $0?.tokenCount } ?? 0
    let count = (rowCount + past) * sizes.keyValueSize
    let result = LlamaPrefix.Layer(
      keys: FloatBuffer(count: count), values: FloatBuffer(count: count))
    sequences.withUnsafeBufferPointer {
      ck_attention_export(
        shape, $0.baseAddress, $0.count, 0, workspace.pointer, result.keys.pointer,
        result.values.pointer)
    }
    return result
  }
}
