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
    let base = try optional(file, "llama.rope.freq_base") ?? 10_000
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
    switch file.metadata["llama.rope.scaling.type"] {
    case nil, .string("none"): break
    case .string("linear"):
      rotary.scaling = .linear(factor: try file.number("llama.rope.scaling.factor"))
    case .string("yarn"):
      let length = try file.integer(
        "llama.rope.scaling.original_context_length", in: Limits.contextLength)
      rotary.scaling = .yarn(
        RotaryPositions.YaRN(
          factor: try file.number("llama.rope.scaling.factor"), contextLength: Double(length)))
    default:
      throw .unsupported(
        file: file.contents.name, reason: "rotary positions of an unknown kind of scaling")
    }
    return rotary
  }

  private static func optional(_ file: GGUFFile, _ key: String) throws(EngineError) -> Double? {
    file.metadata[key] == nil ? nil : try file.number(key)
  }
}
