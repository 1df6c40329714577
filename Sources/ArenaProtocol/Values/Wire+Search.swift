extension Wire {
  /// What units are found by.
  public enum SearchKind: String, Hashable, Sendable, CaseIterable, JSONWritable {
    /// What their explanations mean.
    case meaning
    /// The words on which they fire.
    case token
  }

  /// A unit that was found.
  public struct UnitHit: Hashable, Sendable {
    /// The unit.
    public let unit: UnitCard
    /// The explanation that was found, or the unit's best; null where it has none.
    public let explanation: ExplanationCredit?
    /// How near it is, 0 to 1: of meanings the cosine, of words the activation by the unit's scale.
    public let likeness: Double
    /// A text on which it fires; null where all are hidden by the player's settings.
    public let clue: Clue?

    /// A value of these parts.
    public init(
      unit: UnitCard, explanation: ExplanationCredit?, likeness: Double, clue: Clue?
    ) {
      self.unit = unit
      self.explanation = explanation
      self.likeness = likeness
      self.clue = clue
    }
  }
}

extension Wire.UnitHit: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("unit", unit)
      writer.field("explanation", explanation)
      writer.field("likeness", likeness, decimals: 3)
      writer.field("clue", clue)
    }
  }
}
