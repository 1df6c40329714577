extension DecoderConfiguration {
  /// Reads the sizes from a checkpoint's `config.json`, as transformers writes it.
  ///
  /// - Throws: `EngineError` when one is missing or out of all reason, they contradict each other,
  ///   or the model needs what this engine lacks.
  init(_ json: JSONValue, file: String) throws(EngineError) {
    let reader = ConfigurationReader(json: json, file: file)
    switch json["model_type"]?.string {
    case "gpt2": try self.init(gpt2: reader)
    case "llama": try self.init(llama: reader)
    case let type:
      throw reader.unsupported(
        "a model of type \(type ?? "?"); this engine has "
          + Architecture.allCases.map(\.rawValue).joined(separator: " and "))
    }
    try check(file: file)
  }

  private init(gpt2 reader: ConfigurationReader) throws(EngineError) {
    architecture = .gpt2
    layerCount = try reader.integer("n_layer", in: Limits.layerCount)
    hiddenSize = try reader.integer("n_embd", in: Limits.hiddenSize)
    headCount = try reader.integer("n_head", in: Limits.headCount)
    keyValueHeadCount = headCount
    headSize = hiddenSize / headCount
    feedForwardSize = try reader.integer(
      "n_inner", in: Limits.feedForwardSize, default: 4 * hiddenSize)
    vocabularySize = try reader.integer("vocab_size", in: Limits.vocabularySize)
    contextLength = try reader.integer("n_positions", in: Limits.contextLength)
    normEpsilon = Float(try reader.number("layer_norm_epsilon", default: 1e-5))
    rotary = nil
    try reader.expect(
      "activation_function", ["gelu_new", "gelu_pytorch_tanh"], default: "gelu_new")
    try reader.expect("scale_attn_weights", true, default: true)
    try reader.expect("scale_attn_by_inverse_layer_idx", false, default: false)
  }

  private init(llama reader: ConfigurationReader) throws(EngineError) {
    architecture = .llama
    layerCount = try reader.integer("num_hidden_layers", in: Limits.layerCount)
    hiddenSize = try reader.integer("hidden_size", in: Limits.hiddenSize)
    headCount = try reader.integer("num_attention_heads", in: Limits.headCount)
    keyValueHeadCount = try reader.integer(
      "num_key_value_heads", in: Limits.headCount, default: headCount)
    headSize = try reader.integer(
      "head_dim", in: Limits.headSize, default: hiddenSize / headCount)
    feedForwardSize = try reader.integer("intermediate_size", in: Limits.feedForwardSize)
    vocabularySize = try reader.integer("vocab_size", in: Limits.vocabularySize)
    contextLength = try reader.integer("max_position_embeddings", in: Limits.contextLength)
    normEpsilon = Float(try reader.number("rms_norm_eps", default: 1e-6))
    try reader.expect("hidden_act", ["silu", "swish"], default: "silu")
    // Version 5 of transformers puts the base beside the scaling.
    let rope = reader.object("rope_parameters") ?? reader.object("rope_scaling")
    let base = try reader.optionalNumber("rope_theta")
    let innerBase = try rope?.optionalNumber("rope_theta")
    var rotary = RotaryPositions(
      base: base ?? innerBase ?? 10_000, size: headSize, turnsHalves: true)
    if let rope { rotary.scaling = try rope.scaling(contextLength: contextLength) }
    self.rotary = rotary
  }
}

/// Reads a configuration's values, and says which one is wrong.
private struct ConfigurationReader {
  let json: JSONValue
  let file: String

  func unsupported(_ reason: String) -> EngineError { .unsupported(file: file, reason: reason) }

  private func value(_ key: String) -> JSONValue? {
    guard let value = json[key], value != .null else { return nil }
    return value
  }

  /// The integer under `key`, within `range`.
  func integer(
    _ key: String, in range: ClosedRange<Int>, default standard: Int? = nil
  ) throws(EngineError) -> Int {
    guard let found = value(key).map(\.integer) ?? standard, range.contains(found) else {
      throw .malformed(file: file, reason: "\(key) isn't an integer in \(range)")
    }
    return found
  }

  /// The number under `key`.
  func number(_ key: String, default standard: Double? = nil) throws(EngineError) -> Double {
    guard let found = value(key).map(\.number) ?? standard else {
      throw .malformed(file: file, reason: "\(key) isn't a number")
    }
    return found
  }

  func optionalNumber(_ key: String) throws(EngineError) -> Double? {
    value(key) == nil ? nil : try number(key)
  }

  func object(_ key: String) -> ConfigurationReader? {
    guard let value = value(key), value.members != nil else { return nil }
    return ConfigurationReader(json: value, file: file)
  }

  /// Checks that the text under `key` is one of `texts`.
  func expect(_ key: String, _ texts: [String], default standard: String) throws(EngineError) {
    guard let found = value(key).map(\.string) ?? standard, texts.contains(found) else {
      throw unsupported("\(key) isn't \(texts.joined(separator: " or "))")
    }
  }

  func expect(_ key: String, _ wanted: Bool, default standard: Bool) throws(EngineError) {
    guard (value(key).map(\.bool) ?? standard) == wanted else {
      throw unsupported("\(key) isn't \(wanted)")
    }
  }

  /// The scaling that `rope_parameters` or `rope_scaling` says.
  func scaling(contextLength: Int) throws(EngineError) -> RotaryPositions.Scaling {
    switch value("rope_type")?.string ?? value("type")?.string {
    case nil, "default": return .none
    case "linear": return .linear(factor: try number("factor"))
    case "llama3":
      let (low, high) = (try number("low_freq_factor"), try number("high_freq_factor"))
      guard high > low else { throw unsupported("high_freq_factor \(high), low \(low)") }
      return .llama3(
        factor: try number("factor"), low: low, high: high,
        contextLength: try number("original_max_position_embeddings"))
    case "yarn":
      var yarn = RotaryPositions.YaRN(
        factor: try number("factor"),
        contextLength: try number(
          "original_max_position_embeddings", default: Double(contextLength)))
      yarn.betaFast = try number("beta_fast", default: 32)
      yarn.betaSlow = try number("beta_slow", default: 1)
      yarn.isTruncated = value("truncate")?.bool ?? true
      yarn.magnitude = try optionalNumber("attention_factor")
      guard value("mscale") == nil, value("mscale_all_dim") == nil else {
        throw unsupported("YaRN with mscale")
      }
      return .yarn(yarn)
    case let type?: throw unsupported("rotary positions scaled by \(type)")
    }
  }
}
