import ArenaProtocol
import ArenaTypes

// Two samples of each type: `full` has every optional and list filled, `bare` has none.

extension ClientCommand.Hello {
  static let full = ClientCommand.Hello(
    protocolName: "Ä \"x\" \\ 😀",
    client: "Ä \"x\" \\ 😀",
    player: .init(id: PlayerID(rawValue: "x_1"), secret: "s"),
    name: "Ä \"x\" \\ 😀")
  static let bare = ClientCommand.Hello(
    protocolName: "x",
    client: "x",
    player: nil,
    name: nil)
}

extension ClientCommand.Rename {
  static let full = ClientCommand.Rename(
    name: "Ä \"x\" \\ 😀")
  static let bare = ClientCommand.Rename(
    name: "x")
}

extension ClientCommand.SettingsSet {
  static let full = ClientCommand.SettingsSet(
    showExplicit: true,
    hideExplanations: true)
  static let bare = ClientCommand.SettingsSet(
    showExplicit: false)
}

extension ClientCommand.Ping {
  static let full = ClientCommand.Ping(
    clientTime: Timestamp(millisecondsSinceEpoch: 1_790_000_000_000))
  static let bare = ClientCommand.Ping(
    clientTime: Timestamp(millisecondsSinceEpoch: 0))
}

extension ClientCommand.Subscribe {
  static let full = ClientCommand.Subscribe(
    topic: .duel(DuelID(rawValue: "x_1")),
    epoch: "e1",
    offset: 3,
    own: true)
  static let bare = ClientCommand.Subscribe(
    topic: .me,
    epoch: nil,
    offset: nil)
}

extension ClientCommand.Unsubscribe {
  static let full = ClientCommand.Unsubscribe(
    topic: .duel(DuelID(rawValue: "x_1")))
  static let bare = ClientCommand.Unsubscribe(
    topic: .me)
}

extension ClientCommand.QueueJoin {
  static let full = ClientCommand.QueueJoin(
    format: .fire,
    campaign: CampaignID(rawValue: "x_1"))
  static let bare = ClientCommand.QueueJoin(
    format: .pick)
}

extension ClientCommand.QueueAcceptBot {
  static let full = ClientCommand.QueueAcceptBot(
    format: .fire,
    campaign: CampaignID(rawValue: "x_1"))
  static let bare = ClientCommand.QueueAcceptBot(
    format: nil)
}

extension ClientCommand.DuelInvite {
  static let full = ClientCommand.DuelInvite(
    format: .fire,
    campaign: CampaignID(rawValue: "x_1"))
  static let bare = ClientCommand.DuelInvite(
    format: .pick)
}

extension ClientCommand.DuelJoin {
  static let full = ClientCommand.DuelJoin(
    code: "e1")
  static let bare = ClientCommand.DuelJoin(
    code: "e1")
}

extension ClientCommand.DuelRematch {
  static let full = ClientCommand.DuelRematch(
    duel: DuelID(rawValue: "x_1"))
  static let bare = ClientCommand.DuelRematch(
    duel: DuelID(rawValue: "x_1"))
}

extension ClientCommand.DuelAnswer {
  static let full = ClientCommand.DuelAnswer(
    duel: DuelID(rawValue: "x_1"),
    round: 99,
    answer: .write("Ä \"x\""))
  static let bare = ClientCommand.DuelAnswer(
    duel: DuelID(rawValue: "x_1"),
    round: 1,
    answer: .done)
}

extension ClientCommand.DuelReady {
  static let full = ClientCommand.DuelReady(
    duel: DuelID(rawValue: "x_1"),
    round: 99)
  static let bare = ClientCommand.DuelReady(
    duel: DuelID(rawValue: "x_1"),
    round: 1)
}

extension ClientCommand.DuelResign {
  static let full = ClientCommand.DuelResign(
    duel: DuelID(rawValue: "x_1"))
  static let bare = ClientCommand.DuelResign(
    duel: DuelID(rawValue: "x_1"))
}

extension ClientCommand.DuelClaim {
  static let full = ClientCommand.DuelClaim(
    duel: DuelID(rawValue: "x_1"))
  static let bare = ClientCommand.DuelClaim(
    duel: DuelID(rawValue: "x_1"))
}

extension ClientCommand.ContestStart {
  static let full = ClientCommand.ContestStart(
    contest: ContestID(rawValue: "x_1"))
  static let bare = ClientCommand.ContestStart(
    contest: ContestID(rawValue: "x_1"))
}

extension ClientCommand.ContestSubmit {
  static let full = ClientCommand.ContestSubmit(
    contest: ContestID(rawValue: "x_1"), round: 99, answer: .predict([0, 63]))
  static let bare = ClientCommand.ContestSubmit(
    contest: ContestID(rawValue: "x_1"), round: 1, answer: .done)
}

extension ClientCommand.ContestNext {
  static let full = ClientCommand.ContestNext(contest: ContestID(rawValue: "x_1"), round: 99)
}

extension ClientCommand.ContestFinal {
  static let full = ClientCommand.ContestFinal(
    contest: ContestID(rawValue: "x_1"), from: 100_000_000)
}

extension ClientCommand.ContestAnswer {
  static let full = ClientCommand.ContestAnswer(
    contest: ContestID(rawValue: "x_1"),
    question: 9999,
    side: .b)
  static let bare = ClientCommand.ContestAnswer(
    contest: ContestID(rawValue: "x_1"),
    question: 1,
    side: .a)
}

