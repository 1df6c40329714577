public import ArenaTypes

extension Wire {
  /// What a final board is sealed with; `protocol/board-seal.md` tells how the hash is made.
  public struct ContestSeal: Hashable, Sendable {
    /// The hash of the board's canonical text, SHA-256 as 64 hexadecimal digits.
    public let hash: String
    /// The rules in one line, as in the canonical text.
    public let rules: String
    /// What every draw came from, a decimal number of up to 20 digits.
    public let seed: String
    /// When the board became final.
    public let settledAt: Timestamp
    /// How many answers the engine never scored; they count nothing.
    public let lost: Int
    /// How many texts keep their first score, because no settled one came in time.
    public let unsettled: Int
    /// The hash of the board before, where a moderator changed it.
    public let amends: String?

    /// A value of these parts.
    public init(
      hash: String,
      rules: String,
      seed: String,
      settledAt: Timestamp,
      lost: Int,
      unsettled: Int,
      amends: String?
    ) {
      self.hash = hash
      self.rules = rules
      self.seed = seed
      self.settledAt = settledAt
      self.lost = lost
      self.unsettled = unsettled
      self.amends = amends
    }
  }

  /// One row of a final board, with all that is hashed.
  public struct FinalEntry: Hashable, Sendable {
    /// Who.
    public let player: PlayerID
    /// What others see; it is not hashed.
    public let name: String
    /// The points.
    public let points: Int
    /// When the points were reached.
    public let finishedAt: Timestamp
    /// When the player joined.
    public let joinedAt: Timestamp

    /// A value of these parts.
    public init(
      player: PlayerID,
      name: String,
      points: Int,
      finishedAt: Timestamp,
      joinedAt: Timestamp
    ) {
      self.player = player
      self.name = name
      self.points = points
      self.finishedAt = finishedAt
      self.joinedAt = joinedAt
    }
  }
}

extension Wire.ContestSeal: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("hash", hash)
      writer.field("rules", rules)
      writer.field("seed", seed)
      writer.field("settledAt", settledAt)
      writer.field("lost", lost)
      writer.field("unsettled", unsettled)
      writer.field("amends", amends)
    }
  }
}

extension Wire.FinalEntry: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("player", player)
      writer.field("name", name)
      writer.field("points", points)
      writer.field("finishedAt", finishedAt)
      writer.field("joinedAt", joinedAt)
    }
  }
}
