extension Wire {
  /// A client's name for one of its commands; unique per player, so that repeating it has no second
  /// effect.
  public struct CommandID: RawRepresentable, Hashable, Sendable, JSONWritable {
    /// 1 to 64 of `A-Z a-z 0-9 _ -`.
    public let rawValue: String

    /// Reads `rawValue`; nil if it has not the form.
    public init?(rawValue: String) {
      guard WireName.isValid(rawValue) else { return nil }
      self.rawValue = rawValue
    }
  }
}
