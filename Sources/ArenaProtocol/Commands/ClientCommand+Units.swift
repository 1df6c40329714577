public import ArenaTypes

extension ClientCommand {
  /// The content of `unit.get`.
  public struct UnitGet: Hashable, Sendable {
    /// The unit.
    public let unit: UnitID

    /// A value of these parts.
    public init(unit: UnitID) {
      self.unit = unit
    }
  }
}

extension ClientCommand.UnitGet {
  init(from fields: inout FieldReader) throws(Refusal) {
    unit = try fields.unit("unit")
  }
}

extension ClientCommand.UnitGet: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("unit", unit)
    }
  }
}
