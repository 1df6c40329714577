/// The tables, topic by topic. Moments are milliseconds since the Unix epoch, flags are 0 or 1.
extension Migration {
  /// Rooms that are open or replayable, and the commands that each accepted.
  static let rooms = Migration(
    name: "rooms",
    script: """
      CREATE TABLE room (
        number INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        id TEXT NOT NULL,
        opened_at INTEGER NOT NULL,
        closed_at INTEGER,
        setup BLOB NOT NULL,
        UNIQUE (kind, id)
      ) STRICT;
      CREATE INDEX room_open ON room (opened_at) WHERE closed_at IS NULL;
      CREATE INDEX room_closed ON room (closed_at) WHERE closed_at IS NOT NULL;
      CREATE TABLE journal (
        room INTEGER NOT NULL REFERENCES room ON DELETE CASCADE,
        sequence INTEGER NOT NULL,
        at INTEGER NOT NULL,
        payload BLOB NOT NULL,
        PRIMARY KEY (room, sequence)
      ) STRICT, WITHOUT ROWID;
      """)

  /// Who plays, and how well.
  static let players = Migration(
    name: "players",
    script: """
      CREATE TABLE player (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        secret_hash BLOB NOT NULL UNIQUE,
        created_at INTEGER NOT NULL,
        last_seen_at INTEGER NOT NULL,
        shows_explicit INTEGER NOT NULL,
        rounds_played INTEGER NOT NULL,
        extra BLOB NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE rating (
        player TEXT NOT NULL,
        format TEXT NOT NULL,
        rating REAL NOT NULL,
        deviation REAL NOT NULL,
        volatility REAL NOT NULL,
        updated_at INTEGER NOT NULL,
        PRIMARY KEY (player, format)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX rating_best ON rating (format, rating DESC, player);
      """)

  /// Duels that ended, contests, and their final boards.
  static let results = Migration(
    name: "results",
    script: """
      CREATE TABLE duel_result (
        duel TEXT PRIMARY KEY,
        format TEXT NOT NULL,
        campaign TEXT NOT NULL,
        started_at INTEGER NOT NULL,
        ended_at INTEGER NOT NULL,
        is_rated INTEGER NOT NULL,
        outcome TEXT NOT NULL,
        winner TEXT,
        reason TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE duel_seat (
        duel TEXT NOT NULL REFERENCES duel_result ON DELETE CASCADE,
        seat INTEGER NOT NULL,
        player TEXT NOT NULL,
        name TEXT NOT NULL,
        is_bot INTEGER NOT NULL,
        points INTEGER NOT NULL,
        rating_before REAL,
        rating_after REAL,
        PRIMARY KEY (duel, seat)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX duel_seat_player ON duel_seat (player);
      CREATE TABLE contest (
        id TEXT PRIMARY KEY,
        title TEXT NOT NULL,
        kind TEXT NOT NULL,
        campaign TEXT NOT NULL,
        opens_at INTEGER NOT NULL,
        closes_at INTEGER NOT NULL,
        state TEXT NOT NULL,
        seed INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX contest_closing ON contest (closes_at, id);
      CREATE TABLE final_board (
        contest TEXT PRIMARY KEY,
        settled_at INTEGER NOT NULL,
        amended_because TEXT
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE final_board_entry (
        contest TEXT NOT NULL REFERENCES final_board ON DELETE CASCADE,
        position INTEGER NOT NULL,
        rank INTEGER NOT NULL,
        player TEXT NOT NULL,
        name TEXT NOT NULL,
        points INTEGER NOT NULL,
        finished_at INTEGER,
        joined_at INTEGER NOT NULL,
        PRIMARY KEY (contest, position)
      ) STRICT, WITHOUT ROWID;
      """)

