import ArenaProtocol
import ArenaRules
import ArenaTypes

/// The queue and the invitations.
///
/// It is not journaled: who waits is connected, and whose connection went joins again.
final class MatchmakingRoom {
  private unowned let context: ShardContext
  private var matchmaking: CampaignQueues
  private var timer: TimerToken?
  private var invites: [String: Invitation] = [:]
  /// The recordings on offer to those who wait.
  private var ghosts: [PlayerID: Ghost] = [:]
  /// The recording that is being accepted.
  private var accepted: Ghost?

  private struct Invitation {
    let host: PlayerID
    let format: Wire.DuelFormat
    let campaign: CampaignID
    let expiresAt: Timestamp
  }

  /// The most open invitations; a host has one a format.
  static let inviteCountMax = 20_000

  init(context: ShardContext) {
    self.context = context
    var limits = Matchmaking.Limits()
    limits.botOfferMilliseconds = context.configuration.botOfferDelay.wholeMilliseconds
    matchmaking = CampaignQueues(context.services.campaigns.all.map(\.id), limits: limits)
  }

  // MARK: Queue

  /// Puts a player into the queue.
  func join(_ ticket: Ticket, in campaign: CampaignID, _ origin: CommandOrigin) {
    let waiting = matchmaking.waitingCount(ticket.format, in: campaign)
    // The answer goes out first: a match may follow at once.
    let status = queueStatus(
      ticket, in: campaign, reason: .alone, gap: 0, others: waiting, bot: nil)
    perform(.join(ticket: ticket), in: campaign, origin) { [context] in
      context.settle(
        origin, .success(.queueJoin(.init(position: waiting + 1, waiting: waiting + 1))))
      context.post(toPlayer: ticket.player) { $0.queueStatus = status }
    }
  }

  /// Takes a player out of the queue, who asked for it.
  func leave(_ origin: CommandOrigin) {
    perform(.leave(player: origin.player), origin) { [context] in
      context.settle(origin, .success(.queueLeave))
    }
  }

  /// Takes a player out of the queue who has gone.
  func leave(_ player: PlayerID) {
    perform(.leave(player: player), nil) {}
  }

  /// Starts a duel with the bot on offer.
  func acceptBot(_ origin: CommandOrigin) {
    // `botMatched` frees the ticket; the player's room starts the duel and answers.
    perform(.acceptBot(player: origin.player), origin) {}
  }

  /// Starts a duel with the recording on offer.
  func acceptGhost(_ origin: CommandOrigin) {
    guard let ghost = ghosts[origin.player] else {
      return context.refuse(origin, .noGhostOffered)
    }
    accepted = ghost
    perform(.acceptBot(player: origin.player), origin) {}
    accepted = nil
  }

  /// Offers a recording to a player who still waits with that ticket for a duel on its campaign.
  func offer(_ ghost: Ghost, for ticket: Ticket, in campaign: CampaignID) {
    guard let place = matchmaking.place(of: ticket.player), place.ticket == ticket,
      place.campaign == campaign
    else { return }
    ghosts[ticket.player] = ghost
    let format = Wire.DuelFormat(ticket.format)
    context.post(toPlayer: ticket.player) {
      $0.publish(.queueGhostOffered(.init(format: format, ghost: ghost.wire)))
    }
  }

  private func perform(
    _ command: MatchmakingCommand, in campaign: CampaignID? = nil, _ origin: CommandOrigin?,
    accepted: () -> Void
  ) {
    do throws(MatchmakingRejection) {
      let events = try matchmaking.apply(command, in: campaign, now: context.now)
      accepted()
      for (campaign, event) in events { handle(event, in: campaign, origin) }
    } catch {
      if let origin { context.settle(origin, .failure(Refusal(error, now: context.now))) }
    }
    scheduleTick()
    announce()
  }

  private func handle(
    _ event: MatchmakingEvent, in campaign: CampaignID, _ origin: CommandOrigin?
  ) {
    switch event {
    case .matched(let match):
      ghosts[match.first.player] = nil
      ghosts[match.second.player] = nil
      start(match, in: campaign)
    case .waiting(let player, let reason, let gap, let others):
      guard let ticket = matchmaking.place(of: player)?.ticket else { return }
      let status = queueStatus(
        ticket, in: campaign, reason: reason, gap: Double(gap), others: others,
        bot: botOffer(for: ticket))
      context.post(toPlayer: player) { $0.publish(.queueWaiting(.init(queue: status))) }
    case .botOffered(let player):
      guard let ticket = matchmaking.place(of: player)?.ticket else { return }
      let offer = Wire.BotOffer(name: BotNames.offered, rating: ticket.rating)
      let format = Wire.DuelFormat(ticket.format)
      context.post(toPlayer: player) {
        $0.publish(.queueBotOffered(.init(format: format, bot: offer)))
        $0.lookForGhost(ticket, in: campaign)
      }
    case .botMatched(let ticket):
      ghosts[ticket.player] = nil
      guard let origin else { return }
      let ghost = accepted
      context.post(toPlayer: ticket.player) {
        $0.queueStatus = nil
        if let ghost {
          $0.play(ghost, in: campaign, origin)
        } else {
          $0.playBot(ticket.format, in: campaign, origin)
        }
      }
    case .left(let player):
      ghosts[player] = nil
      context.post(toPlayer: player) { $0.leftQueue() }
    }
  }

