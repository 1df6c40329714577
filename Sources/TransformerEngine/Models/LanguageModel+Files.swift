extension LanguageModel {
  /// Opens a model: a GGUF file, or the folder of a checkpoint as transformers writes it.
  ///
  /// The folder has `config.json`, `tokenizer.json`, and `model.safetensors` or several of them with
  /// an index.
  ///
  /// - Throws: `EngineError` when it can't be read, or isn't a model that this engine can run.
  public convenience init(path: String, threads: EngineThreads) throws(EngineError) {
    // Only a folder has a place inside.
    if FileContents.exists(at: path + "/.") {
      try self.init(folder: SafetensorsFolder(path: path), threads: threads)
    } else {
      try self.init(file: GGUFFile(path: path), threads: threads)
    }
  }

  /// Reads the sizes, the tokenizer and the weights of a GGUF file.
  ///
  /// The file isn't needed afterwards.
  ///
  /// - Throws: `EngineError` when the file isn't a model that this engine can run.
  public convenience init(file: GGUFFile, threads: EngineThreads) throws(EngineError) {
    let configuration = try DecoderConfiguration(file)
    let tokenizer = try file.tokenizer()
    guard tokenizer.vocabularySize == configuration.vocabularySize else {
      throw .malformed(
        file: file.contents.name,
        reason: "\(tokenizer.vocabularySize) tokens, not \(configuration.vocabularySize)")
    }
    self.init(
      configuration, try DecoderWeights(GGUFWeights(file: file), configuration),
      tokenizer: tokenizer, threads: threads)
  }

  /// Reads the sizes, the tokenizer and the weights of a checkpoint.
  ///
  /// The files aren't needed afterwards. The vocabulary may be larger than the tokenizer's, as
  /// checkpoints round it up.
  ///
  /// - Throws: `EngineError` when the folder isn't a model that this engine can run.
  public convenience init(
    folder: SafetensorsFolder, threads: EngineThreads
  ) throws(EngineError) {
    try self.init(folder: folder, tokenizer: folder.tokenizer(), threads: threads)
  }

  /// Reads `config.json` and the weights of a checkpoint.
  ///
  /// - Throws: `EngineError` when the folder isn't a model that this engine can run.
  convenience init(
    folder: SafetensorsFolder, configuration name: String = "config.json",
    tokenizer: any Tokenizer, threads: EngineThreads
  ) throws(EngineError) {
    let file = folder.path + "/" + name
    guard let json = try folder.json(name) else {
      throw .unreadable(file: file, reason: "there is none")
    }
    let configuration = try DecoderConfiguration(json, file: file)
    guard tokenizer.vocabularySize <= configuration.vocabularySize else {
      throw .malformed(
        file: file,
        reason: "\(configuration.vocabularySize) tokens, the tokenizer has "
          + "\(tokenizer.vocabularySize)")
    }
    let isTied = json["tie_word_embeddings"]?.bool ?? (configuration.architecture == .gpt2)
    let source = CheckpointWeights(folder, configuration.architecture, isTied: isTied)
    self.init(
      configuration, try DecoderWeights(source, configuration), tokenizer: tokenizer,
      threads: threads)
  }
}
