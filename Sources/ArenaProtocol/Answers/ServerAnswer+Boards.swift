public import ArenaTypes

extension ServerAnswer {
  /// Rows of a board that stand one below the other, all of one version.
  public struct BoardPage: Hashable, Sendable {
    /// The board.
    public let board: BoardName
    /// The epoch of the version.
    public let epoch: String
    /// The version in which the rows of this board last changed; pages of the same one fit together.
    public let version: Int
    /// How many rows the board has.
    public let count: Int
    /// The rank of the first row of this page.
    public let from: Int
    /// The rows, 200 at most; none where the board has none there, or not the player.
    public let entries: [Wire.BoardEntry]

    /// A value of these parts.
    public init(
      board: BoardName,
      epoch: String,
      version: Int,
      count: Int,
      from: Int,
      entries: [Wire.BoardEntry]
    ) {
      self.board = board
      self.epoch = epoch
      self.version = version
      self.count = count
      self.from = from
      self.entries = entries
    }
  }

  /// Where those are at home who stand on a board.
  public struct BoardTerritories: Hashable, Sendable {
    /// The board.
    public let board: BoardName
    /// The countries, or the regions of the board's country; those with the most first.
    public let territories: [Wire.TerritoryCount]

    /// A value of these parts.
    public init(board: BoardName, territories: [Wire.TerritoryCount]) {
      self.board = board
      self.territories = territories
    }
  }
}

extension ServerAnswer.BoardPage: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("board", board)
      writer.field("epoch", epoch)
      writer.field("version", version)
      writer.field("count", count)
      writer.field("from", from)
      writer.field("entries", entries)
    }
  }
}

extension ServerAnswer.BoardTerritories: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("board", board)
      writer.field("territories", territories)
    }
  }
}
