public import ArenaTypes

/// Why a text doesn't count as an answer; the player may send another one while the round runs.
public enum TextRefusal: String, Error, Hashable, Sendable, Codable, CaseIterable {
  /// Five or more tokens in a row stand in a visible clue.
  case copiedFromClue = "copied_from_clue"
  /// The text is explicit.
  case explicit = "explicit_text"
  /// The text uses one of the words that the round forbids.
  case taboo = "taboo_word"
  /// The text has more tokens than a try may have.
  case tooManyTokens = "text_too_long"
}

/// What the checks say of a written explanation.
public enum CheckResult: Hashable, Sendable, Codable {
  /// It may stand.
  case accepted
  /// It may stand, but only its author sees it until a moderator has looked at it.
  case hidden
  /// It may not.
  case refused(reason: TextRefusal)
}

/// What became of scoring an explanation.
public enum ScoreOutcome: Hashable, Sendable, Codable {
  /// It was scored.
  case scored(score: Score)
  /// The engine could not score it.
  case failed
}

/// What the model did with a text.
public enum ActivationOutcome: Hashable, Sendable, Codable {
  /// It ran.
  case measured(probed: ProbedTokens)
  /// It was not run: the text is none that the round takes. The try is not used up.
  case refused(reason: TextRefusal)
  /// The engine could not run it. The try is used up and counts 0.
  case failed
}

/// A text's tokens and a unit's activation on each.
public struct ProbedTokens: Hashable, Sendable, Codable {
  /// The tokens as text; joined, they are what was written.
  public let tokens: [String]
  /// The unit's activation on each token, multiplied by its polarity; as long as `tokens`.
  public let activations: [Double]
  /// Whether five or more tokens in a row stand in a visible clue; the try then counts 0.
  public let isCopied: Bool
  /// Whether only its author sees the text until a moderator has looked at it.
  public let isHidden: Bool

  /// The tokens of one text; an activation that is no finite number becomes 0, as JSON has none.
  public init(tokens: [String], activations: [Double], isCopied: Bool, isHidden: Bool = false) {
    self.tokens = tokens
    self.activations = activations.map { $0.isFinite ? $0 : 0 }
    self.isCopied = isCopied
    self.isHidden = isHidden
  }

  /// The strongest activation, at least 0.
  public var peak: Double { activations.reduce(0, max) }
}

extension ProbedTokens {
  /// Reads what a journal keeps; one of an older server has no hidden texts.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      tokens: try values.decode([String].self, forKey: .tokens),
      activations: try values.decode([Double].self, forKey: .activations),
      isCopied: try values.decode(Bool.self, forKey: .isCopied),
      isHidden: try values.decodeIfPresent(Bool.self, forKey: .isHidden) ?? false)
  }
}

/// An answer of the engine, as a round takes it.
enum EngineReply {
  case check(CheckResult, seat: Int, attempt: Int)
  case score(ScoreOutcome, seat: Int, attempt: Int)
  case comparison(isSame: Bool)
  case activations(ActivationOutcome, seat: Int, attempt: Int)
}
