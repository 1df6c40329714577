public import ArenaTypes
import TransformerEngine

/// Expects a unit to fire where the subject model's hidden state is like that of the explanation.
///
/// Both are the residual stream before block 8, less its mean over the campaign's excerpts, of length
/// 1; an explanation's is the mean over its tokens, of several meanings the nearest counts.
public struct HiddenStatePredictor: TokenPredictor {
  /// The block before which the hidden state is read.
  public static let layer = 8

  /// The name of its scores.
  public let name = "hidden/1"
  /// The excerpts' states are kept.
  public let readsTextOnce = true

  private let subject: LanguageSubject
  private let mean: [Float]
  private let tokens: WriterTokens
  private let kept: Locked<[[Int32]: [Int8]]>

  /// How many of a campaign's excerpts the mean is taken over.
  private static let meanExcerptCount = 64

  /// A predictor for excerpts of `campaign`.
  ///
  /// - Throws: `engine`.
  public init(campaign: Campaign, subject: LanguageSubject) throws(InterpretationError) {
    self.subject = subject
    let tokens = try WriterTokens.matching(campaign, writer: subject)
    self.tokens = tokens
    kept = Locked([:])
    let all = campaign.units.flatMap(\.heldOut).map(\.excerpt)
    let step = max(1, all.count / Self.meanExcerptCount)
    let some = stride(from: 0, to: all.count, by: step).map { tokens.ids(of: all[$0]) }
    let rows = try Self.states(of: some, in: subject).flatMap(\.self)
    mean = Vectors.mean(rows, dimension: subject.model.configuration.hiddenSize)
  }

  /// `[texts][tokens][hiddenSize]`.
  private static func states(of batch: [[Int32]], in subject: LanguageSubject)
    throws(InterpretationError) -> [[[Float]]]
  {
    let known = batch.map { $0.map { max(0, $0) } }
    let captures = try InterpretationError.wrap { () throws(EngineError) in
      try subject.model.residuals(of: known, layers: [layer])
    }
    return captures.map { capture in
      guard let matrix = capture[layer] else { return [] }
      return (0..<matrix.tokenCount).map { Array(matrix.row($0)) }
    }
  }

  private func centred(_ state: [Float]) -> [Float] {
    Vectors.normalised(zip(state, mean).map { $0 - $1 })
  }

  /// The cosine of each token's state with the nearest meaning's, 0 where it is negative.
  public func predictions(_ text: ExplanationText, on excerpts: [Excerpt])
    throws(InterpretationError) -> [[Float]]
  {
    var meanings: [[Int32]] = []
    for meaning in text.meanings { meanings.append(try subject.tokenIDs(of: meaning)) }
    let directions = try Self.states(of: meanings, in: subject).map { states in
      centred(Vectors.mean(states, dimension: mean.count))
    }
    var predictions: [[Float]] = []
    for excerpt in excerpts {
      let states = try states(of: excerpt)
      predictions.append(
        excerpt.tokens.indices.map { token in
          let state = states[(token * mean.count)..<((token + 1) * mean.count)]
          return directions.reduce(0) { max($0, Self.cosine($1, state)) }
        })
    }
    return predictions
  }

  private static func cosine(_ direction: [Float], _ state: ArraySlice<Int8>) -> Float {
    direction.withUnsafeBufferPointer { direction in
      state.withUnsafeBufferPointer { state in
        var (dot, square): (Float, Float) = (0, 0)
        for index in 0..<min(direction.count, state.count) {
          let value = Float(state[index])
          dot += direction[index] * value
          square += value * value
        }
        return square > 0 ? dot / square.squareRoot() : 0
      }
    }
  }

  /// `[tokens, hiddenSize]`: the centred states in one byte a component.
  private func states(of excerpt: Excerpt) throws(InterpretationError) -> [Int8] {
    let ids = tokens.ids(of: excerpt)
    if let known = kept.withLock({ $0[ids] }) { return known }
    let rows = try Self.states(of: [ids], in: subject).flatMap(\.self).map(centred)
    let bytes = rows.flatMap(EmbeddingBytes.bytes)
    kept.withLock { $0[ids] = bytes }
    return bytes
  }

  /// The explanation's tokens; the excerpts' states are kept.
  public func tokenCount(of text: ExplanationText, on excerpts: [Excerpt])
    throws(InterpretationError) -> Int?
  {
    var count = 0
    for meaning in text.meanings { count += try subject.tokenIDs(of: meaning).count }
    return count
  }
}
