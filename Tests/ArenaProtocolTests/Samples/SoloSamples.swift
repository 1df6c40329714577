import ArenaProtocol
import ArenaTypes

// Two samples of each type: `full` has every optional and list filled, `bare` has none.

extension Wire.ScoringBudget {
  static let full = Wire.ScoringBudget(
    left: 4,
    of: 4,
    renewsAt: Timestamp(millisecondsSinceEpoch: 1_790_000_000_000),
    established: true)
  static let bare = Wire.ScoringBudget(
    left: 0,
    of: 0,
    renewsAt: Timestamp(millisecondsSinceEpoch: 0),
    established: false)
}

extension Wire.MeaningScore {
  static let full = Wire.MeaningScore(
    text: "Ä \"x\" \\ 😀",
    score: Score(value: 71.25, low: 60, high: 80, cap: .peakWordList, scorer: "judge/2"))
  static let bare = Wire.MeaningScore(
    text: "",
    score: nil)
}

extension Wire.SoloText {
  static let full = Wire.SoloText(
    id: ExplanationID(rawValue: "x_1"),
    unit: UnitID(rawValue: "smollm2-135m/12/mlp/703"),
    text: "Ä \"x\" \\ 😀",
    state: .scored,
    score: Score(value: 71.25, low: 60, high: 80, cap: .peakWordList, scorer: "judge/2"),
    meanings: [.full, .bare],
    at: Timestamp(millisecondsSinceEpoch: 1_790_000_000_000),
    hidden: true,
    place: 4,
    votes: 4,
    needed: 4)
  static let bare = Wire.SoloText(
    id: ExplanationID(rawValue: "x_1"),
    unit: UnitID(rawValue: "smollm2-135m/12/mlp/703"),
    text: "",
    state: .scoring,
    score: nil,
    meanings: [],
    at: Timestamp(millisecondsSinceEpoch: 0),
    hidden: false,
    place: nil,
    votes: 0,
    needed: 0)
}

extension Wire.SoloExplanation {
  static let full = Wire.SoloExplanation(
    id: ExplanationID(rawValue: "x_1"),
    text: "Ä \"x\" \\ 😀",
    author: .full,
    score: Score(value: 71.25, low: 60, high: 80, cap: .peakWordList, scorer: "judge/2"),
    draft: true,
    up: 4,
    down: 4,
    vote: .none,
    own: true)
  static let bare = Wire.SoloExplanation(
    id: ExplanationID(rawValue: "x_1"),
    text: "",
    author: .bare,
    score: nil,
    draft: false,
    up: 0,
    down: 0,
    vote: .up,
    own: false)
}

extension Wire.MarkCounts {
  static let full = Wire.MarkCounts(
    noneFits: 4,
    mess: 4)
  static let bare = Wire.MarkCounts(
    noneFits: 0,
    mess: 0)
}

extension Wire.SoloUnit {
  static let full = Wire.SoloUnit(
    unit: .full,
    clues: [.full, .bare],
    neighbours: [.full, .bare],
    hidden: true,
    count: 4,
    explanations: [.full, .bare],
    own: [.full, .bare],
    mark: .none,
    marks: .full,
    number: 4,
    back: true,
    forward: true,
    budget: .full)
  static let bare = Wire.SoloUnit(
    unit: .bare,
    clues: [],
    neighbours: [],
    hidden: false,
    count: 0,
    explanations: [],
    own: [],
    mark: .noneFits,
    marks: .bare,
    number: 1,
    back: false,
    forward: false,
    budget: .bare)
}

extension Wire.Tip {
  static let full = Wire.Tip(
    kind: .fair,
    text: "Ä \"x\" \\ 😀")
  static let bare = Wire.Tip(
    kind: .wordList,
    text: "")
}

extension Wire.Streak {
  static let full = Wire.Streak(
    days: 4,
    longest: 4,
    today: true,
    sparesLeft: 4,
    lately: [.played, .open])
  static let bare = Wire.Streak(
    days: 0,
    longest: 0,
    today: false,
    sparesLeft: 0,
    lately: [])
}

extension Wire.Milestone {
  static let full = Wire.Milestone(
    id: "x_1",
    title: "Ä \"x\" \\ 😀",
    text: "Ä \"x\" \\ 😀",
    value: 4,
    goal: 4,
    earnedAt: Timestamp(millisecondsSinceEpoch: 1_790_000_000_000))
  static let bare = Wire.Milestone(
    id: "x_1",
    title: "",
    text: "",
    value: 0,
    goal: 1,
    earnedAt: nil)
}

extension Wire.AtlasEntry {
  static let full = Wire.AtlasEntry(
    unit: .full,
    text: "Ä \"x\" \\ 😀",
    score: Score(value: 71.25, low: 60, high: 80, cap: .peakWordList, scorer: "judge/2"),
    best: true)
  static let bare = Wire.AtlasEntry(
    unit: .bare,
    text: "",
    score: Score(value: 0, low: 0, high: 100, cap: nil, scorer: ""),
    best: false)
}

extension Wire.PastVote {
  static let full = Wire.PastVote(
    unit: UnitID(rawValue: "smollm2-135m/12/mlp/703"),
    explanation: ExplanationID(rawValue: "x_1"),
    text: "Ä \"x\" \\ 😀",
    vote: .none,
    at: Timestamp(millisecondsSinceEpoch: 1_790_000_000_000))
  static let bare = Wire.PastVote(
    unit: UnitID(rawValue: "smollm2-135m/12/mlp/703"),
    explanation: ExplanationID(rawValue: "x_1"),
    text: "",
    vote: .up,
    at: Timestamp(millisecondsSinceEpoch: 0))
}

