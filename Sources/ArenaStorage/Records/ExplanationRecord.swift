public import ArenaTypes

/// Names a score: what was scored, on what, by which scorer.
public struct ScoreKey: Hashable, Sendable, Codable {
  /// The unit that was explained.
  public var unit: UnitID
  /// The text that was scored.
  public var text: ExplanationText
  /// The scorer's name and version.
  public var scorer: String

  /// A key of these parts.
  public init(unit: UnitID, text: ExplanationText, scorer: String) {
    self.unit = unit
    self.text = text
    self.scorer = scorer
  }
}

/// A score that was computed once and need not be again.
public struct ScoreRecord: Hashable, Sendable, Codable {
  /// The unit that was explained.
  public var unit: UnitID
  /// The text that was scored.
  public var text: ExplanationText
  /// The score; `score.scorer` is part of the key.
  public var score: Score
  /// When it was computed.
  public var computedAt: Timestamp

  /// What it is found by: scores of other scorers stand beside it.
  public var key: ScoreKey { ScoreKey(unit: unit, text: text, scorer: score.scorer) }

  /// A score of these parts.
  public init(unit: UnitID, text: ExplanationText, score: Score, computedAt: Timestamp) {
    self.unit = unit
    self.text = text
    self.score = score
    self.computedAt = computedAt
  }
}

/// What a player wrote about a unit.
public struct ExplanationRecord: Hashable, Sendable, Codable {
  /// The explanation; its id is the key.
  public var explanation: Explanation
  /// The campaign that the unit was asked in.
  public var campaign: CampaignID
  /// When it was written.
  public var createdAt: Timestamp
  /// Its score; nil while it is a draft.
  public var score: Score?
  /// Whether the word list or a moderator marked it as explicit.
  public var isExplicit: Bool
  /// Whether a moderator hid it.
  public var isHidden: Bool

  /// An explanation of these parts.
  public init(
    explanation: Explanation, campaign: CampaignID, createdAt: Timestamp, score: Score? = nil,
    isExplicit: Bool = false, isHidden: Bool = false
  ) {
    self.explanation = explanation
    self.campaign = campaign
    self.createdAt = createdAt
    self.score = score
    self.isExplicit = isExplicit
    self.isHidden = isHidden
  }
}
