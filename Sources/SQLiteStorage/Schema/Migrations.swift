import ArenaStorage

/// One step of the schema; once released it never changes.
struct Migration: Sendable {
  /// What it brings, for people.
  let name: String
  /// The statements, run in one transaction.
  let script: StaticString
}

/// Brings a database file to the schema that this program speaks.
///
/// The table `migration` holds what was done, by number and name; the version of a database is its
/// highest number.
struct Migrations {
  /// Marks a file as ours: "NArn" in ASCII.
  static let applicationID = 0x4E41_726E

  /// The steps, in order; the first is number 1.
  let steps: [Migration]

  /// All the steps there are.
  static let current = Migrations(steps: [
    .rooms, .players, .results, .explanations, .moderation, .answerScorers, .boardSeals,
    .solo, .moderationCases, .territories, .playedDuels, .answerCircumstances, .explanationChanges,
  ])

  /// Whether `database` lacks a step.
  ///
  /// - Throws: `newerDatabase` or `unusable` if it isn't a database of this program's past.
  func isNeeded(for database: SQLiteDatabase) throws(StorageError) -> Bool {
    try version(of: database) < steps.count
  }

  /// Applies the steps that `database` lacks, each in a transaction of its own.
  ///
  /// - Throws: As `isNeeded(for:)`, and what the disk says.
  func apply(to database: SQLiteDatabase) throws(StorageError) {
    let done = try version(of: database)
    for (index, step) in steps.enumerated().dropFirst(done) {
      try database.transaction { () throws(StorageError) in
        if index == 0 { try database.execute(Self.ledger) }
        try database.execute(step.script)
        try database.run(
          "INSERT INTO migration (number, name) VALUES (?1, ?2)", index + 1, step.name)
      }
    }
  }

  private static let ledger: StaticString = """
    PRAGMA application_id = 0x4E41726E;
    CREATE TABLE migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
    """

  /// How many steps `database` has; 0 for an empty file.
  private func version(of database: SQLiteDatabase) throws(StorageError) -> Int {
    let applicationID: Int? = try database.row("PRAGMA application_id") { $0[0] }
    let tableCount: Int? = try database.row("SELECT COUNT(*) FROM sqlite_schema") { $0[0] }
    if applicationID == 0, tableCount == 0 { return 0 }
    guard applicationID == Self.applicationID else {
      throw .unusable(path: database.path, reason: "it is another program's database")
    }
    let names: [String] = try database.rows("SELECT name FROM migration ORDER BY number") { $0[0] }
    guard names.count <= steps.count else {
      throw .newerDatabase(
        path: database.path, version: names.count, supportedVersion: steps.count)
    }
    for (name, step) in zip(names, steps) where name != step.name {
      throw .unusable(
        path: database.path, reason: "its schema has \"\(name)\" in place of \"\(step.name)\"")
    }
    return names.count
  }
}
