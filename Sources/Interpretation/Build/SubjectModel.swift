public import ArenaTypes

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
  /// The units of `kind` in `layer`; nil where the model has none.
  ///
  /// Residual directions stand before their layer's block; `layer` may then be the number of layers,
  /// which is after the last one.
  func group(_ kind: UnitKind, layer: Int) -> UnitGroup?

  /// The number of tokens of its vocabulary.
  var vocabularyCount: Int { get }

  /// The tokens of a text.
  func tokenIDs(of text: String) throws(InterpretationError) -> [Int32]

  /// The text of each token by itself; part of a character becomes U+FFFD.
  func pieces(of tokenIDs: [Int32]) -> [String]

  /// Runs texts through the model once and hands over the activations of groups of units.
  ///
  /// - Parameters:
  ///   - batch: The texts' tokens.
  ///   - groups: Which units, as `group(_:layer:)` gave them.
  ///   - body: Called in order for each text and group with `[tokens, count]`, row-major; `group` is
  ///     the position in `groups`.
  func captureActivations(
    of batch: [[Int32]], groups: [UnitGroup],
    _ body: (_ text: Int, _ group: Int, _ activations: UnsafeBufferPointer<Float>) -> Void
  ) throws(InterpretationError)

  /// The log-probabilities of the token after each prompt.
  ///
  /// - Parameter beginnings: What prompts often begin with, which may be computed once and kept.
  /// - Returns: `[prompts][vocabularyCount]`, in nats.
  func nextTokenLogProbabilities(
    after prompts: [[Int32]], beginnings: [[Int32]]
  ) throws(InterpretationError) -> [[Float]]

  /// The tokens whose logits a unit raises and lowers most when it fires with `sign` (1 or -1),
  /// through the output head alone; strongest first. None for units without a direction of their own.
  func tokenEffects(of index: Int, in group: UnitGroup, sign: Int, count: Int)
    throws(InterpretationError) -> (promoted: [Int32], suppressed: [Int32])

  /// What each unit of a group reads and writes, as a row of length 1 that can be compared with those
  /// of other layers.
  ///
  /// - Returns: `[count, width]`, row-major; empty where units can't be compared so.
  func weightRows(of group: UnitGroup) throws(InterpretationError) -> [Float]
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
