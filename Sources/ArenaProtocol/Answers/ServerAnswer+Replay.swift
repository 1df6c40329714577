public import ArenaTypes

extension ServerAnswer {
  /// A page of what happened in a finished duel.
  public struct ReplayPage: Hashable, Sendable {
    /// The duel.
    public let duel: DuelID
    /// What its rounds were.
    public let format: Wire.DuelFormat
    /// How many rounds the format has.
    public let rounds: Int
    /// The two seats.
    public let players: Wire.Pair<Wire.Seat>
    /// When it was made.
    public let startedAt: Timestamp
    /// When it ended.
    public let endedAt: Timestamp
    /// How many events there are.
    public let count: Int
    /// The number of the first event of this page, from 0.
    public let from: Int
    /// The events, in order.
    public let events: [Wire.ReplayEvent]

    /// A value of these parts.
    public init(
      duel: DuelID, format: Wire.DuelFormat, rounds: Int, players: Wire.Pair<Wire.Seat>,
      startedAt: Timestamp, endedAt: Timestamp, count: Int, from: Int,
      events: [Wire.ReplayEvent]
    ) {
      self.duel = duel
      self.format = format
      self.rounds = rounds
      self.players = players
      self.startedAt = startedAt
      self.endedAt = endedAt
      self.count = count
      self.from = from
      self.events = events
    }
  }
}

extension ServerAnswer.ReplayPage: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("duel", duel)
      writer.field("format", format)
      writer.field("rounds", rounds)
      writer.field("players", players)
      writer.field("startedAt", startedAt)
      writer.field("endedAt", endedAt)
      writer.field("count", count)
      writer.field("from", from)
      writer.field("events", events)
    }
  }
}
