public import ArenaTypes

extension Wire {
  /// What everybody who followed a duel was told, and when.
  public struct ReplayEvent: Hashable, Sendable {
    /// When it happened.
    public let at: Timestamp
    /// What happened.
    public let event: ServerEvent

    /// A value of these parts.
    public init(at: Timestamp, event: ServerEvent) {
      self.at = at
      self.event = event
    }
  }

  /// A recorded duel of a person, without the name, that would be replayed with its own timing.
  public struct GhostOffer: Hashable, Sendable {
    /// What it is called.
    public let name: String
    /// About how well the person was rated then.
    public let rating: Double

    /// A value of these parts.
    public init(name: String, rating: Double) {
      self.name = name
      self.rating = rating
    }
  }

  /// A duel that ended a moment ago and can be replayed.
  public struct FinishedDuel: Hashable, Sendable {
    /// Its name, for `duel.replay`.
    public let id: DuelID
    /// What its rounds were.
    public let format: DuelFormat
    /// The names of the two.
    public let players: Pair<String>
    /// The points.
    public let totals: Pair<Int>
    /// When it ended.
    public let endedAt: Timestamp

    /// A value of these parts.
    public init(
      id: DuelID, format: DuelFormat, players: Pair<String>, totals: Pair<Int>,
      endedAt: Timestamp
    ) {
      self.id = id
      self.format = format
      self.players = players
      self.totals = totals
      self.endedAt = endedAt
    }
  }
}

extension Wire.ReplayEvent: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("at", at)
      writer.field("type", event.kind)
      writer.field("data", event.content)
    }
  }
}

extension Wire.GhostOffer: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("name", name)
      writer.field("rating", rating, decimals: 1)
    }
  }
}

extension Wire.FinishedDuel: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("id", id)
      writer.field("format", format)
      writer.field("players", players)
      writer.field("totals", totals)
      writer.field("endedAt", endedAt)
    }
  }
}
