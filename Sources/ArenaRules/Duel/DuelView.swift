public import ArenaTypes

/// A duel as one player or a spectator may see it: what a client needs to enter or return.
public struct DuelView: Hashable, Sendable, Codable {
  /// Where the duel stands.
  public let phase: Duel.Phase
  /// The number of the present or last round, from 0.
  public let round: Int
  /// The question shown; nil before the first.
  public let question: Question?
  /// 2 in the last regular round, 1 in others.
  public let multiplier: Int
  /// Whether it is a sudden-death round.
  public let isSuddenDeath: Bool
  /// From which seats nothing more is expected in this round.
  public let isLockedIn: [Bool]
  /// Which seats are connected.
  public let isConnected: [Bool]
  /// From when on each seat's duel can be claimed by the other; nil while it is connected.
  public let claimableAt: [Timestamp?]
  /// Which seats want the reveal to end.
  public let isReady: [Bool]
  /// The points of each seat.
  public let totals: [Int]
  /// The revealed rounds; the last one is being shown while the phase is `reveal`.
  public let results: [RoundResult]
  /// How it ended.
  public let result: DuelResult?
  /// The viewer's own seat; nil for a spectator.
  public let seat: Int?
  /// What the viewer has answered in this round, in order.
  public let ownAnswers: [AnswerReceipt]
  /// The viewer's tries in this fire round.
  public let ownTries: [FireTry]
  /// The score of what the viewer has written in this round, once there is one.
  public let ownScore: Score?
  /// Whether what the viewer has written in this round is hidden from others until a moderator has
  /// looked at it.
  public let isOwnTextHidden: Bool
}

extension Duel {
  /// The duel as `viewer` may see it; nil is a spectator.
  ///
  /// Of the round that runs it holds the viewer's own answers and nobody else's.
  public func view(for viewer: PlayerID?) -> DuelView {
    let seat = viewer.flatMap { self.seat(of: $0) }
    let seats = setup.seats.indices
    var ownTries: [FireTry] = []
    if let seat, case .fire(let rule) = asked { ownTries = rule.tries[seat] }
    var ownEntry: (score: Score?, isHidden: Bool) = (nil, false)
    if let seat, case .write(let rule) = asked {
      ownEntry = (rule.score(seat: seat), rule.isHidden[seat])
    }
    let own = seat.map { answerReceipts(player: setup.seats[$0].player, round: round) }
    return DuelView(
      phase: phase, round: round, question: question, multiplier: multiplier(round: round),
      isSuddenDeath: isSuddenDeath(round: round),
      isLockedIn: seats.map { asked?.rule.isLockedIn(seat: $0) ?? false },
      isConnected: seats.map(isConnected(seat:)), claimableAt: seats.map(claimableAt(seat:)),
      isReady: isReady, totals: totals, results: results, result: result, seat: seat,
      ownAnswers: own ?? [], ownTries: ownTries, ownScore: ownEntry.score,
      isOwnTextHidden: ownEntry.isHidden)
  }
}
