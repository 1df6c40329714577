public import TransformerEngine

/// One of the engine's language models as the one whose units a campaign explains, with the dictionaries
/// and directions that name units of it.
public struct LanguageSubject: SubjectModel {
  /// The model itself.
  public let model: LanguageModel
  /// The model's name, as in `UnitID`.
  public let name: String
  /// The SHA-256 of the model's file, in lower-case hexadecimal.
  public let digest: String
  /// Sparse dictionaries whose features are units.
  public var dictionaries: [SparseDictionary]
  /// Sets of residual directions that are units.
  public var directions: [DirectionSet]
  /// Where short requests share passes with those of others; nil where each has its own.
  public var queue: InferenceQueue?

  /// `model`, called `name`.
  public init(
    _ model: LanguageModel, name: String, digest: String, dictionaries: [SparseDictionary] = [],
    directions: [DirectionSet] = []
  ) {
    self.model = model
    self.name = name
    self.digest = digest
    self.dictionaries = dictionaries
    self.directions = directions
  }

  /// What sort of model it is.
  public var architecture: String {
    switch model.configuration.architecture {
    case .llama: "Llama, SwiGLU feed-forward"
    case .gpt2: "GPT-2, GELU feed-forward"
    }
  }

  /// The number of tokens of its vocabulary.
  public var vocabularyCount: Int { model.configuration.vocabularySize }

  /// The tokens of a text.
  public func tokenIDs(of text: String) throws(InterpretationError) -> [Int32] {
    model.tokenizer.encode(text)
  }

  /// The text of each token by itself.
  public func pieces(of tokenIDs: [Int32]) -> [String] {
    tokenIDs.map { model.tokenizer.text(of: $0) }
  }

  /// The log-probabilities of the token after each prompt.
  public func nextTokenLogProbabilities(
    after prompts: [[Int32]], beginnings: [[Int32]]
  ) throws(InterpretationError) -> [[Float]] {
    if let queue {
      return try InterpretationError.wrap { () throws(InferenceRefusal) in
        try queue.results(
          of: .nextTokenLogProbabilities(after: prompts, beginnings: beginnings))
      }
    }
    return try InterpretationError.wrap { () throws(EngineError) in
      try model.nextTokenLogProbabilities(after: prompts)
    }
  }
}

/// Directions of the residual stream at one place, which a name and their order make units.
public struct DirectionSet: Hashable, Sendable {
  /// What the set is called, as in a unit's name.
  public let name: String
  /// The block before which they are read; the number of layers is after the last one.
  public let layer: Int
  /// `[count][hiddenSize]`.
  public let vectors: [[Float]]

  /// A set of directions before block `layer`.
  public init(name: String, layer: Int, vectors: [[Float]]) {
    self.name = name
    self.layer = layer
    self.vectors = vectors
  }
}

/// The engine's sentence encoder.
public struct MiniLMEmbedder: SentenceEmbedder {
  let encoder: SentenceEncoder
  /// Where texts share passes with those of others; nil where each call has its own.
  public var queue: InferenceQueue?

  /// An embedder over `encoder`.
  public init(_ encoder: SentenceEncoder) { self.encoder = encoder }

  /// The encoder's tokenizer.
  public var tokenizer: WordPiece { encoder.tokenizer }

  /// The number of components of an embedding.
  public var dimension: Int { encoder.dimension }

  /// The embeddings of texts, each of length 1.
  public func embed(_ texts: [String]) throws(InterpretationError) -> [[Float]] {
    guard let queue else { return encoder.embed(texts) }
    return try InterpretationError.wrap { () throws(InferenceRefusal) in
      try queue.results(of: .embeddings(of: texts, encoder: encoder))
    }
  }
}

extension InterpretationError {
  /// Turns the engine's errors into this layer's.
  static func wrap<Value, Failure: Error & CustomStringConvertible>(
    _ body: () throws(Failure) -> Value
  ) throws(InterpretationError) -> Value {
    do {
      return try body()
    } catch {
      throw .engine(error.description)
    }
  }
}
