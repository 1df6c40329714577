public import ArenaTypes

extension ClientCommand {
  /// What proves that a client speaks for a player.
  public struct Credentials: Hashable, Sendable {
    /// The player.
    public let id: PlayerID
    /// The secret that the server told when it made the guest.
    public let secret: String

    /// A value of these parts.
    public init(id: PlayerID, secret: String) {
      self.id = id
      self.secret = secret
    }
  }
}

extension ClientCommand.Credentials: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("id", id)
      writer.field("secret", secret)
    }
  }
}
