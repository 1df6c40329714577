import Testing

@testable import TransformerEngine

/// `cfg.json` as SAELens and sparsify write it.
@Suite struct SparseDictionaryConfigurationTests {
  typealias Configuration = SparseDictionary.Configuration

  private func configuration(
    _ text: String, folder: String = "/dictionaries/one"
  ) throws(EngineError) -> Configuration {
    try Configuration(
      JSONValue(FileContents(Array(text.utf8), name: "cfg.json")), folder: folder, file: "cfg.json")
  }

  @Test(
    arguments: [
      (
        #"{"hook_name": "blocks.6.hook_resid_pre", "activation_fn_str": "relu"}"#,
        Configuration(layer: 6, site: .residual)
      ),
      (
        #"{"architecture": "jumprelu", "apply_b_dec_to_input": false,"#
          + #" "metadata": {"hook_name": "blocks.3.hook_resid_post"}}"#,
        Configuration(
          layer: 3, site: .residualOutput, activation: .jumpReLU, subtractsDecoderBias: false)
      ),
      (
        #"{"architecture": "topk", "k": 32, "hook_name": "blocks.0.hook_mlp_out","#
          + #" "normalize_activations": "layer_norm"}"#,
        Configuration(
          layer: 0, site: .mlpOutput, activation: .topK(32), preparation: .standardised)
      ),
      (
        #"{"architecture": "standard", "activation_fn_str": "topk","#
          + #" "activation_fn_kwargs": {"k": 5}, "hook_name": "blocks.1.attn.hook_z"}"#,
        Configuration(layer: 1, site: .attentionHeads, activation: .topK(5))
      ),
      (
        #"{"architecture": "transcoder", "hook_name": "blocks.2.ln2.hook_normalized"}"#,
        Configuration(
          layer: 2, site: .residualMiddle, preparation: .normalised, subtractsDecoderBias: false)
      ),
      (
        #"{"architecture": "jumprelu_transcoder", "hook_name": "blocks.2.hook_resid_mid"}"#,
        Configuration(
          layer: 2, site: .residualMiddle, activation: .jumpReLU, subtractsDecoderBias: false)
      ),
    ])
  func `what SAELens writes is understood`(text: String, expected: Configuration) throws {
    #expect(try configuration(text) == expected)
  }

  @Test func `what sparsify writes is understood, with the place in the folder's name`() throws {
    let text = #"{"activation": "topk", "k": 8, "num_latents": 64, "transcode": false, "d_in": 4}"#
    #expect(
      try configuration(text, folder: "/d/layers.6")
        == Configuration(layer: 6, site: .residualOutput, activation: .topK(8)))
    let transcoder = #"{"k": 8, "expansion_factor": 32, "transcode": true}"#
    #expect(
      try configuration(transcoder, folder: "h.11.mlp")
        == Configuration(
          layer: 11, site: .mlpInput, activation: .topK(8), subtractsDecoderBias: false))
  }

  @Test(
    arguments: [
      "{}", "[]", "", #"{"hook_name": "blocks.x.hook_resid_pre"}"#,
      #"{"hook_name": "blocks.-1.hook_resid_pre"}"#, #"{"hook_name": "blocks.1.hook_q"}"#,
      #"{"hook_name": "blocks.1.hook_resid_pre", "architecture": "gated"}"#,
      #"{"hook_name": "blocks.1.hook_resid_pre", "architecture": "topk"}"#,
      #"{"hook_name": "blocks.1.hook_resid_pre", "activation_fn_str": "tanh-relu"}"#,
      #"{"hook_name": "blocks.1.hook_resid_pre", "normalize_activations": "constant_norm_rescale"}"#,
      #"{"hook_name": 3}"#,
    ])
  func `what this engine doesn't have is refused`(text: String) {
    #expect(throws: EngineError.self) { try configuration(text) }
  }

  @Test func `a folder without a dictionary says so`() {
    for path in ["/nowhere", "/", "/nowhere/sae.safetensors"] {
      #expect(throws: EngineError.self) { try SparseDictionary(path: path, name: "x") }
    }
  }
}
