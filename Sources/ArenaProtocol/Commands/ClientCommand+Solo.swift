public import ArenaTypes

extension ClientCommand {
  /// The content of `solo.open`.
  public struct SoloOpen: Hashable, Sendable {
    /// The unit; without it, or null, the one that the player is at.
    public let unit: UnitID?

    /// A value of these parts.
    public init(
      unit: UnitID? = nil
    ) {
      self.unit = unit
    }
  }

  /// The content of `solo.next`.
  public struct SoloNext: Hashable, Sendable {
    /// The unit that the player is at.
    public let unit: UnitID

    /// A value of these parts.
    public init(
      unit: UnitID
    ) {
      self.unit = unit
    }
  }

  /// The content of `solo.back`.
  public struct SoloBack: Hashable, Sendable {
    /// The unit that the player is at.
    public let unit: UnitID

    /// A value of these parts.
    public init(
      unit: UnitID
    ) {
      self.unit = unit
    }
  }

  /// The content of `solo.submit`.
  public struct SoloSubmit: Hashable, Sendable {
    /// The unit.
    public let unit: UnitID
    /// What it says: one to three meanings joined by `|`.
    public let text: String

    /// A value of these parts.
    public init(
      unit: UnitID,
      text: String
    ) {
      self.unit = unit
      self.text = text
    }
  }

  /// The content of `solo.vote`.
  public struct SoloVote: Hashable, Sendable {
    /// The unit.
    public let unit: UnitID
    /// The explanation.
    public let explanation: ExplanationID
    /// The vote.
    public let vote: Wire.VoteDirection

    /// A value of these parts.
    public init(
      unit: UnitID,
      explanation: ExplanationID,
      vote: Wire.VoteDirection
    ) {
      self.unit = unit
      self.explanation = explanation
      self.vote = vote
    }
  }

  /// The content of `solo.mark`.
  public struct SoloMark: Hashable, Sendable {
    /// The unit.
    public let unit: UnitID
    /// What is said.
    public let mark: Wire.UnitMark

    /// A value of these parts.
    public init(
      unit: UnitID,
      mark: Wire.UnitMark
    ) {
      self.unit = unit
      self.mark = mark
    }
  }
}

extension ClientCommand.SoloOpen {
  init(from fields: inout FieldReader) throws(Refusal) {
    unit = try fields.unitOrNil("unit")
  }
}

extension ClientCommand.SoloNext {
  init(from fields: inout FieldReader) throws(Refusal) {
    unit = try fields.unit("unit")
  }
}

extension ClientCommand.SoloBack {
  init(from fields: inout FieldReader) throws(Refusal) {
    unit = try fields.unit("unit")
  }
}

extension ClientCommand.SoloSubmit {
  init(from fields: inout FieldReader) throws(Refusal) {
    unit = try fields.unit("unit")
    text = try fields.string("text", lengths: 0...Wire.Answer.textLengthMax, tooLong: .textTooLong)
  }
}

extension ClientCommand.SoloVote {
  init(from fields: inout FieldReader) throws(Refusal) {
    unit = try fields.unit("unit")
    explanation = try fields.identifier("explanation")
    vote = try fields.choice("vote")
  }
}

extension ClientCommand.SoloMark {
  init(from fields: inout FieldReader) throws(Refusal) {
    unit = try fields.unit("unit")
    mark = try fields.choice("mark")
  }
}

extension ClientCommand.SoloOpen: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("unit", unit)
    }
  }
}

extension ClientCommand.SoloNext: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("unit", unit)
    }
  }
}

extension ClientCommand.SoloBack: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("unit", unit)
    }
  }
}

extension ClientCommand.SoloSubmit: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("unit", unit)
      writer.field("text", text)
    }
  }
}

extension ClientCommand.SoloVote: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("unit", unit)
      writer.field("explanation", explanation)
      writer.field("vote", vote)
    }
  }
}

extension ClientCommand.SoloMark: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("unit", unit)
      writer.field("mark", mark)
    }
  }
}
