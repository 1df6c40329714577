public import ArenaTypes

/// One act of a moderator; the log of them only grows.
public struct AuditRecord: Hashable, Sendable, Codable {
  /// The entry's name, so that recording it again changes nothing.
  public var id: String
  /// When.
  public var at: Timestamp
  /// Who: the label of the moderator's token.
  public var who: String
  /// What was done, such as `duel.end`.
  public var what: String
  /// To what it was done, such as `duel/x`.
  public var subject: String
  /// Why, in the moderator's words.
  public var why: String
  /// The act itself, so that it can be undone; the store doesn't look into it.
  ///
  /// Empty for what no moderator did, and for entries of before.
  public var act: [UInt8]

  /// An act of these parts.
  public init(
    id: String, at: Timestamp, who: String, what: String, subject: String, why: String,
    act: [UInt8] = []
  ) {
    self.id = id
    self.at = at
    self.who = who
    self.what = what
    self.subject = subject
    self.why = why
    self.act = act
  }
}

/// A token that lets its bearer moderate; only its hash is kept.
public struct ModeratorTokenRecord: Hashable, Sendable, Codable {
  /// What a token allows.
  public enum Role: String, Hashable, Sendable, Codable, CaseIterable {
    /// Everything but tokens.
    case moderator
    /// Everything.
    case admin
  }

  /// The token's name, for lists and for revoking it.
  public var id: String
  /// The hash of the token; unique.
  public var hash: [UInt8]
  /// Who has it, in the words of who made it.
  public var label: String
  /// What it allows.
  public var role: Role
  /// When it was made.
  public var createdAt: Timestamp
  /// When it stops working; nil: never.
  public var expiresAt: Timestamp?
  /// When it was taken back; nil: it was not.
  public var revokedAt: Timestamp?

  /// A token of these parts.
  public init(
    id: String, hash: [UInt8], label: String, role: Role, createdAt: Timestamp,
    expiresAt: Timestamp? = nil, revokedAt: Timestamp? = nil
  ) {
    self.id = id
    self.hash = hash
    self.label = label
    self.role = role
    self.createdAt = createdAt
    self.expiresAt = expiresAt
    self.revokedAt = revokedAt
  }

  /// Whether the token opens anything at `moment`.
  public func isValid(at moment: Timestamp) -> Bool {
    let isExpired = expiresAt.map { $0 <= moment } ?? false
    let isRevoked = revokedAt.map { $0 <= moment } ?? false
    return !isExpired && !isRevoked
  }
}

/// Keeps somebody out, or silent.
public struct BanRecord: Hashable, Sendable, Codable {
  /// What is refused.
  public enum Effect: String, Hashable, Sendable, Codable, CaseIterable {
    /// Everything.
    case ban
    /// What the player writes.
    case mute
  }

  /// Who is kept out.
  public enum Subject: Hashable, Sendable, Codable {
    /// A player.
    case player(PlayerID)
    /// An address without its port, or a range of them as in `192.0.2.0/24`.
    case address(String)
  }

  /// The ban's name.
  public var id: String
  /// Who is kept out.
  public var subject: Subject
  /// From when.
  public var startsAt: Timestamp
  /// Until when; nil: for good.
  ///
  /// Lifting a ban is to end it now.
  public var endsAt: Timestamp?
  /// Who decided it: the label of the moderator's token.
  public var who: String
  /// Why, in the moderator's words.
  public var why: String
  /// What is refused.
  public var effect: Effect

  /// A ban of these parts.
  public init(
    id: String, subject: Subject, startsAt: Timestamp, endsAt: Timestamp?, who: String,
    why: String, effect: Effect = .ban
  ) {
    self.effect = effect
    self.id = id
    self.subject = subject
    self.startsAt = startsAt
    self.endsAt = endsAt
    self.who = who
    self.why = why
  }

  /// Whether the ban keeps its subject out at `moment`.
  public func isInForce(at moment: Timestamp) -> Bool {
    startsAt <= moment && (endsAt.map { moment < $0 } ?? true)
  }
}
