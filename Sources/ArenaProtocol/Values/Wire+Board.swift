public import ArenaTypes

extension Wire {
  /// One row of a board; its rank is given by its position.
  public struct BoardEntry: Hashable, Sendable {
    /// Who.
    public let player: PlayerID
    /// What others see.
    public let name: String
    /// The points: one for each right answer of a race.
    public let points: Int
    /// When the points were reached; of equals the earlier stands higher.
    public let finishedAt: Timestamp
    /// Where the player is at home; absent where that wasn't said.
    public let territory: Territory?

    /// A value of these parts.
    public init(
      player: PlayerID, name: String, points: Int, finishedAt: Timestamp,
      territory: Territory? = nil
    ) {
      self.player = player
      self.name = name
      self.points = points
      self.finishedAt = finishedAt
      self.territory = territory
    }
  }
}

extension Wire.BoardEntry: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("player", player)
      writer.field("name", name)
      writer.field("points", points)
      writer.field("finishedAt", finishedAt)
      if territory != nil { writer.field("territory", territory) }
    }
  }
}
