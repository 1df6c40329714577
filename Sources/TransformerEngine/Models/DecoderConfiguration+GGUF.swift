extension DecoderConfiguration {
  /// Reads the sizes from a GGUF file's metadata (`llama.*`, `gpt2.*`).
  ///
  /// - Throws: `EngineError` when one is missing or out of all reason, they contradict each other,
  ///   or the model needs what this engine lacks.
  init(_ file: GGUFFile) throws(EngineError) {
    let given = try file.string("general.architecture")
    guard let architecture = Architecture(rawValue: given) else {
      throw .unsupported(
        file: file.contents.name,
        reason: "architecture \(given); this engine has "
          + Architecture.allCases.map(\.rawValue).joined(separator: " and "))
    }
    let key = given + "."
    self.architecture = architecture
    layerCount = try file.integer(key + "block_count", in: Limits.layerCount)
    hiddenSize = try file.integer(key + "embedding_length", in: Limits.hiddenSize)
    feedForwardSize = try file.integer(key + "feed_forward_length", in: Limits.feedForwardSize)
    headCount = try file.integer(key + "attention.head_count", in: Limits.headCount)
    keyValueHeadCount =
      file.metadata[key + "attention.head_count_kv"] == nil
      ? headCount : try file.integer(key + "attention.head_count_kv", in: Limits.headCount)
    headSize =
      file.metadata[key + "attention.key_length"] == nil
      ? hiddenSize / headCount
      : try file.integer(key + "attention.key_length", in: Limits.headSize)
    contextLength = try file.integer(key + "context_length", in: Limits.contextLength)
    guard let embeddings = file.tensors["token_embd.weight"], embeddings.dimensions.count == 2
    else {
      throw .malformed(file: file.contents.name, reason: "tensor token_embd.weight is missing")
    }
    vocabularySize = embeddings.dimensions[1]
    switch architecture {
    case .gpt2:
      normEpsilon = Float(try file.number(key + "attention.layer_norm_epsilon"))
      rotary = nil
    case .llama:
      normEpsilon = Float(try file.number(key + "attention.layer_norm_rms_epsilon"))
      rotary = try Self.rotary(file, headSize: headSize)
    }
    try check(file: file.contents.name)
  }

  /// Reads `llama.rope.*` and `rope_freqs.weight`.
  private static func rotary(
    _ file: GGUFFile, headSize: Int
  ) throws(EngineError) -> RotaryPositions {
    let base = try number(file, "llama.rope.freq_base", default: 10_000)
    let size =
      file.metadata["llama.rope.dimension_count"] == nil
      ? headSize : try file.integer("llama.rope.dimension_count", in: 2...headSize)
    var rotary = RotaryPositions(base: base, size: size, turnsHalves: false)
    if let tensor = file.tensors["rope_freqs.weight"] {
      guard tensor.elementCount == size / 2 else {
        throw .malformed(
          file: file.contents.name, reason: "rope_freqs.weight has \(tensor.elementCount) numbers")
      }
      rotary.scaling = .divided(
        by: file.withUnsafeBytes(of: tensor) { QuantizedBlocks.floats($0, type: tensor.type) })
    }
    if let scaling = try scaling(file) { rotary.scaling = scaling }
    return rotary
  }

  /// Reads `llama.rope.scaling.*` as llama.cpp's converter writes it; nil where there is nothing.
  private static func scaling(
    _ file: GGUFFile
  ) throws(EngineError) -> RotaryPositions.Scaling? {
    let key = "llama.rope.scaling."
    switch file.metadata[key + "type"] {
    case .string("none"): return nil
    case nil, .string("linear"):
      // The name of the factor before there were types.
      let older = try number(file, "llama.rope.scale_linear", default: 1)
      let factor = try number(file, key + "factor", default: older)
      return factor == 1 ? nil : .linear(factor: factor)
    case .string("yarn"): return .yarn(try yarn(file, key))
    default:
      throw .unsupported(
        file: file.contents.name, reason: "rotary positions of an unknown kind of scaling")
    }
  }

  private static func yarn(
    _ file: GGUFFile, _ key: String
  ) throws(EngineError) -> RotaryPositions.YaRN {
    let given = key + "original_context_length"
    let length = file.metadata[given] == nil ? "llama.context_length" : given
    var yarn = RotaryPositions.YaRN(
      factor: try file.number(key + "factor"),
      contextLength: Double(try file.integer(length, in: Limits.contextLength)))
    yarn.betaFast = try number(file, key + "yarn_beta_fast", default: yarn.betaFast)
    yarn.betaSlow = try number(file, key + "yarn_beta_slow", default: yarn.betaSlow)
    if file.metadata[key + "yarn_attn_factor"] != nil {
      yarn.magnitude = try file.number(key + "yarn_attn_factor")
    }
    for (name, usual) in [("yarn_ext_factor", 1.0), ("attn_factor", 1), ("yarn_log_multiplier", 0)]
    {
      guard try number(file, key + name, default: usual) == usual else {
        throw .unsupported(file: file.contents.name, reason: "YaRN with another \(key)\(name)")
      }
    }
    return yarn
  }

  private static func number(
    _ file: GGUFFile, _ key: String, default value: Double
  ) throws(EngineError) -> Double {
    file.metadata[key] == nil ? value : try file.number(key)
  }
}
