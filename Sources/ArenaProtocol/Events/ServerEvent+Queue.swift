public import ArenaTypes

extension ServerEvent {
  /// The place in the queue, when it was taken and whenever what it says has changed.
  public struct QueueWaiting: Hashable, Sendable {
    /// The place, with the bot on offer if there is one.
    public let queue: Wire.QueueStatus

    /// A value of these parts.
    public init(queue: Wire.QueueStatus) {
      self.queue = queue
    }
  }

  /// Waiting takes long: a bot would play at once.
  public struct QueueBotOffered: Hashable, Sendable {
    /// What would be played.
    public let format: Wire.DuelFormat
    /// The bot.
    public let bot: Wire.BotOffer

    /// A value of these parts.
    public init(format: Wire.DuelFormat, bot: Wire.BotOffer) {
      self.format = format
      self.bot = bot
    }
  }

  /// The player no longer waits.
  public struct QueueLeft: Hashable, Sendable {
    /// What it waited for.
    public let format: Wire.DuelFormat
    /// Why.
    public let reason: Wire.LeaveReason

    /// A value of these parts.
    public init(format: Wire.DuelFormat, reason: Wire.LeaveReason) {
      self.format = format
      self.reason = reason
    }
  }

  /// There is a duel: subscribe to it.
  public struct DuelMatched: Hashable, Sendable {
    /// Its name.
    public let duel: DuelID
    /// What its rounds are.
    public let format: Wire.DuelFormat
    /// Where the player sits.
    public let seat: Int
    /// Whom it plays.
    public let opponent: Wire.Seat
    /// When the first round opens.
    public let startsAt: Timestamp
    /// Whether it came from an invitation.
    public let isPrivate: Bool
    /// The duel before, if it is a rematch.
    public let rematchOf: DuelID?

    /// A value of these parts.
    public init(
      duel: DuelID,
      format: Wire.DuelFormat,
      seat: Int,
      opponent: Wire.Seat,
      startsAt: Timestamp,
      isPrivate: Bool,
      rematchOf: DuelID?
    ) {
      self.duel = duel
      self.format = format
      self.seat = seat
      self.opponent = opponent
      self.startsAt = startsAt
      self.isPrivate = isPrivate
      self.rematchOf = rematchOf
    }
  }

  /// The opponent of a finished duel would play again: answer with `duel.rematch`.
  public struct DuelRematchOffered: Hashable, Sendable {
    /// The finished duel.
    public let duel: DuelID
    /// Until when.
    public let expiresAt: Timestamp

    /// A value of these parts.
    public init(duel: DuelID, expiresAt: Timestamp) {
      self.duel = duel
      self.expiresAt = expiresAt
    }
  }
}

extension ServerEvent.QueueWaiting: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("queue", queue)
    }
  }
}

extension ServerEvent.QueueBotOffered: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("format", format)
      writer.field("bot", bot)
    }
  }
}

extension ServerEvent.QueueLeft: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("format", format)
      writer.field("reason", reason)
    }
  }
}

extension ServerEvent.DuelMatched: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("duel", duel)
      writer.field("format", format)
      writer.field("seat", seat)
      writer.field("opponent", opponent)
      writer.field("startsAt", startsAt)
      writer.field("private", isPrivate)
      writer.field("rematchOf", rematchOf)
    }
  }
}

extension ServerEvent.DuelRematchOffered: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("duel", duel)
      writer.field("expiresAt", expiresAt)
    }
  }
}
