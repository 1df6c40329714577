import ArenaStorage
import ArenaTypes

extension SQLiteReader {
  func score(
    unit: UnitID, text: ExplanationText, scorer: String
  ) throws(StorageError) -> ScoreRecord? {
    try database.row(
      """
      SELECT value, low, high, cap, scorer, computed_at FROM score
      WHERE unit = ?1 AND text = ?2 AND scorer = ?3
      """, unit, text.description, scorer
    ) { (row) throws(StorageError) in
      guard let score = try score(row, from: 0) else { throw unreadable("a score") }
      return ScoreRecord(unit: unit, text: text, score: score, computedAt: row[5])
    }
  }

  func explanations(of unit: UnitID, limit: Int) throws(StorageError) -> [ExplanationRecord] {
    try database.rows(
      """
      SELECT id, unit, text, author_kind, author, campaign, created_at, is_explicit, is_hidden,
        score_value, score_low, score_high, score_cap, scorer
      FROM explanation WHERE unit = ?1 ORDER BY created_at, id LIMIT ?2
      """, unit, limits.pageCount(limit), read: explanation)
  }

  func explanation(_ id: ExplanationID) throws(StorageError) -> ExplanationRecord? {
    try database.row(
      """
      SELECT id, unit, text, author_kind, author, campaign, created_at, is_explicit, is_hidden,
        score_value, score_low, score_high, score_cap, scorer
      FROM explanation WHERE id = ?1
      """, id, read: explanation)
  }

  func answers(
    after number: Int64, limit: Int
  ) throws(StorageError) -> [Numbered<AnswerRecord>] {
    try database.rows(
      """
      SELECT number, id, player, unit, campaign, at, milliseconds, kind, chosen, other,
        was_shown_first, text, measure
      FROM answer WHERE number > ?1 ORDER BY number LIMIT ?2
      """, number, limits.pageCount(limit)
    ) { (row) throws(StorageError) in
      guard let content = AnswerRow(row, from: 7).content else { throw unreadable("an answer") }
      return Numbered(
        number: row[0],
        record: AnswerRecord(
          id: row[1], player: row[2], unit: row[3], campaign: row[4], at: row[5],
          milliseconds: row[6], content: content))
    }
  }

  private func explanation(_ row: SQLiteRow) throws(StorageError) -> ExplanationRecord {
    let text: ExplanationText
    do { text = try ExplanationText(row[2]) } catch { throw unreadable("an explanation's text") }
    let explanation = Explanation(
      id: row[0], unit: row[1], text: text, author: try author(kind: row[3], name: row[4]))
    return ExplanationRecord(
      explanation: explanation, campaign: row[5], createdAt: row[6],
      score: try score(row, from: 9), isExplicit: row[7], isHidden: row[8])
  }

  private func author(kind: String, name: String) throws(StorageError) -> Author {
    switch kind {
    case "player": return .player(PlayerID(rawValue: name))
    case "house": return .house
    case "machine": return .machine(name)
    default: throw unreadable("an explanation's author")
    }
  }

  /// Reads value, low, high, cap and scorer, which begin at `first`; nil where they are NULL.
  private func score(_ row: SQLiteRow, from first: Int32) throws(StorageError) -> Score? {
    guard let value: Double = row[first] else { return nil }
    var cap: Score.Cap?
    if let name: String = row[first + 3] {
      cap = Score.Cap(rawValue: name)
      if cap == nil { throw unreadable("a score's cap") }
    }
    return Score(
      value: value, low: row[first + 1], high: row[first + 2], cap: cap, scorer: row[first + 4])
  }
}
