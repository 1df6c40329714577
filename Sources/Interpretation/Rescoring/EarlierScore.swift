public import ArenaTypes

/// What a text scored before, wherever that was kept.
public struct EarlierScore: Hashable, Sendable {
  /// The unit that was explained.
  public let unit: UnitID
  /// The text that was scored.
  public let text: ExplanationText
  /// The score, 0 to 100.
  public let value: Double
  /// The scorer's name and version; nil where they were not kept.
  public let scorer: String?

  /// A score of these parts.
  public init(unit: UnitID, text: ExplanationText, value: Double, scorer: String?) {
    self.unit = unit
    self.text = text
    self.value = value
    self.scorer = scorer
  }
}

/// A text's score before and now.
public struct ScoreChange: Hashable, Sendable, Encodable {
  /// The unit that was explained.
  public let unit: UnitID
  /// The text that was scored.
  public let text: ExplanationText
  /// The score before.
  public let old: Double
  /// The score now.
  public let new: Double

  /// How much it rose; below 0 where it fell.
  public var rise: Double { new - old }

  /// A change of these parts.
  public init(unit: UnitID, text: ExplanationText, old: Double, new: Double) {
    self.unit = unit
    self.text = text
    self.old = old
    self.new = new
  }
}
