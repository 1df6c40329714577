public import ArenaTypes

extension ClientCommand {
  /// The content of `contest.start`.
  public struct ContestStart: Hashable, Sendable {
    /// The contest.
    public let contest: ContestID

    /// A value of these parts.
    public init(contest: ContestID) {
      self.contest = contest
    }
  }

  /// The content of `contest.answer`.
  public struct ContestAnswer: Hashable, Sendable {
    /// The contest.
    public let contest: ContestID
    /// The number of the question.
    public let question: Int
    /// The chosen side.
    public let side: Wire.Side

    /// A value of these parts.
    public init(contest: ContestID, question: Int, side: Wire.Side) {
      self.contest = contest
      self.question = question
      self.side = side
    }
  }
}

extension ClientCommand.ContestStart {
  init(from fields: inout FieldReader) throws(Refusal) {
    contest = try fields.identifier("contest")
  }
}

extension ClientCommand.ContestAnswer {
  init(from fields: inout FieldReader) throws(Refusal) {
    contest = try fields.identifier("contest")
    question = try fields.integer("question", in: 1...9999)
    side = try fields.choice("side")
  }
}

extension ClientCommand.ContestStart: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("contest", contest)
    }
  }
}

extension ClientCommand.ContestAnswer: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("contest", contest)
      writer.field("question", question)
      writer.field("side", side)
    }
  }
}
