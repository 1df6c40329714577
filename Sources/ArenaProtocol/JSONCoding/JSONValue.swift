/// A JSON text as a tree.
///
/// Commands are decoded from it, because only a tree tells the exact path of a wrong, missing or
/// unknown field; tests, bots and benchmarks read the server's frames with it.
public enum JSONValue: Hashable, Sendable {
  /// `null`.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// A number written without fraction and exponent that fits into 64 bits.
  case integer(Int64)
  /// Any other number; always finite.
  case number(Double)
  /// A string, unescaped.
  case string(String)
  /// An array.
  case array([JSONValue])
  /// An object.
  case object(JSONObject)

  /// The boolean, if it is one.
  public var bool: Bool? {
    guard case .bool(let value) = self else { return nil }
    return value
  }

  /// The integer, if it is one; `2.0` counts, as in JSON Schema, `2.5` does not.
  public var integer: Int64? {
    switch self {
    case .integer(let value): value
    case .number(let value): Int64(exactly: value)
    default: nil
    }
  }

  /// The number, if it is one.
  public var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }

  /// The string, if it is one.
  public var string: String? {
    guard case .string(let value) = self else { return nil }
    return value
  }

  /// The elements, if it is an array.
  public var array: [JSONValue]? {
    guard case .array(let value) = self else { return nil }
    return value
  }

  /// The members, if it is an object.
  public var object: JSONObject? {
    guard case .object(let value) = self else { return nil }
    return value
  }

  /// The member called `key`; nil if there is none or this is no object.
  public subscript(key: String) -> JSONValue? { object?[key] }

  /// The element at `index`; nil if there is none or this is no array.
  public subscript(index: Int) -> JSONValue? {
    guard case .array(let values) = self, values.indices.contains(index) else { return nil }
    return values[index]
  }

  /// What kind of value it is, in the words of JSON Schema.
  public var kindName: String {
    switch self {
    case .null: "null"
    case .bool: "boolean"
    case .integer, .number: "number"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }
}

/// The members of a JSON object in the order in which they were written; no key occurs twice.
public struct JSONObject: Hashable, Sendable {
  /// One key and its value.
  public struct Member: Hashable, Sendable {
    /// The key, unescaped.
    public let key: String
    /// The value.
    public let value: JSONValue

    /// A member of these parts.
    public init(key: String, value: JSONValue) {
      self.key = key
      self.value = value
    }
  }

  /// The members in writing order.
  public let members: [Member]

  /// An object of `members`, whose keys differ.
  public init(_ members: [Member]) { self.members = members }

  /// The keys in writing order.
  public var keys: [String] { members.map(\.key) }

  /// The value of `key`, if there is one.
  ///
  /// - Complexity: O(*n*); the protocol's objects have few members.
  public subscript(key: String) -> JSONValue? {
    members.first { $0.key == key }?.value
  }

  /// Whether both hold the same members, in whatever order.
  public static func == (left: Self, right: Self) -> Bool {
    left.members.count == right.members.count
      && left.members.allSatisfy { right[$0.key] == $0.value }
  }

  /// Hashes the members without regard to their order.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(members.reduce(into: 0) { $0 ^= $1.hashValue })
  }
}
