import ArenaProtocol
import ArenaTypes

// Two samples of each type: `full` has every optional and list filled, `bare` has none.

extension Wire.RoundView {
  static let full = Wire.RoundView(
    number: 4,
    of: 4,
    kind: .fire,
    suddenDeath: true,
    weight: 2,
    unit: .full,
    clues: [.full],
    startedAt: Timestamp(millisecondsSinceEpoch: 1_790_000_000_000),
    deadline: Timestamp(millisecondsSinceEpoch: 1_790_000_000_000),
    options: .full,
    excerpts: [.full, .bare],
    explanation: "Ä \"x\" \\ 😀",
    taboo: ["Ä \"x\" \\ 😀", "Ä \"x\" \\ 😀"],
    tries: 4,
    full100: 0.12345)
  static let bare = Wire.RoundView(
    number: 1,
    of: 1,
    kind: .pick,
    suddenDeath: false,
    weight: 1,
    unit: .bare,
    clues: [],
    startedAt: Timestamp(millisecondsSinceEpoch: 0),
    deadline: Timestamp(millisecondsSinceEpoch: 0),
    options: nil,
    excerpts: nil,
    explanation: nil,
    taboo: nil,
    tries: nil,
    full100: nil)
}

extension Wire.PlainExcerpt {
  static let full = Wire.PlainExcerpt(
    tokens: ["Ä \"x\" \\ 😀", "Ä \"x\" \\ 😀"],
    window: Wire.Pair(1, 2))
  static let bare = Wire.PlainExcerpt(
    tokens: [],
    window: Wire.Pair(0, 0))
}

extension Wire.RoundSummary {
  static let full = Wire.RoundSummary(
    number: 4,
    kind: .fire,
    unit: UnitID(rawValue: "smollm2-135m/12/mlp/703"),
    weight: 4,
    suddenDeath: true,
    points: Wire.Pair(3, 3),
    counted: true)
  static let bare = Wire.RoundSummary(
    number: 1,
    kind: .pick,
    unit: UnitID(rawValue: "smollm2-135m/12/mlp/703"),
    weight: 1,
    suddenDeath: false,
    points: Wire.Pair(0, 0),
    counted: false)
}

extension Wire.Prediction {
  static let full = Wire.Prediction(
    label: "Ä \"x\" \\ 😀",
    values: [0.12345, 0.12345])
  static let bare = Wire.Prediction(
    label: "",
    values: [])
}

extension Wire.Heat {
  static let full = Wire.Heat(
    excerpt: .full,
    predicted: [.full])
  static let bare = Wire.Heat(
    excerpt: .bare,
    predicted: [])
}

extension Wire.Reveal {
  static let full = Wire.Reveal(
    number: 4,
    kind: .fire,
    weight: 4,
    suddenDeath: true,
    unit: .full,
    counted: true,
    answers: Wire.Pair(.oddOneOut(4), .predict([0, 63])),
    hidden: Wire.Pair(true, false),
    points: Wire.Pair(3, 3),
    milliseconds: Wire.Pair(3, 3),
    right: .b,
    basis: .open,
    explanations: .full,
    scores: Wire.Pair(
      Score(
        value: 71.25, low: 60, high: 79.9, cap: .peakWordList, scorer: "gen-window/1"),
      Score(
        value: 71.25, low: 60, high: 79.9, cap: .peakWordList, scorer: "gen-window/1")),
    shared: true,
    tries: Wire.Pair([.full], [.full]),
    excerpts: [.full],
    odd: 4,
    firing: [0, 63],
    explanation: .full,
    best: .full,
    machine: .full,
    heat: .full)
  static let bare = Wire.Reveal(
    number: 1,
    kind: .pick,
    weight: 1,
    suddenDeath: false,
    unit: .bare,
    counted: false,
    answers: Wire.Pair(nil, nil),
    hidden: Wire.Pair(false, false),
    points: Wire.Pair(0, 0),
    milliseconds: Wire.Pair(nil, nil),
    right: nil,
    basis: nil,
    explanations: nil,
    scores: nil,
    shared: false,
    tries: nil,
    excerpts: nil,
    odd: nil,
    firing: nil,
    explanation: nil,
    best: nil,
    machine: nil,
    heat: nil)
}

