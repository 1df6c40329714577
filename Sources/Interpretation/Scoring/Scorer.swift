public import ArenaTypes

/// Says how well explanations predict a unit's activations.
///
/// Calls block for up to half a second of both cores; they belong on the engine's own threads.
/// Implementations may be called from several threads at once.
public protocol Scorer: Sendable {
  /// The scorer's name and version, such as `gen-window/1`, as in `Score.scorer`.
  var name: String { get }

  /// How well `text` predicts `unit`, on the first sealed half of its held-out excerpts.
  ///
  /// The same text, unit and scorer always get the same score.
  /// - Throws: `unknownUnit` where the campaign has no such unit; `engine` where the model fails.
  func score(_ text: ExplanationText, unit: UnitID) throws(InterpretationError) -> Score

  /// How strongly `text` makes one expect `unit` to fire on each token, 0 to 1.
  ///
  /// - Returns: One array for each of `excerpts`, as long as its tokens.
  /// - Throws: As `score(_:unit:)`.
  func predict(_ text: ExplanationText, unit: UnitID, on excerpts: [Excerpt])
    throws(InterpretationError) -> [[Float]]

  /// Whether `scores(_:units:)` costs little more than one score, however many units there are.
  ///
  /// A scorer that has to read each unit's excerpts together with the text says no, and is compared on
  /// samples where others are compared on all pairs.
  var readsTextOnce: Bool { get }

  /// The scores of one text for several units, in their order; the same as one by one.
  ///
  /// - Throws: As `score(_:unit:)`.
  func scores(_ text: ExplanationText, units: [UnitID]) throws(InterpretationError) -> [Score]

  /// As `scores(_:units:)`, with what they were made of, as far as the scorer tells.
  ///
  /// - Throws: As `score(_:unit:)`.
  func partedScores(_ text: ExplanationText, units: [UnitID]) throws(InterpretationError)
    -> [PartedScore]

  /// A first score in a fifth of the time, to be shown until the score itself is there; nil for a
  /// scorer that is quick enough without.
  ///
  /// It is never stored, and its name says that it is provisional.
  /// - Throws: As `score(_:unit:)`.
  func provisionalScore(_ text: ExplanationText, unit: UnitID) throws(InterpretationError)
    -> Score?

  /// How many tokens models read for one score; nil where that is not known.
  func tokenCount(of text: ExplanationText, unit: UnitID) throws(InterpretationError) -> Int?
}

extension Scorer {
  /// Texts are read anew for each unit, as long as nothing else is said.
  public var readsTextOnce: Bool { false }

  /// One score after another.
  public func scores(_ text: ExplanationText, units: [UnitID]) throws(InterpretationError)
    -> [Score]
  {
    var scores: [Score] = []
    for unit in units { scores.append(try score(text, unit: unit)) }
    return scores
  }

  /// The scores alone.
  public func partedScores(_ text: ExplanationText, units: [UnitID])
    throws(InterpretationError) -> [PartedScore]
  {
    try scores(text, units: units).map { PartedScore(score: $0, parts: nil) }
  }

  /// None, as long as nothing else is said.
  public func provisionalScore(_ text: ExplanationText, unit: UnitID)
    throws(InterpretationError) -> Score?
  { nil }

  /// Not known, as long as nothing else is said.
  public func tokenCount(of text: ExplanationText, unit: UnitID) throws(InterpretationError)
    -> Int?
  { nil }
}

/// What a score is made of, to fit and to explain scorers.
public struct ScoreParts: Hashable, Sendable, Encodable {
  /// The judge's: the correlation of what it expects with what the unit does.
  public var correlation: Double?
  /// z of what peaks' surroundings mean; see `GenWindowScorer`.
  public var windowPeak: Double?
  /// z of what the subject model would write at peaks.
  public var genPeak: Double?
  /// z of the correlation of that with the activations.
  public var genCorrelation: Double?
  /// The mean of the three.
  public var formula: Double?
}

