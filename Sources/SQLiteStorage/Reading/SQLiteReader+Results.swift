import ArenaStorage
import ArenaTypes

extension SQLiteReader {
  func duelResult(_ duel: DuelID) throws(StorageError) -> DuelResultRecord? {
    try database.row(
      """
      SELECT duel, format, campaign, started_at, ended_at, is_rated, outcome, winner, reason,
        voided_because
      FROM duel_result WHERE duel = ?1
      """, duel, read: duelResult)
  }

  func duelResults(of player: PlayerID, limit: Int) throws(StorageError) -> [DuelResultRecord] {
    try database.rows(
      """
      SELECT duel, format, campaign, started_at, ended_at, is_rated, outcome, winner, reason,
        voided_because
      FROM duel_result WHERE duel IN (SELECT duel FROM duel_seat WHERE player = ?1)
      ORDER BY ended_at DESC, duel DESC LIMIT ?2
      """, player, limits.pageCount(limit), read: duelResult)
  }

  func playedDuels(
    format: String, campaign: CampaignID, limit: Int
  ) throws(StorageError) -> [DuelResultRecord] {
    try database.rows(
      """
      SELECT duel, format, campaign, started_at, ended_at, is_rated, outcome, winner, reason
      FROM duel_result
      WHERE format = ?1 AND campaign = ?2 AND reason = 'points' AND NOT EXISTS (
        SELECT 1 FROM duel_seat WHERE duel_seat.duel = duel_result.duel AND is_bot = 1)
      ORDER BY ended_at DESC, duel DESC LIMIT ?3
      """, format, campaign, limits.pageCount(limit), read: duelResult)
  }

  func contest(_ id: ContestID) throws(StorageError) -> ContestRecord? {
    try database.row(
      """
      SELECT id, title, kind, campaign, opens_at, closes_at, state, seed FROM contest
      WHERE id = ?1
      """, id, read: contest)
  }

  func contests(
    closingFrom moment: Timestamp, limit: Int
  ) throws(StorageError) -> [ContestRecord] {
    try database.rows(
      """
      SELECT id, title, kind, campaign, opens_at, closes_at, state, seed FROM contest
      WHERE closes_at >= ?1 ORDER BY closes_at, id LIMIT ?2
      """, moment, limits.pageCount(limit), read: contest)
  }

  func finalBoard(of contest: ContestID) throws(StorageError) -> FinalBoardRecord? {
    let board: FinalBoardRecord? = try database.row(
      "SELECT settled_at, amended_because, seal FROM final_board WHERE contest = ?1", contest
    ) {
      FinalBoardRecord(
        contest: contest, settledAt: $0[0], amendedBecause: $0[1], entries: [], seal: $0[2])
    }
    guard var board else { return nil }
    board.entries = try database.rows(
      """
      SELECT rank, player, name, points, finished_at, joined_at FROM final_board_entry
      WHERE contest = ?1 ORDER BY position
      """, contest
    ) {
      FinalBoardRecord.Entry(
        rank: $0[0], player: $0[1], name: $0[2], points: $0[3], finishedAt: $0[4],
        joinedAt: $0[5])
    }
    return board
  }

  private func duelResult(_ row: SQLiteRow) throws(StorageError) -> DuelResultRecord {
    let duel: DuelID = row[0]
    let seats: [DuelResultRecord.Seat] = try database.rows(
      """
      SELECT player, name, is_bot, points, rating_before, rating_after FROM duel_seat
      WHERE duel = ?1 ORDER BY seat
      """, duel
    ) {
      DuelResultRecord.Seat(
        player: $0[0], name: $0[1], isBot: $0[2], points: $0[3], ratingBefore: $0[4],
        ratingAfter: $0[5])
    }
    return DuelResultRecord(
      duel: duel, format: row[1], campaign: row[2], startedAt: row[3], endedAt: row[4],
      isRated: row[5], outcome: try outcome(name: row[6], winner: row[7]), reason: row[8],
      seats: seats, voidedBecause: row[9])
  }

  private func outcome(
    name: String, winner: PlayerID?
  ) throws(StorageError) -> DuelResultRecord.Outcome {
    switch (name, winner) {
    case ("won", let winner?): return .won(winner)
    case ("draw", nil): return .draw
    case ("void", nil): return .void
    default: throw unreadable("a duel's outcome")
    }
  }

  private func contest(_ row: SQLiteRow) -> ContestRecord {
    ContestRecord(
      id: row[0], title: row[1], kind: row[2], campaign: row[3], opensAt: row[4],
      closesAt: row[5], state: row[6], seed: row[7])
  }
}
