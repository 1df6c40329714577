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

  /// The content of `contest.submit`.
  public struct ContestSubmit: Hashable, Sendable {
    /// The contest.
    public let contest: ContestID
    /// The number of the round.
    public let round: Int
    /// The answer.
    public let answer: Wire.Answer

    /// A value of these parts.
    public init(contest: ContestID, round: Int, answer: Wire.Answer) {
      self.contest = contest
      self.round = round
      self.answer = answer
    }
  }

  /// The content of `contest.next`.
  public struct ContestNext: Hashable, Sendable {
    /// The contest.
    public let contest: ContestID
    /// The number of the round that is over.
    public let round: Int

    /// A value of these parts.
    public init(contest: ContestID, round: Int) {
      self.contest = contest
      self.round = round
    }
  }

  /// The content of `contest.final`.
  public struct ContestFinal: Hashable, Sendable {
    /// The contest.
    public let contest: ContestID
    /// The rank from which on rows are wanted.
    public let from: Int

    /// A value of these parts.
    public init(contest: ContestID, from: Int) {
      self.contest = contest
      self.from = from
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

extension ClientCommand.ContestSubmit {
  init(from fields: inout FieldReader) throws(Refusal) {
    contest = try fields.identifier("contest")
    round = try fields.integer("round", in: 1...99)
    answer = try fields.answer("answer")
  }
}

extension ClientCommand.ContestNext {
  init(from fields: inout FieldReader) throws(Refusal) {
    contest = try fields.identifier("contest")
    round = try fields.integer("round", in: 1...99)
  }
}

extension ClientCommand.ContestFinal {
  init(from fields: inout FieldReader) throws(Refusal) {
    contest = try fields.identifier("contest")
    from = try fields.integer("from", in: 1...100_000_000)
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

extension ClientCommand.ContestSubmit: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("contest", contest)
      writer.field("round", round)
      writer.field("answer", answer)
    }
  }
}

extension ClientCommand.ContestNext: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("contest", contest)
      writer.field("round", round)
    }
  }
}

extension ClientCommand.ContestFinal: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("contest", contest)
      writer.field("from", from)
    }
  }
}
