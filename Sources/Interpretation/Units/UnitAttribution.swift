public import TransformerEngine

/// How much each earlier token of a text adds to a unit's activation at one token.
///
/// A token's share is what the activation loses when the token is left out of the text. Shares don't
/// add up to the activation: where either of two tokens would do, leaving one out changes nothing.
public struct UnitAttribution: Sendable, Hashable {
  /// The tokens of a text that can be attributed: 256 tokens are 33,000 rows.
  public static let tokenCountMax = 256

  /// The token at which the activation is explained.
  public let target: Int
  /// The unit's raw activation there.
  public let activation: Float
  /// What each token before `target` adds, in order: negative for those that hold it down.
  public let shares: [Float]

  /// The attribution of `unit` at token `target` of `tokens`; nil for the token at which it is the
  /// strongest, to whichever side.
  ///
  /// - Throws: `engine` where the model has no such unit or the text no such token; `emptyText`,
  ///   `tooManyTokens`.
  public init(
    of unit: ModelUnit, in model: LanguageModel, tokens: [Int32], target: Int? = nil
  ) throws(InterpretationError) {
    if tokens.isEmpty { throw .emptyText }
    if tokens.count > Self.tokenCountMax {
      throw .tooManyTokens(count: tokens.count, max: Self.tokenCountMax)
    }
    let strongest: Int
    if let target {
      strongest = target
    } else {
      let activations = try unit.activations(on: [tokens], in: model)[0]
      strongest = activations.indices.max { abs(activations[$0]) < abs(activations[$1]) } ?? 0
    }
    self.target = strongest
    let found = try InterpretationError.wrap { () throws(EngineError) in
      try model.leaveOut(unit.request, of: tokens, at: strongest)
    }
    let whole = found.whole.first ?? 0
    activation = whole
    shares = found.without.map { whole - ($0.first ?? 0) }
  }
}
