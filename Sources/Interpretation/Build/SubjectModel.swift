/// What the campaign builder asks of the model whose units it explains.
///
/// Activations follow the convention of `TransformerEngine`: the sequence is run behind one
/// end-of-text token, whose own position is dropped.
public protocol SubjectModel: Sendable {
  /// The model's name, as in `UnitID`.
  var name: String { get }
  /// The SHA-256 of the model's file, in lower-case hexadecimal.
  var digest: String { get }
  /// What sort of model it is.
  var architecture: String { get }
  /// The number of its layers.
  var layerCount: Int { get }
  /// The number of feed-forward neurons of a layer.
  var neuronCount: Int { get }
  /// The number of tokens of its vocabulary.
  var vocabularyCount: Int { get }

  /// The tokens of a text.
  func tokenIDs(of text: String) throws(InterpretationError) -> [Int32]

  /// The text of each token by itself; part of a character becomes U+FFFD.
  func pieces(of tokenIDs: [Int32]) -> [String]

  /// Runs texts through the model and hands over the activations of feed-forward neurons.
  ///
  /// - Parameters:
  ///   - batch: The texts' tokens.
  ///   - layers: Which layers, ascending.
  ///   - body: Called in order for each text and layer with `[tokens, neuronCount]`, row-major.
  func captureActivations(
    of batch: [[Int32]], layers: [Int],
    _ body: (_ text: Int, _ layer: Int, _ activations: UnsafeBufferPointer<Float>) -> Void
  ) throws(InterpretationError)

  /// The log-probabilities of the token after each prompt.
  ///
  /// - Returns: `[prompts][vocabularyCount]`, in nats.
  func nextTokenLogProbabilities(after prompts: [[Int32]]) throws(InterpretationError) -> [[Float]]

  /// The tokens whose logits a neuron raises and lowers most when it fires with `sign` (1 or -1),
  /// through the output head alone; strongest first.
  func tokenEffects(layer: Int, neuron: Int, sign: Int, count: Int) throws(InterpretationError)
    -> (promoted: [Int32], suppressed: [Int32])

  /// What a layer's neurons read and write: gate, up and down weights, each row of length 1.
  ///
  /// - Returns: `[neuronCount, 3 * hiddenSize]`, row-major.
  func neuronWeights(layer: Int) throws(InterpretationError) -> [Float]
}

/// What the builder and the scorer ask of a sentence model.
public protocol SentenceEmbedder: Sendable {
  /// The number of components of an embedding.
  var dimension: Int { get }

  /// The embeddings of texts, each of length 1.
  ///
  /// - Returns: `[texts][dimension]`.
  func embed(_ texts: [String]) throws(InterpretationError) -> [[Float]]
}
