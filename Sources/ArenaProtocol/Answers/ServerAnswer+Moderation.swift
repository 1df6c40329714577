extension ServerAnswer {
  /// What a moderator's act has changed.
  public struct ActDone: Hashable, Sendable {
    /// Whether nothing was done.
    public let dryRun: Bool
    /// What has changed or would change, a sentence each.
    public let changes: [String]
    /// The number of its audit entry; null where nothing was done.
    public let entry: Int?
    /// What undoes it; null where nothing does.
    public let undo: Wire.ActKind?

    /// A value of these parts.
    public init(
      dryRun: Bool,
      changes: [String],
      entry: Int?,
      undo: Wire.ActKind?
    ) {
      self.dryRun = dryRun
      self.changes = changes
      self.entry = entry
      self.undo = undo
    }
  }

  /// A page of a moderator's list.
  public struct ModerationPage: Hashable, Sendable {
    /// Which list.
    public let list: Wire.ListKind
    /// The lines.
    public let rows: [Wire.ModerationRow]
    /// How many there are; of histories, how many wait.
    public let total: Int
    /// What the next page is asked for with; null at the end.
    public let next: String?

    /// A value of these parts.
    public init(
      list: Wire.ListKind,
      rows: [Wire.ModerationRow],
      total: Int,
      next: String?
    ) {
      self.list = list
      self.rows = rows
      self.total = total
      self.next = next
    }
  }

  /// A player, looked at.
  public struct LookedAt: Hashable, Sendable {
    /// The player.
    public let player: Wire.PlayerLook

    /// A value of these parts.
    public init(
      player: Wire.PlayerLook
    ) {
      self.player = player
    }
  }
}

extension ServerAnswer.ActDone: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("dryRun", dryRun)
      writer.field("changes", changes)
      writer.field("entry", entry)
      writer.field("undo", undo)
    }
  }
}

extension ServerAnswer.ModerationPage: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("list", list)
      writer.field("rows", rows)
      writer.field("total", total)
      writer.field("next", next)
    }
  }
}

extension ServerAnswer.LookedAt: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("player", player)
    }
  }
}
