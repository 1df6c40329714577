/// A decoder-only language model, such as SmolLM2: forward passes, and a look inside.
///
/// Shapes, and names of weights, are those of GGUF files. Before every sequence stands the `sink`
/// token: a model's first position is an attention sink, whose residual stream is a hundred times
/// longer than all others, so without it a text's first word would be lost. The sink's own
/// activations are never returned.
///
/// All methods may be called from any thread. They block it while the engine's threads compute, one
/// call after another; never call them from a thread that serves connections. Results don't depend
/// on what else is in the batch.
public final class LanguageModel: Sendable {
  /// The most positions of a sequence, the sink included: what the model was made for, unless that
  /// is more than a process should spend memory on.
  public static let positionCountMax = 8192
  /// Tokens that are computed together: enough to make the weights' expansion a small part of the
  /// work, few enough that another caller waits a quarter of a second at most (two cores, AVX-512).
  public static let batchRowCount = 240
  /// Rows of log-probabilities held at a time; each is 200 KB.
  static let logitRowCount = 32

  /// The model's sizes.
  public let configuration: DecoderConfiguration
  /// The model's tokenizer.
  public let tokenizer: any Tokenizer
  /// The token that stands before every sequence: `<|endoftext|>` where the vocabulary has it (0 for
  /// SmolLM2, 50256 for GPT-2), else the file's begin token, else its end token, else 0.
  public let sink: Int32
  let weights: DecoderWeights
  let threads: EngineThreads
  /// [positions, rotary.size / 2] pairs of cosine and sine; nil for learned positions.
  let rotary: FloatBuffer?

  /// The most tokens of a sequence, not counting the sink.
  public var tokenCountMax: Int { min(configuration.contextLength, Self.positionCountMax) - 1 }
  /// Bytes of the weights in memory.
  public var weightByteCount: Int { weights.byteCount }

  init(
    _ configuration: DecoderConfiguration, _ weights: DecoderWeights, tokenizer: any Tokenizer,
    threads: EngineThreads
  ) {
    self.configuration = configuration
    self.weights = weights
    self.tokenizer = tokenizer
    self.threads = threads
    let special = tokenizer.specialTokens
    sink =
      [tokenizer.token(for: "<|endoftext|>"), special.begin, special.end].lazy.compactMap { $0 }
      .first { (0..<Int32(configuration.vocabularySize)).contains($0) } ?? 0
    rotary = configuration.rotary?.table(
      positions: min(configuration.contextLength, Self.positionCountMax))
  }

  /// The same model on other threads; the weights are shared.
  public init(_ model: LanguageModel, threads: EngineThreads) {
    configuration = model.configuration
    tokenizer = model.tokenizer
    sink = model.sink
    weights = model.weights
    rotary = model.rotary
    self.threads = threads
  }

  /// Puts the sink before each sequence.
  ///
  /// - Throws: `EngineError.outOfRange` for an unknown token or a sequence that is too long.
  func withSink(_ sequences: [[Int32]]) throws(EngineError) -> [[Int32]] {
    try check(sequences, after: 1)
    return sequences.map { [sink] + $0 }
  }

  /// What each sequence feeds into a pass: the sink before those without a prefix.
  ///
  /// - Throws: `EngineError.outOfRange` for an unknown token, a sequence that is too long or empty
  ///   after a prefix, or where there are prefixes but not as many as sequences.
  func inputs(
    _ sequences: [[Int32]], after prefixes: [SequencePrefix?]
  ) throws(EngineError) -> [[Int32]] {
    if prefixes.isEmpty { return try withSink(sequences) }
    guard sequences.count == prefixes.count else {
      throw .outOfRange("\(prefixes.count) prefixes for \(sequences.count) sequences")
    }
    var inputs: [[Int32]] = []
    for (sequence, prefix) in zip(sequences, prefixes) {
      if prefix != nil, sequence.isEmpty { throw .outOfRange("an empty sequence after a prefix") }
      try check([sequence], after: prefix?.tokenCount ?? 1)
      inputs.append(prefix == nil ? [sink] + sequence : sequence)
    }
    return inputs
  }

  func check(_ sequences: [[Int32]], after count: Int) throws(EngineError) {
    let vocabulary = Int32(configuration.vocabularySize)
    for sequence in sequences {
      guard sequence.count + count <= tokenCountMax + 1 else {
        throw .outOfRange("\(sequence.count) tokens; at most \(tokenCountMax) in all")
      }
      for token in sequence where token < 0 || token >= vocabulary {
        throw .outOfRange("token \(token) of \(vocabulary)")
      }
    }
  }

  func check(_ neurons: [NeuronIndex]) throws(EngineError) {
    for index in neurons {
      guard (0..<configuration.layerCount).contains(index.layer),
        (0..<configuration.feedForwardSize).contains(index.neuron)
      else { throw .outOfRange("layer \(index.layer), neuron \(index.neuron)") }
    }
  }

  /// Runs `body` for each batch of `sequences`, each on the engine's threads; other callers get
  /// their turn between batches.
  func forEachBatch(
    _ sequences: [[Int32]], prefixes: [SequencePrefix?] = [], _ body: (DecoderPass) -> Void
  ) {
    for range in PackedBatch.split(sequences, rowCount: Self.batchRowCount) {
      let batch = PackedBatch(
        Array(sequences[range]), prefixes: prefixes.isEmpty ? [] : Array(prefixes[range]))
      threads.run { pool in body(DecoderPass(self, batch, pool: pool)) }
    }
  }
}
