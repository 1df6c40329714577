extension ServerEvent {
  /// What goes on here; always whole.
  public struct LobbySnapshot: Hashable, Sendable {
    /// The lobby.
    public let lobby: Wire.LobbyView

    /// A value of these parts.
    public init(lobby: Wire.LobbyView) {
      self.lobby = lobby
    }
  }
}

extension ServerEvent.LobbySnapshot: JSONWritable {
  /// Appends the value as an object.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("lobby", lobby)
    }
  }
}
