import CKernels

/// One forward pass of a BERT encoder over a packed batch.
///
/// Post-norm: each half is added to x, then x is normalised.
struct BERTPass {
  private let sizes: BERTConfiguration
  private let pool: OpaquePointer
  private let rows: Int
  /// [rows, hiddenSize].
  let x: FloatBuffer
  private let qkv: FloatBuffer
  private let attended: FloatBuffer
  private let inner: FloatBuffer
  private let workspace: FloatBuffer
  private let shape: ck_attention_shape

  /// Room for `rowCount` rows of sequences with as many keys as `sequences` have.
  init(
    _ sizes: BERTConfiguration, rowCount: Int, _ sequences: [ck_sequence], _ pool: OpaquePointer
  ) {
    self.sizes = sizes
    self.pool = pool
    rows = rowCount
    x = FloatBuffer(count: rows * sizes.hiddenSize)
    qkv = FloatBuffer(count: rows * 3 * sizes.hiddenSize)
    attended = FloatBuffer(count: rows * sizes.hiddenSize)
    inner = FloatBuffer(count: rows * sizes.feedForwardSize)
    let shape = ck_attention_shape(
      heads: sizes.headCount, kv_heads: sizes.headCount,
      head_size: sizes.hiddenSize / sizes.headCount, causal: 0, rotary: nil,
      rotary_size: 0, rotary_halves: 0)
    self.shape = shape
    workspace = FloatBuffer(
      count: sequences.withUnsafeBufferPointer {
        ck_attention_workspace(shape, $0.baseAddress, $0.count)
      })
  }

  /// x = norm(word + position + type).
  func embed(_ batch: PackedBatch, _ weights: BERTWeights) {
    let hidden = sizes.hiddenSize
    for range in batch.ranges {
      for (position, row) in range.enumerated() {
        let to = x.pointer + row * hidden
        to.update(
          from: weights.word_embeddings.pointer + Int(batch.tokens[row]) * hidden, count: hidden)
        ck_add(to, weights.position_embeddings.pointer + position * hidden, hidden)
      }
    }
    normalise(weights.embedding_norm)
  }

  /// x = norm(x + attention), each sequence looking at itself and at its past.
  func attend(_ layer: BERTWeights.Layer, _ sequences: [ck_sequence]) {
    let hidden = sizes.hiddenSize
    product(x, hidden, layer.query_key_value, into: qkv, 3 * hidden)
    sequences.withUnsafeBufferPointer {
      ck_attention(
        pool, shape, qkv.pointer, $0.baseAddress, $0.count, workspace.pointer, attended.pointer,
        nil)
    }
    product(attended, hidden, layer.attention_output, into: x, hidden, isAdded: true)
    normalise(layer.attention_norm)
  }

  /// Keys and values of the first of `sequences` at the layer that attended last, [rows, hiddenSize].
  func keysAndValues(_ sequences: [ck_sequence]) -> (keys: FloatBuffer, values: FloatBuffer) {
    let count = (sequences.first?.row_count ?? 0) * sizes.hiddenSize
    let (keys, values) = (FloatBuffer(count: count), FloatBuffer(count: count))
    sequences.withUnsafeBufferPointer {
      ck_attention_export(
        shape, $0.baseAddress, $0.count, 0, workspace.pointer, keys.pointer, values.pointer)
    }
    return (keys, values)
  }

  /// x = norm(x + feed-forward).
  func feedForward(_ layer: BERTWeights.Layer) {
    product(x, sizes.hiddenSize, layer.intermediate, into: inner, sizes.feedForwardSize)
    ck_gelu(pool, inner.pointer, rows, sizes.feedForwardSize)
    product(inner, sizes.feedForwardSize, layer.output, into: x, sizes.hiddenSize, isAdded: true)
    normalise(layer.output_norm)
  }

  private func product(
    _ input: FloatBuffer, _ width: Int, _ linear: BERTWeights.Linear, into output: FloatBuffer,
    _ outputWidth: Int, isAdded: Bool = false
  ) {
    ck_gemm(
      pool, input.pointer, width, rows, linear.weight.matrix, linear.bias.pointer, output.pointer,
      outputWidth, isAdded ? 1 : 0)
  }

  private func normalise(_ norm: BERTWeights.Norm) {
    ck_layer_norm(
      pool, x.pointer, rows, sizes.hiddenSize, norm.weight.pointer, norm.bias.pointer,
      sizes.normEpsilon, x.pointer)
  }
}
