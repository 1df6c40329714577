import CKernels

/// A Llama model, such as SmolLM2: forward passes, and a look at its neurons.
///
/// Shapes, and names of weights, are those of the checkpoint. Before every sequence stands the token
/// 0 (`<|endoftext|>`): the first position of this model is an attention sink, whose residual stream
/// is a hundred times longer than all others, so without it a text's first word would be lost. The
/// sink's own activations are never returned.
///
/// All methods may be called from any thread. They block it while the engine's threads compute, one
/// call after another; never call them from a thread that serves connections. Results don't depend
/// on what else is in the batch.
public final class LlamaModel: Sendable {
  /// The most positions of a sequence, the sink included: what the model was made for, unless that
  /// is more than a process should spend memory on.
  public static let positionCountMax = 8192
  /// The token that stands before every sequence.
  public static let sink: Int32 = 0
  /// Tokens that are computed together: enough to make the weights' expansion a small part of the
  /// work, few enough that another caller waits a quarter of a second at most (two cores, AVX-512).
  static let batchRowCount = 240
  /// Rows of log-probabilities held at a time; each is 200 KB.
  static let logitRowCount = 32

  /// The model's sizes.
  public let configuration: LlamaConfiguration
  /// The model's tokenizer.
  public let tokenizer: ByteLevelBPE
  let weights: LlamaWeights
  let threads: EngineThreads
  /// [positions, headSize / 2] pairs of cosine and sine.
  let rotary: FloatBuffer

  /// The most tokens of a sequence, not counting the sink.
  public var tokenCountMax: Int { min(configuration.contextLength, Self.positionCountMax) - 1 }
  /// Bytes of the weights in memory.
  public var weightByteCount: Int { weights.byteCount }

  /// Reads the sizes, the tokenizer and the weights.
  ///
  /// The file isn't needed afterwards.
  ///
  /// - Throws: `EngineError` when the file isn't a Llama model that this engine can run.
  public init(file: GGUFFile, threads: EngineThreads) throws(EngineError) {
    configuration = try LlamaConfiguration(file)
    tokenizer = try ByteLevelBPE(file)
    guard tokenizer.vocabularySize == configuration.vocabularySize else {
      throw .malformed(
        file: file.contents.name,
        reason: "\(tokenizer.vocabularySize) tokens, not \(configuration.vocabularySize)")
    }
    weights = try LlamaWeights(file, configuration)
    self.threads = threads
    let positions = min(configuration.contextLength, Self.positionCountMax)
    rotary = FloatBuffer(count: positions * configuration.headSize)
    ck_rotary_table(
      positions, configuration.headSize, configuration.rotaryBase, rotary.pointer)
  }

  /// The same model on other threads; the weights are shared.
  public init(_ model: LlamaModel, threads: EngineThreads) {
    configuration = model.configuration
    tokenizer = model.tokenizer
    weights = model.weights
    rotary = model.rotary
    self.threads = threads
  }

  /// Puts the sink before each sequence.
  ///
  /// - Throws: `EngineError.outOfRange` for an unknown token or a sequence that is too long.
  func withSink(_ sequences: [[Int32]]) throws(EngineError) -> [[Int32]] {
    try check(sequences, after: 1)
    return sequences.map { [Self.sink] + $0 }
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
    _ sequences: [[Int32]], prefixes: [LlamaPrefix?] = [], _ body: (LlamaPass) -> Void
  ) {
    for range in PackedBatch.split(sequences, rowCount: Self.batchRowCount) {
      let batch = PackedBatch(
        Array(sequences[range]), prefixes: prefixes.isEmpty ? [] : Array(prefixes[range]))
      threads.run { pool in body(LlamaPass(self, batch, pool: pool)) }
    }
  }
}