  private func botOffer(for ticket: Ticket) -> Wire.BotOffer? {
    let waited = context.now - ticket.since
    guard waited >= .milliseconds(matchmaking.limits.botOfferMilliseconds) else { return nil }
    return Wire.BotOffer(name: BotNames.offered, rating: ticket.rating)
  }

  private func queueStatus(
    _ ticket: Ticket, in campaign: CampaignID, reason: ArenaRules.WaitReason, gap: Double,
    others: Int, bot: Wire.BotOffer?
  ) -> Wire.QueueStatus {
    Wire.QueueStatus(
      format: Wire.DuelFormat(ticket.format), since: ticket.since, gap: gap,
      reason: Self.wire(reason), others: others, bot: bot, campaign: campaign,
      ghost: ghosts[ticket.player]?.wire)
  }

  private static func wire(_ reason: ArenaRules.WaitReason) -> Wire.WaitReason {
    switch reason {
    case .alone: .alone
    case .widening: .widening
    case .sameIdentity: .sameIdentity
    }
  }

  /// Starts a duel; whoever is still here after a failure keeps the old place.
  private func start(_ match: Match, in campaign: CampaignID) {
    let request = DuelRequest(
      format: match.first.format,
      participants: [.human(match.first.player), .human(match.second.player)],
      isPrivate: false, campaign: campaign, from: context.services.entropy)
    context.launch(request) { context, result in
      guard case .failure(let refusal) = result else { return }
      // Two who can't play now are matched again at once: an ill disk gets time to recover.
      let delay: Duration = refusal.code.isRetryable ? .seconds(1) : .zero
      context.scheduler.schedule(after: delay) {
        context.postToMatchmaking { $0.takeBack([match.first, match.second], in: campaign) }
      }
    }
  }

  private func takeBack(_ tickets: [Ticket], in campaign: CampaignID) {
    for ticket in tickets {
      context.post(toPlayer: ticket.player) { room in
        guard room.isConnected, room.activeDuel == nil else { return }
        room.context.postToMatchmaking { $0.rejoin(ticket, in: campaign) }
      }
    }
  }

  private func rejoin(_ ticket: Ticket, in campaign: CampaignID) {
    perform(.join(ticket: ticket), in: campaign, nil) {}
  }

  private func scheduleTick() {
    if let timer { context.scheduler.cancel(timer) }
    timer = matchmaking.nextDeadline.map { deadline in
      context.scheduler.schedule(at: deadline) { [weak self] in
        self?.timer = nil
        self?.perform(.tick, nil) {}
      }
    }
  }

  private func announce() {
    var byCampaign: [CampaignID: Wire.Counts] = [:]
    var all = Wire.Counts(pick: 0, write: 0, fire: 0, mixed: 0)
    for campaign in context.services.campaigns.all.map(\.id) {
      let counts = counts(in: campaign)
      byCampaign[campaign] = counts
      all = Wire.Counts(
        pick: all.pick + counts.pick, write: all.write + counts.write,
        fire: all.fire + counts.fire, mixed: all.mixed + counts.mixed)
    }
    context.postToLobby { [all, byCampaign] in $0.waitingChanged(all, by: byCampaign) }
  }

  private func counts(in campaign: CampaignID) -> Wire.Counts {
    func count(_ format: ArenaRules.DuelFormat) -> Int {
      matchmaking.waitingCount(format, in: campaign)
    }
    return Wire.Counts(
      pick: count(.pick), write: count(.write), fire: count(.fire), mixed: count(.mixed))
  }

  // MARK: Invitations

  /// Makes an invitation, or finds the one that the host has for the format already.
  func invite(_ format: Wire.DuelFormat, in campaign: CampaignID, _ origin: CommandOrigin) {
    let now = context.now
    invites = invites.filter { $0.value.expiresAt > now }
    guard invites.count < Self.inviteCountMax else {
      return context.refuse(origin, .busy, retryAfter: .seconds(60))
    }
    let known = invites.first {
      $0.value.host == origin.player && $0.value.format == format
        && $0.value.campaign == campaign
    }
    let code = known?.key ?? RandomName.inviteCode(from: context.services.entropy)
    let expiresAt = known?.value.expiresAt ?? now + context.configuration.inviteLifetime
    invites[code] = Invitation(
      host: origin.player, format: format, campaign: campaign, expiresAt: expiresAt)
    let invite = Wire.Invite(
      code: code, format: format, path: "/#/join/\(code)", expiresAt: expiresAt)
    context.post(toPlayer: origin.player) { $0.invite = invite }
    context.settle(origin, .success(.duelInvite(.init(invite: invite))))
  }

  /// Starts the duel that a code stands for.
  func join(code: String, _ origin: CommandOrigin) {
    guard let invitation = invites[code], invitation.expiresAt > context.now else {
      return context.refuse(origin, .inviteExpired)
    }
    guard invitation.host != origin.player else { return context.refuse(origin, .ownInvite) }
    let host = invitation.host
    let request = DuelRequest(
      format: invitation.format.rules, participants: [.human(host), .human(origin.player)],
      isPrivate: true, campaign: invitation.campaign, from: context.services.entropy)
    context.launch(request) { context, result in
      context.settle(origin, result.map { .duelJoin(.init(duel: $0)) })
      guard case .success = result else { return }
      context.postToMatchmaking { $0.inviteUsed(code) }
      context.post(toPlayer: host) { $0.invite = nil }
    }
  }

  private func inviteUsed(_ code: String) { invites[code] = nil }
}
