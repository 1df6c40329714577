/// What a command is answered with when it is done; a refusal is a ``Refusal``.
public enum ServerAnswer: Hashable, Sendable {
  /// The answer to `hello`.
  case hello(Welcome)
  /// The answer to `rename`.
  case rename(PlayerChanged)
  /// The answer to `settings.set`.
  case settingsSet(PlayerChanged)
  /// The answer to `ping`.
  case ping(Pong)
  /// The answer to `subscribe`.
  case subscribe(Subscribed)
  /// The answer to `unsubscribe`.
  case unsubscribe
  /// The answer to `queue.join`.
  case queueJoin(Queued)
  /// The answer to `queue.leave`.
  case queueLeave
  /// The answer to `queue.acceptBot`.
  case queueAcceptBot(DuelFound)
  /// The answer to `queue.acceptGhost`.
  case queueAcceptGhost(DuelFound)
  /// The answer to `duel.invite`.
  case duelInvite(Invited)
  /// The answer to `duel.join`.
  case duelJoin(DuelFound)
  /// The answer to `duel.rematch`.
  case duelRematch(Rematch)
  /// The answer to `duel.answer`.
  case duelAnswer(AnswerAccepted)
  /// The answer to `duel.ready`.
  case duelReady
  /// The answer to `duel.resign`.
  case duelResign
  /// The answer to `duel.claim`.
  case duelClaim
  /// The answer to `duel.replay`.
  case duelReplay(ReplayPage)
  /// The answer to `contest.list`.
  case contestList(ContestList)
  /// The answer to `contest.start`.
  case contestStart(RunStarted)
  /// The answer to `contest.answer`.
  case contestAnswer(ContestJudged)
  /// The answer to `contest.submit`.
  case contestSubmit(RunChanged)
  /// The answer to `contest.next`.
  case contestNext(RunChanged)
  /// The answer to `contest.final`.
  case contestFinal(FinalPage)
  /// The answer to `board.page`.
  case boardPage(BoardPage)
  /// The answer to `board.territories`.
  case boardTerritories(BoardTerritories)
  /// The answer to `territory.set`.
  case territorySet(PlayerChanged)
  /// The answer to `unit.get`.
  case unitGet(UnitOpened)
  /// The answer to `unit.try`.
  case unitTry(TextTried)
  /// The answer to `unit.attribute`.
  case unitAttribute(TextAttributed)
  /// The answer to `unit.search`.
  case unitSearch(UnitsFound)
  /// The answer to `solo.open`.
  case soloOpen(SoloOpened)
  /// The answer to `solo.next`.
  case soloNext(SoloOpened)
  /// The answer to `solo.back`.
  case soloBack(SoloOpened)
  /// The answer to `solo.submit`.
  case soloSubmit(SoloSubmitted)
  /// The answer to `solo.vote`.
  case soloVote(SoloVoted)
  /// The answer to `solo.mark`.
  case soloMark(SoloMarked)
  /// The answer to `profile.get`.
  case profileGet(ProfileOpened)
  /// The answer to `moderate.login`.
  case moderateLogin(LoggedIn)
  /// The answer to `moderate.endDuel`.
  case moderateEndDuel
  /// The answer to `moderate.pauseContest`.
  case moderatePauseContest
  /// The answer to `moderate.resumeContest`.
  case moderateResumeContest
  /// The answer to `moderate.endContest`.
  case moderateEndContest
  /// The answer to `moderate.removeFromContest`.
  case moderateRemoveFromContest
  /// The answer to `moderate.kick`.
  case moderateKick
  /// The answer to `moderate.audit`.
  case moderateAudit(AuditPage)
  /// The answer to `moderate.act`.
  case moderateAct(ActDone)
  /// The answer to `moderate.undo`.
  case moderateUndo(ActDone)
  /// The answer to `moderate.list`.
  case moderateList(ModerationPage)
  /// The answer to `moderate.look`.
  case moderateLook(LookedAt)
  /// The answer to `report`.
  case report

