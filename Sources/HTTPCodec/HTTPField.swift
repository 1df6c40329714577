/// One field of a head: a name, and what it says.
public struct HTTPField: Hashable, Sendable {
  /// The name; letter case carries no meaning.
  public var name: String
  /// The value, without white space at its ends.
  public var value: String

  /// Makes a field; it is checked when it is written, see ``ResponseWriter``.
  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}
