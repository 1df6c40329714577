import ArenaStorage
import ArenaTypes

extension SQLiteReader {
  func solo(of player: PlayerID) throws(StorageError) -> SoloRecord? {
    try database.row("SELECT state FROM solo WHERE player = ?1", player) {
      SoloRecord(player: player, state: $0[0])
    }
  }

  func voteCounts(of unit: UnitID) throws(StorageError) -> [VoteCount] {
    try database.rows(
      """
      SELECT explanation, SUM(direction = 1), SUM(direction = -1) FROM vote WHERE unit = ?1
      GROUP BY explanation ORDER BY explanation
      """, unit
    ) { VoteCount(explanation: $0[0], up: $0[1], down: $0[2]) }
  }

  func votes(by player: PlayerID, of unit: UnitID) throws(StorageError) -> [VoteRecord] {
    try database.rows(
      """
      SELECT player, unit, explanation, direction, at FROM vote WHERE player = ?1 AND unit = ?2
      ORDER BY explanation
      """, player, unit, read: vote)
  }

  func votes(by player: PlayerID, limit: Int) throws(StorageError) -> [VoteRecord] {
    try database.rows(
      """
      SELECT player, unit, explanation, direction, at FROM vote WHERE player = ?1
      ORDER BY at DESC, unit, explanation LIMIT ?2
      """, player, limits.pageCount(limit), read: vote)
  }

  func markCounts(of unit: UnitID) throws(StorageError) -> [UnitMarkRecord.Mark: Int] {
    let rows: [(UnitMarkRecord.Mark, Int)] = try database.rows(
      "SELECT mark, COUNT(*) FROM unit_mark WHERE unit = ?1 GROUP BY mark", unit
    ) { (row) throws(StorageError) in (try mark(row[0]), row[1]) }
    return Dictionary(uniqueKeysWithValues: rows)
  }

  func mark(by player: PlayerID, of unit: UnitID) throws(StorageError) -> UnitMarkRecord? {
    try database.row(
      "SELECT mark, at FROM unit_mark WHERE player = ?1 AND unit = ?2", player, unit
    ) { (row) throws(StorageError) in
      UnitMarkRecord(player: player, unit: unit, mark: try mark(row[0]), at: row[1])
    }
  }

  private func mark(_ name: String) throws(StorageError) -> UnitMarkRecord.Mark {
    guard let mark = UnitMarkRecord.Mark(rawValue: name) else { throw unreadable("a mark") }
    return mark
  }

  func waitingTextCount(of player: PlayerID) throws(StorageError) -> Int {
    try database.row("SELECT COUNT(*) FROM waiting_text WHERE player = ?1", player) { $0[0] } ?? 0
  }

  func waitingTexts(limit: Int) throws(StorageError) -> [WaitingTextRecord] {
    try database.rows(
      """
      SELECT explanation, unit, player, asked_at, is_paid, failure_count FROM waiting_text
      ORDER BY failure_count, is_paid DESC, asked_at, explanation LIMIT ?1
      """, limits.pageCount(limit)
    ) {
      WaitingTextRecord(
        explanation: $0[0], unit: $0[1], player: $0[2], askedAt: $0[3], isPaid: $0[4],
        failureCount: $0[5])
    }
  }

  func finishedDailies(
    of player: PlayerID, limit: Int
  ) throws(StorageError) -> [FinishedDailyRecord] {
    try database.rows(
      "SELECT player, day, at FROM finished_daily WHERE player = ?1 ORDER BY day DESC LIMIT ?2",
      player, limits.pageCount(limit)
    ) { FinishedDailyRecord(player: $0[0], day: $0[1], at: $0[2]) }
  }

  private func vote(_ row: SQLiteRow) throws(StorageError) -> VoteRecord {
    guard let direction = VoteRecord.Direction(rawValue: row[3]) else {
      throw unreadable("a vote")
    }
    return VoteRecord(
      player: row[0], unit: row[1], explanation: row[2], direction: direction, at: row[4])
  }
}
