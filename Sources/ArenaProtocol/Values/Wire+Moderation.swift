public import ArenaTypes

extension Wire {
  /// A connected player, for a moderator.
  public struct LivePlayer: Hashable, Sendable {
    /// Who.
    public let player: PlayerID
    /// What others see.
    public let name: String
    /// How many connections it has.
    public let connections: Int
    /// When the oldest of them was opened.
    public let connectedSince: Timestamp
    /// The duel that it plays.
    public let duel: DuelID?
    /// The contest in which it has a running run.
    public let contest: ContestID?

    /// A value of these parts.
    public init(
      player: PlayerID,
      name: String,
      connections: Int,
      connectedSince: Timestamp,
      duel: DuelID?,
      contest: ContestID?
    ) {
      self.player = player
      self.name = name
      self.connections = connections
      self.connectedSince = connectedSince
      self.duel = duel
      self.contest = contest
    }
  }

  /// All live sessions, for a moderator.
  public struct ModerationView: Hashable, Sendable {
    /// How many connections there are.
    public let connections: Int
    /// Connected players, the latest first, 500 at most.
    public let players: [LivePlayer]
    /// Running duels, 500 at most.
    public let duels: [DuelListing]
    /// Contests that are not final.
    public let contests: [ContestSummary]
    /// How many wait in the queue.
    public let queues: Counts
    /// How much there is of what `moderate.list` lists.
    public let totals: ModerationTotals
    /// How the server is doing.
    public let health: NodeHealth

    /// A value of these parts.
    public init(
      connections: Int,
      players: [LivePlayer],
      duels: [DuelListing],
      contests: [ContestSummary],
      queues: Counts,
      totals: ModerationTotals,
      health: NodeHealth
    ) {
      self.connections = connections
      self.players = players
      self.duels = duels
      self.contests = contests
      self.queues = queues
      self.totals = totals
      self.health = health
    }
  }

  /// One act of a moderator; the log is never changed.
  public struct AuditEntry: Hashable, Sendable {
    /// Its number in the log.
    public let number: Int
    /// When.
    public let at: Timestamp
    /// Who: the label of the token.
    public let moderator: String
    /// What: the type of the command.
    public let action: String
    /// On what: the id of a duel, contest or player.
    public let target: String?
    /// Why, as the moderator wrote.
    public let reason: String
    /// What undoes it, with `moderate.undo`; null where nothing does.
    public let undo: ActKind?

    /// A value of these parts.
    public init(
      number: Int,
      at: Timestamp,
      moderator: String,
      action: String,
      target: String?,
      reason: String,
      undo: ActKind? = nil
    ) {
      self.number = number
      self.at = at
      self.moderator = moderator
      self.action = action
      self.target = target
      self.reason = reason
      self.undo = undo
    }
  }
}

extension Wire.LivePlayer: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("player", player)
      writer.field("name", name)
      writer.field("connections", connections)
      writer.field("connectedSince", connectedSince)
      writer.field("duel", duel)
      writer.field("contest", contest)
    }
  }
}

extension Wire.ModerationView: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("connections", connections)
      writer.field("players", players)
      writer.field("duels", duels)
      writer.field("contests", contests)
      writer.field("queues", queues)
      writer.field("totals", totals)
      writer.field("health", health)
    }
  }
}

extension Wire.AuditEntry: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("number", number)
      writer.field("at", at)
      writer.field("moderator", moderator)
      writer.field("action", action)
      writer.field("target", target)
      writer.field("reason", reason)
      writer.field("undo", undo)
    }
  }
}
