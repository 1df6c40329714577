import ArenaStorage
import ArenaTypes

extension SQLiteReader {
  func audit(
    before number: Int64?, limit: Int
  ) throws(StorageError) -> [Numbered<AuditRecord>] {
    try database.rows(
      """
      SELECT number, id, at, who, what, subject, why FROM audit WHERE number < ?1
      ORDER BY number DESC LIMIT ?2
      """, number ?? Int64.max, limits.pageCount(limit)
    ) {
      Numbered(
        number: $0[0],
        record: AuditRecord(
          id: $0[1], at: $0[2], who: $0[3], what: $0[4], subject: $0[5], why: $0[6]))
    }
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
      SELECT id, kind, subject, starts_at, ends_at, who, why FROM ban
      WHERE starts_at <= ?1 AND (ends_at IS NULL OR ends_at > ?1) ORDER BY starts_at, id
      """, moment
    ) { (row) throws(StorageError) in
      BanRecord(
        id: row[0], subject: try subject(kind: row[1], name: row[2]), startsAt: row[3],
        endsAt: row[4], who: row[5], why: row[6])
    }
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