  /// Explanations, their scores, and answers as research data.
  static let explanations = Migration(
    name: "explanations",
    script: """
      CREATE TABLE score (
        unit TEXT NOT NULL,
        text TEXT NOT NULL,
        scorer TEXT NOT NULL,
        value REAL NOT NULL,
        low REAL NOT NULL,
        high REAL NOT NULL,
        cap TEXT,
        computed_at INTEGER NOT NULL,
        PRIMARY KEY (unit, text, scorer)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE explanation (
        id TEXT PRIMARY KEY,
        unit TEXT NOT NULL,
        text TEXT NOT NULL,
        author_kind TEXT NOT NULL,
        author TEXT NOT NULL,
        campaign TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        is_explicit INTEGER NOT NULL,
        is_hidden INTEGER NOT NULL,
        score_value REAL,
        score_low REAL,
        score_high REAL,
        score_cap TEXT,
        scorer TEXT
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX explanation_unit ON explanation (unit, created_at, id);
      CREATE TABLE answer (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        player TEXT NOT NULL,
        unit TEXT NOT NULL,
        campaign TEXT NOT NULL,
        at INTEGER NOT NULL,
        milliseconds INTEGER NOT NULL,
        kind TEXT NOT NULL,
        chosen TEXT,
        other TEXT,
        was_shown_first INTEGER,
        text TEXT,
        measure REAL
      ) STRICT;
      CREATE INDEX answer_player ON answer (player, at, unit);
      """)

  /// What moderators did, who may be one, and who is kept out.
  static let moderation = Migration(
    name: "moderation",
    script: """
      CREATE TABLE audit (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        at INTEGER NOT NULL,
        who TEXT NOT NULL,
        what TEXT NOT NULL,
        subject TEXT NOT NULL,
        why TEXT NOT NULL
      ) STRICT;
      CREATE TRIGGER audit_keeps BEFORE UPDATE ON audit
        BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
      CREATE TRIGGER audit_stays BEFORE DELETE ON audit
        BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
      CREATE TABLE moderator_token (
        id TEXT PRIMARY KEY,
        hash BLOB NOT NULL UNIQUE,
        label TEXT NOT NULL,
        role TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        expires_at INTEGER,
        revoked_at INTEGER
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE ban (
        id TEXT PRIMARY KEY,
        kind TEXT NOT NULL,
        subject TEXT NOT NULL,
        starts_at INTEGER NOT NULL,
        ends_at INTEGER,
        who TEXT NOT NULL,
        why TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX ban_subject ON ban (kind, subject);
      """)

  /// Which scorer gave the score of a written answer; NULL where it was not kept.
  static let answerScorers = Migration(
    name: "answer scorers", script: "ALTER TABLE answer ADD COLUMN scorer TEXT;")

  /// What waits for moderators; what an act was, so that it can be undone; mutes beside bans; duels that
  /// were voided after their end.
  static let moderationCases = Migration(
    name: "moderation cases",
    script: """
      CREATE TABLE moderation_case (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL,
        opened_at INTEGER NOT NULL,
        closed_at INTEGER,
        subject TEXT NOT NULL,
        player TEXT,
        content BLOB NOT NULL
      ) STRICT;
      CREATE INDEX moderation_case_kind ON moderation_case (kind, closed_at, number);
      ALTER TABLE audit ADD COLUMN act BLOB NOT NULL DEFAULT x'';
      ALTER TABLE ban ADD COLUMN effect TEXT NOT NULL DEFAULT 'ban';
      ALTER TABLE duel_result ADD COLUMN voided_because TEXT;
      """)

  /// The last duels of a format, among which recordings to play against are looked for.
  static let playedDuels = Migration(
    name: "played duels",
    script: """
      CREATE INDEX duel_result_played ON duel_result (format, campaign, reason, ended_at DESC);
      """)

  /// What final boards are sealed with.
  static let boardSeals = Migration(
    name: "board seals",
    script: """
      ALTER TABLE final_board ADD COLUMN seal BLOB NOT NULL DEFAULT x'';
      """)

  /// Where players are at home (ISO 3166), and the way from a player to final boards.
  static let territories = Migration(
    name: "territories",
    script: """
      ALTER TABLE player ADD COLUMN territory TEXT;
      CREATE INDEX final_board_entry_player ON final_board_entry (player);
      """)
}
