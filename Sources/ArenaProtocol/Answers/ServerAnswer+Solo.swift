public import ArenaTypes

extension ServerAnswer {
  /// The unit that the player is at.
  public struct SoloOpened: Hashable, Sendable {
    /// The unit.
    public let solo: Wire.SoloUnit

    /// A value of these parts.
    public init(
      solo: Wire.SoloUnit
    ) {
      self.solo = solo
    }
  }

  /// What has become of what was submitted.
  public struct SoloSubmitted: Hashable, Sendable {
    /// What has become of it.
    public let outcome: Wire.SubmitOutcome
    /// The new explanation, or the one that says the same.
    public let explanation: ExplanationID
    /// The unit after it.
    public let solo: Wire.SoloUnit

    /// A value of these parts.
    public init(
      outcome: Wire.SubmitOutcome,
      explanation: ExplanationID,
      solo: Wire.SoloUnit
    ) {
      self.outcome = outcome
      self.explanation = explanation
      self.solo = solo
    }
  }

  /// The explanation after the vote.
  public struct SoloVoted: Hashable, Sendable {
    /// The unit.
    public let unit: UnitID
    /// The explanation.
    public let explanation: Wire.SoloExplanation
    /// The scores that are left.
    public let budget: Wire.ScoringBudget

    /// A value of these parts.
    public init(
      unit: UnitID,
      explanation: Wire.SoloExplanation,
      budget: Wire.ScoringBudget
    ) {
      self.unit = unit
      self.explanation = explanation
      self.budget = budget
    }
  }

  /// The unit after the mark.
  public struct SoloMarked: Hashable, Sendable {
    /// The unit.
    public let solo: Wire.SoloUnit

    /// A value of these parts.
    public init(
      solo: Wire.SoloUnit
    ) {
      self.solo = solo
    }
  }

  /// What the player has done here.
  public struct ProfileOpened: Hashable, Sendable {
    /// The profile.
    public let profile: Wire.Profile

    /// A value of these parts.
    public init(
      profile: Wire.Profile
    ) {
      self.profile = profile
    }
  }
}

extension ServerAnswer.SoloOpened: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("solo", solo)
    }
  }
}

extension ServerAnswer.SoloSubmitted: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("outcome", outcome)
      writer.field("explanation", explanation)
      writer.field("solo", solo)
    }
  }
}

extension ServerAnswer.SoloVoted: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("unit", unit)
      writer.field("explanation", explanation)
      writer.field("budget", budget)
    }
  }
}

extension ServerAnswer.SoloMarked: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("solo", solo)
    }
  }
}

extension ServerAnswer.ProfileOpened: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("profile", profile)
    }
  }
}
