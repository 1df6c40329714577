public import ArenaTypes

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
    /// The units of a quest, which are all open from the start; empty in other kinds.
    public let rounds: [Wire.RoundView]

    /// A value of these parts.
    public init(
      run: Wire.Run,
      rounds: [Wire.RoundView] = []
    ) {
      self.run = run
      self.rounds = rounds
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

  /// The run after the command.
  public struct RunChanged: Hashable, Sendable {
    /// The run as it is now.
    public let run: Wire.Run

    /// A value of these parts.
    public init(run: Wire.Run) {
      self.run = run
    }
  }

  /// A page of a final board.
  public struct FinalPage: Hashable, Sendable {
    /// The contest.
    public let contest: ContestID
    /// What the board is sealed with.
    public let seal: Wire.ContestSeal
    /// How many rows the board has.
    public let count: Int
    /// The rank of the first row of this page.
    public let from: Int
    /// The rows, 500 at most.
    public let entries: [Wire.FinalEntry]

    /// A value of these parts.
    public init(
      contest: ContestID,
      seal: Wire.ContestSeal,
      count: Int,
      from: Int,
      entries: [Wire.FinalEntry]
    ) {
      self.contest = contest
      self.seal = seal
      self.count = count
      self.from = from
      self.entries = entries
    }
  }

  /// A unit's page.
  public struct UnitOpened: Hashable, Sendable {
    /// The page.
    public let unit: Wire.UnitPage
    /// What texts may be tried on it; null where its model is not at hand.
    public let texts: Wire.TextOffer?
    /// Where its public data can be had without a connection.
    public let links: Wire.UnitLinks?

    /// A value of these parts.
    public init(
      unit: Wire.UnitPage, texts: Wire.TextOffer? = nil, links: Wire.UnitLinks? = nil
    ) {
      self.unit = unit
      self.texts = texts
      self.links = links
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
      writer.field("rounds", rounds)
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
      writer.field("texts", texts)
      writer.field("links", links)
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

extension ServerAnswer.RunChanged: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("run", run)
    }
  }
}

extension ServerAnswer.FinalPage: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("contest", contest)
      writer.field("seal", seal)
      writer.field("count", count)
      writer.field("from", from)
      writer.field("entries", entries)
    }
  }
}
