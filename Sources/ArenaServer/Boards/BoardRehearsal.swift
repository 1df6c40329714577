import ArenaRules
package import ArenaTypes
import DispatchTransport

extension ArenaServer {
  /// Lets the last ones of a contest's board overtake everybody by a point, on the board alone; for
  /// benches, in which nobody answers.
  package func rehearse(overtaking count: Int, in contest: ContestID) {
    post(toOwnerOf: RoomName.contest(contest)) { context in
      guard let board = context.contests[contest]?.board else { return }
      let whole = board.boards.whole
      let top = whole.top(1).first?.points ?? 0
      let last = whole.entries(ranks: max(1, whole.count - count + 1)...max(1, whole.count))
      for placed in last {
        var entry = placed.entry
        entry.points = top + 1
        entry.finishedAt = context.now
        board.put(entry)
      }
    }
  }
}
