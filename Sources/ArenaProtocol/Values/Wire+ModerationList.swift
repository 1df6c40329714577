public import ArenaTypes

extension Wire {
  /// One line of a moderator's list.
  public struct ModerationRow: Hashable, Sendable {
    /// Its name, which acts on it take.
    public let id: String
    /// What it is called.
    public let title: String
    /// More about it.
    public let detail: String
    /// When it began or came up.
    public let at: Timestamp
    /// How it stands, in a word.
    public let state: String?
    /// The player whom it concerns.
    public let player: PlayerID?
    /// When it ends.
    public let until: Timestamp?
    /// Who made it: a moderator's label or a player's id.
    public let by: String?
    /// A duel, a contest or a unit to look at, as `duel/ID`, `contest/ID` or `unit/ID`.
    public let link: String?

    /// A value of these parts.
    public init(
      id: String,
      title: String,
      detail: String,
      at: Timestamp,
      state: String? = nil,
      player: PlayerID? = nil,
      until: Timestamp? = nil,
      by: String? = nil,
      link: String? = nil
    ) {
      self.id = id
      self.title = title
      self.detail = detail
      self.at = at
      self.state = state
      self.player = player
      self.until = until
      self.by = by
      self.link = link
    }
  }

  /// An open connection, for a moderator.
  public struct LiveConnection: Hashable, Sendable {
    /// Where it comes from.
    public let address: String
    /// Since when it is open.
    public let since: Timestamp
    /// What it follows.
    public let topics: [String]

    /// A value of these parts.
    public init(
      address: String,
      since: Timestamp,
      topics: [String]
    ) {
      self.address = address
      self.since = since
      self.topics = topics
    }
  }

  /// A player, as a moderator sees one.
  public struct PlayerLook: Hashable, Sendable {
    /// Who.
    public let player: PlayerID
    /// What others see.
    public let name: String
    /// When the player first came.
    public let createdAt: Timestamp
    /// The rounds played to their end.
    public let roundsPlayed: Int
    /// The open connections, the oldest first.
    public let connections: [LiveConnection]
    /// The duel that is played.
    public let duel: DuelID?
    /// The contests with a run that goes on.
    public let contests: [ContestID]
    /// The bans and mutes in force.
    public let sanctions: [ModerationRow]
    /// Reports and flags that are open, the latest first.
    public let cases: [ModerationRow]
    /// The last duels, the latest first.
    public let duels: [ModerationRow]

    /// A value of these parts.
    public init(
      player: PlayerID,
      name: String,
      createdAt: Timestamp,
      roundsPlayed: Int,
      connections: [LiveConnection],
      duel: DuelID?,
      contests: [ContestID],
      sanctions: [ModerationRow],
      cases: [ModerationRow],
      duels: [ModerationRow]
    ) {
      self.player = player
      self.name = name
      self.createdAt = createdAt
      self.roundsPlayed = roundsPlayed
      self.connections = connections
      self.duel = duel
      self.contests = contests
      self.sanctions = sanctions
      self.cases = cases
      self.duels = duels
    }
  }
}

extension Wire.ModerationRow: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("id", id)
      writer.field("title", title)
      writer.field("detail", detail)
      writer.field("at", at)
      writer.field("state", state)
      writer.field("player", player)
      writer.field("until", until)
      writer.field("by", by)
      writer.field("link", link)
    }
  }
}

extension Wire.LiveConnection: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("address", address)
      writer.field("since", since)
      writer.field("topics", topics)
    }
  }
}

extension Wire.PlayerLook: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("player", player)
      writer.field("name", name)
      writer.field("createdAt", createdAt)
      writer.field("roundsPlayed", roundsPlayed)
      writer.field("connections", connections)
      writer.field("duel", duel)
      writer.field("contests", contests)
      writer.field("sanctions", sanctions)
      writer.field("cases", cases)
      writer.field("duels", duels)
    }
  }
}
