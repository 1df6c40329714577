extension Migration {
  /// Solo play: votes, marks, texts that wait for a score, finished dailies.
  static let solo = Migration(
    name: "solo",
    script: """
      CREATE TABLE solo (
        player TEXT PRIMARY KEY,
        state BLOB NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE vote (
        player TEXT NOT NULL,
        unit TEXT NOT NULL,
        explanation TEXT NOT NULL,
        direction INTEGER NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (player, unit, explanation)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX vote_unit ON vote (unit, explanation, direction);
      CREATE INDEX vote_player ON vote (player, at);
      CREATE TABLE unit_mark (
        player TEXT NOT NULL,
        unit TEXT NOT NULL,
        mark TEXT NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (player, unit)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX unit_mark_unit ON unit_mark (unit, mark);
      CREATE TABLE waiting_text (
        explanation TEXT PRIMARY KEY,
        unit TEXT NOT NULL,
        player TEXT NOT NULL,
        asked_at INTEGER NOT NULL,
        is_paid INTEGER NOT NULL,
        failure_count INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX waiting_text_player ON waiting_text (player);
      CREATE INDEX waiting_text_turn
        ON waiting_text (failure_count, is_paid DESC, asked_at, explanation);
      CREATE TABLE finished_daily (
        player TEXT NOT NULL,
        day INTEGER NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (player, day)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX explanation_author ON explanation (author, created_at, id)
        WHERE author_kind = 'player';
      """)
}
