/// A value of a GGUF file's metadata.
public enum GGUFValue: Sendable, Hashable {
  /// Any of the unsigned and signed integer types.
  case integer(Int64)
  /// An unsigned integer above `Int64.max`.
  case large(UInt64)
  /// Single or double precision.
  case number(Double)
  /// A truth value.
  case bool(Bool)
  /// A text.
  case string(String)
  /// Values of one type.
  case array([GGUFValue])
}

extension GGUFFile {
  /// Reads one metadata value of the type numbered `type` (gguf.md, "gguf_metadata_value_type").
  static func value(
    type: UInt32, from reader: inout ByteReader, limits: Limits, depth: Int = 0
  ) throws(EngineError) -> GGUFValue {
    switch type {
    case 0: return .integer(Int64(try reader.integer(UInt8.self, "a value")))
    case 1: return .integer(Int64(try reader.integer(Int8.self, "a value")))
    case 2: return .integer(Int64(try reader.integer(UInt16.self, "a value")))
    case 3: return .integer(Int64(try reader.integer(Int16.self, "a value")))
    case 4: return .integer(Int64(try reader.integer(UInt32.self, "a value")))
    case 5: return .integer(Int64(try reader.integer(Int32.self, "a value")))
    case 6:
      return .number(Double(Float(bitPattern: try reader.integer(UInt32.self, "a value"))))
    case 7:
      let byte = try reader.integer(UInt8.self, "a truth value")
      guard byte <= 1 else { throw reader.malformed("a truth value is \(byte)") }
      return .bool(byte == 1)
    case 8: return .string(try string(from: &reader, limits: limits))
    case 9: return try array(from: &reader, limits: limits, depth: depth)
    case 10:
      let value = try reader.integer(UInt64.self, "a value")
      return Int64(exactly: value).map(GGUFValue.integer) ?? .large(value)
    case 11: return .integer(try reader.integer(Int64.self, "a value"))
    case 12: return .number(Double(bitPattern: try reader.integer(UInt64.self, "a value")))
    default: throw reader.malformed("value type \(type) isn't defined")
    }
  }

  static func string(from reader: inout ByteReader, limits: Limits) throws(EngineError) -> String {
    let count = try reader.count(max: limits.stringByteCountMax, "a text's length")
    let bytes = try reader.bytes(count, "a text")
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw reader.malformed("a text isn't UTF-8")
    }
    return text
  }

  private static func array(
    from reader: inout ByteReader, limits: Limits, depth: Int
  ) throws(EngineError) -> GGUFValue {
    guard depth < limits.arrayDepthMax else { throw reader.malformed("arrays are nested too deep") }
    let type = try reader.integer(UInt32.self, "an array's type")
    // Each element takes at least a byte, so a false count can't reserve more than the file's size.
    let count = try reader.count(
      max: min(limits.arrayCountMax, reader.remaining), "an array's length")
    var values: [GGUFValue] = []
    values.reserveCapacity(count)
    for _ in 0..<count {
      values.append(try value(type: type, from: &reader, limits: limits, depth: depth + 1))
    }
    return .array(values)
  }
}
