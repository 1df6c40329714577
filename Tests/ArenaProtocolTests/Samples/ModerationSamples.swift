import ArenaProtocol
import ArenaTypes

// Two samples of each type: `full` has every optional and list filled, `bare` has none.

private let words = "Ä \"x\" \\ 😀"
private let moment = Timestamp(millisecondsSinceEpoch: 1_790_000_000_000)
private let start = Timestamp(millisecondsSinceEpoch: 0)

extension Wire.Act {
  static let full = Wire.Act(
    kind: .mute, target: words, player: PlayerID(rawValue: "x_1"), seconds: -315_360_000,
    text: words)
  static let bare = Wire.Act(kind: .drain)
}

extension Wire.HeldNotice {
  static let full = Wire.HeldNotice(id: words, text: words, at: moment, until: moment)
  static let bare = Wire.HeldNotice(id: "", text: "", at: start, until: start)
}

extension Wire.ModerationRow {
  static let full = Wire.ModerationRow(
    id: words, title: words, detail: words, at: moment, state: words,
    player: PlayerID(rawValue: "x_1"), until: moment, by: words, link: "duel/x_1")
  static let bare = Wire.ModerationRow(id: "", title: "", detail: "", at: start)
}

extension Wire.LiveConnection {
  static let full = Wire.LiveConnection(address: "2001:db8::1", since: moment, topics: ["me"])
  static let bare = Wire.LiveConnection(address: "", since: start, topics: [])
}

extension Wire.PlayerLook {
  static let full = Wire.PlayerLook(
    player: PlayerID(rawValue: "x_1"), name: words, createdAt: moment, roundsPlayed: 3,
    connections: [.full, .bare], duel: DuelID(rawValue: "x_1"),
    contests: [ContestID(rawValue: "x_1")], sanctions: [.full], cases: [.full], duels: [.bare])
  static let bare = Wire.PlayerLook(
    player: PlayerID(rawValue: "x_1"), name: "", createdAt: start, roundsPlayed: 0,
    connections: [], duel: nil, contests: [], sanctions: [], cases: [], duels: [])
}

extension Wire.ModerationTotals {
  static let full = Wire.ModerationTotals(players: 3, duels: 3, texts: 3, reports: 3, flags: 3)
  static let bare = Wire.ModerationTotals(players: 0, duels: 0, texts: 0, reports: 0, flags: 0)
}

extension Wire.NodeHealth {
  static let full = Wire.NodeHealth(
    engineQueue: 3, lagMilliseconds: 3, commands: 3, draining: true)
  static let bare = Wire.NodeHealth(
    engineQueue: 0, lagMilliseconds: 0, commands: 0, draining: false)
}

extension ClientCommand.ModerateAct {
  static let full = ClientCommand.ModerateAct(
    act: .full, reason: words, dryRun: true, report: words)
  static let bare = ClientCommand.ModerateAct(act: .bare, reason: "x")
}

extension ClientCommand.ModerateUndo {
  static let full = ClientCommand.ModerateUndo(entry: 17, reason: words, dryRun: true)
  static let bare = ClientCommand.ModerateUndo(entry: 1, reason: "x")
}

extension ClientCommand.ModerateList {
  static let full = ClientCommand.ModerateList(
    list: .notices, find: words, after: words, all: true, limit: 200)
  static let bare = ClientCommand.ModerateList(list: .players, limit: 1)
}

extension ClientCommand.ModerateLook {
  static let full = ClientCommand.ModerateLook(player: PlayerID(rawValue: "x_1"))
}

extension ClientCommand.Report {
  static let full = ClientCommand.Report(
    about: "duel/x_1/0/1/0", reason: .other, note: words)
  static let bare = ClientCommand.Report(about: "player/x", reason: .rude)
}

extension ServerAnswer.ActDone {
  static let full = ServerAnswer.ActDone(dryRun: false, changes: [words], entry: 4, undo: .lift)
  static let bare = ServerAnswer.ActDone(dryRun: true, changes: [], entry: nil, undo: nil)
}

extension ServerAnswer.ModerationPage {
  static let full = ServerAnswer.ModerationPage(
    list: .reports, rows: [.full, .bare], total: 2, next: "17")
  static let bare = ServerAnswer.ModerationPage(list: .players, rows: [], total: 0, next: nil)
}

extension ServerAnswer.LookedAt {
  static let full = ServerAnswer.LookedAt(player: .full)
  static let bare = ServerAnswer.LookedAt(player: .bare)
}

extension ServerEvent.DuelTextChanged {
  static let full = ServerEvent.DuelTextChanged(
    round: 3, seat: 1, attempt: 2, hidden: false, text: words)
  static let bare = ServerEvent.DuelTextChanged(
    round: 1, seat: 0, attempt: 1, hidden: true, text: "")
}

extension ServerEvent.DuelCluesChanged {
  static let full = ServerEvent.DuelCluesChanged(round: .full)
  static let bare = ServerEvent.DuelCluesChanged(round: .bare)
}

extension ServerEvent.Notices {
  static let full = ServerEvent.Notices(notices: [.full, .bare])
  static let bare = ServerEvent.Notices(notices: [])
}

extension ClientCommand {
  static let moderationSamples: [ClientCommand] = [
    .moderateAct(.full), .moderateAct(.bare), .moderateUndo(.full), .moderateUndo(.bare),
    .moderateList(.full), .moderateList(.bare), .moderateLook(.full),
    .report(.full), .report(.bare),
  ]
}

extension ServerAnswer {
  static let moderationSamples: [ServerAnswer] = [
    .moderateAct(.full), .moderateAct(.bare), .moderateUndo(.full), .moderateUndo(.bare),
    .moderateList(.full), .moderateList(.bare), .moderateLook(.full), .moderateLook(.bare),
    .report,
  ]
}

extension ServerEvent {
  static let moderationSamples: [ServerEvent] = [
    .duelTextChanged(.full), .duelTextChanged(.bare), .duelCluesChanged(.full),
    .duelCluesChanged(.bare), .notices(.full), .notices(.bare),
  ]
}
