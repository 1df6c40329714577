import ArenaProtocol
import ArenaRules
import ArenaStorage
import ArenaTypes
import DequeModule
import DispatchTransport

/// Rooms of games that ended a moment ago are taken up again after a restart, for those who were cut
/// before they saw the end.
///
/// They are read when somebody asks for them, so that a server with many of them starts as fast as one
/// with none, and only as long as they would have stayed in memory.
extension ShardContext {
  /// Calls `work` with a duel's room, in memory or taken up again; nil where there is none any more.
  func withDuel(_ id: DuelID, _ work: @escaping (Result<DuelRoom?, Refusal>) -> Void) {
    if let room = duels[id] { return work(.success(room)) }
    let kept = configuration.finishedDuelKept
    recall(
      .duel(id), { reader throws(StorageError) in try RestoredDuel(.duel(id), reader: reader) },
      takeUp: { context, restored in
        guard context.duels[id] == nil, let end = restored.duel.result?.at,
          context.now < end + kept
        else { return }
        let room = DuelRoom(
          restored.record, duel: restored.duel, entryCount: restored.entryCount,
          context: context)
        context.duels[id] = room
        context.forgetDuel(id, after: end + kept - context.now)
      }
    ) { [unowned self] in work($0.map { self.duels[id] }) }
  }

  /// Calls `work` with a contest's room, in memory or taken up again; nil where there is none any
  /// more.
  func withContest(_ id: ContestID, _ work: @escaping (Result<ContestRoom?, Refusal>) -> Void) {
    if let room = contests[id] { return work(.success(room)) }
    recall(
      .contest(id), { reader throws(StorageError) in try FinalContest(id, reader: reader) },
      takeUp: { context, final in
        guard context.contests[id] == nil, let end = final.contest.result?.at,
          context.now < end + Self.finalContestKept
        else { return }
        let room = ContestRoom(final.contest, entryCount: final.entryCount, context: context)
        if let seal = final.seal { room.seal = seal }
        context.contests[id] = room
        room.announce()
        context.forgetContest(id, after: end + Self.finalContestKept - context.now)
      }
    ) { [unowned self] in work($0.map { self.contests[id] }) }
  }

  /// Reads a room once for all who wait for it.
  private func recall<Restored: Sendable>(
    _ key: RoomKey,
    _ read:
      @escaping @Sendable (_ reader: any StoreReader) throws(StorageError) -> Restored?,
    takeUp: @escaping @Sendable (ShardContext, Restored) -> Void,
    then: @escaping (Result<Void, Refusal>) -> Void
  ) {
    recalls[key, default: []].append(then)
    guard recalls[key]?.count == 1 else { return }
    let (index, directory) = (shard.index, directory)
    services.store.read(read) { result in
      directory.post(to: index) { context in
        let waiting = context.recalls.removeValue(forKey: key) ?? []
        var outcome = Result<Void, Refusal>.success(())
        switch result {
        case .success(let restored?): takeUp(context, restored)
        case .success(nil), .failure(.unusable): break
        case .failure: outcome = .failure(Refusal(.unavailable, retryAfter: .seconds(1)))
        }
        for then in waiting { then(outcome) }
      }
    }
  }

  /// Drops a finished duel's room after a while, or when its place is needed.
  func forgetDuel(_ id: DuelID, after delay: Duration) {
    finishedDuels.append(id)
    scheduler.schedule(after: delay) { [weak self] in
      guard let self else { return }
      duels[id] = nil
      while let first = finishedDuels.first, duels[first] == nil { finishedDuels.removeFirst() }
    }
  }

  /// Makes a place for another duel, if need be by dropping the one that ended first.
  ///
  /// Who still looks at that one gets it from the store.
  /// - Returns: Whether there is a place: false where too many run.
  func makePlaceForDuel() -> Bool {
    while duels.count >= configuration.duelCountMax {
      guard let first = finishedDuels.popFirst() else { return false }
      duels[first] = nil
    }
    return true
  }
}

/// A contest that is final, as its board is on disk.
private struct FinalContest: Sendable {
  let contest: Contest
  let entryCount: Int
  let seal: BoardSeal?

  /// Reads one; nil where there is none, or where it is not final.
  init?(_ id: ContestID, reader: any StoreReader) throws(StorageError) {
    guard let board = try reader.finalBoard(of: id),
      let restored = try RestoredContest(.contest(id), reader: reader),
      restored.contest.state == .final
    else { return nil }
    var contest = restored.contest
    if let reason = board.amendedBecause {
      // What a moderator took off the final board is in no journal.
      let kept = Set(board.entries.map(\.player))
      for entry in contest.board.top(contest.board.count) where !kept.contains(entry.player) {
        _ = try? contest.apply(
          .remove(player: entry.player, moderator: "", reason: reason), now: board.settledAt)
      }
    }
    self.contest = contest
    entryCount = restored.entryCount
    seal = BoardSeal(stored: board.seal)
  }
}
