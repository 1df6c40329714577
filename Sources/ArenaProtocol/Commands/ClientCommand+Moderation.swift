public import ArenaTypes

extension ClientCommand {
  /// The content of `moderate.login`.
  public struct ModerateLogin: Hashable, Sendable {
    /// The token from `neuronarena admin`.
    public let token: String

    /// A value of these parts.
    public init(token: String) {
      self.token = token
    }
  }

  /// The content of `moderate.endDuel`.
  public struct ModerateEndDuel: Hashable, Sendable {
    /// The duel.
    public let duel: DuelID
    /// Why; it goes into the audit log.
    public let reason: String

    /// A value of these parts.
    public init(duel: DuelID, reason: String) {
      self.duel = duel
      self.reason = reason
    }
  }

  /// The content of `moderate.pauseContest`.
  public struct ModeratePauseContest: Hashable, Sendable {
    /// The contest.
    public let contest: ContestID
    /// Why; it goes into the audit log.
    public let reason: String

    /// A value of these parts.
    public init(contest: ContestID, reason: String) {
      self.contest = contest
      self.reason = reason
    }
  }

  /// The content of `moderate.resumeContest`.
  public struct ModerateResumeContest: Hashable, Sendable {
    /// The contest.
    public let contest: ContestID
    /// Why; it goes into the audit log.
    public let reason: String

    /// A value of these parts.
    public init(contest: ContestID, reason: String) {
      self.contest = contest
      self.reason = reason
    }
  }

  /// The content of `moderate.endContest`.
  public struct ModerateEndContest: Hashable, Sendable {
    /// The contest.
    public let contest: ContestID
    /// Why; it goes into the audit log.
    public let reason: String

    /// A value of these parts.
    public init(contest: ContestID, reason: String) {
      self.contest = contest
      self.reason = reason
    }
  }

  /// The content of `moderate.removeFromContest`.
  public struct ModerateRemoveFromContest: Hashable, Sendable {
    /// The contest.
    public let contest: ContestID
    /// Whose run.
    public let player: PlayerID
    /// Why; it goes into the audit log.
    public let reason: String

    /// A value of these parts.
    public init(contest: ContestID, player: PlayerID, reason: String) {
      self.contest = contest
      self.player = player
      self.reason = reason
    }
  }

  /// The content of `moderate.kick`.
  public struct ModerateKick: Hashable, Sendable {
    /// Whom.
    public let player: PlayerID
    /// Why; it goes into the audit log.
    public let reason: String
    /// For how long; 0 closes the connections only.
    public let seconds: Int

    /// A value of these parts.
    public init(player: PlayerID, reason: String, seconds: Int) {
      self.player = player
      self.reason = reason
      self.seconds = seconds
    }
  }

  /// The content of `moderate.audit`.
  public struct ModerateAudit: Hashable, Sendable {
    /// Only entries with a smaller number.
    public let before: Int?
    /// How many at most.
    public let limit: Int

    /// A value of these parts.
    public init(before: Int? = nil, limit: Int) {
      self.before = before
      self.limit = limit
    }
  }
}

extension ClientCommand.ModerateLogin {
  init(from fields: inout FieldReader) throws(Refusal) {
    token = try fields.string("token", lengths: 1...200)
  }
}

extension ClientCommand.ModerateEndDuel {
  init(from fields: inout FieldReader) throws(Refusal) {
    duel = try fields.identifier("duel")
    reason = try fields.string("reason", lengths: 1...300)
  }
}

extension ClientCommand.ModeratePauseContest {
  init(from fields: inout FieldReader) throws(Refusal) {
    contest = try fields.identifier("contest")
    reason = try fields.string("reason", lengths: 1...300)
  }
}

extension ClientCommand.ModerateResumeContest {
  init(from fields: inout FieldReader) throws(Refusal) {
    contest = try fields.identifier("contest")
    reason = try fields.string("reason", lengths: 1...300)
  }
}

extension ClientCommand.ModerateEndContest {
  init(from fields: inout FieldReader) throws(Refusal) {
    contest = try fields.identifier("contest")
    reason = try fields.string("reason", lengths: 1...300)
  }
}

extension ClientCommand.ModerateRemoveFromContest {
  init(from fields: inout FieldReader) throws(Refusal) {
    contest = try fields.identifier("contest")
    player = try fields.identifier("player")
    reason = try fields.string("reason", lengths: 1...300)
  }
}

extension ClientCommand.ModerateKick {
  init(from fields: inout FieldReader) throws(Refusal) {
    player = try fields.identifier("player")
    reason = try fields.string("reason", lengths: 1...300)
    seconds = try fields.integer("seconds", in: 0...315360000)
  }
}

extension ClientCommand.ModerateAudit {
  init(from fields: inout FieldReader) throws(Refusal) {
    before = try fields.integerOrNil("before", in: 1...FieldReader.integerMax)
    limit = try fields.integer("limit", in: 1...200)
  }
}

extension ClientCommand.ModerateLogin: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("token", token)
    }
  }
}

extension ClientCommand.ModerateEndDuel: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("duel", duel)
      writer.field("reason", reason)
    }
  }
}

extension ClientCommand.ModeratePauseContest: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("contest", contest)
      writer.field("reason", reason)
    }
  }
}

extension ClientCommand.ModerateResumeContest: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("contest", contest)
      writer.field("reason", reason)
    }
  }
}

extension ClientCommand.ModerateEndContest: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("contest", contest)
      writer.field("reason", reason)
    }
  }
}

extension ClientCommand.ModerateRemoveFromContest: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("contest", contest)
      writer.field("player", player)
      writer.field("reason", reason)
    }
  }
}

extension ClientCommand.ModerateKick: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("player", player)
      writer.field("reason", reason)
      writer.field("seconds", seconds)
    }
  }
}

extension ClientCommand.ModerateAudit: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      if before != nil { writer.field("before", before) }
      writer.field("limit", limit)
    }
  }
}
