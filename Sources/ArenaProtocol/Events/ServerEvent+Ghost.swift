extension ServerEvent {
  /// Beside the bot, a recorded duel could be played against.
  public struct QueueGhostOffered: Hashable, Sendable {
    /// What would be played.
    public let format: Wire.DuelFormat
    /// The recording.
    public let ghost: Wire.GhostOffer

    /// A value of these parts.
    public init(format: Wire.DuelFormat, ghost: Wire.GhostOffer) {
      self.format = format
      self.ghost = ghost
    }
  }
}

extension ServerEvent.QueueGhostOffered: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("format", format)
      writer.field("ghost", ghost)
    }
  }
}
