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
    /// Asks for the contests.
    case contestList = "contest.list"
    /// Starts one's own clock, or returns to the run that is going on.
    case contestStart = "contest.start"
    /// Answers the question of one's run; acknowledged once it is on disk.
    case contestAnswer = "contest.answer"
    /// Asks for a unit's page; refused as `sealed` while the unit is in the player's running round.
    case unitGet = "unit.get"
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
  /// Asks for the contests.
  case contestList
  /// Starts one's own clock, or returns to the run that is going on.
  case contestStart(ContestStart)
  /// Answers the question of one's run; acknowledged once it is on disk.
  case contestAnswer(ContestAnswer)
  /// Asks for a unit's page; refused as `sealed` while the unit is in the player's running round.
  case unitGet(UnitGet)
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
    case .duelInvite: .duelInvite
    case .duelJoin: .duelJoin
    case .duelRematch: .duelRematch
    case .duelAnswer: .duelAnswer
    case .duelReady: .duelReady
    case .duelResign: .duelResign
    case .duelClaim: .duelClaim
    case .contestList: .contestList
    case .contestStart: .contestStart
    case .contestAnswer: .contestAnswer
    case .unitGet: .unitGet
    case .moderateLogin: .moderateLogin
    case .moderateEndDuel: .moderateEndDuel
    case .moderatePauseContest: .moderatePauseContest
    case .moderateResumeContest: .moderateResumeContest
    case .moderateEndContest: .moderateEndContest
    case .moderateRemoveFromContest: .moderateRemoveFromContest
    case .moderateKick: .moderateKick
    case .moderateAudit: .moderateAudit
    }
  }
}
