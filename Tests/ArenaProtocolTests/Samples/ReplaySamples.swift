import ArenaProtocol
import ArenaTypes

extension Wire.GhostOffer {
  static let full = Wire.GhostOffer(name: "Ghost of \"Ä\" 😀", rating: 1_512.5)
}

extension Wire.FinishedDuel {
  static let full = Wire.FinishedDuel(
    id: DuelID(rawValue: "x_1"), format: .mixed, players: Wire.Pair("Ä \"x\"", "B"),
    totals: Wire.Pair(432, 0), endedAt: Timestamp(millisecondsSinceEpoch: 1_790_000_000_000))
}

extension ServerAnswer.ReplayPage {
  private static let at = Timestamp(millisecondsSinceEpoch: 1_790_000_000_000)
  static let full = ServerAnswer.ReplayPage(
    duel: DuelID(rawValue: "x_1"), format: .mixed, rounds: 5, players: Wire.Pair(.full, .bare),
    startedAt: at, endedAt: at, count: 44, from: 40,
    events: [
      Wire.ReplayEvent(at: at, event: .duelStarted(.full)),
      Wire.ReplayEvent(at: at, event: .duelRoundStarted(.full)),
      Wire.ReplayEvent(at: at, event: .duelRevealed(.full)),
      Wire.ReplayEvent(at: at, event: .duelFinished(.full)),
    ])
  static let bare = ServerAnswer.ReplayPage(
    duel: DuelID(rawValue: "x_1"), format: .pick, rounds: 5, players: Wire.Pair(.bare, .bare),
    startedAt: at, endedAt: at, count: 0, from: 0, events: [])
}
