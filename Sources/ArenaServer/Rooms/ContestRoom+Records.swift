import ArenaRules
import ArenaStorage
import ArenaTypes
import Interpretation

extension ContestRoom {
  /// What is written when the contest is final: the board, once, with its room closed.
  func finalWrites(
    _ events: [ContestEvent], command: ContestCommand, now: Timestamp
  ) -> [StoreWrite] {
    guard events.contains(where: { if case .final = $0 { true } else { false } }) else { return [] }
    var amendment: String?
    if case .remove(_, _, let reason) = command { amendment = reason }
    let entries = contest.board.top(contest.board.count).enumerated().map { index, entry in
      FinalBoardRecord.Entry(
        rank: index + 1, player: entry.player, name: entry.name, points: entry.points,
        finishedAt: entry.finishedAt, joinedAt: entry.joinedAt)
    }
    return [
      .putContest(record(state: "final")),
      .putFinalBoard(
        FinalBoardRecord(
          contest: id, settledAt: now, amendedBecause: amendment,
          entries: entries)),
      .closeRoom(.contest(id), at: now),
    ]
  }

  /// The contest as the store keeps it beside its journal.
  private func record(state: String) -> ContestRecord {
    let setup = contest.setup
    return ContestRecord(
      id: id, title: setup.title, kind: "race", campaign: context.services.campaign.info.id,
      opensAt: setup.opensAt, closesAt: contest.closesAt, state: state, seed: setup.seed)
  }
}
