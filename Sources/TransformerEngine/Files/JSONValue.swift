/// A value of a JSON text (RFC 8259): the headers, configurations and vocabularies of model files.
enum JSONValue: Sendable, Hashable {
  case null
  case bool(Bool)
  /// A number without fraction or exponent that fits.
  case integer(Int)
  /// Any other number; never infinite.
  case number(Double)
  case string(String)
  case array([JSONValue])
  /// Members in the order of the text; keys may repeat.
  case object([Member])

  /// A key and its value.
  struct Member: Sendable, Hashable {
    let key: String
    let value: JSONValue
  }

  /// The member of that name, the last where it is given twice; nil when there is none, or this is
  /// no object.
  ///
  /// - Complexity: O(n) in the members; take large objects apart member by member.
  subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.key == key }?.value
  }

  /// The text, if it is one.
  var string: String? {
    guard case .string(let value) = self else { return nil }
    return value
  }

  /// The integer, if it is one; `2.0` is one too.
  var integer: Int? {
    switch self {
    case .integer(let value): value
    case .number(let value): Int(exactly: value)
    default: nil
    }
  }

  /// The number, if it is one.
  var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }

  /// The truth value, if it is one.
  var bool: Bool? {
    guard case .bool(let value) = self else { return nil }
    return value
  }

  /// The elements, if it is an array.
  var array: [JSONValue]? {
    guard case .array(let values) = self else { return nil }
    return values
  }

  /// The members, if it is an object.
  var members: [Member]? {
    guard case .object(let members) = self else { return nil }
    return members
  }
}

extension JSONValue {
  /// Reads the whole of a file.
  ///
  /// - Throws: `EngineError.malformed` when it isn't UTF-8 or isn't one JSON value.
  init(_ file: FileContents) throws(EngineError) {
    try self.init(file.bytes, of: file.name)
  }

  /// Reads the whole of `bytes`, a part of the file called `name`.
  ///
  /// - Throws: `EngineError.malformed` when they aren't UTF-8 or aren't one JSON value.
  init(_ bytes: UnsafeRawBufferPointer, of name: String) throws(EngineError) {
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw .malformed(file: name, reason: "it isn't UTF-8")
    }
    var reader = JSONReader(bytes: bytes, name: name)
    self = try reader.document()
  }
}
