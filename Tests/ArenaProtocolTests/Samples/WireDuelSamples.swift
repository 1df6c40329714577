import ArenaProtocol
import ArenaTypes

// Two samples of each type: `full` has every optional and list filled, `bare` has none.

extension Wire.DuelView {
  static let full = Wire.DuelView(
    id: DuelID(rawValue: "x_1"),
    format: .fire,
    rounds: 4,
    players: Wire.Pair(.full, .full),
    isPrivate: true,
    rated: true,
    startsAt: Timestamp(millisecondsSinceEpoch: 1_790_000_000_000),
    phase: .finished,
    phaseEndsAt: Timestamp(millisecondsSinceEpoch: 1_790_000_000_000),
    round: .full,
    lockedIn: Wire.Pair(true, true),
    ready: Wire.Pair(true, true),
    reveal: .full,
    totals: Wire.Pair(3, 3),
    history: [.full],
    claimableAt: Wire.Pair(
      Timestamp(millisecondsSinceEpoch: 1_790_000_000_000),
      Timestamp(millisecondsSinceEpoch: 1_790_000_000_000)),
    result: .full,
    spectators: 3,
    you: .full,
    campaign: CampaignID(rawValue: "x_1"))
  static let bare = Wire.DuelView(
    id: DuelID(rawValue: "x_1"),
    format: .pick,
    rounds: 1,
    players: Wire.Pair(.bare, .bare),
    isPrivate: false,
    rated: false,
    startsAt: Timestamp(millisecondsSinceEpoch: 0),
    phase: .countdown,
    phaseEndsAt: nil,
    round: nil,
    lockedIn: Wire.Pair(false, false),
    ready: Wire.Pair(false, false),
    reveal: nil,
    totals: Wire.Pair(0, 0),
    history: [],
    claimableAt: Wire.Pair(nil, nil),
    result: nil,
    spectators: 0,
    you: nil)
}

extension Wire.RatingChange {
  static let full = Wire.RatingChange(
    before: .full,
    after: .full)
  static let bare = Wire.RatingChange(
    before: .bare,
    after: .bare)
}

extension Wire.ResultCard {
  static let full = Wire.ResultCard(
    title: "Ä \"x\" \\ 😀",
    text: "Ä \"x\" \\ 😀")
  static let bare = Wire.ResultCard(
    title: "",
    text: "")
}

extension Wire.DuelResult {
  static let full = Wire.DuelResult(
    outcome: .void,
    winner: 1,
    reason: .moderator,
    note: "Ä \"x\" \\ 😀",
    totals: Wire.Pair(3, 3),
    rounds: [.full],
    rated: true,
    ratings: Wire.Pair(.full, .full),
    card: .full)
  static let bare = Wire.DuelResult(
    outcome: .win,
    winner: nil,
    reason: .points,
    note: nil,
    totals: Wire.Pair(0, 0),
    rounds: [],
    rated: false,
    ratings: Wire.Pair(nil, nil),
    card: .bare)
}

extension Wire.OwnSeat {
  static let full = Wire.OwnSeat(
    seat: 1,
    answer: .write("Ä \"x\""),
    textState: .refused,
    refused: .full,
    tries: [.full],
    triesLeft: 3,
    score: Score(
      value: 62, low: 48.5, high: 75, cap: .peakWordList, scorer: "judge/3-provisional"),
    provisional: true,
    hidden: true)
  static let bare = Wire.OwnSeat(
    seat: 0,
    answer: nil,
    textState: nil,
    refused: nil,
    tries: [],
    triesLeft: nil,
    score: nil,
    provisional: false,
    hidden: false)
}
