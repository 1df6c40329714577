extension ClientCommand {
  /// Reads the content of a command of `kind`; the fields are finished by the caller.
  init(_ kind: Kind, from fields: inout FieldReader) throws(Refusal) {
    switch kind {
    case .hello: self = .hello(try Hello(from: &fields))
    case .rename: self = .rename(try Rename(from: &fields))
    case .settingsSet: self = .settingsSet(try SettingsSet(from: &fields))
    case .ping: self = .ping(try Ping(from: &fields))
    case .subscribe: self = .subscribe(try Subscribe(from: &fields))
    case .unsubscribe: self = .unsubscribe(try Unsubscribe(from: &fields))
    case .queueJoin: self = .queueJoin(try QueueJoin(from: &fields))
    case .queueLeave: self = .queueLeave
    case .queueAcceptBot: self = .queueAcceptBot(try QueueAcceptBot(from: &fields))
    case .queueAcceptGhost: self = .queueAcceptGhost
    case .duelInvite: self = .duelInvite(try DuelInvite(from: &fields))
    case .duelJoin: self = .duelJoin(try DuelJoin(from: &fields))
    case .duelRematch: self = .duelRematch(try DuelRematch(from: &fields))
    case .duelAnswer: self = .duelAnswer(try DuelAnswer(from: &fields))
    case .duelReady: self = .duelReady(try DuelReady(from: &fields))
    case .duelResign: self = .duelResign(try DuelResign(from: &fields))
    case .duelClaim: self = .duelClaim(try DuelClaim(from: &fields))
    case .duelReplay: self = .duelReplay(try DuelReplay(from: &fields))
    case .contestList: self = .contestList
    case .contestStart: self = .contestStart(try ContestStart(from: &fields))
    case .contestAnswer: self = .contestAnswer(try ContestAnswer(from: &fields))
    case .contestSubmit: self = .contestSubmit(try ContestSubmit(from: &fields))
    case .contestNext: self = .contestNext(try ContestNext(from: &fields))
    case .contestFinal: self = .contestFinal(try ContestFinal(from: &fields))
    case .boardPage: self = .boardPage(try BoardPage(from: &fields))
    case .boardTerritories: self = .boardTerritories(try BoardTerritories(from: &fields))
    case .territorySet: self = .territorySet(try TerritorySet(from: &fields))
    case .unitGet: self = .unitGet(try UnitGet(from: &fields))
    case .unitTry: self = .unitTry(try UnitTry(from: &fields))
    case .unitAttribute: self = .unitAttribute(try UnitAttribute(from: &fields))
    case .unitSearch: self = .unitSearch(try UnitSearch(from: &fields))
    case .soloOpen: self = .soloOpen(try SoloOpen(from: &fields))
    case .soloNext: self = .soloNext(try SoloNext(from: &fields))
    case .soloBack: self = .soloBack(try SoloBack(from: &fields))
    case .soloSubmit: self = .soloSubmit(try SoloSubmit(from: &fields))
    case .soloVote: self = .soloVote(try SoloVote(from: &fields))
    case .soloMark: self = .soloMark(try SoloMark(from: &fields))
    case .profileGet: self = .profileGet
    case .moderateLogin: self = .moderateLogin(try ModerateLogin(from: &fields))
    case .moderateEndDuel: self = .moderateEndDuel(try ModerateEndDuel(from: &fields))
    case .moderatePauseContest:
      self = .moderatePauseContest(try ModeratePauseContest(from: &fields))
    case .moderateResumeContest:
      self = .moderateResumeContest(try ModerateResumeContest(from: &fields))
    case .moderateEndContest: self = .moderateEndContest(try ModerateEndContest(from: &fields))
    case .moderateRemoveFromContest:
      self = .moderateRemoveFromContest(try ModerateRemoveFromContest(from: &fields))
    case .moderateKick: self = .moderateKick(try ModerateKick(from: &fields))
    case .moderateAudit: self = .moderateAudit(try ModerateAudit(from: &fields))
    case .moderateAct: self = .moderateAct(try ModerateAct(from: &fields))
    case .moderateUndo: self = .moderateUndo(try ModerateUndo(from: &fields))
    case .moderateList: self = .moderateList(try ModerateList(from: &fields))
    case .moderateLook: self = .moderateLook(try ModerateLook(from: &fields))
    case .report: self = .report(try Report(from: &fields))
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
    case .unsubscribe(let content): content
    case .queueJoin(let content): content
    case .queueAcceptBot(let content): content
    case .duelInvite(let content): content
    case .duelJoin(let content): content
    case .duelRematch(let content): content
    case .duelAnswer(let content): content
    case .duelReady(let content): content
    case .duelResign(let content): content
    case .duelClaim(let content): content
    case .duelReplay(let content): content
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
    case .moderateLogin(let content): content
    case .moderateEndDuel(let content): content
    case .moderatePauseContest(let content): content
    case .moderateResumeContest(let content): content
    case .moderateEndContest(let content): content
    case .moderateRemoveFromContest(let content): content
    case .moderateKick(let content): content
    case .moderateAudit(let content): content
    case .moderateAct(let content): content
    case .moderateUndo(let content): content
    case .moderateList(let content): content
    case .moderateLook(let content): content
    case .report(let content): content
    case .queueLeave, .queueAcceptGhost, .contestList, .profileGet: JSONValue.object(JSONObject([]))
    }
  }
}
