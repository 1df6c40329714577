public import ArenaTypes

/// A client's name for one command of its own; repeating a command under it has no second effect.
public struct CommandID: Identifier {
  /// The text of the identifier.
  public let rawValue: String
  /// Wraps `rawValue` unchecked.
  public init(rawValue: String) { self.rawValue = rawValue }
}