extension ClientCommand.UnitGet {
  static let full = ClientCommand.UnitGet(
    unit: UnitID(rawValue: "smollm2-135m/12/mlp/703"))
  static let bare = ClientCommand.UnitGet(
    unit: UnitID(rawValue: "smollm2-135m/12/mlp/703"))
}

extension ClientCommand.ModerateLogin {
  static let full = ClientCommand.ModerateLogin(
    token: "Ä \"x\" \\ 😀")
  static let bare = ClientCommand.ModerateLogin(
    token: "x")
}

extension ClientCommand.ModerateEndDuel {
  static let full = ClientCommand.ModerateEndDuel(
    duel: DuelID(rawValue: "x_1"),
    reason: "Ä \"x\" \\ 😀")
  static let bare = ClientCommand.ModerateEndDuel(
    duel: DuelID(rawValue: "x_1"),
    reason: "x")
}

extension ClientCommand.ModeratePauseContest {
  static let full = ClientCommand.ModeratePauseContest(
    contest: ContestID(rawValue: "x_1"),
    reason: "Ä \"x\" \\ 😀")
  static let bare = ClientCommand.ModeratePauseContest(
    contest: ContestID(rawValue: "x_1"),
    reason: "x")
}

extension ClientCommand.ModerateResumeContest {
  static let full = ClientCommand.ModerateResumeContest(
    contest: ContestID(rawValue: "x_1"),
    reason: "Ä \"x\" \\ 😀")
  static let bare = ClientCommand.ModerateResumeContest(
    contest: ContestID(rawValue: "x_1"),
    reason: "x")
}

extension ClientCommand.ModerateEndContest {
  static let full = ClientCommand.ModerateEndContest(
    contest: ContestID(rawValue: "x_1"),
    reason: "Ä \"x\" \\ 😀")
  static let bare = ClientCommand.ModerateEndContest(
    contest: ContestID(rawValue: "x_1"),
    reason: "x")
}

extension ClientCommand.ModerateRemoveFromContest {
  static let full = ClientCommand.ModerateRemoveFromContest(
    contest: ContestID(rawValue: "x_1"),
    player: PlayerID(rawValue: "x_1"),
    reason: "Ä \"x\" \\ 😀")
  static let bare = ClientCommand.ModerateRemoveFromContest(
    contest: ContestID(rawValue: "x_1"),
    player: PlayerID(rawValue: "x_1"),
    reason: "x")
}

extension ClientCommand.ModerateKick {
  static let full = ClientCommand.ModerateKick(
    player: PlayerID(rawValue: "x_1"),
    reason: "Ä \"x\" \\ 😀",
    seconds: 315360000)
  static let bare = ClientCommand.ModerateKick(
    player: PlayerID(rawValue: "x_1"),
    reason: "x",
    seconds: 0)
}

extension ClientCommand.ModerateAudit {
  static let full = ClientCommand.ModerateAudit(
    before: 4,
    limit: 200)
  static let bare = ClientCommand.ModerateAudit(
    before: nil,
    limit: 1)
}

extension ClientCommand {
  static let samples: [ClientCommand] =
    [
      .hello(.full), .hello(.bare),
      .rename(.full), .rename(.bare),
      .settingsSet(.full), .settingsSet(.bare),
      .ping(.full), .ping(.bare),
      .subscribe(.full), .subscribe(.bare),
      .unsubscribe(.full), .unsubscribe(.bare),
      .queueJoin(.full), .queueJoin(.bare),
      .queueLeave,
      .queueAcceptBot(.full), .queueAcceptBot(.bare),
      .duelInvite(.full), .duelInvite(.bare),
      .duelJoin(.full), .duelJoin(.bare),
      .duelRematch(.full), .duelRematch(.bare),
      .duelAnswer(.full), .duelAnswer(.bare),
      .duelReady(.full), .duelReady(.bare),
      .duelResign(.full), .duelResign(.bare),
      .duelClaim(.full), .duelClaim(.bare),
      .contestList,
      .contestStart(.full), .contestStart(.bare),
      .contestAnswer(.full), .contestAnswer(.bare),
      .contestSubmit(.full), .contestSubmit(.bare), .contestNext(.full), .contestFinal(.full),
      .unitGet(.full), .unitGet(.bare),
      .unitTry(.full), .unitTry(.bare), .unitAttribute(.full), .unitAttribute(.bare),
      .unitSearch(.full), .unitSearch(.bare),
      .soloOpen(.full), .soloOpen(.bare),
      .soloNext(.full), .soloNext(.bare),
      .soloBack(.full), .soloBack(.bare),
      .soloSubmit(.full), .soloSubmit(.bare),
      .soloVote(.full), .soloVote(.bare),
      .soloMark(.full), .soloMark(.bare),
      .profileGet,
      .moderateLogin(.full), .moderateLogin(.bare),
      .moderateEndDuel(.full), .moderateEndDuel(.bare),
      .moderatePauseContest(.full), .moderatePauseContest(.bare),
      .moderateResumeContest(.full), .moderateResumeContest(.bare),
      .moderateEndContest(.full), .moderateEndContest(.bare),
      .moderateRemoveFromContest(.full), .moderateRemoveFromContest(.bare),
      .moderateKick(.full), .moderateKick(.bare),
      .moderateAudit(.full), .moderateAudit(.bare),
      .boardPage(.full), .boardPage(.bare), .boardTerritories(.full), .territorySet(.full),
      .territorySet(.bare),
      .queueAcceptGhost, .duelReplay(.init(duel: DuelID(rawValue: "x_1"), from: 40)),
    ] + moderationSamples
}
