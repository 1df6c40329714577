public import ArenaTypes

extension ClientCommand {
  /// The content of `queue.join`.
  public struct QueueJoin: Hashable, Sendable {
    /// What the rounds shall be.
    public let format: Wire.DuelFormat
    /// The campaign to be asked about; without it, the first one of the server.
    public let campaign: CampaignID?

    /// A value of these parts.
    public init(format: Wire.DuelFormat, campaign: CampaignID? = nil) {
      self.format = format
      self.campaign = campaign
    }
  }

  /// The content of `queue.acceptBot`.
  public struct QueueAcceptBot: Hashable, Sendable {
    /// A format to practise at once; without it, the bot on offer in the queue.
    public let format: Wire.DuelFormat?
    /// The campaign to practise in at once; without it, the first one of the server.
    public let campaign: CampaignID?

    /// A value of these parts.
    public init(format: Wire.DuelFormat? = nil, campaign: CampaignID? = nil) {
      self.format = format
      self.campaign = campaign
    }
  }

  /// The content of `duel.invite`.
  public struct DuelInvite: Hashable, Sendable {
    /// What the rounds shall be.
    public let format: Wire.DuelFormat
    /// The campaign to be asked about; without it, the first one of the server.
    public let campaign: CampaignID?

    /// A value of these parts.
    public init(format: Wire.DuelFormat, campaign: CampaignID? = nil) {
      self.format = format
      self.campaign = campaign
    }
  }

  /// The content of `duel.join`.
  public struct DuelJoin: Hashable, Sendable {
    /// The code of the invitation.
    public let code: String

    /// A value of these parts.
    public init(code: String) {
      self.code = code
    }
  }

  /// The content of `duel.rematch`.
  public struct DuelRematch: Hashable, Sendable {
    /// The duel.
    public let duel: DuelID

    /// A value of these parts.
    public init(duel: DuelID) {
      self.duel = duel
    }
  }
}

extension ClientCommand.QueueJoin {
  init(from fields: inout FieldReader) throws(Refusal) {
    format = try fields.choice("format")
    campaign = try fields.nameOrNil("campaign").map(CampaignID.init(rawValue:))
  }
}

extension ClientCommand.QueueAcceptBot {
  init(from fields: inout FieldReader) throws(Refusal) {
    format = try fields.choiceOrNil("format")
    campaign = try fields.nameOrNil("campaign").map(CampaignID.init(rawValue:))
  }
}

extension ClientCommand.DuelInvite {
  init(from fields: inout FieldReader) throws(Refusal) {
    format = try fields.choice("format")
    campaign = try fields.nameOrNil("campaign").map(CampaignID.init(rawValue:))
  }
}

extension ClientCommand.DuelJoin {
  init(from fields: inout FieldReader) throws(Refusal) {
    code = try fields.name("code")
  }
}

extension ClientCommand.DuelRematch {
  init(from fields: inout FieldReader) throws(Refusal) {
    duel = try fields.identifier("duel")
  }
}

extension ClientCommand.QueueJoin: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("format", format)
      if campaign != nil { writer.field("campaign", campaign) }
    }
  }
}

extension ClientCommand.QueueAcceptBot: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      if format != nil { writer.field("format", format) }
      if campaign != nil { writer.field("campaign", campaign) }
    }
  }
}

extension ClientCommand.DuelInvite: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("format", format)
      if campaign != nil { writer.field("campaign", campaign) }
    }
  }
}

extension ClientCommand.DuelJoin: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("code", code)
    }
  }
}

extension ClientCommand.DuelRematch: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("duel", duel)
    }
  }
}
