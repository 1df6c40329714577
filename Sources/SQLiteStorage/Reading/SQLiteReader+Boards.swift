import ArenaRules
import ArenaStorage
import ArenaTypes

extension SQLiteReader {
  func deeds(of player: PlayerID) throws(StorageError) -> [BoardDeed] {
    let duels: [DuelLine] = try database.rows(
      """
      SELECT r.ended_at, r.campaign, r.format, s.points, s.rating_before, s.rating_after,
        r.is_rated, r.voided_because IS NOT NULL
      FROM duel_seat s JOIN duel_result r ON r.duel = s.duel
      WHERE s.player = ?1 AND r.outcome <> 'void'
        AND NOT EXISTS (SELECT 1 FROM duel_seat b WHERE b.duel = s.duel AND b.is_bot)
      ORDER BY r.ended_at, r.duel
      """, player
    ) { row in
      let isRated: Bool = row[6]
      return DuelLine(
        at: row[0], campaign: row[1], format: row[2], points: row[3],
        ratingBefore: isRated ? row[4] : nil, ratingAfter: isRated ? row[5] : nil,
        isVoided: row[7])
    }
    let lines: [BoardDeed] = try database.rows(
      """
      SELECT e.rank, e.player, e.name, e.points, e.finished_at, e.joined_at, c.id, c.opens_at
      FROM final_board_entry e JOIN contest c ON c.id = e.contest
      WHERE e.player = ?1 ORDER BY e.contest
      """, player
    ) { row in
      FinalBoardRecord.Entry(
        rank: row[0], player: row[1], name: row[2], points: row[3], finishedAt: row[4],
        joinedAt: row[5]
      ).deed(in: row[6], opensAt: row[7])
    }
    return (BoardDeed.deeds(of: duels) + lines).sorted { $0.at < $1.at }
  }

  func playersWithDeeds(
    after player: PlayerID?, limit: Int
  ) throws(StorageError) -> [PlayerID] {
    try database.rows(
      """
      SELECT player FROM (
        SELECT * FROM (SELECT DISTINCT player FROM duel_seat
          WHERE player > ?1 AND NOT is_bot ORDER BY player LIMIT ?2)
        UNION
        SELECT * FROM (SELECT DISTINCT player FROM final_board_entry
          WHERE player > ?1 ORDER BY player LIMIT ?2))
      ORDER BY player LIMIT ?2
      """, player?.rawValue ?? "", limits.pageCount(limit)
    ) { $0[0] }
  }
}
