import ArenaCrypto
import ArenaProtocol
import ArenaStorage
import ArenaTypes
import DispatchTransport

extension ShardContext {
  /// The protocol that this server speaks.
  static let protocolName = "neuronarena.v1"

  /// Finds out who speaks on a connection, and welcomes it.
  func greet(
    _ hello: ClientCommand.Hello, command: Wire.CommandID, on connection: ConnectionID
  ) {
    guard hello.protocolName == Self.protocolName else {
      return refuseGreeting(.unsupportedProtocol, .unsupportedProtocol, command, connection)
    }
    if let credentials = hello.player {
      directory.post(toOwnerOf: RoomName.player(credentials.id)) { context in
        context.recognise(credentials, command: command, on: connection)
      }
    } else {
      let id = PlayerID(rawValue: RandomName.make("p"))
      let name = hello.name.flatMap(PlayerName.cleaned) ?? PlayerName.guest()
      directory.post(toOwnerOf: RoomName.player(id)) { context in
        context.makeGuest(id, name: name, command: command, on: connection)
      }
    }
  }

  private func refuseGreeting(
    _ code: ErrorCode, _ reason: CloseReason, _ command: Wire.CommandID,
    _ connection: ConnectionID, detail: String? = nil
  ) {
    answer(.failure(Refusal(code, reason: detail)), to: command, on: connection)
    directory.post(to: connection.shardIndex) { $0.close(connection, reason) }
  }

  /// Refuses for now: the client may say `hello` again on the same connection.
  private func postponeGreeting(_ command: Wire.CommandID, _ connection: ConnectionID) {
    answer(
      .failure(Refusal(.unavailable, retryAfter: .seconds(1))), to: command, on: connection)
    directory.post(to: connection.shardIndex) { $0.sessions[connection]?.speaker = .unknown }
  }

  // MARK: On the shard of the player

  private func makeGuest(
    _ id: PlayerID, name: String, command: Wire.CommandID, on connection: ConnectionID
  ) {
    guard players.count < configuration.playerCountMax else {
      return postponeGreeting(command, connection)
    }
    let secret = RandomName.secret()
    guard let hash = try? SHA256.hash(Array(secret.utf8)) else {
      return postponeGreeting(command, connection)
    }
    let record = PlayerRecord(
      id: id, name: name, secretHash: hash, createdAt: now, lastSeenAt: now,
      showsExplicit: false, roundsPlayed: 0, extra: [])
    let (index, directory) = (shard.index, directory)
    services.store.commit([.putPlayer(record)]) { result in
      directory.post(to: index) { context in
        guard case .success = result else {
          return context.postponeGreeting(command, connection)
        }
        let room = PlayerRoom(record, ratings: [], unitsSeen: [], context: context)
        context.players[id] = room
        context.welcome(room, secret: secret, command: command, on: connection)
      }
    }
  }

  private func recognise(
    _ credentials: ClientCommand.Credentials, command: Wire.CommandID,
    on connection: ConnectionID
  ) {
    let (id, since) = (credentials.id, now + .seconds(-30 * 24 * 3_600))
    let (index, directory, moment) = (shard.index, directory, now)
    services.store.read { reader throws(StorageError) in
      KnownPlayer(
        record: try reader.player(id), ratings: try reader.ratings(of: id),
        unitsSeen: Set(try reader.unitsAnswered(by: id, since: since)),
        bans: try reader.bans(inForceAt: moment).filter { $0.subject == .player(id) })
    } completion: { result in
      directory.post(to: index) { context in
        guard case .success(let known) = result else {
          return context.postponeGreeting(command, connection)
        }
        context.recognised(known, credentials, command: command, on: connection)
      }
    }
  }

  private struct KnownPlayer: Sendable {
    let record: PlayerRecord?
    let ratings: [RatingRecord]
    let unitsSeen: Set<UnitID>
    let bans: [BanRecord]
  }

  private func recognised(
    _ known: KnownPlayer, _ credentials: ClientCommand.Credentials, command: Wire.CommandID,
    on connection: ConnectionID
  ) {
    guard let record = known.record,
      let hash = try? SHA256.hash(Array(credentials.secret.utf8)),
      constantTimeEquals(hash, record.secretHash)
    else { return refuseGreeting(.badSecret, .badSecret, command, connection) }
    if let ban = known.bans.first {
      let left = ban.endsAt.map { max(1, Int(($0 - now).inSeconds / 60 + 1)) }
      let detail = left.map { "\(ban.why) (for another \($0) min)" } ?? ban.why
      return refuseGreeting(.banned, .banned, command, connection, detail: detail)
    }
    let room =
      players[record.id]
      ?? PlayerRoom(
        record, ratings: known.ratings, unitsSeen: known.unitsSeen, context: self)
    players[record.id] = room
    if let contest = runOfPlayer[record.id] {
      let player = record.id
      directory.post(toOwnerOf: RoomName.contest(contest)) {
        $0.contests[contest]?.reportRun(of: player)
      }
    }
    welcome(room, secret: nil, command: command, on: connection)
  }

  private func welcome(
    _ room: PlayerRoom, secret: String?, command: Wire.CommandID, on connection: ConnectionID
  ) {
    guard room.attach(connection) else {
      return refuseGreeting(
        .busy, .policyViolation, command, connection,
        detail: "You have too many connections open: close a tab.")
    }
    let welcome = ServerAnswer.hello(
      .init(
        player: room.wire, secret: secret, role: .player, serverTime: now,
        activeDuel: room.activeDuel, activeRun: room.runningContest,
        campaign: CampaignViews.summary(of: services.campaign), limits: CampaignViews.limits))
    count(.success(welcome))
    let frame = Envelope.answer(welcome, to: command, at: now)
    let id = room.id
    directory.post(to: connection.shardIndex) { context in
      // The connection may have gone while the player was looked up.
      guard context.sessions[connection] != nil else {
        return context.post(toPlayer: id) { $0.detach(connection) }
      }
      context.sessions[connection]?.speaker = .player(id)
      context.counters.withLock { $0.sessions += 1 }
      context.deliver(frame, to: connection)
    }
  }
}
