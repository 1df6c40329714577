import ArenaStorage
import ArenaTypes

extension SQLiteGroupWriter {
  func put(_ record: ScoreRecord) throws(StorageError) {
    try database.run(
      """
      INSERT INTO score (unit, text, scorer, value, low, high, cap, computed_at)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
      ON CONFLICT (unit, text, scorer) DO UPDATE SET value = ?4, low = ?5, high = ?6, cap = ?7,
        computed_at = ?8
      """,
      record.unit, record.text.description, record.score.scorer, record.score.value,
      record.score.low, record.score.high, record.score.cap?.rawValue, record.computedAt)
  }

  func put(_ record: ExplanationRecord) throws(StorageError) {
    let (authorKind, author) =
      switch record.explanation.author {
      case .player(let player): ("player", player.rawValue)
      case .house: ("house", "")
      case .machine(let name): ("machine", name)
      }
    try database.run(
      """
      INSERT INTO explanation (id, unit, text, author_kind, author, campaign, created_at,
        is_explicit, is_hidden, score_value, score_low, score_high, score_cap, scorer, change)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14,
        1 + COALESCE((SELECT MAX(change) FROM explanation), 0))
      ON CONFLICT (id) DO UPDATE SET unit = ?2, text = ?3, author_kind = ?4, author = ?5,
        campaign = ?6, created_at = ?7, is_explicit = ?8, is_hidden = ?9, score_value = ?10,
        score_low = ?11, score_high = ?12, score_cap = ?13, scorer = ?14, change = excluded.change
      """,
      record.explanation.id, record.explanation.unit, record.explanation.text.description,
      authorKind, author, record.campaign, record.createdAt, record.isExplicit, record.isHidden,
      record.score?.value, record.score?.low, record.score?.high, record.score?.cap?.rawValue,
      record.score?.scorer)
  }

  func record(_ answer: AnswerRecord) throws(StorageError) {
    let (row, context) = (AnswerRow(answer.content), answer.circumstances)
    try database.run(
      """
      INSERT INTO answer (id, player, unit, campaign, at, milliseconds, kind, chosen, other,
        was_shown_first, text, measure, scorer, setting, is_rated, basis, is_right,
        tests_reliability, is_hidden, rating)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19,
        ?20)
      ON CONFLICT (id) DO NOTHING
      """,
      answer.id, answer.player, answer.unit, answer.campaign, answer.at, answer.milliseconds,
      row.kind, row.chosen, row.other, row.wasShownFirst, row.text, row.measure, row.scorer,
      context?.setting.rawValue, context?.isRated, context?.basis, context?.isRight,
      context?.testsReliability, context?.isHidden, context?.rating)
  }
}

/// The columns of an answer's content; those that its kind doesn't have are NULL.
///
/// | kind | chosen | other | text | measure | scorer |
/// |---|---|---|---|---|---|
/// | pick | explanation | explanation | | | |
/// | write | | | what was written | score | who scored |
/// | oddOneOut | number of the choice | number of the odd one | excerpts, spaces between | | |
/// | predict | explanation | excerpt | marked positions, spaces between | | |
/// | fire | | | what was written | peak | |
/// | none | kind of the question | | | | |
struct AnswerRow {
  var kind: String
  var chosen: String?
  var other: String?
  var wasShownFirst: Bool?
  var text: String?
  var measure: Double?
  var scorer: String?

  init(_ content: AnswerRecord.Content) {
    switch content {
    case .pick(let chosen, let other, let wasShownFirst):
      kind = "pick"
      self.chosen = chosen.rawValue
      self.other = other.rawValue
      self.wasShownFirst = wasShownFirst
    case .write(let text, let score, let scorer):
      kind = "write"
      self.text = text
      measure = score
      self.scorer = scorer
    case .oddOneOut(let excerpts, let chosen, let odd):
      kind = "oddOneOut"
      self.chosen = "\(chosen)"
      other = "\(odd)"
      text = excerpts.map(\.rawValue).joined(separator: " ")
    case .predict(let explanation, let excerpt, let tokens):
      kind = "predict"
      chosen = explanation.rawValue
      other = excerpt.rawValue
      text = tokens.map(String.init).joined(separator: " ")
    case .fire(let text, let peak):
      kind = "fire"
      self.text = text
      measure = peak
    case .unanswered(let asked):
      kind = "none"
      chosen = asked
    }
  }

  /// Reads the columns `kind` to `scorer`, which begin at `first`.
  init(_ row: SQLiteRow, from first: Int32) {
    kind = row[first]
    chosen = row[first + 1]
    other = row[first + 2]
    wasShownFirst = row[first + 3]
    text = row[first + 4]
    measure = row[first + 5]
    scorer = row[first + 6]
  }

  /// The content; nil where the columns don't fit together.
  var content: AnswerRecord.Content? {
    switch (kind, chosen, other, wasShownFirst, text) {
    case ("pick", let chosen?, let other?, let wasShownFirst?, nil):
      .pick(
        chosen: ExplanationID(rawValue: chosen), other: ExplanationID(rawValue: other),
        wasShownFirst: wasShownFirst)
    case ("write", nil, nil, nil, let text?): .write(text: text, score: measure, scorer: scorer)
    case ("oddOneOut", let chosen?, let odd?, nil, let excerpts?):
      Self.oddOneOut(excerpts: excerpts, chosen: chosen, odd: odd)
    case ("predict", let explanation?, let excerpt?, nil, let tokens?):
      Self.predict(explanation: explanation, excerpt: excerpt, tokens: tokens)
    case ("fire", nil, nil, nil, let text?): .fire(text: text, peak: measure)
    case ("none", let asked?, nil, nil, nil): .unanswered(kind: asked)
    default: nil
    }
  }

  private static func oddOneOut(
    excerpts: String, chosen: String, odd: String
  ) -> AnswerRecord.Content? {
    guard let chosen = Int(chosen), let odd = Int(odd) else { return nil }
    let names = excerpts.split(separator: " ").map { ExcerptID(rawValue: String($0)) }
    return .oddOneOut(excerpts: names, chosen: chosen, odd: odd)
  }

  private static func predict(
    explanation: String, excerpt: String, tokens: String
  ) -> AnswerRecord.Content? {
    let words = tokens.split(separator: " ")
    let positions = words.compactMap { Int($0) }
    guard positions.count == words.count else { return nil }
    return .predict(
      explanation: ExplanationID(rawValue: explanation),
      excerpt: ExcerptID(rawValue: excerpt), tokens: positions)
  }
}
