/// What a client wishes, decoded and within the limits of its schema.
public enum ClientCommand: Hashable, Sendable {
  /// The types of commands, as on the wire.
  public enum Kind: String, Hashable, Sendable, CaseIterable, JSONWritable {
    /// Says who speaks; the first command on every connection, within 10 s.
    case hello
    /// Changes the player's name.
    case rename
    /// Changes the player's settings.
    case settingsSet = "settings.set"
    /// Asks for the server's clock.
    case ping
    /// Asks for the events of a topic, from where the client was.
    case subscribe
    /// Ends the events of a topic.
    case unsubscribe
    /// Waits for an opponent.
    case queueJoin = "queue.join"
    /// Stops waiting.
    case queueLeave = "queue.leave"
    /// Plays against a bot instead of waiting on, or at once.
    case queueAcceptBot = "queue.acceptBot"
    /// Plays against the recording on offer in the queue.
    case queueAcceptGhost = "queue.acceptGhost"
    /// Makes a private duel that another player joins by its code.
    case duelInvite = "duel.invite"
    /// Joins a private duel.
    case duelJoin = "duel.join"
    /// Wishes for another duel with the same opponent.
    case duelRematch = "duel.rematch"
    /// Answers the running round; acknowledged once it is on disk.
    case duelAnswer = "duel.answer"
    /// Skips the rest of a reveal, if the other does too.
    case duelReady = "duel.ready"
    /// Gives the duel up.
    case duelResign = "duel.resign"
    /// Ends a duel whose other player has been away for long.
    case duelClaim = "duel.claim"
    /// Asks for a page of what happened in a finished duel.
    case duelReplay = "duel.replay"
    /// Asks for the contests.
    case contestList = "contest.list"
    /// Starts one's own clock, or returns to the run that is going on.
    case contestStart = "contest.start"
    /// Answers the question of one's run; acknowledged once it is on disk.
    case contestAnswer = "contest.answer"
    /// Answers a round of a daily, a quest or a live contest; acknowledged once it is on disk.
    case contestSubmit = "contest.submit"
    /// Goes on from a round of a daily that is over.
    case contestNext = "contest.next"
    /// Asks for a page of a final board and what it is sealed with.
    case contestFinal = "contest.final"
    /// Asks for a page of a board, at one version.
    case boardPage = "board.page"
    /// Asks where those are at home who stand on a board.
    case boardTerritories = "board.territories"
    /// Says where the player is at home, or takes that back.
    case territorySet = "territory.set"
    /// Asks for a unit's page; refused as `sealed` while the unit is in the player's running round.
    case unitGet = "unit.get"
    /// Reads a text: the unit's activation on each token, told in parts as it is computed; refused as
    /// `sealed` as `unit.get` is. A later text of the connection takes its place.
    case unitTry = "unit.try"
    /// Asks what each earlier token of a text adds to the unit's activation on one of them, told in parts.
    case unitAttribute = "unit.attribute"
    /// Looks for units by the meaning of their explanations, or by words on which they fire.
    case unitSearch = "unit.search"
    /// Opens the unit that one is at in solo play, or another one.
    case soloOpen = "solo.open"
    /// Goes on to another unit; where the player is at another one already, it stays there.
    case soloNext = "solo.next"
    /// Goes back to the unit before; where the player is at another one already, it stays there.
    case soloBack = "solo.back"
    /// Submits an explanation in solo play; acknowledged once it is on disk.
    case soloSubmit = "solo.submit"
    /// Votes on an explanation, or takes a vote back; acknowledged once it is on disk.
    case soloVote = "solo.vote"
    /// Says that no explanation fits or that the unit has too many meanings, or takes that back.
    case soloMark = "solo.mark"
    /// Asks for what the player has done here.
    case profileGet = "profile.get"
    /// Makes this connection a moderator's.
    case moderateLogin = "moderate.login"
    /// Ends a duel as void.
    case moderateEndDuel = "moderate.endDuel"
    /// Stops all clocks of a contest.
    case moderatePauseContest = "moderate.pauseContest"
    /// Lets all clocks of a contest go on.
    case moderateResumeContest = "moderate.resumeContest"
    /// Closes a contest at once.
    case moderateEndContest = "moderate.endContest"
    /// Takes a player's run off a contest's board; a final board then says that it was changed.
    case moderateRemoveFromContest = "moderate.removeFromContest"
    /// Closes a player's connections and keeps it away for a while.
    case moderateKick = "moderate.kick"
    /// Reads the audit log, latest first.
    case moderateAudit = "moderate.audit"
    /// Does what a moderator can do, or says what it would change.
    case moderateAct = "moderate.act"
    /// Undoes an act of the audit log.
    case moderateUndo = "moderate.undo"
    /// Reads a page of a list.
    case moderateList = "moderate.list"
    /// Looks at a player.
    case moderateLook = "moderate.look"
    /// Tells moderators that something is wrong.
    case report

