public import ArenaTypes

extension ClientCommand {
  /// The content of `duel.replay`.
  public struct DuelReplay: Hashable, Sendable {
    /// The duel.
    public let duel: DuelID
    /// The number of the first event that is wanted, from 0.
    public let from: Int

    /// A value of these parts.
    public init(duel: DuelID, from: Int) {
      self.duel = duel
      self.from = from
    }
  }
}

extension ClientCommand.DuelReplay {
  init(from fields: inout FieldReader) throws(Refusal) {
    duel = try fields.identifier("duel")
    from = try fields.integer("from", in: 0...100_000)
  }
}

extension ClientCommand.DuelReplay: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("duel", duel)
      writer.field("from", from)
    }
  }
}
