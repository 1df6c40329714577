import ArenaProtocol
import ArenaRules
import ArenaStorage
import ArenaTypes
import Interpretation

extension PlayerRoom {
  /// Sends a command to whoever can carry it out.
  func route(_ command: ClientCommand, from origin: CommandOrigin) {
    if command.carriesText,
      let mute = context.services.moderation.sanction(.mute, of: id, at: context.now)
    {
      let refusal = Refusal(.muted, reason: mute.mutedReason(at: context.now))
      // What was taken before, and not acknowledged, counts: who repeats it is told so.
      switch command {
      case .duelAnswer(let content):
        return route(to: content.duel, origin) { room in
          guard !room.mayHaveTaken(origin) else { return room.answer(content, from: origin) }
          room.context.settle(origin, .failure(refusal))
        }
      case .contestSubmit(let content):
        return route(to: content.contest, origin) { room in
          guard !room.mayHaveTaken(origin) else { return room.submit(content, from: origin) }
          room.context.settle(origin, .failure(refusal))
        }
      default: return context.settle(origin, .failure(refusal))
      }
    }
    switch command {
    case .rename(let content): rename(content.name, origin)
    case .settingsSet(let content): changeSettings(content, origin)
    case .soloOpen, .soloNext, .soloBack, .soloSubmit, .soloVote, .soloMark, .profileGet:
      routeSolo(command, origin)
    case .territorySet(let content):
      change(origin, answer: { .territorySet(.init(player: $0)) }) {
        $0.territory = content.territory
      }
    case .queueJoin, .queueLeave, .queueAcceptBot, .queueAcceptGhost, .duelInvite, .duelJoin:
      routeToMatchmaking(command, origin)
    case .duelRematch(let content):
      route(to: content.duel, origin) { $0.wantRematch(origin) }
    case .duelAnswer(let content):
      route(to: content.duel, origin) { $0.answer(content, from: origin) }
    case .duelReady(let content):
      route(to: content.duel, origin) {
        $0.take(
          .ready(player: origin.player, round: content.round - 1), from: origin,
          answering: .duelReady)
      }
    case .duelResign(let content):
      route(to: content.duel, origin) {
        $0.take(.resign(player: origin.player), from: origin, answering: .duelResign)
      }
    case .duelClaim(let content):
      route(to: content.duel, origin) {
        $0.take(.claim(player: origin.player), from: origin, answering: .duelClaim)
      }
    case .contestStart(let content):
      let (name, territory) = (record.name, record.territory)
      let standing = Standing(createdAt: record.createdAt, roundsPlayed: record.roundsPlayed)
      route(to: content.contest, origin) {
        $0.start(origin, name: name, standing: standing, territory: territory)
      }
    case .contestAnswer(let content):
      route(to: content.contest, origin) { $0.answer(content, from: origin) }
    case .contestSubmit(let content):
      route(to: content.contest, origin) { $0.submit(content, from: origin) }
    case .contestNext(let content):
      route(to: content.contest, origin) { $0.next(content, from: origin) }
    case .moderateEndDuel, .moderatePauseContest, .moderateResumeContest, .moderateEndContest,
      .moderateRemoveFromContest, .moderateKick, .moderateAct, .moderateUndo:
      context.moderate(command, from: origin)
    case .report(let content): report(content, origin)
    default:
      // The session answers the others itself.
      context.refuse(origin, .unknownType)
    }
  }

  private func route(
    to duel: DuelID, _ origin: CommandOrigin, _ work: @escaping @Sendable (DuelRoom) -> Void
  ) {
    context.directory.post(toOwnerOf: RoomName.duel(duel)) { context in
      context.withDuel(duel) { [unowned context] found in
        switch found {
        case .success(let room?): work(room)
        case .success(nil): context.refuse(origin, .notFound)
        case .failure(let refusal): context.settle(origin, .failure(refusal))
        }
      }
    }
  }

