import ArenaProtocol
import ArenaTypes

// Two samples of each type: `full` has every optional and list filled, `bare` has none.

extension ServerEvent.DuelSnapshot {
  static let full = ServerEvent.DuelSnapshot(
    duel: .full)
  static let bare = ServerEvent.DuelSnapshot(
    duel: .bare)
}

extension ServerEvent.DuelStarted {
  static let full = ServerEvent.DuelStarted(
    format: .fire,
    rounds: 4,
    players: Wire.Pair(.full, .full),
    startsAt: Timestamp(millisecondsSinceEpoch: 1_790_000_000_000))
  static let bare = ServerEvent.DuelStarted(
    format: .pick,
    rounds: 1,
    players: Wire.Pair(.bare, .bare),
    startsAt: Timestamp(millisecondsSinceEpoch: 0))
}

extension ServerEvent.DuelRoundStarted {
  static let full = ServerEvent.DuelRoundStarted(
    round: .full)
  static let bare = ServerEvent.DuelRoundStarted(
    round: .bare)
}

extension ServerEvent.DuelLockedIn {
  static let full = ServerEvent.DuelLockedIn(
    round: 4,
    seat: 1)
  static let bare = ServerEvent.DuelLockedIn(
    round: 1,
    seat: 0)
}

extension ServerEvent.DuelReadied {
  static let full = ServerEvent.DuelReadied(
    round: 4,
    seat: 1)
  static let bare = ServerEvent.DuelReadied(
    round: 1,
    seat: 0)
}

extension ServerEvent.DuelScoring {
  static let full = ServerEvent.DuelScoring(
    round: 4,
    since: Timestamp(millisecondsSinceEpoch: 1_790_000_000_000),
    until: Timestamp(millisecondsSinceEpoch: 1_790_000_000_000))
  static let bare = ServerEvent.DuelScoring(
    round: 1,
    since: Timestamp(millisecondsSinceEpoch: 0),
    until: Timestamp(millisecondsSinceEpoch: 0))
}

extension ServerEvent.DuelRevealed {
  static let full = ServerEvent.DuelRevealed(
    reveal: .full,
    totals: Wire.Pair(3, 3),
    nextAt: Timestamp(millisecondsSinceEpoch: 1_790_000_000_000))
  static let bare = ServerEvent.DuelRevealed(
    reveal: .bare,
    totals: Wire.Pair(0, 0),
    nextAt: Timestamp(millisecondsSinceEpoch: 0))
}

extension ServerEvent.DuelHeat {
  static let full = ServerEvent.DuelHeat(round: 4, heat: .full)
  static let bare = ServerEvent.DuelHeat(round: 1, heat: .bare)
}

extension ServerEvent.DuelPresence {
  static let full = ServerEvent.DuelPresence(
    seat: 1,
    connected: true,
    claimableAt: Timestamp(millisecondsSinceEpoch: 1_790_000_000_000))
  static let bare = ServerEvent.DuelPresence(
    seat: 0,
    connected: false,
    claimableAt: nil)
}

extension ServerEvent.DuelSpectators {
  static let full = ServerEvent.DuelSpectators(
    count: 3)
  static let bare = ServerEvent.DuelSpectators(
    count: 0)
}

extension ServerEvent.DuelClockMoved {
  static let full = ServerEvent.DuelClockMoved(
    byMilliseconds: 3,
    phaseEndsAt: Timestamp(millisecondsSinceEpoch: 1_790_000_000_000))
  static let bare = ServerEvent.DuelClockMoved(
    byMilliseconds: 0,
    phaseEndsAt: nil)
}

extension ServerEvent.DuelFinished {
  static let full = ServerEvent.DuelFinished(
    result: .full)
  static let bare = ServerEvent.DuelFinished(
    result: .bare)
}
