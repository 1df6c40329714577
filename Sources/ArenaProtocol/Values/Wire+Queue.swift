public import ArenaTypes

extension Wire {
  /// Why a player still waits in the queue.
  public enum WaitReason: String, Hashable, Sendable, CaseIterable, JSONWritable {
    /// Nobody else waits for this format.
    case alone
    /// Others wait; the accepted rating gap is still too small.
    case widening
    /// Those who wait may be the same person.
    case sameIdentity
  }

  /// Why a player is no longer in the queue.
  public enum LeaveReason: String, Hashable, Sendable, CaseIterable, JSONWritable {
    /// The player asked to leave.
    case left
    /// A duel was found.
    case matched
    /// The last connection of the player closed.
    case disconnected
    /// The server goes down.
    case closing
  }

  /// A player's place in the matchmaking queue.
  public struct QueueStatus: Hashable, Sendable {
    /// What it waits for.
    public let format: DuelFormat
    /// Since when.
    public let since: Timestamp
    /// The rating difference that is accepted now.
    public let gap: Double
    /// Why it still waits.
    public let reason: WaitReason
    /// How many others wait for this format.
    public let others: Int
    /// The bot that it may play instead, once that is on offer.
    public var bot: BotOffer?
    /// The campaign that is asked about; nil for the first one of an older server.
    public let campaign: CampaignID?
    /// The recording that it may play instead, once one is on offer.
    public var ghost: GhostOffer?

    /// A value of these parts.
    public init(
      format: DuelFormat,
      since: Timestamp,
      gap: Double,
      reason: WaitReason,
      others: Int,
      bot: BotOffer?,
      campaign: CampaignID? = nil,
      ghost: GhostOffer? = nil
    ) {
      self.format = format
      self.since = since
      self.gap = gap
      self.reason = reason
      self.others = others
      self.bot = bot
      self.campaign = campaign
      self.ghost = ghost
    }
  }

  /// A labelled program that would play at once.
  public struct BotOffer: Hashable, Sendable {
    /// What it is called.
    public let name: String
    /// How strong it plays.
    public let rating: Double

    /// A value of these parts.
    public init(name: String, rating: Double) {
      self.name = name
      self.rating = rating
    }
  }

  /// A private duel that waits for its second player.
  public struct Invite: Hashable, Sendable {
    /// What the other player enters.
    public let code: String
    /// What its rounds are.
    public let format: DuelFormat
    /// The path to append to the server's address for a link.
    public let path: String
    /// Until when it can be joined.
    public let expiresAt: Timestamp

    /// A value of these parts.
    public init(code: String, format: DuelFormat, path: String, expiresAt: Timestamp) {
      self.code = code
      self.format = format
      self.path = path
      self.expiresAt = expiresAt
    }
  }
}

extension Wire.QueueStatus: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("format", format)
      writer.field("since", since)
      writer.field("gap", gap, decimals: 1)
      writer.field("reason", reason)
      writer.field("others", others)
      writer.field("bot", bot)
      writer.field("campaign", campaign)
      writer.field("ghost", ghost)
    }
  }
}

extension Wire.BotOffer: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("name", name)
      writer.field("rating", rating, decimals: 1)
    }
  }
}

extension Wire.Invite: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("code", code)
      writer.field("format", format)
      writer.field("path", path)
      writer.field("expiresAt", expiresAt)
    }
  }
}
