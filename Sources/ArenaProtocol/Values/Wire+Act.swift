public import ArenaTypes

extension Wire {
  /// What a moderator does.
  public struct Act: Hashable, Sendable {
    /// What.
    public let kind: ActKind
    /// To what: the id of a duel, contest, player, ban, notice, report or flag, a text's
    /// reference such as `excerpt/e17`, or a range of addresses.
    public let target: String?
    /// Whose run is taken off a contest.
    public let player: PlayerID?
    /// For how long, or by how much.
    public let seconds: Int?
    /// What everybody is told.
    public let text: String?

    /// A value of these parts.
    public init(
      kind: ActKind,
      target: String? = nil,
      player: PlayerID? = nil,
      seconds: Int? = nil,
      text: String? = nil
    ) {
      self.kind = kind
      self.target = target
      self.player = player
      self.seconds = seconds
      self.text = text
    }
  }

  /// What everybody is told for a while.
  public struct HeldNotice: Hashable, Sendable {
    /// Its name.
    public let id: String
    /// What it says.
    public let text: String
    /// Since when it holds.
    public let at: Timestamp
    /// Until when.
    public let until: Timestamp

    /// A value of these parts.
    public init(
      id: String,
      text: String,
      at: Timestamp,
      until: Timestamp
    ) {
      self.id = id
      self.text = text
      self.at = at
      self.until = until
    }
  }
}

extension Wire.Act: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("kind", kind)
      if target != nil { writer.field("target", target) }
      if player != nil { writer.field("player", player) }
      if seconds != nil { writer.field("seconds", seconds) }
      if text != nil { writer.field("text", text) }
    }
  }
}

extension Wire.HeldNotice: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("id", id)
      writer.field("text", text)
      writer.field("at", at)
      writer.field("until", until)
    }
  }
}
