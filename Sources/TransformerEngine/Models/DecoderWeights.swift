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

  init(_ source: some WeightSource, _ sizes: DecoderConfiguration) throws(EngineError) {
    let (hidden, vocabulary) = (sizes.hiddenSize, sizes.vocabularySize)
    token_embd = try source.matrix([("token_embd.weight", vocabulary)], columns: hidden)
    position_embd =
      sizes.rotary == nil
      ? try source.matrix([("position_embd.weight", sizes.contextLength)], columns: hidden) : nil
    output_norm = try Self.norm(source, "output_norm", sizes)
    output =
      source.has("output.weight")
      ? try source.matrix([("output.weight", vocabulary)], columns: hidden) : token_embd
    var layers: [Layer] = []
    for index in 0..<sizes.layerCount {
      layers.append(try Self.layer(source, "blk.\(index).", sizes))
    }
    self.layers = layers
  }

  private static func layer(
    _ source: some WeightSource, _ name: String, _ sizes: DecoderConfiguration
  ) throws(EngineError) -> Layer {
    let (hidden, inner, keys) = (sizes.hiddenSize, sizes.feedForwardSize, sizes.keyValueSize)
    let attention: [(name: String, rows: Int)] =
      sizes.architecture == .gpt2
      ? [(name + "attn_qkv", sizes.attentionInputSize)]
      : [
        (name + "attn_q", sizes.attentionSize), (name + "attn_k", keys), (name + "attn_v", keys),
      ]
    var neurons: [(name: String, rows: Int)] = [(name + "ffn_up", inner)]
    if sizes.isGated { neurons.insert((name + "ffn_gate", inner), at: 0) }
    return Layer(
      attn_norm: try norm(source, name + "attn_norm", sizes),
      attn_qkv: try linear(source, attention, hidden, sizes),
      attn_output: try linear(
        source, [(name + "attn_output", hidden)], sizes.attentionSize, sizes),
      ffn_norm: try norm(source, name + "ffn_norm", sizes),
      ffn_gate_up: try linear(source, neurons, hidden, sizes),
      ffn_down: try linear(source, [(name + "ffn_down", hidden)], inner, sizes))
  }

  /// The layer of `parts` below each other; GPT-2's always have biases, Llama's may.
  private static func linear(
    _ source: some WeightSource, _ parts: [(name: String, rows: Int)], _ columns: Int,
    _ sizes: DecoderConfiguration
  ) throws(EngineError) -> Linear {
    let weight = try source.matrix(parts.map { ($0.name + ".weight", $0.rows) }, columns: columns)
    let hasBias = parts.contains { source.has($0.name + ".bias") }
    guard hasBias || sizes.architecture == .gpt2 else { return Linear(weight: weight) }
    return Linear(
      weight: weight, bias: try source.vector(parts.map { ($0.name + ".bias", $0.rows) }))
  }

  private static func norm(
    _ source: some WeightSource, _ name: String, _ sizes: DecoderConfiguration
  ) throws(EngineError) -> Norm {
    Norm(
      weight: try source.vector([(name + ".weight", sizes.hiddenSize)]),
      bias: sizes.architecture == .gpt2
        ? try source.vector([(name + ".bias", sizes.hiddenSize)]) : nil)
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
