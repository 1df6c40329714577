public import ArenaTypes

extension ClientCommand {
  /// The content of `duel.answer`.
  public struct DuelAnswer: Hashable, Sendable {
    /// The duel.
    public let duel: DuelID
    /// The round, counted from 1.
    public let round: Int
    /// What is answered.
    public let answer: Wire.Answer

    /// A value of these parts.
    public init(duel: DuelID, round: Int, answer: Wire.Answer) {
      self.duel = duel
      self.round = round
      self.answer = answer
    }
  }

  /// The content of `duel.ready`.
  public struct DuelReady: Hashable, Sendable {
    /// The duel.
    public let duel: DuelID
    /// The round, counted from 1.
    public let round: Int

    /// A value of these parts.
    public init(duel: DuelID, round: Int) {
      self.duel = duel
      self.round = round
    }
  }

  /// The content of `duel.resign`.
  public struct DuelResign: Hashable, Sendable {
    /// The duel.
    public let duel: DuelID

    /// A value of these parts.
    public init(duel: DuelID) {
      self.duel = duel
    }
  }

  /// The content of `duel.claim`.
  public struct DuelClaim: Hashable, Sendable {
    /// The duel.
    public let duel: DuelID

    /// A value of these parts.
    public init(duel: DuelID) {
      self.duel = duel
    }
  }
}

extension ClientCommand.DuelAnswer {
  init(from fields: inout FieldReader) throws(Refusal) {
    duel = try fields.identifier("duel")
    round = try fields.integer("round", in: 1...99)
    answer = try fields.answer("answer")
  }
}

extension ClientCommand.DuelReady {
  init(from fields: inout FieldReader) throws(Refusal) {
    duel = try fields.identifier("duel")
    round = try fields.integer("round", in: 1...99)
  }
}

extension ClientCommand.DuelResign {
  init(from fields: inout FieldReader) throws(Refusal) {
    duel = try fields.identifier("duel")
  }
}

extension ClientCommand.DuelClaim {
  init(from fields: inout FieldReader) throws(Refusal) {
    duel = try fields.identifier("duel")
  }
}

extension ClientCommand.DuelAnswer: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("duel", duel)
      writer.field("round", round)
      writer.field("answer", answer)
    }
  }
}

extension ClientCommand.DuelReady: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("duel", duel)
      writer.field("round", round)
    }
  }
}

extension ClientCommand.DuelResign: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("duel", duel)
    }
  }
}

extension ClientCommand.DuelClaim: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("duel", duel)
    }
  }
}
