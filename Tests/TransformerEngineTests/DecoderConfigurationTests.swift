import FoundationEssentials
import Testing

@testable import TransformerEngine

/// Configurations and checkpoints that are wrong, or ask for what the engine lacks.
@Suite struct DecoderConfigurationTests {
  private static let gpt2 = #"""
    {"model_type": "gpt2", "n_layer": 1, "n_embd": 4, "n_head": 2, "vocab_size": 3, "n_positions": 8}
    """#
  private static let llama = #"""
    {"model_type": "llama", "num_hidden_layers": 1, "hidden_size": 4, "num_attention_heads": 2,
     "intermediate_size": 6, "vocab_size": 3, "max_position_embeddings": 8,
     "tie_word_embeddings": true}
    """#

  private func configuration(_ text: String) throws(EngineError) -> DecoderConfiguration {
    try DecoderConfiguration(JSONValue(FileContents(Array(text.utf8), name: "json")), file: "json")
  }

  /// A configuration with some members in place of its own.
  private func changed(_ text: String, _ members: String) -> String {
    // The last of two equal keys counts.
    let end = text.lastIndex(of: "}") ?? text.endIndex
    return text[..<end] + ", " + members + "}"
  }

  @Test func `what a configuration leaves out has the value that transformers gives it`() throws {
    let gpt2 = try configuration(Self.gpt2)
    #expect(gpt2.architecture == .gpt2 && gpt2.feedForwardSize == 16 && gpt2.headSize == 2)
    #expect(gpt2.normEpsilon == 1e-5 && gpt2.rotary == nil && !gpt2.isGated)
    let llama = try configuration(Self.llama)
    #expect(llama.keyValueHeadCount == 2 && llama.headSize == 2 && llama.normEpsilon == 1e-6)
    #expect(llama.rotary?.base == 10_000 && llama.rotary?.turnsHalves == true && llama.isGated)
    let older = try configuration(
      changed(
        Self.llama,
        #""rope_theta": 500.0, "rope_scaling": {"type": "linear", "factor": 2}, "head_dim": 6"#))
    #expect(older.rotary?.base == 500 && older.rotary?.scaling == .linear(factor: 2))
    #expect(older.attentionSize == 12)
  }

  @Test(
    arguments: [
      #""n_layer": 0"#, #""n_layer": 1e9"#, #""n_layer": "2""#, #""n_embd": null"#, #""n_embd": 5"#,
      #""n_head": 3"#, #""n_head": -1"#, #""n_positions": 1"#, #""vocab_size": 0"#,
      #""activation_function": "relu""#, #""scale_attn_by_inverse_layer_idx": true"#,
      #""layer_norm_epsilon": -1"#, #""layer_norm_epsilon": "x""#, #""model_type": "mamba""#,
      #""model_type": null"#, #""n_inner": 0"#,
    ])
  func `a wrong GPT-2 is refused`(member: String) {
    #expect(throws: EngineError.self) { try configuration(changed(Self.gpt2, member)) }
  }

  @Test(
    arguments: [
      #""hidden_act": "gelu""#, #""num_key_value_heads": 3"#, #""num_key_value_heads": 0"#,
      #""head_dim": 3"#, #""head_dim": 100000"#, #""rope_theta": 0"#, #""rope_theta": -5"#,
      #""rope_scaling": {"type": "dynamic", "factor": 2}"#,
      #""rope_scaling": {"rope_type": "longrope"}"#, #""rope_scaling": {"type": "linear"}"#,
      #""rope_scaling": {"type": "linear", "factor": 0}"#,
      #""rope_scaling": {"rope_type": "llama3", "factor": 2}"#,
      #""rope_scaling": {"rope_type": "yarn", "factor": 2, "mscale": 1}"#,
      #""rope_scaling": {"rope_type": "llama3", "factor": 2, "low_freq_factor": 4,"#
        + #" "high_freq_factor": 1, "original_max_position_embeddings": 8}"#,
      #""rms_norm_eps": 2"#, #""intermediate_size": -6"#,
    ])
  func `a wrong Llama is refused`(member: String) {
    #expect(throws: EngineError.self) { try configuration(changed(Self.llama, member)) }
  }

  @Test(arguments: ["", "[]", "{}", "3", "{\"model_type\": []}"])
  func `what isn't a configuration is refused`(text: String) {
    #expect(throws: EngineError.self) { try configuration(text) }
  }

  // MARK: Weights

  /// The tensors of `llama`'s model, all ones.
  private static let tensors: [(String, [Int])] =
    [
      ("model.embed_tokens.weight", [3, 4]), ("model.norm.weight", [4]),
      ("model.layers.0.input_layernorm.weight", [4]),
      ("model.layers.0.post_attention_layernorm.weight", [4]),
    ]
    + ["q", "k", "v", "o"].map { ("model.layers.0.self_attn.\($0)_proj.weight", [4, 4]) }
    + [("gate", [6, 4]), ("up", [6, 4]), ("down", [4, 6])].map {
      ("model.layers.0.mlp.\($0.0)_proj.weight", $0.1)
    }

  private func model(
    _ tensors: [(String, [Int])], configuration: String = Self.llama, tokenCount: Int = 3,
    tokenizer: String? = nil
  ) throws -> LanguageModel {
    var writer = SafetensorsWriter()
    for (name, shape) in tensors {
      writer.add(name, shape, Array(repeating: 1, count: shape.reduce(1, *)))
    }
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "checkpoint-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(writer.fileBytes).write(to: folder.appending(path: "model.safetensors"))
    try Data(configuration.utf8).write(to: folder.appending(path: "config.json"))
    if let tokenizer {
      try Data(tokenizer.utf8).write(to: folder.appending(path: "tokenizer.json"))
      return try LanguageModel(path: folder.path, threads: Models.threads.get())
    }
    return try LanguageModel(
      folder: SafetensorsFolder(path: folder.path),
      tokenizer: NumberedTokens(vocabularySize: tokenCount), threads: Models.threads.get())
  }

  @Test func `a checkpoint needs every tensor in its shape`() throws {
    let whole = try model(Self.tensors)
    #expect(try whole.capture(CaptureRequest(mlpLayers: [0]), of: [[1, 2]])[0].mlp[0] != nil)
    // Checkpoints of the bare model have no prefix.
    _ = try model(Self.tensors.map { (String($0.0.dropFirst(6)), $0.1) })
    for index in Self.tensors.indices {
      var missing = Self.tensors
      missing.remove(at: index)
      #expect(throws: EngineError.self, "\(Self.tensors[index])") { try model(missing) }
      var odd = Self.tensors
      odd[index].1[0] += 1
      #expect(throws: EngineError.self, "\(Self.tensors[index])") { try model(odd) }
    }
    #expect(throws: EngineError.self) { try model(Self.tensors, tokenCount: 4) }
    let untied = changed(Self.llama, #""tie_word_embeddings": false"#)
    #expect(throws: EngineError.self) { try model(Self.tensors, configuration: untied) }
    _ = try model(Self.tensors + [("lm_head.weight", [3, 4])], configuration: untied)
    _ = try model(Self.tensors + [("lm_head.weight", [9, 9])])
  }

  @Test func `a folder is opened with its own tokenizer`() throws {
    let tokenizer = #"""
      {"pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false, "use_regex": true},
       "model": {"type": "BPE", "vocab": {"a": 0, "b": 1, "ab": 2}, "merges": ["a b"]}}
      """#
    let opened = try model(Self.tensors, tokenizer: tokenizer)
    #expect(opened.tokenizer.encode("abb") == [2, 1] && opened.sink == 0)
    #expect(try opened.capture(CaptureRequest(mlpLayers: [0]), of: [[2, 1]])[0].tokenCount == 2)
    #expect(throws: EngineError.self) { try model(Self.tensors, tokenizer: "{}") }
    let threads = try Models.threads.get()
    for path in [Fixtures.path("models/llama-f32"), "/nowhere", "/", #filePath] {
      #expect(throws: EngineError.self) { try LanguageModel(path: path, threads: threads) }
    }
  }
}
