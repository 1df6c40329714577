public import ArenaTypes

extension ClientCommand {
  /// The content of `unit.try`.
  public struct UnitTry: Hashable, Sendable {
    /// The most characters of a text: more than 256 tokens have, but for long rows of spaces or signs.
    public static let textLengthMax = 4_000

    /// The unit.
    public let unit: UnitID
    /// The text, as it is; empty only ends what runs.
    public let text: String

    /// A value of these parts.
    public init(unit: UnitID, text: String) {
      self.unit = unit
      self.text = text
    }
  }

  /// The content of `unit.attribute`.
  public struct UnitAttribute: Hashable, Sendable {
    /// The most tokens of a text.
    public static let tokenCountMax = 256

    /// The unit.
    public let unit: UnitID
    /// The text, as in `unit.try`.
    public let text: String
    /// The token whose activation is looked into, counted from 0.
    public let token: Int

    /// A value of these parts.
    public init(unit: UnitID, text: String, token: Int) {
      self.unit = unit
      self.text = text
      self.token = token
    }
  }
}

extension ClientCommand.UnitTry {
  init(from fields: inout FieldReader) throws(Refusal) {
    unit = try fields.unit("unit")
    text = try fields.string("text", lengths: 0...Self.textLengthMax, tooLong: .textTooLong)
  }
}

extension ClientCommand.UnitTry: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("unit", unit)
      writer.field("text", text)
    }
  }
}

extension ClientCommand.UnitAttribute {
  init(from fields: inout FieldReader) throws(Refusal) {
    unit = try fields.unit("unit")
    text = try fields.string(
      "text", lengths: 0...ClientCommand.UnitTry.textLengthMax, tooLong: .textTooLong)
    token = try fields.integer("token", in: 0...Self.tokenCountMax - 1)
  }
}

extension ClientCommand.UnitAttribute: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("unit", unit)
      writer.field("text", text)
      writer.field("token", token)
    }
  }
}
