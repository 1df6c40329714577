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

  func scores(after key: ScoreKey?, limit: Int) throws(StorageError) -> [ScoreRecord] {
    // No text is empty, so three empty ones stand before all.
    try database.rows(
      """
      SELECT value, low, high, cap, scorer, computed_at, unit, text FROM score
      WHERE (unit, text, scorer) > (?1, ?2, ?3) ORDER BY unit, text, scorer LIMIT ?4
      """, key?.unit.rawValue ?? "", key?.text.description ?? "", key?.scorer ?? "",
      limits.pageCount(limit)
    ) { (row) throws(StorageError) in
      guard let score = try score(row, from: 0), let text = try? ExplanationText(row[7]) else {
        throw unreadable("a score")
      }
      return ScoreRecord(unit: row[6], text: text, score: score, computedAt: row[5])
    }
  }

  func explanations(after id: ExplanationID?, limit: Int) throws(StorageError)
    -> [ExplanationRecord]
  {
    try database.rows(
      """
      SELECT id, unit, text, author_kind, author, campaign, created_at, is_explicit, is_hidden,
        score_value, score_low, score_high, score_cap, scorer
      FROM explanation WHERE id > ?1 ORDER BY id LIMIT ?2
      """, id?.rawValue ?? "", limits.pageCount(limit), read: explanation)
  }

  func explanations(of unit: UnitID, limit: Int) throws(StorageError) -> [ExplanationRecord] {
    try database.rows(
      """
      SELECT id, unit, text, author_kind, author, campaign, created_at, is_explicit, is_hidden,
        score_value, score_low, score_high, score_cap, scorer
      FROM explanation WHERE unit = ?1 ORDER BY created_at, id LIMIT ?2
      """, unit, limits.pageCount(limit), read: explanation)
  }

  func explanations(changedAfter number: Int64, limit: Int) throws(StorageError)
    -> [Numbered<ExplanationRecord>]
  {
    try database.rows(
      """
      SELECT id, unit, text, author_kind, author, campaign, created_at, is_explicit, is_hidden,
        score_value, score_low, score_high, score_cap, scorer, change
      FROM explanation WHERE change > ?1 ORDER BY change LIMIT ?2
      """, number, limits.pageCount(limit)
    ) { (row) throws(StorageError) in
      Numbered(number: row[14], record: try explanation(row))
    }
  }

  func explanation(_ id: ExplanationID) throws(StorageError) -> ExplanationRecord? {
    try database.row(
      """
      SELECT id, unit, text, author_kind, author, campaign, created_at, is_explicit, is_hidden,
        score_value, score_low, score_high, score_cap, scorer
      FROM explanation WHERE id = ?1
      """, id, read: explanation)
  }

  func explanations(by player: PlayerID, limit: Int) throws(StorageError) -> [ExplanationRecord] {
    try database.rows(
      """
      SELECT id, unit, text, author_kind, author, campaign, created_at, is_explicit, is_hidden,
        score_value, score_low, score_high, score_cap, scorer
      FROM explanation WHERE author_kind = 'player' AND author = ?1
      ORDER BY created_at DESC, id DESC LIMIT ?2
      """, player, limits.pageCount(limit), read: explanation)
  }

  func answers(by player: PlayerID, limit: Int) throws(StorageError) -> [AnswerRecord] {
    try database.rows(
      """
      SELECT number, id, player, unit, campaign, at, milliseconds, kind, chosen, other,
        was_shown_first, text, measure, scorer, setting, is_rated, basis, is_right,
        tests_reliability, is_hidden, rating
      FROM answer WHERE player = ?1 ORDER BY at DESC, number DESC LIMIT ?2
      """, player, limits.pageCount(limit)
    ) { (row) throws(StorageError) in try answer(row).record }
  }

  func answers(
    after number: Int64, limit: Int
  ) throws(StorageError) -> [Numbered<AnswerRecord>] {
    try database.rows(
      """
      SELECT number, id, player, unit, campaign, at, milliseconds, kind, chosen, other,
        was_shown_first, text, measure, scorer, setting, is_rated, basis, is_right,
        tests_reliability, is_hidden, rating
      FROM answer WHERE number > ?1 ORDER BY number LIMIT ?2
      """, number, limits.pageCount(limit)
    ) { (row) throws(StorageError) in try answer(row) }
  }

  private func answer(_ row: SQLiteRow) throws(StorageError) -> Numbered<AnswerRecord> {
    guard let content = AnswerRow(row, from: 7).content else { throw unreadable("an answer") }
    return Numbered(
      number: row[0],
      record: AnswerRecord(
        id: row[1], player: row[2], unit: row[3], campaign: row[4], at: row[5],
        milliseconds: row[6], content: content,
        circumstances: try circumstances(row, from: 14)))
  }

  /// Reads what an answer was given in, which begins at `first`; nil where it is NULL.
  private func circumstances(
    _ row: SQLiteRow, from first: Int32
  ) throws(StorageError) -> AnswerCircumstances? {
    guard let name: String = row[first] else { return nil }
    guard let setting = AnswerCircumstances.Setting(rawValue: name) else {
      throw unreadable("an answer's setting")
    }
    return AnswerCircumstances(
      setting: setting, isRated: row[first + 1], basis: row[first + 2], isRight: row[first + 3],
      testsReliability: row[first + 4], isHidden: row[first + 5], rating: row[first + 6])
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
