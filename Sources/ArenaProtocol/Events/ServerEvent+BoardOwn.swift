extension ServerEvent {
  /// The subscriber's own place on the board: on subscribing with `own`, and whenever it or a neighbour
  /// has changed.
  public struct BoardOwn: Hashable, Sendable {
    /// The board's version; it is also the frame's offset, which it doesn't move on.
    public let version: Int
    /// The rank; null for who doesn't stand on the board.
    public let rank: Int?
    /// How many are on the board.
    public let of: Int
    /// The rank of the first of `neighbours`; 1 where there are none.
    public let firstRank: Int
    /// The rows around, the subscriber's own included.
    public let neighbours: [Wire.BoardEntry]

    /// A value of these parts.
    public init(
      version: Int, rank: Int?, of: Int, firstRank: Int, neighbours: [Wire.BoardEntry]
    ) {
      self.version = version
      self.rank = rank
      self.of = of
      self.firstRank = firstRank
      self.neighbours = neighbours
    }
  }
}

extension ServerEvent.BoardOwn: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("version", version)
      writer.field("rank", rank)
      writer.field("of", of)
      writer.field("firstRank", firstRank)
      writer.field("neighbours", neighbours)
    }
  }
}
