extension ServerAnswer {
  /// The contests.
  public struct ContestList: Hashable, Sendable {
    /// The open one first.
    public let contests: [Wire.ContestSummary]

    /// A value of these parts.
    public init(contests: [Wire.ContestSummary]) {
      self.contests = contests
    }
  }

  /// The run, which may have been going on already.
  public struct RunStarted: Hashable, Sendable {
    /// The run.
    public let run: Wire.Run

    /// A value of these parts.
    public init(run: Wire.Run) {
      self.run = run
    }
  }

  /// Whether it was right, and the next question.
  public struct ContestJudged: Hashable, Sendable {
    /// The question that was answered.
    public let question: Int
    /// Whether it was right.
    public let right: Bool
    /// The side that is right.
    public let rightSide: Wire.Side
    /// The run after it, with the next question.
    public let run: Wire.Run

    /// A value of these parts.
    public init(question: Int, right: Bool, rightSide: Wire.Side, run: Wire.Run) {
      self.question = question
      self.right = right
      self.rightSide = rightSide
      self.run = run
    }
  }

  /// A unit's page.
  public struct UnitOpened: Hashable, Sendable {
    /// The page.
    public let unit: Wire.UnitPage

    /// A value of these parts.
    public init(unit: Wire.UnitPage) {
      self.unit = unit
    }
  }

  /// A page of the log.
  public struct AuditPage: Hashable, Sendable {
    /// The entries, the latest first.
    public let entries: [Wire.AuditEntry]

    /// A value of these parts.
    public init(entries: [Wire.AuditEntry]) {
      self.entries = entries
    }
  }
}

extension ServerAnswer.ContestList: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("contests", contests)
    }
  }
}

extension ServerAnswer.RunStarted: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("run", run)
    }
  }
}

extension ServerAnswer.ContestJudged: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("question", question)
      writer.field("right", right)
      writer.field("rightSide", rightSide)
      writer.field("run", run)
    }
  }
}

extension ServerAnswer.UnitOpened: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("unit", unit)
    }
  }
}

extension ServerAnswer.AuditPage: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("entries", entries)
    }
  }
}
