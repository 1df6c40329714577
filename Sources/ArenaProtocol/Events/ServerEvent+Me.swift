public import ArenaTypes

extension ServerEvent {
  /// All that is private to the player; sent where missed events can't be told one by one.
  public struct MeSnapshot: Hashable, Sendable {
    /// The player.
    public let player: Wire.Player
    /// The duel that it is in.
    public let activeDuel: DuelID?
    /// Its place in the queue.
    public let queue: Wire.QueueStatus?
    /// Its open invitation.
    public let invite: Wire.Invite?
    /// Its running run.
    public let run: Wire.Run?
    /// All its runs in contests that are not over.
    public let runs: [Wire.Run]

    /// A value of these parts.
    public init(
      player: Wire.Player,
      activeDuel: DuelID?,
      queue: Wire.QueueStatus?,
      invite: Wire.Invite?,
      run: Wire.Run?,
      runs: [Wire.Run] = []
    ) {
      self.player = player
      self.activeDuel = activeDuel
      self.queue = queue
      self.invite = invite
      self.run = run
      self.runs = runs
    }
  }

  /// The player was changed, here or on another connection.
  public struct PlayerChanged: Hashable, Sendable {
    /// The player as it is now.
    public let player: Wire.Player

    /// A value of these parts.
    public init(player: Wire.Player) {
      self.player = player
    }
  }

  /// A duel has moved a rating.
  public struct RatingChanged: Hashable, Sendable {
    /// Of which format.
    public let format: Wire.DuelFormat
    /// By which duel.
    public let duel: DuelID
    /// Before and after.
    public let change: Wire.RatingChange

    /// A value of these parts.
    public init(format: Wire.DuelFormat, duel: DuelID, change: Wire.RatingChange) {
      self.format = format
      self.duel = duel
      self.change = change
    }
  }

  /// A moderator has closed the player's connections; the socket closes after this.
  public struct Kicked: Hashable, Sendable {
    /// Why.
    public let reason: String
    /// Until when the player is kept away; null if it may return at once.
    public let until: Timestamp?

    /// A value of these parts.
    public init(reason: String, until: Timestamp?) {
      self.reason = reason
      self.until = until
    }
  }

  /// A sentence for the player.
  public struct Notice: Hashable, Sendable {
    /// How loudly.
    public let level: Wire.NoticeLevel
    /// The sentence.
    public let text: String

    /// A value of these parts.
    public init(level: Wire.NoticeLevel, text: String) {
      self.level = level
      self.text = text
    }
  }
}

extension ServerEvent.MeSnapshot: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("player", player)
      writer.field("activeDuel", activeDuel)
      writer.field("queue", queue)
      writer.field("invite", invite)
      writer.field("run", run)
      writer.field("runs", runs)
    }
  }
}

extension ServerEvent.PlayerChanged: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("player", player)
    }
  }
}

extension ServerEvent.RatingChanged: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("format", format)
      writer.field("duel", duel)
      writer.field("change", change)
    }
  }
}

extension ServerEvent.Kicked: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("reason", reason)
      writer.field("until", until)
    }
  }
}

extension ServerEvent.Notice: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("level", level)
      writer.field("text", text)
    }
  }
}
