import ArgumentParser
import TransformerEngine

/// Which model is looked into: a file or folder of the caller's, else the pinned one.
struct ModelOptions: ParsableArguments {
  @Option(
    help: """
      A GGUF file, or the folder of a checkpoint (config.json, tokenizer.json, model.safetensors); \
      by default the pinned SmolLM2.
      """)
  var model: String?
  @Option(
    name: .customLong("models"), help: "The models folder; by default what the environment says.")
  var folder: String?
  @Option(
    help: """
      A sparse autoencoder or transcoder: a folder of cfg.json and weights, as SAELens or sparsify \
      write it.
      """)
  var dictionary: String?

  /// Loads the model; the pinned one is checked against its SHA-256.
  func load() throws -> LanguageModel {
    let path = try model ?? ModelStore(folder: folder).checkedPath(of: ModelLock.languageModel)
    return try LanguageModel(path: path, threads: EngineThreads(niceValue: 0))
  }

  /// Loads the dictionary; nil where none was named.
  func loadDictionary(named name: String = "dictionary") throws -> SparseDictionary? {
    try dictionary.map { try SparseDictionary(path: $0, name: name) }
  }
}
