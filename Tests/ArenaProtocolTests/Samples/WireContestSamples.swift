import ArenaProtocol
import ArenaTypes

// Two samples of each type: `full` has every optional and list filled, `bare` has none.

extension Wire.ContestSeal {
  static let full = Wire.ContestSeal(
    hash: String(repeating: "0f", count: 32),
    rules: "kind=race",
    seed: "18446744073709551615",
    settledAt: Timestamp(millisecondsSinceEpoch: 1_790_000_000_000),
    lost: 3,
    unsettled: 3,
    amends: String(repeating: "f0", count: 32))
  static let bare = Wire.ContestSeal(
    hash: String(repeating: "0", count: 64),
    rules: "",
    seed: "0",
    settledAt: Timestamp(millisecondsSinceEpoch: 0),
    lost: 0,
    unsettled: 0,
    amends: nil)
}

extension Wire.FinalEntry {
  static let full = Wire.FinalEntry(
    player: PlayerID(rawValue: "x_1"),
    name: "Ä \"x\" \\ 😀",
    points: 3,
    finishedAt: Timestamp(millisecondsSinceEpoch: 1_790_000_000_000),
    joinedAt: Timestamp(millisecondsSinceEpoch: 1_790_000_000_000))
}

extension Wire.RunRound {
  static let full = Wire.RunRound(
    number: 4,
    kind: .write,
    unit: UnitID(rawValue: "smollm2-135m/12/mlp/703"),
    state: .lost,
    points: 3,
    refused: .full,
    tries: [.full, .bare],
    triesLeft: 1,
    settled: Score(value: 64, low: 60, high: 70.5, cap: nil, scorer: "x/1"))
  static let bare = Wire.RunRound(
    number: 1,
    kind: .pick,
    unit: UnitID(rawValue: "smollm2-135m/12/mlp/703"),
    state: .open,
    points: nil,
    refused: nil,
    tries: [],
    triesLeft: nil,
    settled: nil)
}

extension Wire.RunTry {
  static let full = Wire.RunTry(
    number: 3, text: "Ä \"x\" \\ 😀", state: .scored,
    score: Score(value: 64, low: 60, high: 70.5, cap: .peakWordList, scorer: "x/1"),
    refused: .full)
  static let bare = Wire.RunTry(
    number: 1, text: "x", state: .checking, score: nil, refused: nil)
}

extension Wire.ContestStage {
  static let full = Wire.ContestStage(
    phase: .reveal,
    round: .full,
    reveal: .full,
    until: Timestamp(millisecondsSinceEpoch: 1_790_000_000_000),
    answered: 3)
  static let bare = Wire.ContestStage(
    phase: .over, round: nil, reveal: nil, until: nil, answered: 0)
}