    /// Whether only moderators may send it, once they have logged in.
    public var isForModerators: Bool { rawValue.hasPrefix("moderate.") && self != .moderateLogin }
  }

  /// Says who speaks; the first command on every connection, within 10 s.
  case hello(Hello)
  /// Changes the player's name.
  case rename(Rename)
  /// Changes the player's settings.
  case settingsSet(SettingsSet)
  /// Asks for the server's clock.
  case ping(Ping)
  /// Asks for the events of a topic, from where the client was.
  case subscribe(Subscribe)
  /// Ends the events of a topic.
  case unsubscribe(Unsubscribe)
  /// Waits for an opponent.
  case queueJoin(QueueJoin)
  /// Stops waiting.
  case queueLeave
  /// Plays against a bot instead of waiting on, or at once.
  case queueAcceptBot(QueueAcceptBot)
  /// Plays against the recording on offer in the queue.
  case queueAcceptGhost
  /// Makes a private duel that another player joins by its code.
  case duelInvite(DuelInvite)
  /// Joins a private duel.
  case duelJoin(DuelJoin)
  /// Wishes for another duel with the same opponent.
  case duelRematch(DuelRematch)
  /// Answers the running round; acknowledged once it is on disk.
  case duelAnswer(DuelAnswer)
  /// Skips the rest of a reveal, if the other does too.
  case duelReady(DuelReady)
  /// Gives the duel up.
  case duelResign(DuelResign)
  /// Ends a duel whose other player has been away for long.
  case duelClaim(DuelClaim)
  /// Asks for a page of what happened in a finished duel.
  case duelReplay(DuelReplay)
  /// Asks for the contests.
  case contestList
  /// Starts one's own clock, or returns to the run that is going on.
  case contestStart(ContestStart)
  /// Answers the question of one's run; acknowledged once it is on disk.
  case contestAnswer(ContestAnswer)
  /// Answers a round of a daily, a quest or a live contest; acknowledged once it is on disk.
  case contestSubmit(ContestSubmit)
  /// Goes on from a round of a daily that is over.
  case contestNext(ContestNext)
  /// Asks for a page of a final board and what it is sealed with.
  case contestFinal(ContestFinal)
  /// Asks for a page of a board, at one version.
  case boardPage(BoardPage)
  /// Asks where those are at home who stand on a board.
  case boardTerritories(BoardTerritories)
  /// Says where the player is at home, or takes that back.
  case territorySet(TerritorySet)
  /// Asks for a unit's page; refused as `sealed` while the unit is in the player's running round.
  case unitGet(UnitGet)
  /// Reads a text: the unit's activation on each token, told in parts as it is computed; refused as
  /// `sealed` as `unit.get` is. A later text of the connection takes its place.
  case unitTry(UnitTry)
  /// Asks what each earlier token of a text adds to the unit's activation on one of them, told in parts.
  case unitAttribute(UnitAttribute)
  /// Looks for units by the meaning of their explanations, or by words on which they fire.
  case unitSearch(UnitSearch)
  /// Opens the unit that one is at in solo play, or another one.
  case soloOpen(SoloOpen)
  /// Goes on to another unit; where the player is at another one already, it stays there.
  case soloNext(SoloNext)
  /// Goes back to the unit before; where the player is at another one already, it stays there.
  case soloBack(SoloBack)
  /// Submits an explanation in solo play; acknowledged once it is on disk.
  case soloSubmit(SoloSubmit)
  /// Votes on an explanation, or takes a vote back; acknowledged once it is on disk.
  case soloVote(SoloVote)
  /// Says that no explanation fits or that the unit has too many meanings, or takes that back.
  case soloMark(SoloMark)
  /// Asks for what the player has done here.
  case profileGet
  /// Makes this connection a moderator's.
  case moderateLogin(ModerateLogin)
  /// Ends a duel as void.
  case moderateEndDuel(ModerateEndDuel)
  /// Stops all clocks of a contest.
  case moderatePauseContest(ModeratePauseContest)
  /// Lets all clocks of a contest go on.
  case moderateResumeContest(ModerateResumeContest)
  /// Closes a contest at once.
  case moderateEndContest(ModerateEndContest)
  /// Takes a player's run off a contest's board; a final board then says that it was changed.
  case moderateRemoveFromContest(ModerateRemoveFromContest)
  /// Closes a player's connections and keeps it away for a while.
  case moderateKick(ModerateKick)
  /// Reads the audit log, latest first.
  case moderateAudit(ModerateAudit)
  /// Does what a moderator can do, or says what it would change.
  case moderateAct(ModerateAct)
  /// Undoes an act of the audit log.
  case moderateUndo(ModerateUndo)
  /// Reads a page of a list.
  case moderateList(ModerateList)
  /// Looks at a player.
  case moderateLook(ModerateLook)
  /// Tells moderators that something is wrong.
  case report(Report)

  /// Its type.
  public var kind: Kind {
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
}
