/// The weights of a decoder, by their names in GGUF files, which are the same for all architectures.
struct DecoderWeights: Sendable {
  /// y = x * weight^T + bias.
  struct Linear: Sendable {
    /// [outputs, inputs].
    let weight: PackedMatrix
    /// [outputs].
    var bias: FloatBuffer?
  }

  /// A layer norm, or without a bias an RMS norm.
  struct Norm: Sendable {
    /// [hiddenSize].
    let weight: FloatBuffer
    /// [hiddenSize].
    var bias: FloatBuffer?
  }

  struct Layer: Sendable {
    let attn_norm: Norm
    /// attn_q, attn_k and attn_v stacked: [attentionSize + 2 * keyValueSize, hiddenSize].
    let attn_qkv: Linear
    /// [hiddenSize, attentionSize].
    let attn_output: Linear
    let ffn_norm: Norm
    /// ffn_gate (where there are gates) and ffn_up stacked: [neuronInputSize, hiddenSize].
    let ffn_gate_up: Linear
    /// [hiddenSize, feedForwardSize].
    let ffn_down: Linear
  }

  /// [vocabularySize, hiddenSize].
  let token_embd: PackedMatrix
  /// [contextLength, hiddenSize]; nil with rotary positions.
  var position_embd: PackedMatrix?
  let layers: [Layer]
  let output_norm: Norm
  /// [vocabularySize, hiddenSize]; `token_embd` itself where the file has no `output.weight`.
  let output: PackedMatrix

  init(_ file: GGUFFile, _ sizes: DecoderConfiguration) throws(EngineError) {
    let (hidden, vocabulary) = (sizes.hiddenSize, sizes.vocabularySize)
    token_embd = try PackedMatrix(
      [file.tensor("token_embd.weight", hidden, vocabulary)], of: file)
    output_norm = Norm(weight: try Self.vector(file, "output_norm.weight", hidden))
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
    _ file: GGUFFile, _ name: String, _ sizes: DecoderConfiguration
  ) throws(EngineError) -> Layer {
    let (hidden, inner, keys) = (sizes.hiddenSize, sizes.feedForwardSize, sizes.keyValueSize)
    for part in ["attn_q", "attn_k", "attn_v", "attn_output"]
    where file.tensors[name + part + ".bias"] != nil {
      throw .unsupported(file: file.contents.name, reason: "\(name)\(part) has a bias")
    }
    return Layer(
      attn_norm: Norm(weight: try vector(file, name + "attn_norm.weight", hidden)),
      attn_qkv: Linear(
        weight: try PackedMatrix(
          [
            file.tensor(name + "attn_q.weight", hidden, hidden),
            file.tensor(name + "attn_k.weight", hidden, keys),
            file.tensor(name + "attn_v.weight", hidden, keys),
          ], of: file)),
      attn_output: Linear(
        weight: try PackedMatrix(
          [file.tensor(name + "attn_output.weight", hidden, hidden)], of: file)),
      ffn_norm: Norm(weight: try vector(file, name + "ffn_norm.weight", hidden)),
      ffn_gate_up: Linear(
        weight: try PackedMatrix(
          [
            file.tensor(name + "ffn_gate.weight", hidden, inner),
            file.tensor(name + "ffn_up.weight", hidden, inner),
          ], of: file)),
      ffn_down: Linear(
        weight: try PackedMatrix(
          [file.tensor(name + "ffn_down.weight", inner, hidden)], of: file)))
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
    let shared = token_embd.byteCount + (output === token_embd ? 0 : output.byteCount)
    return layers.reduce(shared + (position_embd?.byteCount ?? 0)) {
      $0 + $1.attn_qkv.weight.byteCount + $1.attn_output.weight.byteCount
        + $1.ffn_gate_up.weight.byteCount + $1.ffn_down.weight.byteCount
    }
  }
}
