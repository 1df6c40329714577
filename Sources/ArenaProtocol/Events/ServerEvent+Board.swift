public import ArenaTypes

extension ServerEvent {
  /// The player's run has changed by itself or on another connection: paused, resumed, out of time.
  public struct ContestRun: Hashable, Sendable {
    /// The run.
    public let run: Wire.Run

    /// A value of these parts.
    public init(run: Wire.Run) {
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

  /// The top of the board and its contest.
  public struct BoardSnapshot: Hashable, Sendable {
    /// The contest.
    public let contest: Wire.ContestSummary
    /// The board's version; it is also the frame's offset.
    public let version: Int
    /// How many are on the whole board.
    public let count: Int
    /// The top, the first first; 100 at most.
    public let entries: [Wire.BoardEntry]

    /// A value of these parts.
    public init(
      contest: Wire.ContestSummary,
      version: Int,
      count: Int,
      entries: [Wire.BoardEntry]
    ) {
      self.contest = contest
      self.version = version
      self.count = count
      self.entries = entries
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
    /// The contest's state, if it has changed.
    public let state: Wire.ContestState?
    /// The steps, one after the other; they lead exactly to the new top.
    public let operations: [Wire.BoardOperation]

    /// A value of these parts.
    public init(
      from: Int,
      to: Int,
      count: Int,
      state: Wire.ContestState?,
      operations: [Wire.BoardOperation]
    ) {
      self.from = from
      self.to = to
      self.count = count
      self.state = state
      self.operations = operations
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
      writer.field("state", state)
      writer.field("operations", operations)
    }
  }
}
