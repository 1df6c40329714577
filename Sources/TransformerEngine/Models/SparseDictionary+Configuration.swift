extension SparseDictionary {
  /// Opens a dictionary as SAELens or EleutherAI's sparsify keeps it: a folder of `cfg.json` and the
  /// one safetensors file, which may be named too.
  ///
  /// The place is `hook_name` of the configuration, or for sparsify what the folder is called
  /// (`layers.6`, `h.6.mlp`). What this engine doesn't have (gated and crosscoder architectures, other
  /// ways to scale inputs) is refused.
  ///
  /// - Parameter configuration: Used in place of `cfg.json`, when it isn't nil.
  /// - Throws: `EngineError` when a file can't be read, isn't what it promises, or needs what this
  ///   engine lacks.
  public convenience init(
    path: String, name: String, configuration: Configuration? = nil
  ) throws(EngineError) {
    let folder = Self.folder(of: path)
    let weights = Self.isFile(path) ? path : try Self.weightsFile(in: folder)
    var found = configuration
    if found == nil { found = try Self.configuration(at: path) }
    guard let configuration = found else {
      throw .unreadable(file: folder + "/cfg.json", reason: "there is none")
    }
    try self.init(
      file: SafetensorsFile(path: weights), name: name, configuration: configuration)
  }

  /// What the weights' file is called, but for its ending.
  public static let fileNames = ["sae_weights", "sae", "model"]

  /// What `cfg.json` says of the dictionary at `path`, a folder or a safetensors file; nil where there
  /// is none.
  ///
  /// - Throws: `EngineError` when it can't be read, or needs what this engine lacks.
  public static func configuration(at path: String) throws(EngineError) -> Configuration? {
    let folder = folder(of: path)
    guard FileContents.exists(at: folder + "/cfg.json") else { return nil }
    let file = try FileContents(
      path: folder + "/cfg.json", byteCountMax: SafetensorsFolder.jsonByteCountMax)
    return try Configuration(JSONValue(file), folder: folder, file: file.name)
  }

  private static func isFile(_ path: String) -> Bool { path.hasSuffix(".safetensors") }

  private static func folder(of path: String) -> String {
    guard isFile(path) else { return path }
    return path.split(separator: "/").dropLast().reduce(path.hasPrefix("/") ? "" : ".") {
      $0 + "/" + $1
    }
  }

  private static func weightsFile(in folder: String) throws(EngineError) -> String {
    let names = fileNames.map { $0 + ".safetensors" }
    guard let name = names.first(where: { FileContents.exists(at: folder + "/" + $0) }) else {
      throw .unreadable(file: folder, reason: "it has none of \(names.joined(separator: ", "))")
    }
    return folder + "/" + name
  }
}

extension SparseDictionary.Configuration {
  /// Reads `cfg.json`; `folder` is where it lies.
  init(_ json: JSONValue, folder: String, file: String) throws(EngineError) {
    func value(_ key: String) -> JSONValue? {
      [json[key], json["metadata"]?[key], json["meta"]?[key]].lazy
        .compactMap { $0 }.first { $0 != .null }
    }
    func unsupported(_ reason: String) -> EngineError { .unsupported(file: file, reason: reason) }
    let isSparsify = json["num_latents"] != nil || json["expansion_factor"] != nil
    let architecture = value("architecture")?.string ?? (isSparsify ? "topk" : "standard")
    let function =
      value("activation_fn_str")?.string ?? value("activation_fn")?.string
      ?? value("activation")?.string
    let count = value("k")?.integer ?? value("activation_fn_kwargs")?["k"]?.integer
    let isTranscoder =
      architecture.hasSuffix("transcoder") || value("transcode")?.bool == true
    switch architecture.replacing("_transcoder", with: "") {
    case "jumprelu": activation = .jumpReLU
    case "topk" where function != "groupmax":
      guard let count else { throw unsupported("top-k without k") }
      activation = .topK(count)
    case "standard" where function == "topk", "transcoder" where function == "topk":
      guard let count else { throw unsupported("top-k without k") }
      activation = .topK(count)
    case "standard", "transcoder", "skip":
      guard function ?? "relu" == "relu" else { throw unsupported("activation \(function ?? "")") }
      activation = .relu
    default: throw unsupported("a dictionary of architecture \(architecture)")
    }
    switch value("normalize_activations")?.string ?? "none" {
    case "none", "expected_average_only_in": preparation = .none
    case "layer_norm": preparation = .standardised
    case let other: throw unsupported("normalize_activations \(other)")
    }
    let place = value("hook_name")?.string ?? folder.split(separator: "/").last.map(String.init)
    guard let place, let found = Self.place(named: place, isTranscoder: isTranscoder) else {
      throw unsupported("it reads \(place ?? "nothing known"), which this engine doesn't have")
    }
    (layer, site) = (found.layer, found.site)
    if found.isNormalised { preparation = .normalised }
    subtractsDecoderBias = isTranscoder ? false : value("apply_b_dec_to_input")?.bool ?? true
  }

  /// TransformerLens' hook `blocks.6.hook_resid_pre`, or sparsify's hookpoint `layers.6.mlp`.
  private static func place(
    named name: String, isTranscoder: Bool
  ) -> (layer: Int, site: ActivationSite, isNormalised: Bool)? {
    let words = name.split(separator: ".")
    guard words.count >= 2, let layer = Int(words[1]), layer >= 0 else { return nil }
    switch (words[0], words[2...].joined(separator: ".")) {
    case ("blocks", "hook_resid_pre"): return (layer, .residual, false)
    case ("blocks", "hook_resid_mid"): return (layer, .residualMiddle, false)
    case ("blocks", "hook_resid_post"), ("layers", ""), ("h", ""):
      return (layer, .residualOutput, false)
    case ("blocks", "ln2.hook_normalized"): return (layer, .residualMiddle, true)
    case ("blocks", "hook_mlp_out"): return (layer, .mlpOutput, false)
    case ("layers", "mlp"), ("h", "mlp"):
      return (layer, isTranscoder ? .mlpInput : .mlpOutput, false)
    case ("blocks", "hook_attn_out"), ("layers", "self_attn"), ("h", "attn"):
      return (layer, .attentionOutput, false)
    case ("blocks", "attn.hook_z"): return (layer, .attentionHeads, false)
    case ("blocks", "mlp.hook_post"): return (layer, .neurons, false)
    default: return nil
    }
  }
}
