public import ArenaTypes

extension ServerEvent {
  /// The player's run has changed other than by an answer: started, paused, resumed, over.
  public struct ContestRun: Hashable, Sendable {
    /// The run.
    public let run: Wire.Run

    /// A value of these parts.
    public init(run: Wire.Run) {
      self.run = run
    }
  }

  /// A question of the player's run was answered, here or on another connection, or its time ran out.
  public struct ContestJudged: Hashable, Sendable {
    /// The contest.
    public let contest: ContestID
    /// The question.
    public let question: Int
    /// What was chosen; null if its time ran out.
    public let side: Wire.Side?
    /// Whether it was right.
    public let right: Bool
    /// The side that is right.
    public let rightSide: Wire.Side
    /// The run after it, with the next question.
    public let run: Wire.Run

    /// A value of these parts.
    public init(
      contest: ContestID,
      question: Int,
      side: Wire.Side?,
      right: Bool,
      rightSide: Wire.Side,
      run: Wire.Run
    ) {
      self.contest = contest
      self.question = question
      self.side = side
      self.right = right
      self.rightSide = rightSide
      self.run = run
    }
  }

  /// The player's own place on a board, when it has changed and on subscribing to the board.
  public struct BoardYou: Hashable, Sendable {
    /// The contest.
    public let contest: ContestID
    /// The board's version.
    public let version: Int
    /// The rank.
    public let rank: Int
    /// How many are on the board.
    public let of: Int
    /// The rank of the first of `neighbours`.
    public let firstRank: Int
    /// The rows around, the player's own included.
    public let neighbours: [Wire.BoardEntry]

    /// A value of these parts.
    public init(
      contest: ContestID,
      version: Int,
      rank: Int,
      of: Int,
      firstRank: Int,
      neighbours: [Wire.BoardEntry]
    ) {
      self.contest = contest
      self.version = version
      self.rank = rank
      self.of = of
      self.firstRank = firstRank
      self.neighbours = neighbours
    }
  }

  /// The top of the board, and what it is of.
  public struct BoardSnapshot: Hashable, Sendable {
    /// The contest; null on the board of a campaign, of ratings or of a series.
    public let contest: Wire.ContestSummary?
    /// The board's version; it is also the frame's offset.
    public let version: Int
    /// How many are on the whole board.
    public let count: Int
    /// The top, the first first; 100 at most.
    public let entries: [Wire.BoardEntry]
    /// What everybody sees beside the board, in a live contest.
    public let stage: Wire.ContestStage?
    /// What a board is of that is no contest's; null on a contest's.
    public let standing: Wire.Standing?

    /// A value of these parts.
    public init(
      contest: Wire.ContestSummary?,
      version: Int,
      count: Int,
      entries: [Wire.BoardEntry],
      stage: Wire.ContestStage? = nil,
      standing: Wire.Standing? = nil
    ) {
      self.standing = standing
      self.contest = contest
      self.version = version
      self.count = count
      self.entries = entries
      self.stage = stage
    }
  }

  /// What changed at the top between two versions; a client whose version is not `from` subscribes again.
  public struct BoardDelta: Hashable, Sendable {
    /// The version before.
    public let from: Int
    /// The version after; it is also the frame's offset.
    public let to: Int
    /// How many are on the whole board.
    public let count: Int
    /// The contest as it is now, if it has changed; null otherwise.
    public let contest: Wire.ContestSummary?
    /// The steps, one after the other; they lead exactly to the new top.
    public let operations: [Wire.BoardOperation]
    /// The stage of a live contest, if it has changed; null otherwise.
    public let stage: Wire.ContestStage?
    /// What a board is of that is no contest's, if it has changed; null otherwise.
    public let standing: Wire.Standing?

    /// A value of these parts.
    public init(
      from: Int,
      to: Int,
      count: Int,
      contest: Wire.ContestSummary?,
      operations: [Wire.BoardOperation],
      stage: Wire.ContestStage? = nil,
      standing: Wire.Standing? = nil
    ) {
      self.standing = standing
      self.from = from
      self.to = to
      self.count = count
      self.contest = contest
      self.operations = operations
      self.stage = stage
    }
  }
}

extension ServerEvent.ContestRun: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("run", run)
    }
  }
}

extension ServerEvent.ContestJudged: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("contest", contest)
      writer.field("question", question)
      writer.field("side", side)
      writer.field("right", right)
      writer.field("rightSide", rightSide)
      writer.field("run", run)
    }
  }
}

extension ServerEvent.BoardYou: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("contest", contest)
      writer.field("version", version)
      writer.field("rank", rank)
      writer.field("of", of)
      writer.field("firstRank", firstRank)
      writer.field("neighbours", neighbours)
    }
  }
}

extension ServerEvent.BoardSnapshot: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("contest", contest)
      writer.field("version", version)
      writer.field("count", count)
      writer.field("entries", entries)
      writer.field("stage", stage)
      writer.field("standing", standing)
    }
  }
}

extension ServerEvent.BoardDelta: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("from", from)
      writer.field("to", to)
      writer.field("count", count)
      writer.field("contest", contest)
      writer.field("operations", operations)
      writer.field("stage", stage)
      writer.field("standing", standing)
    }
  }
}
