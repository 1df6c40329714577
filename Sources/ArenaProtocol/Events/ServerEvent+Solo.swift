extension ServerEvent {
  /// A text of the player's solo play has got its score.
  public struct SoloScored: Hashable, Sendable {
    /// The text.
    public let text: Wire.SoloText
    /// The best explanation of the unit by anybody else, where one has a score.
    public let best: Wire.ExplanationCredit?
    /// A sentence that fits it.
    public let tip: Wire.Tip
    /// What the unit did on a fresh text, and what the explanation expects there.
    public let heat: Wire.Heat?
    /// The scores that are left.
    public let budget: Wire.ScoringBudget

    /// A value of these parts.
    public init(
      text: Wire.SoloText,
      best: Wire.ExplanationCredit?,
      tip: Wire.Tip,
      heat: Wire.Heat?,
      budget: Wire.ScoringBudget
    ) {
      self.text = text
      self.best = best
      self.tip = tip
      self.heat = heat
      self.budget = budget
    }
  }
}

extension ServerEvent.SoloScored: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("text", text)
      writer.field("best", best)
      writer.field("tip", tip)
      writer.field("heat", heat)
      writer.field("budget", budget)
    }
  }
}
