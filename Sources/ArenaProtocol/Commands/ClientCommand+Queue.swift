public import ArenaTypes

extension ClientCommand {
  /// The content of `queue.join`.
  public struct QueueJoin: Hashable, Sendable {
    /// What the rounds shall be.
    public let format: Wire.DuelFormat

    /// A value of these parts.
    public init(format: Wire.DuelFormat) {
      self.format = format
    }
  }

  /// The content of `queue.acceptBot`.
  public struct QueueAcceptBot: Hashable, Sendable {
    /// A format to practise at once; without it, the bot on offer in the queue.
    public let format: Wire.DuelFormat?

    /// A value of these parts.
    public init(format: Wire.DuelFormat? = nil) {
      self.format = format
    }
  }

  /// The content of `duel.invite`.
  public struct DuelInvite: Hashable, Sendable {
    /// What the rounds shall be.
    public let format: Wire.DuelFormat

    /// A value of these parts.
    public init(format: Wire.DuelFormat) {
      self.format = format
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
  }
}

extension ClientCommand.QueueAcceptBot {
  init(from fields: inout FieldReader) throws(Refusal) {
    format = try fields.choiceOrNil("format")
  }
}

extension ClientCommand.DuelInvite {
  init(from fields: inout FieldReader) throws(Refusal) {
    format = try fields.choice("format")
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
    }
  }
}

extension ClientCommand.QueueAcceptBot: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      if format != nil { writer.field("format", format) }
    }
  }
}

extension ClientCommand.DuelInvite: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("format", format)
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
