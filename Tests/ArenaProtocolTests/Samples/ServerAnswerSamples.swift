import ArenaProtocol
import ArenaTypes

// Two samples of each type: `full` has every optional and list filled, `bare` has none.

extension ServerAnswer.Welcome {
  static let full = ServerAnswer.Welcome(
    player: .full,
    secret: "Ä \"x\" \\ 😀",
    role: .moderator,
    serverTime: Timestamp(millisecondsSinceEpoch: 1_790_000_000_000),
    activeDuel: DuelID(rawValue: "x_1"),
    activeRun: ContestID(rawValue: "x_1"),
    campaign: .full,
    limits: .full,
    campaigns: [.full, .bare],
    notices: [.full])
  static let bare = ServerAnswer.Welcome(
    player: .bare,
    secret: nil,
    role: .player,
    serverTime: Timestamp(millisecondsSinceEpoch: 0),
    activeDuel: nil,
    activeRun: nil,
    campaign: .bare,
    limits: .bare)
}

extension ServerAnswer.PlayerChanged {
  static let full = ServerAnswer.PlayerChanged(
    player: .full)
  static let bare = ServerAnswer.PlayerChanged(
    player: .bare)
}

extension ServerAnswer.Pong {
  static let full = ServerAnswer.Pong(
    clientTime: Timestamp(millisecondsSinceEpoch: 1_790_000_000_000),
    serverTime: Timestamp(millisecondsSinceEpoch: 1_790_000_000_000))
  static let bare = ServerAnswer.Pong(
    clientTime: Timestamp(millisecondsSinceEpoch: 0),
    serverTime: Timestamp(millisecondsSinceEpoch: 0))
}

extension ServerAnswer.Subscribed {
  static let full = ServerAnswer.Subscribed(
    topic: .duel(DuelID(rawValue: "x_1")),
    epoch: "e1",
    offset: 3,
    recovered: true)
  static let bare = ServerAnswer.Subscribed(
    topic: .me,
    epoch: "e1",
    offset: 0,
    recovered: false)
}

extension ServerAnswer.Queued {
  static let full = ServerAnswer.Queued(
    position: 4,
    waiting: 3)
  static let bare = ServerAnswer.Queued(
    position: 1,
    waiting: 0)
}

extension ServerAnswer.DuelFound {
  static let full = ServerAnswer.DuelFound(
    duel: DuelID(rawValue: "x_1"))
  static let bare = ServerAnswer.DuelFound(
    duel: DuelID(rawValue: "x_1"))
}

extension ServerAnswer.Invited {
  static let full = ServerAnswer.Invited(
    invite: .full)
  static let bare = ServerAnswer.Invited(
    invite: .bare)
}

extension ServerAnswer.Rematch {
  static let full = ServerAnswer.Rematch(
    waiting: true,
    duel: DuelID(rawValue: "x_1"))
  static let bare = ServerAnswer.Rematch(
    waiting: false,
    duel: nil)
}

extension ServerAnswer.AnswerAccepted {
  static let full = ServerAnswer.AnswerAccepted(
    round: 4,
    attempt: 4,
    triesLeft: 3)
  static let bare = ServerAnswer.AnswerAccepted(
    round: 1,
    attempt: nil,
    triesLeft: nil)
}

extension ServerAnswer.ContestList {
  static let full = ServerAnswer.ContestList(
    contests: [.full])
  static let bare = ServerAnswer.ContestList(
    contests: [])
}

extension ServerAnswer.RunStarted {
  static let full = ServerAnswer.RunStarted(
    run: .full,
    rounds: [.full])
  static let bare = ServerAnswer.RunStarted(
    run: .bare)
}

extension ServerAnswer.RunChanged {
  static let full = ServerAnswer.RunChanged(run: .full)
}

extension ServerAnswer.FinalPage {
  static let full = ServerAnswer.FinalPage(
    contest: ContestID(rawValue: "x_1"), seal: .full, count: 501, from: 501, entries: [.full])
  static let bare = ServerAnswer.FinalPage(
    contest: ContestID(rawValue: "x_1"), seal: .bare, count: 0, from: 1, entries: [])
}

extension ServerAnswer.ContestJudged {
  static let full = ServerAnswer.ContestJudged(
    question: 4,
    right: true,
    rightSide: .b,
    run: .full)
  static let bare = ServerAnswer.ContestJudged(
    question: 1,
    right: false,
    rightSide: .a,
    run: .bare)
}

extension ServerAnswer.UnitOpened {
  static let full = ServerAnswer.UnitOpened(
    unit: .full,
    texts: Wire.TextOffer(tokensMax: 256, charactersMax: 4_000, left: 0),
    links: Wire.UnitLinks(data: "/v1/units/x.json?key=0", card: "/embed/unit/x?key=0"))
  static let bare = ServerAnswer.UnitOpened(
    unit: .bare)
}

extension ServerAnswer.LoggedIn {
  static let full = ServerAnswer.LoggedIn(
    role: .moderator,
    label: "Ä \"x\" \\ 😀")
  static let bare = ServerAnswer.LoggedIn(
    role: .player,
    label: "")
}

extension ServerAnswer.AuditPage {
  static let full = ServerAnswer.AuditPage(
    entries: [.full])
  static let bare = ServerAnswer.AuditPage(
    entries: [])
}

extension ServerAnswer {
  static let samples: [ServerAnswer] =
    [
      .hello(.full), .hello(.bare),
      .rename(.full), .rename(.bare),
      .settingsSet(.full), .settingsSet(.bare),
      .ping(.full), .ping(.bare),
      .subscribe(.full), .subscribe(.bare),
      .unsubscribe,
      .queueJoin(.full), .queueJoin(.bare),
      .queueLeave,
      .queueAcceptBot(.full), .queueAcceptBot(.bare),
      .duelInvite(.full), .duelInvite(.bare),
      .duelJoin(.full), .duelJoin(.bare),
      .duelRematch(.full), .duelRematch(.bare),
      .duelAnswer(.full), .duelAnswer(.bare),
      .duelReady,
      .duelResign,
      .duelClaim,
      .contestList(.full), .contestList(.bare),
      .contestStart(.full), .contestStart(.bare),
      .contestAnswer(.full), .contestAnswer(.bare),
      .contestSubmit(.full), .contestNext(.full), .contestFinal(.full), .contestFinal(.bare),
      .unitGet(.full), .unitGet(.bare),
      .unitTry(.full), .unitTry(.bare), .unitAttribute(.full), .unitAttribute(.bare),
      .unitSearch(.full), .unitSearch(.bare),
      .soloOpen(.full), .soloOpen(.bare),
      .soloNext(.full), .soloNext(.bare),
      .soloBack(.full), .soloBack(.bare),
      .soloSubmit(.full), .soloSubmit(.bare),
      .soloVote(.full), .soloVote(.bare),
      .soloMark(.full), .soloMark(.bare),
      .profileGet(.full), .profileGet(.bare),
      .moderateLogin(.full), .moderateLogin(.bare),
      .moderateEndDuel,
      .moderatePauseContest,
      .moderateResumeContest,
      .moderateEndContest,
      .moderateRemoveFromContest,
      .moderateKick,
      .moderateAudit(.full), .moderateAudit(.bare),
      .boardPage(.full), .boardPage(.bare), .boardTerritories(.full), .boardTerritories(.bare),
      .territorySet(.full), .territorySet(.bare),
      .queueAcceptGhost(.full), .queueAcceptGhost(.bare), .duelReplay(.full), .duelReplay(.bare),
    ] + moderationSamples
}