  /// The kind of command that it answers.
  public var kind: ClientCommand.Kind {
    switch self {
    case .hello: .hello
    case .rename: .rename
    case .settingsSet: .settingsSet
    case .ping: .ping
    case .subscribe: .subscribe
    case .unsubscribe: .unsubscribe
    case .queueJoin: .queueJoin
    case .queueLeave: .queueLeave
    case .queueAcceptBot: .queueAcceptBot
    case .queueAcceptGhost: .queueAcceptGhost
    case .duelInvite: .duelInvite
    case .duelJoin: .duelJoin
    case .duelRematch: .duelRematch
    case .duelAnswer: .duelAnswer
    case .duelReady: .duelReady
    case .duelResign: .duelResign
    case .duelClaim: .duelClaim
    case .duelReplay: .duelReplay
    case .contestList: .contestList
    case .contestStart: .contestStart
    case .contestAnswer: .contestAnswer
    case .contestSubmit: .contestSubmit
    case .contestNext: .contestNext
    case .contestFinal: .contestFinal
    case .boardPage: .boardPage
    case .boardTerritories: .boardTerritories
    case .territorySet: .territorySet
    case .unitGet: .unitGet
    case .unitTry: .unitTry
    case .unitAttribute: .unitAttribute
    case .unitSearch: .unitSearch
    case .soloOpen: .soloOpen
    case .soloNext: .soloNext
    case .soloBack: .soloBack
    case .soloSubmit: .soloSubmit
    case .soloVote: .soloVote
    case .soloMark: .soloMark
    case .profileGet: .profileGet
    case .moderateLogin: .moderateLogin
    case .moderateEndDuel: .moderateEndDuel
    case .moderatePauseContest: .moderatePauseContest
    case .moderateResumeContest: .moderateResumeContest
    case .moderateEndContest: .moderateEndContest
    case .moderateRemoveFromContest: .moderateRemoveFromContest
    case .moderateKick: .moderateKick
    case .moderateAudit: .moderateAudit
    case .moderateAct: .moderateAct
    case .moderateUndo: .moderateUndo
    case .moderateList: .moderateList
    case .moderateLook: .moderateLook
    case .report: .report
    }
  }

  /// The content, which stands under `data`.
  var content: any JSONWritable {
    switch self {
    case .hello(let content): content
    case .rename(let content): content
    case .settingsSet(let content): content
    case .ping(let content): content
    case .subscribe(let content): content
    case .queueJoin(let content): content
    case .queueAcceptBot(let content): content
    case .queueAcceptGhost(let content): content
    case .duelReplay(let content): content
    case .duelInvite(let content): content
    case .duelJoin(let content): content
    case .duelRematch(let content): content
    case .duelAnswer(let content): content
    case .contestList(let content): content
    case .contestStart(let content): content
    case .contestAnswer(let content): content
    case .contestSubmit(let content): content
    case .contestNext(let content): content
    case .contestFinal(let content): content
    case .boardPage(let content): content
    case .boardTerritories(let content): content
    case .territorySet(let content): content
    case .unitGet(let content): content
    case .unitTry(let content): content
    case .unitAttribute(let content): content
    case .unitSearch(let content): content
    case .soloOpen(let content): content
    case .soloNext(let content): content
    case .soloBack(let content): content
    case .soloSubmit(let content): content
    case .soloVote(let content): content
    case .soloMark(let content): content
    case .profileGet(let content): content
    case .moderateLogin(let content): content
    case .moderateAudit(let content): content
    case .moderateAct(let content): content
    case .moderateUndo(let content): content
    case .moderateList(let content): content
    case .moderateLook(let content): content
    case .unsubscribe,
      .queueLeave,
      .duelReady,
      .duelResign,
      .duelClaim,
      .moderateEndDuel,
      .moderatePauseContest,
      .moderateResumeContest,
      .moderateEndContest,
      .moderateRemoveFromContest,
      .moderateKick,
      .report:
      Done()
    }
  }
}