extension Wire.PastDuel {
  static let full = Wire.PastDuel(
    duel: DuelID(rawValue: "x_1"),
    format: .mixed,
    endedAt: Timestamp(millisecondsSinceEpoch: 1_790_000_000_000),
    opponent: "Ä \"x\" \\ 😀",
    bot: true,
    outcome: .void,
    points: 4,
    theirs: 4,
    rating: -8.25)
  static let bare = Wire.PastDuel(
    duel: DuelID(rawValue: "x_1"),
    format: .pick,
    endedAt: Timestamp(millisecondsSinceEpoch: 0),
    opponent: "",
    bot: false,
    outcome: .won,
    points: 0,
    theirs: 0,
    rating: nil)
}

extension Wire.PickRecord {
  static let full = Wire.PickRecord(
    right: 4,
    of: 4)
  static let bare = Wire.PickRecord(
    right: 0,
    of: 0)
}

extension Wire.Profile {
  static let full = Wire.Profile(
    budget: .full,
    streak: .full,
    picks: .full,
    milestones: [.full, .bare],
    atlas: [.full, .bare],
    texts: [.full, .bare],
    votes: [.full, .bare],
    duels: [.full, .bare],
    queue: 4)
  static let bare = Wire.Profile(
    budget: .bare,
    streak: .bare,
    picks: .bare,
    milestones: [],
    atlas: [],
    texts: [],
    votes: [],
    duels: [],
    queue: 0)
}

extension ClientCommand.SoloOpen {
  static let full = ClientCommand.SoloOpen(
    unit: UnitID(rawValue: "smollm2-135m/12/mlp/703"))
  static let bare = ClientCommand.SoloOpen(
    unit: nil)
}

extension ClientCommand.SoloNext {
  static let full = ClientCommand.SoloNext(
    unit: UnitID(rawValue: "smollm2-135m/12/mlp/703"))
  static let bare = ClientCommand.SoloNext(
    unit: UnitID(rawValue: "smollm2-135m/12/mlp/703"))
}

extension ClientCommand.SoloBack {
  static let full = ClientCommand.SoloBack(
    unit: UnitID(rawValue: "smollm2-135m/12/mlp/703"))
  static let bare = ClientCommand.SoloBack(
    unit: UnitID(rawValue: "smollm2-135m/12/mlp/703"))
}

extension ClientCommand.SoloSubmit {
  static let full = ClientCommand.SoloSubmit(
    unit: UnitID(rawValue: "smollm2-135m/12/mlp/703"),
    text: "Ä \"x\" \\ 😀")
  static let bare = ClientCommand.SoloSubmit(
    unit: UnitID(rawValue: "smollm2-135m/12/mlp/703"),
    text: "")
}

extension ClientCommand.SoloVote {
  static let full = ClientCommand.SoloVote(
    unit: UnitID(rawValue: "smollm2-135m/12/mlp/703"),
    explanation: ExplanationID(rawValue: "x_1"),
    vote: .none)
  static let bare = ClientCommand.SoloVote(
    unit: UnitID(rawValue: "smollm2-135m/12/mlp/703"),
    explanation: ExplanationID(rawValue: "x_1"),
    vote: .up)
}

extension ClientCommand.SoloMark {
  static let full = ClientCommand.SoloMark(
    unit: UnitID(rawValue: "smollm2-135m/12/mlp/703"),
    mark: .none)
  static let bare = ClientCommand.SoloMark(
    unit: UnitID(rawValue: "smollm2-135m/12/mlp/703"),
    mark: .noneFits)
}

extension ServerAnswer.SoloOpened {
  static let full = ServerAnswer.SoloOpened(
    solo: .full)
  static let bare = ServerAnswer.SoloOpened(
    solo: .bare)
}

extension ServerAnswer.SoloSubmitted {
  static let full = ServerAnswer.SoloSubmitted(
    outcome: .repeated,
    explanation: ExplanationID(rawValue: "x_1"),
    solo: .full)
  static let bare = ServerAnswer.SoloSubmitted(
    outcome: .scoring,
    explanation: ExplanationID(rawValue: "x_1"),
    solo: .bare)
}

extension ServerAnswer.SoloVoted {
  static let full = ServerAnswer.SoloVoted(
    unit: UnitID(rawValue: "smollm2-135m/12/mlp/703"),
    explanation: .full,
    budget: .full)
  static let bare = ServerAnswer.SoloVoted(
    unit: UnitID(rawValue: "smollm2-135m/12/mlp/703"),
    explanation: .bare,
    budget: .bare)
}

extension ServerAnswer.SoloMarked {
  static let full = ServerAnswer.SoloMarked(
    solo: .full)
  static let bare = ServerAnswer.SoloMarked(
    solo: .bare)
}

extension ServerAnswer.ProfileOpened {
  static let full = ServerAnswer.ProfileOpened(
    profile: .full)
  static let bare = ServerAnswer.ProfileOpened(
    profile: .bare)
}

extension ServerEvent.SoloScored {
  static let full = ServerEvent.SoloScored(
    text: .full,
    best: .full,
    tip: .full,
    heat: .full,
    budget: .full)
  static let bare = ServerEvent.SoloScored(
    text: .bare,
    best: nil,
    tip: .bare,
    heat: nil,
    budget: .bare)
}
