import ArenaStorage

/// Writes groups of commits, each group in one transaction.
struct SQLiteGroupWriter {
  /// The writing connection.
  let database: SQLiteDatabase

  /// Writes `group` and flushes the disk once.
  ///
  /// Each commit has a savepoint: one that contradicts what is kept leaves its neighbours alone.
  /// When the disk fails, nothing of the group is written, and all of it is told so.
  ///
  /// - Returns: The end of each commit, in order.
  func write(_ group: [[StoreWrite]]) -> [Result<Void, StorageError>] {
    do {
      return try database.transaction { () throws(StorageError) in
        var results: [Result<Void, StorageError>] = []
        results.reserveCapacity(group.count)
        for writes in group { results.append(try outcome(of: writes)) }
        return results
      }
    } catch {
      return Array(repeating: .failure(error), count: group.count)
    }
  }

  /// Applies one commit within the transaction.
  ///
  /// - Throws: What the disk says; the transaction can't go on.
  private func outcome(
    of writes: [StoreWrite]
  ) throws(StorageError) -> Result<Void, StorageError> {
    try database.run("SAVEPOINT one")
    do {
      for write in writes { try apply(write) }
      try database.run("RELEASE one")
      return .success(())
    } catch .conflict(let what) {
      try database.run("ROLLBACK TO one")
      try database.run("RELEASE one")
      return .failure(.conflict(what))
    }
  }

  private func apply(_ write: StoreWrite) throws(StorageError) {
    switch write {
    case .openRoom(let room): try open(room)
    case .appendJournal(let entry): try append(entry)
    case .closeRoom(let key, let moment): try close(key, at: moment)
    case .forgetRooms(let moment):
      try database.run("DELETE FROM room WHERE closed_at < ?1", moment)
    case .putPlayer(let player): try put(player)
    case .putRating(let rating): try put(rating)
    case .putDuelResult(let result): try put(result)
    case .putContest(let contest): try put(contest)
    case .putFinalBoard(let board): try put(board)
    case .putScore(let score): try put(score)
    case .putExplanation(let record): try put(record)
    case .recordAnswer(let answer): try record(answer)
    case .putSolo(let record): try put(record)
    case .putVote(let vote): try put(vote)
    case .putUnitMark(let mark): try put(mark)
    case .putWaitingText(let text): try put(text)
    case .scoreExplanation(let id, let score): try self.score(id, score)
    case .putFinishedDaily(let daily): try put(daily)
    case .audit(let record): try add(record)
    case .putModeratorToken(let token): try put(token)
    case .putBan(let ban): try put(ban)
    case .putCase(let one): try put(one)
    }
  }
}
