extension ClientCommand {
  /// The content of `unit.search`.
  public struct UnitSearch: Hashable, Sendable {
    /// What is asked for.
    public let query: String
    /// What units are found by.
    public let by: Wire.SearchKind

    /// A value of these parts.
    public init(query: String, by: Wire.SearchKind) {
      self.query = query
      self.by = by
    }
  }
}

extension ClientCommand.UnitSearch {
  init(from fields: inout FieldReader) throws(Refusal) {
    query = try fields.string("query", lengths: 1...200)
    by = try fields.choice("by")
  }
}

extension ClientCommand.UnitSearch: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("query", query)
      writer.field("by", by)
    }
  }
}
