import CKernels

/// The sizes of a BERT encoder.
///
/// All but the head count and epsilon can be read from the weights.
public struct BERTConfiguration: Sendable, Hashable {
  /// Encoder layers.
  public var layerCount: Int
  /// Floats of a position, and of an embedding.
  public var hiddenSize: Int
  /// Floats inside the feed-forward layer.
  public var feedForwardSize: Int
  /// Attention heads.
  public var headCount: Int
  /// Pieces of the vocabulary.
  public var vocabularySize: Int
  /// Positions that have an embedding.
  public var positionCount: Int
  /// Tokens, [CLS] and [SEP] included, to which a text is cut.
  public var tokenCountMax: Int
  /// What layer normalisation adds to the variance.
  public var normEpsilon: Float

  /// all-MiniLM-L6-v2: config.json, and sentence_bert_config.json for the 256 tokens.
  public static let miniLM = BERTConfiguration(
    layerCount: 6, hiddenSize: 384, feedForwardSize: 1536, headCount: 12, vocabularySize: 30_522,
    positionCount: 512, tokenCountMax: 256, normEpsilon: 1e-12)

  /// Checks that the sizes fit each other and the vocabulary.
  func check(_ tokenizer: WordPiece, file: String) throws(EngineError) {
    guard tokenizer.vocabularySize == vocabularySize else {
      throw .malformed(
        file: file,
        reason: "\(vocabularySize) pieces, the tokenizer has \(tokenizer.vocabularySize)")
    }
    guard headCount > 0, tokenCountMax >= 2, tokenCountMax <= positionCount, layerCount > 0,
      feedForwardSize > 0, hiddenSize > 0, hiddenSize % (2 * headCount) == 0,
      normEpsilon >= 0, normEpsilon < 1
    else { throw .unsupported(file: file, reason: "\(self)") }
  }
}

/// The weights of a BERT encoder, by their checkpoint names.
struct BERTWeights: Sendable {
  /// y = x * weight^T + bias.
  struct Linear: Sendable {
    let weight: PackedMatrix
    let bias: FloatBuffer
  }

  struct Norm: Sendable {
    let weight: FloatBuffer
    let bias: FloatBuffer
  }

  struct Layer: Sendable {
    /// attention.self.query, key and value stacked: [3 * hiddenSize, hiddenSize].
    let query_key_value: Linear
    /// `attention.output.dense`.
    let attention_output: Linear
    let attention_norm: Norm
    /// `intermediate.dense`.
    let intermediate: Linear
    /// `output.dense`.
    let output: Linear
    let output_norm: Norm
  }

  /// [vocabularySize, hiddenSize].
  let word_embeddings: FloatBuffer
  /// position_embeddings plus the first of token_type_embeddings, [positionCount, hiddenSize].
  let position_embeddings: FloatBuffer
  let embedding_norm: Norm
  let layers: [Layer]

  init(_ file: SafetensorsFile, _ sizes: BERTConfiguration) throws(EngineError) {
    let hidden = sizes.hiddenSize
    // Half of the model, of which a text needs some rows: mapped where there is a cache.
    let words = "embeddings.word_embeddings.weight"
    word_embeddings = try FloatBuffer(
      words, of: file.contents, count: sizes.vocabularySize * hidden
    ) { () throws(EngineError) in try file.floats(words, sizes.vocabularySize, hidden) }
    position_embeddings = FloatBuffer(
      try file.floats("embeddings.position_embeddings.weight", sizes.positionCount, hidden))
    let types = FloatBuffer(
      try file.floats("embeddings.token_type_embeddings.weight", 2, hidden))
    for position in 0..<sizes.positionCount {
      ck_add(position_embeddings.pointer + position * hidden, types.pointer, hidden)
    }
    embedding_norm = try Self.norm(file, "embeddings.LayerNorm", hidden)
    var layers: [Layer] = []
    for index in 0..<sizes.layerCount {
      layers.append(try Self.layer(file, "encoder.layer.\(index).", sizes))
    }
    self.layers = layers
  }

  private static func layer(
    _ file: SafetensorsFile, _ name: String, _ sizes: BERTConfiguration
  ) throws(EngineError) -> Layer {
    let (hidden, inner) = (sizes.hiddenSize, sizes.feedForwardSize)
    return Layer(
      query_key_value: try linear(
        file, ["query", "key", "value"].map { name + "attention.self." + $0 }, hidden, hidden),
      attention_output: try linear(file, [name + "attention.output.dense"], hidden, hidden),
      attention_norm: try norm(file, name + "attention.output.LayerNorm", hidden),
      intermediate: try linear(file, [name + "intermediate.dense"], inner, hidden),
      output: try linear(file, [name + "output.dense"], hidden, inner),
      output_norm: try norm(file, name + "output.LayerNorm", hidden))
  }

  /// Stacks the linear layers `names`, each [outputs, inputs].
  private static func linear(
    _ file: SafetensorsFile, _ names: [String], _ outputs: Int, _ inputs: Int
  ) throws(EngineError) -> Linear {
    let weight = try PackedMatrix(
      names.map { $0 + ".weight" }.joined(separator: " "), of: file.contents,
      rows: outputs * names.count, columns: inputs
    ) { () throws(EngineError) in
      var weight: [Float] = []
      for name in names { weight += try file.floats(name + ".weight", outputs, inputs) }
      return weight
    }
    var bias: [Float] = []
    for name in names { bias += try file.floats(name + ".bias", outputs) }
    return Linear(weight: weight, bias: FloatBuffer(bias))
  }

  private static func norm(
    _ file: SafetensorsFile, _ name: String, _ size: Int
  ) throws(EngineError) -> Norm {
    Norm(
      weight: FloatBuffer(try file.floats(name + ".weight", size)),
      bias: FloatBuffer(try file.floats(name + ".bias", size)))
  }
}
