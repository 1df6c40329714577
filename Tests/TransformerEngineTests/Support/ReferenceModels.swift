import Testing

@testable import TransformerEngine

/// What transformers computed with a small model: `Tests/References/make_models.py`.
struct ModelReference: Decodable {
  struct Case: Decodable {
    /// The tokens; the sink stood before them, and its row is left out of what follows.
    var ids: [Int32]
    /// [tokens][vocabularySize].
    var logits: [[Float]]
    /// [layers][tokens][feedForwardSize].
    var neurons: [[[Float]]]
    /// [layers][tokens][hiddenSize], what enters each block.
    var residuals: [[[Float]]]?
    /// [layers][heads][tokens][1 + tokens].
    var patterns: [[[[Float]]]]?
    /// [layers][tokens][heads].
    var heads: [[[Float]]]?
  }

  var cases: [Case]
}

/// A vocabulary without texts, for models that have tokens alone.
struct NumberedTokens: Tokenizer {
  let vocabularySize: Int
  var specialTokens: SpecialTokens { SpecialTokens(begin: 0, end: 0) }
  func encode(_ text: String, allowsSpecial: Bool) -> [Int32] { [] }
  func bytes(of token: Int32) -> [UInt8] { Array("<\(token)>".utf8) }
  func token(for text: String) -> Int32? { nil }
}

/// The small models of Fixtures/models.
enum ReferenceModels {
  /// A checkpoint, with a configuration of the same weights: `config.json` or `config-NAME.json`.
  struct Checkpoint: CustomTestStringConvertible {
    var folder: String
    var variant: String?

    var testDescription: String { folder + (variant.map { ", " + $0 } ?? "") }
    private var suffix: String { variant.map { "-" + $0 } ?? "" }

    func reference() throws -> ModelReference {
      try Fixtures.decode(
        ModelReference.self, from: "models/\(folder)/reference\(suffix).json")
    }

    func model() throws -> LanguageModel {
      try LanguageModel(
        folder: SafetensorsFolder(path: Fixtures.path("models/\(folder)")),
        configuration: "config\(suffix).json", tokenizer: NumberedTokens(vocabularySize: 61),
        threads: Models.threads.get())
    }
  }

  static let checkpoints: [Checkpoint] =
    ["gpt2-f32", "gpt2-f16", "gpt2-bf16", "llama-f32", "llama-f16", "llama-untied-bf16"].map {
      Checkpoint(folder: $0, variant: nil)
    }
    + ["linear", "llama3", "yarn", "base"].map { Checkpoint(folder: "llama-f32", variant: $0) }

  static let ggufFiles = [
    "llama-blocks", "llama-super", "gpt2-blocks", "llama-linear", "llama-yarn", "llama-yarn-given",
  ]
}
