public import ArenaTypes

extension ClientCommand {
  /// The content of `moderate.act`.
  public struct ModerateAct: Hashable, Sendable {
    /// What to do.
    public let act: Wire.Act
    /// Why; it goes into the audit log.
    public let reason: String
    /// Whether only to say what would happen.
    public let dryRun: Bool
    /// The report or flag that this answers, and that is closed with it.
    public let report: String?

    /// A value of these parts.
    public init(
      act: Wire.Act,
      reason: String,
      dryRun: Bool = false,
      report: String? = nil
    ) {
      self.act = act
      self.reason = reason
      self.dryRun = dryRun
      self.report = report
    }
  }

  /// The content of `moderate.undo`.
  public struct ModerateUndo: Hashable, Sendable {
    /// The number of the audit entry whose act is undone.
    public let entry: Int
    /// Why; it goes into the audit log.
    public let reason: String
    /// Whether only to say what would happen.
    public let dryRun: Bool

    /// A value of these parts.
    public init(
      entry: Int,
      reason: String,
      dryRun: Bool = false
    ) {
      self.entry = entry
      self.reason = reason
      self.dryRun = dryRun
    }
  }

  /// The content of `moderate.list`.
  public struct ModerateList: Hashable, Sendable {
    /// Which list.
    public let list: Wire.ListKind
    /// Words that a line must have, all of them.
    public let find: String?
    /// The `next` of the page before.
    public let after: String?
    /// Whether what is decided is listed too.
    public let all: Bool
    /// How many lines at most.
    public let limit: Int

    /// A value of these parts.
    public init(
      list: Wire.ListKind,
      find: String? = nil,
      after: String? = nil,
      all: Bool = false,
      limit: Int
    ) {
      self.list = list
      self.find = find
      self.after = after
      self.all = all
      self.limit = limit
    }
  }

  /// The content of `moderate.look`.
  public struct ModerateLook: Hashable, Sendable {
    /// Whom.
    public let player: PlayerID

    /// A value of these parts.
    public init(
      player: PlayerID
    ) {
      self.player = player
    }
  }

  /// The content of `report`.
  public struct Report: Hashable, Sendable {
    /// What: `player/ID`, `duel/ID`, `excerpt/ID`, `explanation/ID`, or a text in a duel as
    /// `duel/ID/ROUND/SEAT/ATTEMPT`, counted from 0.
    public let about: String
    /// What is wrong with it.
    public let reason: Wire.ReportReason
    /// More about it.
    public let note: String?

    /// A value of these parts.
    public init(
      about: String,
      reason: Wire.ReportReason,
      note: String? = nil
    ) {
      self.about = about
      self.reason = reason
      self.note = note
    }
  }
}

extension ClientCommand.ModerateAct: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("act", act)
      writer.field("reason", reason)
      if dryRun { writer.field("dryRun", dryRun) }
      if report != nil { writer.field("report", report) }
    }
  }
}

extension ClientCommand.ModerateUndo: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("entry", entry)
      writer.field("reason", reason)
      if dryRun { writer.field("dryRun", dryRun) }
    }
  }
}

extension ClientCommand.ModerateList: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("list", list)
      if find != nil { writer.field("find", find) }
      if after != nil { writer.field("after", after) }
      if all { writer.field("all", all) }
      writer.field("limit", limit)
    }
  }
}

extension ClientCommand.ModerateLook: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("player", player)
    }
  }
}

extension ClientCommand.Report: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("about", about)
      writer.field("reason", reason)
      if note != nil { writer.field("note", note) }
    }
  }
}