extension Wire.AuthorCredit {
  static let full = Wire.AuthorCredit(
    kind: .machine,
    player: PlayerID(rawValue: "x_1"),
    name: "Ä \"x\" \\ 😀")
  static let bare = Wire.AuthorCredit(
    kind: .player,
    player: nil,
    name: "")
}

extension Wire.ExplanationCredit {
  static let full = Wire.ExplanationCredit(
    text: "Ä \"x\" \\ 😀",
    author: .full,
    score: Score(
      value: 71.25, low: 60, high: 79.9, cap: .peakWordList, scorer: "gen-window/1"))
  static let bare = Wire.ExplanationCredit(
    text: "",
    author: .bare,
    score: nil)
}

extension Wire.SideTexts {
  static let full = Wire.SideTexts(
    a: "Ä \"x\" \\ 😀",
    b: "Ä \"x\" \\ 😀")
  static let bare = Wire.SideTexts(
    a: "",
    b: "")
}

extension Wire.SideCredits {
  static let full = Wire.SideCredits(
    a: .full,
    b: .full)
  static let bare = Wire.SideCredits(
    a: .bare,
    b: .bare)
}

extension Wire.TextRefusal {
  static let full = Wire.TextRefusal(
    code: .tabooWord,
    reason: "Ä \"x\" \\ 😀")
  static let bare = Wire.TextRefusal(
    code: .tabooWord,
    reason: "")
}

extension Wire.TokenActivation {
  static let full = Wire.TokenActivation(
    text: "Ä \"x\" \\ 😀",
    activation: 0.12345)
  static let bare = Wire.TokenActivation(
    text: "",
    activation: 0)
}

extension Wire.FireTry {
  static let full = Wire.FireTry(
    attempt: 4,
    text: "Ä \"x\" \\ 😀",
    state: .failed,
    tokens: [.full],
    peak: 0.12345,
    copied: true,
    points: 3,
    refused: .full,
    hidden: true)
  static let bare = Wire.FireTry(
    attempt: 1,
    text: "",
    state: .measuring,
    tokens: [],
    peak: nil,
    copied: false,
    points: 0,
    refused: nil,
    hidden: false)
}

extension Wire.UnitCard {
  static let full = Wire.UnitCard(
    id: UnitID(rawValue: "smollm2-135m/12/mlp/703"),
    layer: 3,
    density: 0.12345,
    lexical: true)
  static let bare = Wire.UnitCard(
    id: UnitID(rawValue: "smollm2-135m/12/mlp/703"),
    layer: 0,
    density: 0,
    lexical: false)
}

extension Wire.Clue {
  static let full = Wire.Clue(
    id: ExcerptID(rawValue: "x_1"),
    kind: .nearMiss,
    source: "Ä \"x\" \\ 😀",
    tokens: ["Ä \"x\" \\ 😀", "Ä \"x\" \\ 😀"],
    activations: [0.12345, 0.12345],
    scale: 0.12345,
    peak: 3,
    window: Wire.Pair(3, 3))
  static let bare = Wire.Clue(
    id: ExcerptID(rawValue: "x_1"),
    kind: .top,
    source: "",
    tokens: [],
    activations: [],
    scale: 0,
    peak: 0,
    window: Wire.Pair(0, 0))
}

extension Wire.Neighbour {
  static let full = Wire.Neighbour(
    unit: UnitID(rawValue: "smollm2-135m/12/mlp/703"),
    relation: "Ä \"x\" \\ 😀", here: true)
  static let bare = Wire.Neighbour(
    unit: UnitID(rawValue: "smollm2-135m/12/mlp/703"),
    relation: "", here: false)
}

extension Wire.UnitPage {
  static let full = Wire.UnitPage(
    unit: .full,
    clues: [.full],
    reveals: [.full],
    peakWords: ["Ä \"x\" \\ 😀", "Ä \"x\" \\ 😀"],
    promoted: ["Ä \"x\" \\ 😀", "Ä \"x\" \\ 😀"],
    suppressed: ["Ä \"x\" \\ 😀", "Ä \"x\" \\ 😀"],
    neighbours: [.full],
    explanations: [.full])
  static let bare = Wire.UnitPage(
    unit: .bare,
    clues: [],
    reveals: [],
    peakWords: [],
    promoted: [],
    suppressed: [],
    neighbours: [],
    explanations: [])
}
