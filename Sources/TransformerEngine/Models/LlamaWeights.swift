/// The weights of a Llama model, by their checkpoint names.
struct LlamaWeights: Sendable {
  struct Layer: Sendable {
    /// [hiddenSize].
    let attn_norm: FloatBuffer
    /// attn_q, attn_k and attn_v stacked: [hiddenSize + 2 * keyValueSize, hiddenSize].
    let attn_qkv: PackedMatrix
    /// [hiddenSize, hiddenSize].
    let attn_output: PackedMatrix
    /// [hiddenSize].
    let ffn_norm: FloatBuffer
    /// ffn_gate and ffn_up stacked: [2 * feedForwardSize, hiddenSize].
    let ffn_gate_up: PackedMatrix
    /// [hiddenSize, feedForwardSize].
    let ffn_down: PackedMatrix
  }

  /// [vocabularySize, hiddenSize].
  let token_embd: PackedMatrix
  let layers: [Layer]
  /// [hiddenSize].
  let output_norm: FloatBuffer
  /// [vocabularySize, hiddenSize]; `token_embd` itself where the file has no `output.weight`.
  let output: PackedMatrix

  init(_ file: GGUFFile, _ sizes: LlamaConfiguration) throws(EngineError) {
    let (hidden, vocabulary) = (sizes.hiddenSize, sizes.vocabularySize)
    token_embd = try PackedMatrix(
      [file.tensor("token_embd.weight", hidden, vocabulary)], of: file)
    output_norm = try Self.vector(file, "output_norm.weight", hidden)
    output =
      file.tensors["output.weight"] == nil
      ? token_embd
      : try PackedMatrix([file.tensor("output.weight", hidden, vocabulary)], of: file)
    var layers: [Layer] = []
    for index in 0..<sizes.layerCount {
      layers.append(try Self.layer(file, "blk.\(index).", sizes))
    }
    self.layers = layers
  }

  private static func layer(
    _ file: GGUFFile, _ name: String, _ sizes: LlamaConfiguration
  ) throws(EngineError) -> Layer {
    let (hidden, inner, keys) = (sizes.hiddenSize, sizes.feedForwardSize, sizes.keyValueSize)
    for part in ["attn_q", "attn_k", "attn_v", "attn_output"]
    where file.tensors[name + part + ".bias"] != nil {
      throw .unsupported(file: file.contents.name, reason: "\(name)\(part) has a bias")
    }
    return Layer(
      attn_norm: try vector(file, name + "attn_norm.weight", hidden),
      attn_qkv: try PackedMatrix(
        [
          file.tensor(name + "attn_q.weight", hidden, hidden),
          file.tensor(name + "attn_k.weight", hidden, keys),
          file.tensor(name + "attn_v.weight", hidden, keys),
        ], of: file),
      attn_output: try PackedMatrix(
        [file.tensor(name + "attn_output.weight", hidden, hidden)], of: file),
      ffn_norm: try vector(file, name + "ffn_norm.weight", hidden),
      ffn_gate_up: try PackedMatrix(
        [
          file.tensor(name + "ffn_gate.weight", hidden, inner),
          file.tensor(name + "ffn_up.weight", hidden, inner),
        ], of: file),
      ffn_down: try PackedMatrix([file.tensor(name + "ffn_down.weight", inner, hidden)], of: file))
  }

  private static func vector(
    _ file: GGUFFile, _ name: String, _ count: Int
  ) throws(EngineError) -> FloatBuffer {
    let tensor = try file.tensor(name, count)
    return FloatBuffer(
      file.withUnsafeBytes(of: tensor) { QuantizedBlocks.floats($0, type: tensor.type) })
  }

  /// Bytes of all matrices.
  var byteCount: Int {
    layers.reduce(token_embd.byteCount + (output === token_embd ? 0 : output.byteCount)) {
      $0 + $1.attn_qkv.byteCount + $1.attn_output.byteCount + $1.ffn_gate_up.byteCount
        + $1.ffn_down.byteCount
    }
  }
}