  private func route(
    to contest: ContestID, _ origin: CommandOrigin,
    _ work: @escaping @Sendable (ContestRoom) -> Void
  ) {
    context.directory.post(toOwnerOf: RoomName.contest(contest)) { context in
      context.withContest(contest) { [unowned context] found in
        switch found {
        case .success(let room?): work(room)
        case .success(nil): context.refuse(origin, .notFound)
        case .failure(let refusal): context.settle(origin, .failure(refusal))
        }
      }
    }
  }

  private func rename(_ name: String, _ origin: CommandOrigin) {
    guard let name = PlayerName.cleaned(name) else { return context.refuse(origin, .badName) }
    change(origin, answer: { .rename(.init(player: $0)) }) { $0.name = name }
  }

  private func routeToMatchmaking(_ command: ClientCommand, _ origin: CommandOrigin) {
    if case .queueLeave = command {
      return context.postToMatchmaking { $0.leave(origin) }
    }
    guard activeDuel == nil else { return context.refuse(origin, .alreadyInDuel) }
    guard let served = context.services.campaigns.named(command.campaign) else {
      return context.settle(
        origin, .failure(Refusal(.notFound, reason: "This campaign is not open here.")))
    }
    guard !context.services.moderation.isDraining else {
      return context.refuse(origin, .draining, retryAfter: .seconds(5))
    }
    if let format = command.duelFormat, !served.summary.formats.contains(format) {
      return context.refuse(origin, .formatUnavailable)
    }
    let campaign = served.id
    switch command {
    case .queueJoin(let content):
      queueCommand = origin.command
      let format = content.format.rules
      let ticket = Ticket(
        player: id, format: format, rating: rating(format).value, since: context.now)
      context.postToMatchmaking { $0.join(ticket, in: campaign, origin) }
    case .queueAcceptBot(let content):
      if let format = content.format {
        playBot(format.rules, in: campaign, origin)
      } else {
        context.postToMatchmaking { $0.acceptBot(origin) }
      }
    case .queueAcceptGhost: context.postToMatchmaking { $0.acceptGhost(origin) }
    case .duelInvite(let content):
      context.postToMatchmaking { $0.invite(content.format, in: campaign, origin) }
    case .duelJoin(let content):
      context.postToMatchmaking { $0.join(code: content.code, origin) }
    default: break
    }
  }

  /// Starts a duel against a bot of about the player's strength.
  func playBot(
    _ format: ArenaRules.DuelFormat, in campaign: CampaignID, _ origin: CommandOrigin
  ) {
    let entropy = context.services.entropy
    let bot = BotNames.participant(near: rating(format).value, from: entropy)
    let request = DuelRequest(
      format: format, participants: [.human(id), bot], isPrivate: false, campaign: campaign,
      from: entropy)
    context.launch(request) { context, result in
      context.settle(origin, result.map { .queueAcceptBot(.init(duel: $0)) })
    }
  }
}

extension ClientCommand {
  /// The campaign that the command asks for a duel in, where it names one.
  fileprivate var campaign: CampaignID? {
    switch self {
    case .queueJoin(let content): content.campaign
    case .queueAcceptBot(let content): content.campaign
    case .duelInvite(let content): content.campaign
    default: nil
    }
  }

  /// Whether the command brings a text of the player's to others, or leads where one must be written.
  var carriesText: Bool {
    switch self {
    case .rename, .soloSubmit: true
    case .duelAnswer(let content): content.answer.isText
    case .contestSubmit(let content): content.answer.isText
    case .queueJoin, .queueAcceptBot, .duelInvite:
      duelFormat.map { !$0.rules.rounds.allSatisfy { $0 != .write && $0 != .fire } } ?? false
    default: false
    }
  }

  /// The format of the duel that the command asks for, where it names one.
  fileprivate var duelFormat: Wire.DuelFormat? {
    switch self {
    case .queueJoin(let content): content.format
    case .queueAcceptBot(let content): content.format
    case .duelInvite(let content): content.format
    default: nil
    }
  }
}

extension Wire.Answer {
  /// Whether it is words that others may read.
  fileprivate var isText: Bool {
    switch self {
    case .write, .fire: true
    case .pick, .oddOneOut, .predict, .done: false
    }
  }
}
