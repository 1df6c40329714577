import ArenaProtocol
import ArenaRules
import ArenaTypes
import DispatchTransport
import HTTPCodec
import WebSocketCodec

/// The server's end of one shard's connections: reads commands and sends each to who owns it.
final class SessionHandler: ShardHandler {
  let context: ShardContext
  private let web: WebRoutes

  init(context: ShardContext, web: WebRoutes) {
    self.context = context
    self.web = web
  }

  func connectionOpened(_ id: ConnectionID, request: RequestHead, peer: PeerAddress) {
    let configuration = context.configuration
    var session = Session(
      peer: peer,
      bucket: TokenBucket(
        capacity: Double(configuration.commandBurst),
        perSecond: configuration.commandsPerSecond, now: context.now))
    session.helloTimer = context.scheduler.schedule(after: configuration.helloTimeout) {
      [weak context] in
      guard let context, context.sessions[id]?.player == nil else { return }
      context.close(id, .helloTimeout)
    }
    context.sessions[id] = session
  }

  func connectionClosed(_ id: ConnectionID, code: CloseCode?) {
    guard let session = context.sessions.removeValue(forKey: id) else { return }
    if let timer = session.helloTimer { context.scheduler.cancel(timer) }
    session.trials.cancel()
    for topic in session.topics.elements {
      context.stopFollowing(topic, session, id)
    }
    if let player = session.player {
      context.counters.withLock { $0.sessions -= 1 }
      context.post(toPlayer: player) { $0.detach(id) }
    }
  }

  func messageReceived(_ id: ConnectionID, text: UnsafeRawBufferPointer) {
    do throws(CommandRejection) {
      let received = try ReceivedCommand(decoding: text)
      context.counters.withLock { $0.commands[received.command.kind, default: 0] += 1 }
      guard admits(id, command: received.id) else { return }
      take(received, on: id)
    } catch {
      guard admits(id, command: error.id) else { return }
      context.answer(.failure(error.refusal), to: error.id, on: id)
    }
  }

  /// Whether a command may be looked at; one too many is refused, and a flood is cut off.
  private func admits(_ id: ConnectionID, command: Wire.CommandID?) -> Bool {
    guard let wait = context.sessions[id]?.bucket.take(now: context.now) else {
      context.sessions[id]?.refusedInARow = 0
      return context.sessions[id] != nil
    }
    context.sessions[id]?.refusedInARow += 1
    let refused = context.sessions[id]?.refusedInARow ?? 0
    if refused > context.configuration.rateRefusalsMax {
      context.close(id, .rateLimited)
    } else {
      context.answer(.failure(Refusal(.rateLimited, retryAfter: wait)), to: command, on: id)
    }
    return false
  }

  private func take(_ received: ReceivedCommand, on id: ConnectionID) {
    guard let session = context.sessions[id] else { return }
    switch (received.command, session.speaker) {
    case (.hello(let content), .unknown):
      context.sessions[id]?.speaker = .greeting
      context.greet(content, command: received.id, on: id)
    case (.hello, _):
      context.answer(.failure(Refusal(.helloTwice)), to: received.id, on: id)
    case (_, .unknown), (_, .greeting):
      context.answer(.failure(Refusal(.helloFirst)), to: received.id, on: id)
    case (_, .player(let player)):
      take(received, of: player, session, on: id)
    }
  }

  private func take(
    _ received: ReceivedCommand, of player: PlayerID, _ session: Session, on id: ConnectionID
  ) {
    let command = received.id
    switch received.command {
    case .ping(let content):
      context.answer(
        .success(.ping(.init(clientTime: content.clientTime, serverTime: context.now))),
        to: command, on: id)
    case .subscribe(let content):
      context.subscribe(content, player: player, command: command, on: id)
    case .unsubscribe(let content):
      context.unsubscribe(TopicName(content.topic, player: player), command: command, on: id)
    case .contestList:
      context.postToLobby { lobby in
        lobby.answerContestList(to: command, on: id)
      }
    case .contestFinal(let content):
      context.readFinal(content, command: command, on: id)
    case .boardPage(let content):
      context.readPage(content, command: command, on: id)
    case .boardTerritories(let content):
      context.readTerritories(content, command: command, on: id)
    case .duelReplay(let content):
      context.readReplay(content, player: player, command: command, on: id)
    case .unitGet(let content):
      context.openUnit(content.unit, player: player, command: command, on: id)
    case .unitTry(let content):
      context.tryText(TextQuestion(content), player: player, command: command, on: id)
    case .unitAttribute(let content):
      context.tryText(TextQuestion(content), player: player, command: command, on: id)
    case .unitSearch(let content):
      context.search(content, player: player, command: command, on: id)
    case .moderateLogin(let content):
      context.logIn(token: content.token, peer: session.peer, command: command, on: id)
    case .moderateAudit(let content):
      context.readAudit(content, by: session.moderator, command: command, on: id)
    case .moderateList(let content):
      context.answerList(content, by: session.moderator, command: command, on: id)
    case .moderateLook(let content):
      context.look(at: content.player, by: session.moderator, command: command, on: id)
    // Asked before the ledger, which gives whoever repeats a command its first answer.
    case let act where act.kind.isForModerators && session.moderator == nil:
      context.answer(.failure(Refusal(.forbidden)), to: command, on: id)
    default:
      let origin = CommandOrigin(
        player: player, command: command, moderator: session.moderator, peer: session.peer)
      let content = received.command
      context.post(toPlayer: player) { room in
        guard room.admits(command, from: id) else { return }
        room.route(content, from: origin)
      }
    }
  }

  func respond(
    to request: RequestHead, body: UnsafeRawBufferPointer, peer: PeerAddress
  ) -> HTTPReply {
    let configuration = context.configuration
    if peer.listener == configuration.metricsListener {
      return web.respondToOperator(request, metrics: context.services.metrics)
    }
    if peer.listener == configuration.secure.redirectListener {
      return web.redirect(request, configuration.secure)
    }
    var reply = web.respond(to: request, isSecure: peer.isSecure)
    if peer.isSecure, let field = configuration.secure.field(for: request) {
      reply.fields.append(field)
    }
    return reply
  }

  func acceptsUpgrade(_ request: RequestHead, peer: PeerAddress) -> UpgradeDecision {
    let configuration = context.configuration
    if peer.listener == configuration.metricsListener {
      return .refuse(WebRoutes.text(.notFound, "There is no WebSocket here."))
    }
    if peer.listener == configuration.secure.redirectListener {
      return .refuse(configuration.secure.upgradeRefusal)
    }
    return web.acceptsUpgrade(request, isSecure: peer.isSecure)
  }
}
