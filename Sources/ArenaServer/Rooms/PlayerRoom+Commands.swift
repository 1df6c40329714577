import ArenaProtocol
import ArenaRules
import ArenaStorage
import ArenaTypes
import Interpretation

extension PlayerRoom {
  /// Sends a command to whoever can carry it out.
  func route(_ command: ClientCommand, from origin: CommandOrigin) {
    switch command {
    case .rename(let content): rename(content.name, origin)
    case .settingsSet(let content):
      change(origin, answer: { .settingsSet(.init(player: $0)) }) {
        $0.showsExplicit = content.showExplicit
      }
    case .queueJoin, .queueLeave, .queueAcceptBot, .duelInvite, .duelJoin:
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
      let name = record.name
      route(to: content.contest, origin) { $0.start(origin, name: name) }
    case .contestAnswer(let content):
      route(to: content.contest, origin) { $0.answer(content, from: origin) }
    case .moderateEndDuel, .moderatePauseContest, .moderateResumeContest, .moderateEndContest,
      .moderateRemoveFromContest, .moderateKick:
      context.moderate(command, from: origin)
    default:
      // The session answers the others itself.
      context.refuse(origin, .unknownType)
    }
  }

  private func route(
    to duel: DuelID, _ origin: CommandOrigin, _ work: @escaping @Sendable (DuelRoom) -> Void
  ) {
    context.directory.post(toOwnerOf: RoomName.duel(duel)) { context in
      guard let room = context.duels[duel] else { return context.refuse(origin, .notFound) }
      work(room)
    }
  }

  private func route(
    to contest: ContestID, _ origin: CommandOrigin,
    _ work: @escaping @Sendable (ContestRoom) -> Void
  ) {
    context.directory.post(toOwnerOf: RoomName.contest(contest)) { context in
      guard let room = context.contests[contest] else {
        return context.refuse(origin, .notFound)
      }
      work(room)
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
    if let format = command.duelFormat,
      !context.services.campaignSummary.formats.contains(format)
    {
      return context.refuse(origin, .formatUnavailable)
    }
    switch command {
    case .queueJoin(let content):
      let format = content.format.rules
      let ticket = Ticket(
        player: id, format: format, rating: rating(format).value, since: context.now)
      context.postToMatchmaking { $0.join(ticket, origin) }
    case .queueAcceptBot(let content):
      if let format = content.format {
        playBot(format.rules, origin)
      } else {
        context.postToMatchmaking { $0.acceptBot(origin) }
      }
    case .duelInvite(let content):
      context.postToMatchmaking { $0.invite(content.format, origin) }
    case .duelJoin(let content):
      context.postToMatchmaking { $0.join(code: content.code, origin) }
    default: break
    }
  }

  /// Starts a duel against a bot of about the player's strength.
  func playBot(_ format: ArenaRules.DuelFormat, _ origin: CommandOrigin) {
    let request = DuelRequest(
      format: format,
      participants: [.human(id), BotNames.participant(near: rating(format).value)],
      isPrivate: false, rematchOf: nil)
    context.launch(request) { context, result in
      context.settle(origin, result.map { .queueAcceptBot(.init(duel: $0)) })
    }
  }
}

extension ClientCommand {
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
