import ArenaStorage
import ArenaTypes

extension SQLiteGroupWriter {
  func put(_ result: DuelResultRecord) throws(StorageError) {
    if let existing = try SQLiteReader(database: database).duelResult(result.duel) {
      if existing == result { return }
      guard result.voidedBecause != nil else {
        throw .conflict("duel \(result.duel) has another result")
      }
      try database.run("DELETE FROM duel_result WHERE duel = ?1", result.duel)
    }
    let (outcome, winner): (String, PlayerID?) =
      switch result.outcome {
      case .won(let player): ("won", player)
      case .draw: ("draw", nil)
      case .void: ("void", nil)
      }
    try database.run(
      """
      INSERT INTO duel_result (duel, format, campaign, started_at, ended_at, is_rated, outcome,
        winner, reason, voided_because)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
      """,
      result.duel, result.format, result.campaign, result.startedAt, result.endedAt,
      result.isRated, outcome, winner, result.reason, result.voidedBecause)
    for (index, seat) in result.seats.enumerated() {
      try database.run(
        """
        INSERT INTO duel_seat (duel, seat, player, name, is_bot, points, rating_before,
          rating_after)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        """,
        result.duel, index, seat.player, seat.name, seat.isBot, seat.points, seat.ratingBefore,
        seat.ratingAfter)
    }
  }

  func put(_ contest: ContestRecord) throws(StorageError) {
    try database.run(
      """
      INSERT INTO contest (id, title, kind, campaign, opens_at, closes_at, state, seed)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
      ON CONFLICT (id) DO UPDATE SET title = ?2, kind = ?3, campaign = ?4, opens_at = ?5,
        closes_at = ?6, state = ?7, seed = ?8
      """,
      contest.id, contest.title, contest.kind, contest.campaign, contest.opensAt,
      contest.closesAt, contest.state, contest.seed)
  }

  func put(_ board: FinalBoardRecord) throws(StorageError) {
    if let existing = try SQLiteReader(database: database).finalBoard(of: board.contest) {
      if existing == board { return }
      guard board.amendedBecause != nil else {
        throw .conflict("contest \(board.contest) has another final board")
      }
      try database.run("DELETE FROM final_board WHERE contest = ?1", board.contest)
    }
    try database.run(
      """
      INSERT INTO final_board (contest, settled_at, amended_because, seal)
      VALUES (?1, ?2, ?3, ?4)
      """,
      board.contest, board.settledAt, board.amendedBecause, board.seal)
    for (position, entry) in board.entries.enumerated() {
      try database.run(
        """
        INSERT INTO final_board_entry (contest, position, rank, player, name, points, finished_at,
          joined_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        """,
        board.contest, position, entry.rank, entry.player, entry.name, entry.points,
        entry.finishedAt, entry.joinedAt)
    }
  }
}
