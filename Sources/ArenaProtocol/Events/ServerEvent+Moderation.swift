extension ServerEvent {
  /// All live sessions, for moderators; always whole.
  public struct ModerationSnapshot: Hashable, Sendable {
    /// The sessions.
    public let moderation: Wire.ModerationView

    /// A value of these parts.
    public init(moderation: Wire.ModerationView) {
      self.moderation = moderation
    }
  }
}

extension ServerEvent.ModerationSnapshot: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("moderation", moderation)
    }
  }
}
