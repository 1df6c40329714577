import ArenaProtocol
import ArenaRules
import ArenaTypes

extension ContestRoom {
  /// The contest in one line.
  var summary: Wire.ContestSummary { views.summary(contest, seal: seal?.wire) }

  /// Tells the lobby how the contest stands.
  func announce() {
    let summary = summary
    context.postToLobby { $0.contestChanged(summary) }
  }

  /// What watchers see beside the board.
  var boardSurroundings: BoardSurroundings {
    BoardSurroundings(
      face: .contest(
        state: contest.state, closesAt: contest.closesAt,
        amendedBecause: contest.result?.amendedBecause),
      contest: summary, stage: stage,
      wireStage: stage.map { views.stage($0, of: contest.setup) })
  }
}
