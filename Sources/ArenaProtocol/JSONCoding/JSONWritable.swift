public import ArenaTypes

extension String: JSONWritable {
  /// Appends the string, quoted and escaped.
  public func write(to writer: inout JSONWriter) { writer.append(quoted: self) }
}

extension Bool: JSONWritable {
  /// Appends `true` or `false`.
  public func write(to writer: inout JSONWriter) {
    writer.append(ascii: self ? "true" : "false")
  }
}

extension Int64: JSONWritable {
  /// Appends the digits.
  public func write(to writer: inout JSONWriter) {
    if self < 0 { writer.append(UInt8(ascii: "-")) }
    writer.append(decimal: magnitude)
  }
}

extension Int: JSONWritable {
  /// Appends the digits.
  public func write(to writer: inout JSONWriter) { Int64(self).write(to: &writer) }
}

extension Optional: JSONWritable where Wrapped: JSONWritable {
  /// Appends the value, or `null`.
  public func write(to writer: inout JSONWriter) {
    guard let self else { return writer.append(ascii: "null") }
    self.write(to: &writer)
  }
}

extension Array: JSONWritable where Element: JSONWritable {
  /// Appends the elements as an array.
  public func write(to writer: inout JSONWriter) {
    writer.array { writer in
      for element in self { writer.value(element) }
    }
  }
}

extension JSONWritable where Self: RawRepresentable, RawValue == String {
  /// Appends the raw value as a string.
  public func write(to writer: inout JSONWriter) { writer.append(quoted: rawValue) }
}

extension Timestamp: JSONWritable {
  /// Appends the milliseconds since the Unix epoch.
  public func write(to writer: inout JSONWriter) { millisecondsSinceEpoch.write(to: &writer) }
}

extension BoardName: JSONWritable {
  /// Appends the text.
  public func write(to writer: inout JSONWriter) { writer.append(quoted: description) }
}

extension Territory: JSONWritable {
  /// Appends the text.
  public func write(to writer: inout JSONWriter) { writer.append(quoted: description) }
}

extension BoardSpan: JSONWritable {}
extension PlayerID: JSONWritable {}
extension DuelID: JSONWritable {}
extension ContestID: JSONWritable {}
extension CampaignID: JSONWritable {}
extension ExplanationID: JSONWritable {}
extension ExcerptID: JSONWritable {}
extension UnitID: JSONWritable {}
extension Excerpt.Kind: JSONWritable {}
extension Score.Cap: JSONWritable {}

extension Score: JSONWritable {
  /// Appends the score as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("value", value, decimals: 1)
      writer.field("low", low, decimals: 1)
      writer.field("high", high, decimals: 1)
      writer.field("cap", cap)
      writer.field("scorer", scorer)
    }
  }
}

extension JSONValue: JSONWritable {
  /// Appends the tree; what was read from a text is written as an equal text.
  public func write(to writer: inout JSONWriter) {
    switch self {
    case .null: writer.append(ascii: "null")
    case .bool(let value): value.write(to: &writer)
    case .integer(let value): value.write(to: &writer)
    case .number(let value): for byte in "\(value)".utf8 { writer.append(byte) }
    case .string(let value): value.write(to: &writer)
    case .array(let values): values.write(to: &writer)
    case .object(let object):
      writer.object { writer in
        for member in object.members { writer.field(key: member.key, member.value) }
      }
    }
  }
}
