public import ArenaTypes

/// What a round came to; everyone sees it at the reveal.
public struct RoundResult: Hashable, Sendable, Codable {
  /// The round's number, from 0; sudden-death rounds count on.
  public let round: Int
  /// The unit that was asked about.
  public let unit: UnitID
  /// 2 in the last regular round, 1 in others.
  public let multiplier: Int
  /// Whether it was a sudden-death round.
  public let isSuddenDeath: Bool
  /// Whether it counts; false where the engine never said what an answer was worth.
  public let counts: Bool
  /// The points of each seat in this round, doubling included.
  public let points: [Int]
  /// The points of each seat in the duel so far.
  public let totals: [Int]
  /// The excerpt to show real against predicted activations on.
  public let revealExcerpt: ExcerptID?
  /// The truth and the answers.
  public let reveal: RoundReveal
}

/// The truth of a round and what each seat answered; arrays have one element a seat.
public enum RoundReveal: Hashable, Sendable, Codable {
  /// The two options as shown, the right one (nil in an open round), why it is, the choices, and how
  /// long each took.
  case pick(
    options: [ExplanationID], right: Side?, basis: ExplanationPair.Basis, picks: [Side?],
    milliseconds: [Int64?])
  /// What each wrote, and whether both said the same and so got the mean.
  case write(entries: [WrittenEntry?], isSame: Bool)
  /// The excerpts as shown, the right answer, the choices, and how long each took.
  case oddOneOut(
    excerpts: [ExcerptID], odd: OddChoice, choices: [OddChoice?], milliseconds: [Int64?])
  /// The explanation and the excerpt, the positions of the tokens that fire, those that each marked
  /// (ascending), and how long each took.
  case predict(
    explanation: ExplanationID?, excerpt: ExcerptID?, firing: [Int], marks: [[Int]?],
    milliseconds: [Int64?])
  /// The strength that 100 points stand for, and each seat's tries.
  case fire(top20MeanPeak: Double, tries: [[FireTry]])

  /// The kind of the round.
  public var kind: RoundKind {
    switch self {
    case .pick: .pick
    case .write: .write
    case .oddOneOut: .oddOneOut
    case .predict: .predict
    case .fire: .fire
    }
  }
}

/// An explanation written in a round, with its score.
public struct WrittenEntry: Hashable, Sendable, Codable {
  /// What was written.
  public let text: ExplanationText
  /// Its score with interval; nil where the engine gave none.
  public let score: Score?
  /// Whether only its author sees the text until a moderator has looked at it.
  public let isHidden: Bool
}

/// One try of a fire round.
public struct FireTry: Hashable, Sendable, Codable {
  /// The number of the try among the player's texts of the round, from 0.
  public let attempt: Int
  /// What was written.
  public let text: String
  /// What the model did; nil while the engine works on it.
  public internal(set) var outcome: ActivationOutcome?
  /// What it is worth, before any doubling.
  public internal(set) var points: Int

  /// Whether the text was refused and so used up no try.
  public var isRefused: Bool {
    if case .refused = outcome { true } else { false }
  }

  /// Whether the try is used up and its result is in.
  var isSettled: Bool { outcome != nil && !isRefused }

  /// Whether only its author sees the text: it waits for a moderator, or was never let through.
  ///
  /// A text that was refused, or that the engine never read, has not passed all checks.
  public var isHidden: Bool {
    guard case .measured(let probed) = outcome else { return true }
    return probed.isHidden
  }
}
