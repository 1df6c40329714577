import ArenaProtocol
import ArenaRules
import ArenaTypes

extension WireViews {
  /// What everybody who follows a duel is told of an event; nil where it is nothing.
  ///
  /// The live duel and its replay both tell it so.
  ///
  /// - Parameters:
  ///   - duel: The duel after the event.
  ///   - roundStartedAt: When the open question was asked.
  ///   - heat: The reveal's excerpt with what is known of it.
  func told(
    _ event: DuelEvent, of duel: Duel, roundStartedAt: Timestamp, heat: Wire.Heat?
  ) -> ServerEvent? {
    switch event {
    case .started(_, let format, _, let rounds, let startsAt):
      .duelStarted(
        .init(
          format: Wire.DuelFormat(format), rounds: rounds, players: seats(of: duel),
          startsAt: startsAt))
    case .roundStarted:
      round(of: duel, startedAt: roundStartedAt).map { .duelRoundStarted(.init(round: $0)) }
    case .lockedIn(let player, let round):
      duel.seat(of: player).map { .duelLockedIn(.init(round: round + 1, seat: $0)) }
    case .scoring(let round, let deadline):
      .duelScoring(
        .init(
          round: round + 1,
          since: deadline + .milliseconds(-duel.setup.timing.engineWaitMilliseconds),
          until: deadline))
    case .revealed(let result, let deadline):
      .duelRevealed(
        .init(
          reveal: reveal(result, heat: heat),
          totals: Wire.Pair(result.totals[0], result.totals[1]), nextAt: deadline))
    case .presence(let player, let isConnected, let claimableAt):
      duel.seat(of: player).map {
        .duelPresence(.init(seat: $0, connected: isConnected, claimableAt: claimableAt))
      }
    case .ready(let player, let round):
      duel.seat(of: player).map { .duelReadied(.init(round: round + 1, seat: $0)) }
    case .clocksMoved(let milliseconds, let deadline):
      .duelClockMoved(.init(byMilliseconds: Int(milliseconds), phaseEndsAt: deadline))
    case .finished(let result):
      .duelFinished(.init(result: self.result(result, of: duel)))
    case .answerTaken, .answerRefused, .attemptMeasured, .scored, .checkWanted, .scoreWanted,
      .similarityWanted, .activationsWanted:
      nil
    }
  }

  /// A finished duel in the list of what can be replayed.
  func finished(_ duel: Duel, _ result: ArenaRules.DuelResult) -> Wire.FinishedDuel {
    Wire.FinishedDuel(
      id: duel.setup.id, format: Wire.DuelFormat(duel.setup.format),
      players: Wire.Pair(duel.setup.seats[0].name, duel.setup.seats[1].name),
      totals: Wire.Pair(result.totals[0], result.totals[1]), endedAt: result.at)
  }
}
