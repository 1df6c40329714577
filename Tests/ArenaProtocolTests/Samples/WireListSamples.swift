import ArenaProtocol
import ArenaTypes

// Two samples of each type: `full` has every optional and list filled, `bare` has none.

extension Wire.ContestSummary {
  static let full = Wire.ContestSummary(
    id: ContestID(rawValue: "x_1"),
    title: "Ä \"x\" \\ 😀",
    kind: .race,
    state: .final,
    opensAt: Timestamp(millisecondsSinceEpoch: 1_790_000_000_000),
    closesAt: Timestamp(millisecondsSinceEpoch: 1_790_000_000_000),
    players: 3,
    runSeconds: 4,
    wrongCostSeconds: 3,
    wrongMax: 4,
    endedBecause: "Ä \"x\" \\ 😀",
    amended: true,
    rounds: 5,
    tries: 3,
    zone: "Europe/Berlin",
    date: "2026-09-21",
    establishedOnly: true,
    beside: 2,
    amendedBecause: "Ä \"x\" \\ 😀",
    seal: .full,
    campaign: CampaignID(rawValue: "x_1"))
  static let bare = Wire.ContestSummary(
    id: ContestID(rawValue: "x_1"),
    title: "",
    kind: .race,
    state: .scheduled,
    opensAt: Timestamp(millisecondsSinceEpoch: 0),
    closesAt: Timestamp(millisecondsSinceEpoch: 0),
    players: 0,
    runSeconds: 1,
    wrongCostSeconds: 0,
    wrongMax: 1,
    endedBecause: nil,
    amended: false)
}

extension Wire.Question {
  static let full = Wire.Question(
    number: 4,
    unit: .full,
    clues: [.full],
    options: .full,
    deadline: Timestamp(millisecondsSinceEpoch: 1_790_000_000_000))
  static let bare = Wire.Question(
    number: 1,
    unit: .bare,
    clues: [],
    options: .bare,
    deadline: Timestamp(millisecondsSinceEpoch: 0))
}

extension Wire.Run {
  static let full = Wire.Run(
    contest: ContestID(rawValue: "x_1"),
    startedAt: Timestamp(millisecondsSinceEpoch: 1_790_000_000_000),
    endsAt: Timestamp(millisecondsSinceEpoch: 1_790_000_000_000),
    points: 3,
    wrong: 3,
    over: true,
    endReason: .removed,
    question: .full,
    kind: .daily,
    ranked: false,
    round: .full,
    rounds: [.full, .bare],
    fireTries: [.full],
    reveal: .full,
    given: .pick(.b),
    share: "Ä \"x\" \\ 😀\n")
  static let bare = Wire.Run(
    contest: ContestID(rawValue: "x_1"),
    startedAt: Timestamp(millisecondsSinceEpoch: 0),
    endsAt: Timestamp(millisecondsSinceEpoch: 0),
    points: 0,
    wrong: 0,
    over: false,
    endReason: nil,
    question: nil)
}

extension Wire.BoardEntry {
  static let full = Wire.BoardEntry(
    player: PlayerID(rawValue: "x_1"),
    name: "Ä \"x\" \\ 😀",
    points: 3,
    finishedAt: Timestamp(millisecondsSinceEpoch: 1_790_000_000_000),
    territory: Territory("DE-BY"))
  static let bare = Wire.BoardEntry(
    player: PlayerID(rawValue: "x_1"),
    name: "",
    points: 0,
    finishedAt: Timestamp(millisecondsSinceEpoch: 0))
}

extension Wire.Counts {
  static let full = Wire.Counts(
    pick: 3,
    write: 3,
    fire: 3,
    mixed: 3)
  static let bare = Wire.Counts(
    pick: 0,
    write: 0,
    fire: 0,
    mixed: 0)
}

extension Wire.DuelListing {
  static let full = Wire.DuelListing(
    id: DuelID(rawValue: "x_1"),
    format: .fire,
    players: Wire.Pair("Ä \"x\" \\ 😀", "Ä \"x\" \\ 😀"),
    round: 3,
    of: 4,
    totals: Wire.Pair(3, 3),
    spectators: 3,
    startedAt: Timestamp(millisecondsSinceEpoch: 1_790_000_000_000),
    campaign: CampaignID(rawValue: "x_1"))
  static let bare = Wire.DuelListing(
    id: DuelID(rawValue: "x_1"),
    format: .pick,
    players: Wire.Pair("", ""),
    round: 0,
    of: 1,
    totals: Wire.Pair(0, 0),
    spectators: 0,
    startedAt: Timestamp(millisecondsSinceEpoch: 0))
}

extension Wire.CampaignTraffic {
  static let full = Wire.CampaignTraffic(
    id: CampaignID(rawValue: "x_1"), title: "Ä \"x\" \\ 😀", practice: true, waiting: .full, duels: 3
  )
  static let bare = Wire.CampaignTraffic(
    id: CampaignID(rawValue: "x_1"), title: "", practice: false, waiting: .bare, duels: 0)
}

extension Wire.LobbyView {
  static let full = Wire.LobbyView(
    online: 3,
    playing: 3,
    waiting: .full,
    duels: [.full],
    contests: [.full],
    campaigns: [.full, .bare],
    draining: true)
  static let bare = Wire.LobbyView(
    online: 0,
    playing: 0,
    waiting: .bare,
    duels: [],
    contests: [])
}

extension Wire.LivePlayer {
  static let full = Wire.LivePlayer(
    player: PlayerID(rawValue: "x_1"),
    name: "Ä \"x\" \\ 😀",
    connections: 4,
    connectedSince: Timestamp(millisecondsSinceEpoch: 1_790_000_000_000),
    duel: DuelID(rawValue: "x_1"),
    contest: ContestID(rawValue: "x_1"))
  static let bare = Wire.LivePlayer(
    player: PlayerID(rawValue: "x_1"),
    name: "",
    connections: 1,
    connectedSince: Timestamp(millisecondsSinceEpoch: 0),
    duel: nil,
    contest: nil)
}

extension Wire.ModerationView {
  static let full = Wire.ModerationView(
    connections: 3,
    players: [.full],
    duels: [.full],
    contests: [.full],
    queues: .full,
    totals: .full,
    health: .full)
  static let bare = Wire.ModerationView(
    connections: 0,
    players: [],
    duels: [],
    contests: [],
    queues: .bare,
    totals: .bare,
    health: .bare)
}

extension Wire.AuditEntry {
  static let full = Wire.AuditEntry(
    number: 4,
    at: Timestamp(millisecondsSinceEpoch: 1_790_000_000_000),
    moderator: "Ä \"x\" \\ 😀",
    action: "Ä \"x\" \\ 😀",
    target: "Ä \"x\" \\ 😀",
    reason: "Ä \"x\" \\ 😀",
    undo: .lift)
  static let bare = Wire.AuditEntry(
    number: 1,
    at: Timestamp(millisecondsSinceEpoch: 0),
    moderator: "",
    action: "",
    target: nil,
    reason: "")
}