/// A score with what it is made of.
public struct PartedScore: Hashable, Sendable {
  /// The score.
  public let score: Score
  /// Its parts; nil where the scorer doesn't tell.
  public let parts: ScoreParts?
}

/// Runs a text through the model and reads a unit's activation on each of its tokens.
///
/// Blocking, as `Scorer` is.
public protocol ActivationProbe: Sendable {
  /// Whether there is a model to run at all; without one fire rounds can't be played.
  var isAvailable: Bool { get }

  /// The unit's activations on `text`, multiplied by the unit's polarity and above its rest.
  ///
  /// - Throws: `tooManyTokens` or `emptyText` for what can't be run; `unknownUnit`; `engine`.
  func activations(of text: String, unit: UnitID, tokenCountMax: Int)
    throws(InterpretationError) -> ProbedText

  /// A text to be read piece by piece; nothing of it has been read yet.
  ///
  /// - Throws: As `activations(of:unit:tokenCountMax:)`.
  func reading(of text: String, unit: UnitID, tokenCountMax: Int)
    throws(InterpretationError) -> any TextReading

  /// What each token before `token` adds to the unit's activation there, to be found piece by piece.
  ///
  /// - Throws: As `activations(of:unit:tokenCountMax:)`; `noSuchToken`.
  func attribution(of text: String, unit: UnitID, at token: Int, tokenCountMax: Int)
    throws(InterpretationError) -> any TextReading
}

extension ActivationProbe {
  /// There is, as long as nothing else is said.
  public var isAvailable: Bool { true }

  /// A reading in one piece, as long as nothing else is said.
  public func reading(of text: String, unit: UnitID, tokenCountMax: Int)
    throws(InterpretationError) -> any TextReading
  {
    WholeReading(try activations(of: text, unit: unit, tokenCountMax: tokenCountMax))
  }

  /// An attribution that probes the text once for each token, as long as nothing else is said.
  public func attribution(of text: String, unit: UnitID, at token: Int, tokenCountMax: Int)
    throws(InterpretationError) -> any TextReading
  {
    try WholeAttribution(
      self, of: try activations(of: text, unit: unit, tokenCountMax: tokenCountMax), unit: unit,
      at: token)
  }
}

/// A text with a unit's activation on each token.
public struct ProbedText: Hashable, Sendable, Codable {
  /// The tokens as text; joined, they are the text.
  public let tokens: [String]
  /// The model's ids of the tokens.
  public let tokenIDs: [Int32]
  /// The activations, multiplied by the unit's polarity and above its rest.
  public let activations: [Float]

  /// The strongest activation, 0 where there is no token.
  public var peak: Float { activations.max() ?? 0 }

  /// A probed text of these parts, all of one length.
  public init(tokens: [String], tokenIDs: [Int32], activations: [Float]) {
    self.tokens = tokens
    self.tokenIDs = tokenIDs
    self.activations = activations
  }
}

/// Why nothing could be said of a text and a unit.
public enum InterpretationError: Error, Hashable, Sendable {
  /// The campaign has no such unit.
  case unknownUnit(UnitID)
  /// The text has more tokens than allowed.
  case tooManyTokens(count: Int, max: Int)
  /// The text has no tokens.
  case emptyText
  /// The text has no token at this place.
  case noSuchToken(Int, count: Int)
  /// The model or its tokenizer failed; says how.
  case engine(String)
}

extension InterpretationError: CustomStringConvertible {
  /// One sentence for the person at the command line.
  public var description: String {
    switch self {
    case .unknownUnit(let unit): "there is no unit \(unit)"
    case .tooManyTokens(let count, let max): "the text has \(count) tokens, \(max) are allowed"
    case .emptyText: "the text has no tokens"
    case .noSuchToken(let token, let count): "there is no token \(token) in a text of \(count)"
    case .engine(let reason): reason
    }
  }
}
