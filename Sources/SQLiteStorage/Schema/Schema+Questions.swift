/// What is kept for the choice of questions.
extension Migration {
  /// What answers were given in; NULL in answers of old.
  static let answerCircumstances = Migration(
    name: "answer circumstances",
    script: """
      ALTER TABLE answer ADD COLUMN setting TEXT;
      ALTER TABLE answer ADD COLUMN is_rated INTEGER;
      ALTER TABLE answer ADD COLUMN basis TEXT;
      ALTER TABLE answer ADD COLUMN is_right INTEGER;
      ALTER TABLE answer ADD COLUMN tests_reliability INTEGER;
      ALTER TABLE answer ADD COLUMN is_hidden INTEGER;
      ALTER TABLE answer ADD COLUMN rating INTEGER;
      """)

  /// In which order explanations were last changed.
  static let explanationChanges = Migration(
    name: "explanation changes",
    script: """
      ALTER TABLE explanation ADD COLUMN change INTEGER NOT NULL DEFAULT 0;
      UPDATE explanation SET change = ranked.number FROM
        (SELECT id, ROW_NUMBER() OVER (ORDER BY created_at, id) AS number FROM explanation) AS ranked
        WHERE explanation.id = ranked.id;
      CREATE INDEX explanation_change ON explanation (change);
      """)
}
