import ArenaStorage
import ArenaTypes

/// Answers from one connection; the caller holds a transaction open, so that all is of one moment.
struct SQLiteReader: StoreReader {
  /// The connection.
  let database: SQLiteDatabase
  /// Bounds the lists.
  var limits = StoreLimits()

  /// What a value that this program never wrote is answered with.
  func unreadable(_ what: String) -> StorageError {
    .unusable(path: database.path, reason: "\(what) is not readable")
  }

  // MARK: Rooms

  func openRooms(of kind: RoomKind?) throws(StorageError) -> [RoomRecord] {
    try database.rows(
      """
      SELECT kind, id, opened_at, closed_at, setup FROM room
      WHERE closed_at IS NULL AND kind = COALESCE(?1, kind) ORDER BY opened_at, kind, id
      """, kind?.rawValue, read: room)
  }

  func room(_ key: RoomKey) throws(StorageError) -> RoomRecord? {
    try database.row(
      "SELECT kind, id, opened_at, closed_at, setup FROM room WHERE kind = ?1 AND id = ?2",
      key.kind.rawValue, key.id, read: room)
  }

  func journal(of key: RoomKey, from sequence: Int) throws(StorageError) -> [JournalEntry] {
    try database.rows(
      """
      SELECT sequence, at, payload FROM journal
      WHERE room = (SELECT number FROM room WHERE kind = ?1 AND id = ?2) AND sequence >= ?3
      ORDER BY sequence
      """, key.kind.rawValue, key.id, sequence
    ) { JournalEntry(room: key, sequence: $0[0], at: $0[1], payload: $0[2]) }
  }

  private func room(_ row: SQLiteRow) throws(StorageError) -> RoomRecord {
    guard let kind = RoomKind(rawValue: row[0]) else { throw unreadable("a room's kind") }
    return RoomRecord(
      key: RoomKey(kind: kind, id: row[1]), openedAt: row[2], closedAt: row[3], setup: row[4])
  }

  // MARK: Players

  func player(_ id: PlayerID) throws(StorageError) -> PlayerRecord? {
    try database.row(
      """
      SELECT id, name, secret_hash, created_at, last_seen_at, shows_explicit, rounds_played, extra,
        territory
      FROM player WHERE id = ?1
      """, id, read: player)
  }

  func player(secretHash: [UInt8]) throws(StorageError) -> PlayerRecord? {
    try database.row(
      """
      SELECT id, name, secret_hash, created_at, last_seen_at, shows_explicit, rounds_played, extra,
        territory
      FROM player WHERE secret_hash = ?1
      """, secretHash, read: player)
  }

  func ratings(of player: PlayerID) throws(StorageError) -> [RatingRecord] {
    try database.rows(
      """
      SELECT player, format, rating, deviation, volatility, updated_at FROM rating
      WHERE player = ?1 ORDER BY format
      """, player, read: rating)
  }

  func bestRatings(format: String, limit: Int) throws(StorageError) -> [RatingRecord] {
    try database.rows(
      """
      SELECT player, format, rating, deviation, volatility, updated_at FROM rating
      WHERE format = ?1 ORDER BY rating DESC, player LIMIT ?2
      """, format, limits.pageCount(limit), read: rating)
  }

  func unitsAnswered(
    by player: PlayerID, since moment: Timestamp
  ) throws(StorageError) -> [UnitID] {
    try database.rows(
      "SELECT DISTINCT unit FROM answer WHERE player = ?1 AND at >= ?2 ORDER BY unit",
      player, moment
    ) { $0[0] }
  }

  func unitsMet(
    by player: PlayerID, since moment: Timestamp
  ) throws(StorageError) -> [UnitID: Timestamp] {
    let met: [(UnitID, Timestamp)] = try database.rows(
      "SELECT unit, MAX(at) FROM answer WHERE player = ?1 AND at >= ?2 GROUP BY unit",
      player, moment
    ) { ($0[0], $0[1]) }
    return Dictionary(uniqueKeysWithValues: met)
  }

  private func player(_ row: SQLiteRow) -> PlayerRecord {
    let territory: String? = row[8]
    return PlayerRecord(
      id: row[0], name: row[1], secretHash: row[2], createdAt: row[3], lastSeenAt: row[4],
      showsExplicit: row[5], roundsPlayed: row[6], extra: row[7],
      territory: territory.flatMap { Territory($0) })
  }

  private func rating(_ row: SQLiteRow) -> RatingRecord {
    RatingRecord(
      player: row[0], format: row[1], rating: row[2], deviation: row[3], volatility: row[4],
      updatedAt: row[5])
  }
}
