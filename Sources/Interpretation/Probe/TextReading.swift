import ArenaTypes

/// Something that is found out about a text piece by piece, each in a short pass: a unit's activation on
/// each token, or what each token adds to the activation on one of them.
///
/// A value: it can be put aside after any piece and gone on with on another thread.
public protocol TextReading: Sendable {
  /// The tokens of the text; joined, they are the text.
  ///
  /// A token that is part of a character is shown by U+FFFD.
  var tokens: [String] { get }
  /// The token that is asked about; nil where all are.
  var target: TextTarget? { get }
  /// Whether there is nothing more to know.
  var isFinished: Bool { get }

  /// Computes the next piece; nil when there is nothing more to know. Blocking.
  ///
  /// - Throws: `engine`.
  mutating func next() throws(InterpretationError) -> TextPiece?
}

/// What is known of some tokens of a text.
public struct TextPiece: Hashable, Sendable {
  /// The first token.
  public let start: Int
  /// Of each token from there on: the unit's activation, or what the token adds to the target's.
  public let values: [Float]

  /// The values of the tokens from `start` on.
  public init(start: Int, values: [Float]) {
    self.start = start
    self.values = values
  }
}

/// The token of a text whose activation is attributed.
public struct TextTarget: Hashable, Sendable {
  /// Its place.
  public let token: Int
  /// The unit's activation there, with the whole text before it; 0 before anything is known.
  public internal(set) var activation: Float

  /// The token at a place.
  public init(token: Int, activation: Float) {
    self.token = token
    self.activation = activation
  }
}

/// A text that is read in one piece.
struct WholeReading: TextReading {
  let tokens: [String]
  var target: TextTarget? { nil }
  var isFinished: Bool { piece == nil }
  private var piece: TextPiece?

  init(_ probed: ProbedText) {
    tokens = probed.tokens
    piece = TextPiece(start: 0, values: probed.activations)
  }

  mutating func next() -> TextPiece? {
    defer { piece = nil }
    return piece
  }
}

/// An attribution that probes the text anew without each token.
struct WholeAttribution: TextReading {
  let tokens: [String]
  private(set) var target: TextTarget?
  private let probe: any ActivationProbe
  private let unit: UnitID
  private let token: Int
  private let activation: Float
  private(set) var isFinished = false

  init(
    _ probe: any ActivationProbe, of probed: ProbedText, unit: UnitID, at token: Int
  ) throws(InterpretationError) {
    guard probed.activations.indices.contains(token) else {
      throw .noSuchToken(token, count: probed.tokens.count)
    }
    self.probe = probe
    self.unit = unit
    self.token = token
    tokens = probed.tokens
    activation = probed.activations[token]
    target = TextTarget(token: token, activation: activation)
  }

  mutating func next() throws(InterpretationError) -> TextPiece? {
    guard !isFinished else { return nil }
    isFinished = true
    var values: [Float] = []
    for place in 0..<token {
      var rest = Array(tokens[...token])
      rest.remove(at: place)
      let probed = try probe.activations(
        of: rest.joined(), unit: unit, tokenCountMax: tokens.count)
      values.append(activation - (probed.activations.last ?? 0))
    }
    return TextPiece(start: 0, values: values)
  }
}
