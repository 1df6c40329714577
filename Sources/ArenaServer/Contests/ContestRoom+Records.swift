import ArenaRules
import ArenaStorage
import ArenaTypes
import Interpretation
import Logging

extension ContestRoom {
  /// What is written when the contest is final: the board, once, sealed, with its room closed.
  func finalWrites(
    _ events: [ContestEvent], command: ContestCommand, now: Timestamp
  ) -> [StoreWrite] {
    guard events.contains(where: { if case .final = $0 { true } else { false } }),
      let board = SealedBoard(contest, amends: seal?.hash)
    else { return [] }
    do {
      seal = try BoardSeal(board)
    } catch {
      context.services.log.error("the board of \(id) could not be sealed: \(error)")
    }
    var amendment: String?
    if case .remove(_, _, let reason) = command { amendment = reason }
    let entries = board.entries.enumerated().map { index, entry in
      FinalBoardRecord.Entry(
        rank: index + 1, player: entry.player, name: entry.name, points: entry.points,
        finishedAt: entry.finishedAt, joinedAt: entry.joinedAt)
    }
    return [
      .putContest(record(state: "final")),
      .putFinalBoard(
        FinalBoardRecord(
          contest: id, settledAt: now, amendedBecause: amendment, entries: entries,
          seal: seal?.stored ?? [])),
      .closeRoom(.contest(id), at: now),
    ]
  }

  /// What is written for streaks when runs of a daily are played to their end.
  func streakWrites(_ events: [ContestEvent], now: Timestamp) -> [StoreWrite] {
    guard contest.setup.kind == .daily,
      let day = contest.setup.plan.flatMap({ LocalTime.day(of: $0.date) })
    else { return [] }
    return events.compactMap { event in
      guard case .runEnded(let player, let run) = event, run.end == .finished else { return nil }
      return .putFinishedDaily(FinishedDailyRecord(player: player, day: day, at: now))
    }
  }

  /// The contest as the store keeps it beside its journal.
  private func record(state: String) -> ContestRecord {
    let setup = contest.setup
    return ContestRecord(
      id: id, title: setup.title, kind: setup.kind.rawValue,
      campaign: served.id, opensAt: setup.opensAt,
      closesAt: contest.closesAt, state: state, seed: setup.seed)
  }
}
