import ArenaStorage
import ArenaTypes

extension SQLiteGroupWriter {
  func add(_ record: AuditRecord) throws(StorageError) {
    try database.run(
      """
      INSERT INTO audit (id, at, who, what, subject, why, act)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
      ON CONFLICT (id) DO NOTHING
      """,
      record.id, record.at, record.who, record.what, record.subject, record.why, record.act)
  }

  func put(_ token: ModeratorTokenRecord) throws(StorageError) {
    try database.run(
      """
      INSERT INTO moderator_token (id, hash, label, role, created_at, expires_at, revoked_at)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
      ON CONFLICT (id) DO UPDATE SET hash = ?2, label = ?3, role = ?4, created_at = ?5,
        expires_at = ?6, revoked_at = ?7
      """,
      token.id, token.hash, token.label, token.role.rawValue, token.createdAt, token.expiresAt,
      token.revokedAt)
  }

  func put(_ ban: BanRecord) throws(StorageError) {
    let (kind, subject) =
      switch ban.subject {
      case .player(let player): ("player", player.rawValue)
      case .address(let address): ("address", address)
      }
    try database.run(
      """
      INSERT INTO ban (id, kind, subject, starts_at, ends_at, who, why, effect)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
      ON CONFLICT (id) DO UPDATE SET kind = ?2, subject = ?3, starts_at = ?4, ends_at = ?5,
        who = ?6, why = ?7, effect = ?8
      """,
      ban.id, kind, subject, ban.startsAt, ban.endsAt, ban.who, ban.why, ban.effect.rawValue)
  }

  func put(_ one: ModerationCase) throws(StorageError) {
    try database.run(
      """
      INSERT INTO moderation_case (id, kind, opened_at, closed_at, subject, player, content)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
      ON CONFLICT (id) DO UPDATE SET kind = ?2, opened_at = ?3, closed_at = ?4, subject = ?5,
        player = ?6, content = ?7
      """,
      one.id, one.kind.rawValue, one.openedAt, one.closedAt, one.subject, one.player, one.content)
  }
}
