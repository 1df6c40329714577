import ArenaStorage
import ArenaTypes

extension SQLiteGroupWriter {
  func put(_ record: SoloRecord) throws(StorageError) {
    try database.run(
      """
      INSERT INTO solo (player, state) VALUES (?1, ?2)
      ON CONFLICT (player) DO UPDATE SET state = ?2
      """, record.player, record.state)
  }

  func put(_ vote: VoteRecord) throws(StorageError) {
    if vote.direction == .none {
      try database.run(
        "DELETE FROM vote WHERE player = ?1 AND unit = ?2 AND explanation = ?3",
        vote.player, vote.unit, vote.explanation)
      return
    }
    try database.run(
      """
      INSERT INTO vote (player, unit, explanation, direction, at) VALUES (?1, ?2, ?3, ?4, ?5)
      ON CONFLICT (player, unit, explanation) DO UPDATE SET direction = ?4, at = ?5
      """, vote.player, vote.unit, vote.explanation, vote.direction.rawValue, vote.at)
  }

  func put(_ mark: UnitMarkRecord) throws(StorageError) {
    if mark.mark == .none {
      try database.run(
        "DELETE FROM unit_mark WHERE player = ?1 AND unit = ?2", mark.player, mark.unit)
      return
    }
    try database.run(
      """
      INSERT INTO unit_mark (player, unit, mark, at) VALUES (?1, ?2, ?3, ?4)
      ON CONFLICT (player, unit) DO UPDATE SET mark = ?3, at = ?4
      """, mark.player, mark.unit, mark.mark.rawValue, mark.at)
  }

  func put(_ text: WaitingTextRecord) throws(StorageError) {
    try database.run(
      """
      INSERT INTO waiting_text (explanation, unit, player, asked_at, is_paid, failure_count)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6)
      ON CONFLICT (explanation) DO UPDATE SET unit = ?2, player = ?3, asked_at = ?4, is_paid = ?5,
        failure_count = ?6
      """, text.explanation, text.unit, text.player, text.askedAt, text.isPaid, text.failureCount)
  }

  func score(_ id: ExplanationID, _ score: Score) throws(StorageError) {
    try database.run(
      """
      UPDATE explanation SET score_value = ?2, score_low = ?3, score_high = ?4, score_cap = ?5,
        scorer = ?6, change = 1 + (SELECT MAX(change) FROM explanation)
      WHERE id = ?1
      """, id, score.value, score.low, score.high, score.cap?.rawValue, score.scorer)
    try database.run("DELETE FROM waiting_text WHERE explanation = ?1", id)
  }

  func put(_ daily: FinishedDailyRecord) throws(StorageError) {
    try database.run(
      """
      INSERT INTO finished_daily (player, day, at) VALUES (?1, ?2, ?3)
      ON CONFLICT (player, day) DO NOTHING
      """, daily.player, daily.day, daily.at)
  }
}
