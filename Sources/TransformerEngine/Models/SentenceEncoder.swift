import CKernels

/// A sentence embedding model: a BERT encoder, its token vectors averaged and scaled to length 1.
///
/// All methods may be called from any thread. They block it while the engine's threads compute, one
/// call after another. A text's embedding doesn't depend on what else is in the batch.
public final class SentenceEncoder: Sendable {
  /// Tokens that are computed together.
  static let batchRowCount = 512

  /// The model's sizes.
  public let configuration: BERTConfiguration
  /// The model's tokenizer.
  public let tokenizer: WordPiece
  let weights: BERTWeights
  let threads: EngineThreads

  /// Floats of an embedding.
  public var dimension: Int { configuration.hiddenSize }

  /// Reads the weights.
  ///
  /// The file isn't needed afterwards.
  ///
  /// - Throws: `EngineError` when tensors are missing or shaped otherwise, or the vocabulary isn't
  ///   the model's.
  public convenience init(
    weights file: SafetensorsFile, tokenizer: WordPiece, threads: EngineThreads,
    configuration: BERTConfiguration = .miniLM
  ) throws(EngineError) {
    try configuration.check(tokenizer, file: file.contents.name)
    self.init(
      configuration, try BERTWeights(file, configuration), tokenizer: tokenizer, threads: threads)
  }

  /// Reads the sizes and the weights of a GGUF file, and its tokenizer unless another is given.
  ///
  /// The file isn't needed afterwards.
  ///
  /// - Throws: `EngineError` when the file isn't an encoder that this engine can run, or the
  ///   vocabulary isn't the model's.
  public convenience init(
    file: GGUFFile, tokenizer given: WordPiece? = nil, threads: EngineThreads
  ) throws(EngineError) {
    let configuration = try BERTConfiguration(file)
    let tokenizer: WordPiece
    if let given { tokenizer = given } else { tokenizer = try WordPiece(file) }
    try configuration.check(tokenizer, file: file.contents.name)
    self.init(
      configuration, try BERTWeights(file, configuration), tokenizer: tokenizer, threads: threads)
  }

  /// Reads the folder of a checkpoint: `config.json`, `tokenizer.json` or `vocab.txt`, and the weights.
  ///
  /// Texts are cut to `max_seq_length` of `sentence_bert_config.json`, where there is one.
  ///
  /// - Throws: `EngineError` when the folder isn't an encoder that this engine can run.
  public convenience init(path: String, threads: EngineThreads) throws(EngineError) {
    let folder = try SafetensorsFolder(path: path)
    let name = path + "/config.json"
    guard let json = try folder.json("config.json") else {
      throw .unreadable(file: name, reason: "there is none")
    }
    guard let weights = folder.files.first, folder.files.count == 1 else {
      throw .unsupported(file: path, reason: "an encoder in \(folder.files.count) files")
    }
    guard let tokenizer = try folder.tokenizer() as? WordPiece else {
      throw .unsupported(file: path, reason: "a tokenizer that isn't WordPiece")
    }
    let limit = try folder.json("sentence_bert_config.json")?["max_seq_length"]?.integer
    try self.init(
      weights: weights, tokenizer: tokenizer, threads: threads,
      configuration: BERTConfiguration(json, tokenCountMax: limit, file: name))
  }

  private init(
    _ configuration: BERTConfiguration, _ weights: BERTWeights, tokenizer: WordPiece,
    threads: EngineThreads
  ) {
    self.configuration = configuration
    self.weights = weights
    self.tokenizer = tokenizer
    self.threads = threads
  }

  /// The embedding of each text, [dimension] of length 1; cosines are dot products.
  ///
  /// Longer texts are cut to `configuration.tokenCountMax` tokens.
  public func embed(_ texts: [String]) -> [[Float]] { embed(tokenized: tokenized(texts)) }

  /// The tokens of each text, cut to what the model takes.
  func tokenized(_ texts: [String]) -> [[Int32]] {
    texts.map { tokenizer.sequence(of: $0, countMax: configuration.tokenCountMax) }
  }

  /// As `embed(_:)`, of texts that are tokens already.
  func embed(tokenized sequences: [[Int32]]) -> [[Float]] {
    var results: [[Float]] = []
    for range in PackedBatch.split(sequences, rowCount: Self.batchRowCount) {
      threads.run { pool in
        let batch = PackedBatch(Array(sequences[range]))
        let x = forward(batch, pool)
        for range in batch.ranges {
          let mean = FloatBuffer(count: dimension)
          ck_unit_mean(
            x.pointer + range.lowerBound * dimension, range.count, dimension, mean.pointer)
          results.append(mean.array(count: dimension))
        }
      }
    }
    return results
  }

  /// The last hidden states, [rows, hiddenSize].
  private func forward(_ batch: PackedBatch, _ pool: OpaquePointer) -> FloatBuffer {
    let pass = BERTPass(
      configuration, rowCount: batch.tokens.count, batch.sequences(layer: 0), pool)
    pass.embed(batch, weights)
    for layer in weights.layers where threads.goesOn() {
      pass.attend(layer, batch.sequences(layer: 0))
      pass.feedForward(layer)
    }
    return pass.x
  }
}
