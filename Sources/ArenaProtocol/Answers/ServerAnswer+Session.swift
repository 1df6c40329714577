public import ArenaTypes

extension ServerAnswer {
  /// Who you are and where you are.
  public struct Welcome: Hashable, Sendable {
    /// The player of this connection.
    public let player: Wire.Player
    /// The new guest's secret, told only this once; null for a known player.
    public let secret: String?
    /// What this connection may do.
    public let role: Wire.Role
    /// The server's clock.
    public let serverTime: Timestamp
    /// The duel that the player is in: subscribe to it.
    public let activeDuel: DuelID?
    /// The contest in which the player's clock runs.
    public let activeRun: ContestID?
    /// What is played here.
    public let campaign: Wire.CampaignSummary
    /// The limits of texts and names.
    public let limits: Wire.Limits
    /// All the campaigns that are open, that one first.
    public let campaigns: [Wire.CampaignSummary]
    /// What everybody is told at present.
    public let notices: [Wire.HeldNotice]

    /// A value of these parts.
    public init(
      player: Wire.Player,
      secret: String?,
      role: Wire.Role,
      serverTime: Timestamp,
      activeDuel: DuelID?,
      activeRun: ContestID?,
      campaign: Wire.CampaignSummary,
      limits: Wire.Limits,
      campaigns: [Wire.CampaignSummary] = [],
      notices: [Wire.HeldNotice] = []
    ) {
      self.player = player
      self.secret = secret
      self.role = role
      self.serverTime = serverTime
      self.activeDuel = activeDuel
      self.activeRun = activeRun
      self.campaign = campaign
      self.limits = limits
      self.campaigns = campaigns
      self.notices = notices
    }
  }

  /// The player after a change.
  public struct PlayerChanged: Hashable, Sendable {
    /// The player as it is now.
    public let player: Wire.Player

    /// A value of these parts.
    public init(player: Wire.Player) {
      self.player = player
    }
  }

  /// The two clocks.
  public struct Pong: Hashable, Sendable {
    /// The client's clock, as sent.
    public let clientTime: Timestamp
    /// The server's clock.
    public let serverTime: Timestamp

    /// A value of these parts.
    public init(clientTime: Timestamp, serverTime: Timestamp) {
      self.clientTime = clientTime
      self.serverTime = serverTime
    }
  }

  /// Where the subscription starts.
  public struct Subscribed: Hashable, Sendable {
    /// The topic.
    public let topic: Topic
    /// Its epoch.
    public let epoch: String
    /// The offset that was asked from, if it was recovered; otherwise that of the snapshot that follows.
    public let offset: Int
    /// Whether exactly the missed events follow; otherwise a snapshot does.
    public let recovered: Bool

    /// A value of these parts.
    public init(topic: Topic, epoch: String, offset: Int, recovered: Bool) {
      self.topic = topic
      self.epoch = epoch
      self.offset = offset
      self.recovered = recovered
    }
  }

  /// The role of this connection.
  public struct LoggedIn: Hashable, Sendable {
    /// Always `moderator`.
    public let role: Wire.Role
    /// The label of the token.
    public let label: String

    /// A value of these parts.
    public init(role: Wire.Role, label: String) {
      self.role = role
      self.label = label
    }
  }

  /// Nothing to tell but that it is done.
  public struct Done: Hashable, Sendable {

    /// The value without content.
    public init() {}
  }
}

extension ServerAnswer.Welcome: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("player", player)
      writer.field("secret", secret)
      writer.field("role", role)
      writer.field("serverTime", serverTime)
      writer.field("activeDuel", activeDuel)
      writer.field("activeRun", activeRun)
      writer.field("campaign", campaign)
      writer.field("limits", limits)
      writer.field("campaigns", campaigns)
      writer.field("notices", notices)
    }
  }
}

extension ServerAnswer.PlayerChanged: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("player", player)
    }
  }
}

extension ServerAnswer.Pong: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("clientTime", clientTime)
      writer.field("serverTime", serverTime)
    }
  }
}

extension ServerAnswer.Subscribed: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("topic", topic)
      writer.field("epoch", epoch)
      writer.field("offset", offset)
      writer.field("recovered", recovered)
    }
  }
}

extension ServerAnswer.LoggedIn: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("role", role)
      writer.field("label", label)
    }
  }
}

extension ServerAnswer.Done: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { _ in }
  }
}
