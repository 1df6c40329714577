import ArenaStorage
import ArenaTypes

extension SQLiteReader {
  func audit(
    before number: Int64?, limit: Int
  ) throws(StorageError) -> [Numbered<AuditRecord>] {
    try database.rows(
      """
      SELECT number, id, at, who, what, subject, why, act FROM audit WHERE number < ?1
      ORDER BY number DESC LIMIT ?2
      """, number ?? Int64.max, limits.pageCount(limit), read: auditEntry)
  }

  func audit(id: String) throws(StorageError) -> Numbered<AuditRecord>? {
    try database.row(
      "SELECT number, id, at, who, what, subject, why, act FROM audit WHERE id = ?1", id,
      read: auditEntry)
  }

  private func auditEntry(_ row: SQLiteRow) -> Numbered<AuditRecord> {
    Numbered(
      number: row[0],
      record: AuditRecord(
        id: row[1], at: row[2], who: row[3], what: row[4], subject: row[5], why: row[6],
        act: row[7]))
  }

  func moderatorTokens() throws(StorageError) -> [ModeratorTokenRecord] {
    try database.rows(
      """
      SELECT id, hash, label, role, created_at, expires_at, revoked_at FROM moderator_token
      ORDER BY created_at, id
      """, read: token)
  }

  func moderatorToken(hash: [UInt8]) throws(StorageError) -> ModeratorTokenRecord? {
    try database.row(
      """
      SELECT id, hash, label, role, created_at, expires_at, revoked_at FROM moderator_token
      WHERE hash = ?1
      """, hash, read: token)
  }

  func bans(inForceAt moment: Timestamp) throws(StorageError) -> [BanRecord] {
    try database.rows(
      """
      SELECT id, kind, subject, starts_at, ends_at, who, why, effect FROM ban
      WHERE starts_at <= ?1 AND (ends_at IS NULL OR ends_at > ?1) ORDER BY starts_at, id
      """, moment, read: ban)
  }

  func bans(endingAfter moment: Timestamp) throws(StorageError) -> [BanRecord] {
    try database.rows(
      """
      SELECT id, kind, subject, starts_at, ends_at, who, why, effect FROM ban
      WHERE ends_at IS NULL OR ends_at > ?1 ORDER BY starts_at, id
      """, moment, read: ban)
  }

  func ban(_ id: String) throws(StorageError) -> BanRecord? {
    try database.row(
      "SELECT id, kind, subject, starts_at, ends_at, who, why, effect FROM ban WHERE id = ?1", id,
      read: ban)
  }

  private func ban(_ row: SQLiteRow) throws(StorageError) -> BanRecord {
    guard let effect = BanRecord.Effect(rawValue: row[7]) else {
      throw unreadable("a ban's effect")
    }
    return BanRecord(
      id: row[0], subject: try subject(kind: row[1], name: row[2]), startsAt: row[3],
      endsAt: row[4], who: row[5], why: row[6], effect: effect)
  }

  func moderationCase(_ id: String) throws(StorageError) -> Numbered<ModerationCase>? {
    try database.row(
      """
      SELECT number, id, kind, opened_at, closed_at, subject, player, content
      FROM moderation_case WHERE id = ?1
      """, id, read: moderationCase)
  }

  func moderationCases(
    of kind: ModerationCase.Kind, openAt moment: Timestamp?, before number: Int64?, limit: Int
  ) throws(StorageError) -> [Numbered<ModerationCase>] {
    try database.rows(
      """
      SELECT number, id, kind, opened_at, closed_at, subject, player, content
      FROM moderation_case
      WHERE kind = ?1 AND number < ?2 AND (?3 IS NULL OR closed_at IS NULL OR closed_at > ?3)
      ORDER BY number DESC LIMIT ?4
      """, kind.rawValue, number ?? Int64.max, moment, limits.pageCount(limit),
      read: moderationCase)
  }

  func moderationCaseCount(
    of kind: ModerationCase.Kind, openAt moment: Timestamp
  ) throws(StorageError) -> Int {
    try database.row(
      """
      SELECT COUNT(*) FROM moderation_case
      WHERE kind = ?1 AND (closed_at IS NULL OR closed_at > ?2)
      """, kind.rawValue, moment
    ) { $0[0] } ?? 0
  }

  private func moderationCase(_ row: SQLiteRow) throws(StorageError) -> Numbered<ModerationCase> {
    guard let kind = ModerationCase.Kind(rawValue: row[2]) else {
      throw unreadable("a case's kind")
    }
    return Numbered(
      number: row[0],
      record: ModerationCase(
        id: row[1], kind: kind, openedAt: row[3], closedAt: row[4], subject: row[5],
        player: row[6], content: row[7]))
  }

  private func token(_ row: SQLiteRow) throws(StorageError) -> ModeratorTokenRecord {
    guard let role = ModeratorTokenRecord.Role(rawValue: row[3]) else {
      throw unreadable("a token's role")
    }
    return ModeratorTokenRecord(
      id: row[0], hash: row[1], label: row[2], role: role, createdAt: row[4], expiresAt: row[5],
      revokedAt: row[6])
  }

  private func subject(kind: String, name: String) throws(StorageError) -> BanRecord.Subject {
    switch kind {
    case "player": return .player(PlayerID(rawValue: name))
    case "address": return .address(name)
    default: throw unreadable("a ban's subject")
    }
  }
}
