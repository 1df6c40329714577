public import ArenaTypes

/// Something that waits for a moderator, or that a moderator has decided.
public struct ModerationCase: Hashable, Sendable, Codable {
  /// What it is about.
  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    /// A text that is hidden until a moderator looks, or that a moderator hid or restored.
    case text
    /// What a player reported.
    case report
    /// What looks like unfair play.
    case flag
    /// What everybody is told.
    case notice
  }

  /// Its name; the same name again replaces it.
  public var id: String
  /// What it is about.
  public var kind: Kind
  /// When it came up.
  public var openedAt: Timestamp
  /// When it was decided, or when a notice ends; nil while it waits.
  public var closedAt: Timestamp?
  /// What it concerns, such as `player/x`.
  public var subject: String
  /// Whom it concerns, where that is one player.
  public var player: PlayerID?
  /// Whatever else there is; the store doesn't look into it.
  public var content: [UInt8]

  /// A case of these parts.
  public init(
    id: String, kind: Kind, openedAt: Timestamp, closedAt: Timestamp? = nil, subject: String,
    player: PlayerID? = nil, content: [UInt8] = []
  ) {
    self.id = id
    self.kind = kind
    self.openedAt = openedAt
    self.closedAt = closedAt
    self.subject = subject
    self.player = player
    self.content = content
  }

  /// Whether it waits at `moment`, or a notice holds.
  public func isOpen(at moment: Timestamp) -> Bool { closedAt.map { moment < $0 } ?? true }
}
