extension Wire {
  /// How much there is of what lists hold.
  public struct ModerationTotals: Hashable, Sendable {
    /// How many players are connected.
    public let players: Int
    /// How many duels run.
    public let duels: Int
    /// How many texts wait for a look.
    public let texts: Int
    /// How many reports are open.
    public let reports: Int
    /// How many flags are open.
    public let flags: Int

    /// A value of these parts.
    public init(
      players: Int,
      duels: Int,
      texts: Int,
      reports: Int,
      flags: Int
    ) {
      self.players = players
      self.duels = duels
      self.texts = texts
      self.reports = reports
      self.flags = flags
    }
  }

  /// How the server is doing.
  public struct NodeHealth: Hashable, Sendable {
    /// How many engine jobs wait.
    public let engineQueue: Int
    /// How long the slowest shard let a message wait, in milliseconds.
    public let lagMilliseconds: Int
    /// How many commands came since the start.
    public let commands: Int
    /// Whether the server starts nothing new.
    public let draining: Bool

    /// A value of these parts.
    public init(
      engineQueue: Int,
      lagMilliseconds: Int,
      commands: Int,
      draining: Bool
    ) {
      self.engineQueue = engineQueue
      self.lagMilliseconds = lagMilliseconds
      self.commands = commands
      self.draining = draining
    }
  }
}

extension Wire.ModerationTotals: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("players", players)
      writer.field("duels", duels)
      writer.field("texts", texts)
      writer.field("reports", reports)
      writer.field("flags", flags)
    }
  }
}

extension Wire.NodeHealth: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("engineQueue", engineQueue)
      writer.field("lagMilliseconds", lagMilliseconds)
      writer.field("commands", commands)
      writer.field("draining", draining)
    }
  }
}
