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
    _ connection: ConnectionID, detail: String? = nil, retryAfter: Duration? = nil
  ) {
    answer(
      .failure(Refusal(code, reason: detail, retryAfter: retryAfter)), to: command,
      on: connection)
    directory.post(to: connection.shardIndex) { $0.close(connection, reason) }
  }

  /// Refuses for now: the client may say `hello` again on the same connection.
  private func postponeGreeting(_ command: Wire.CommandID, _ connection: ConnectionID) {
    answer(
      .failure(Refusal(.unavailable, retryAfter: .seconds(1))), to: command, on: connection)
    directory.post(to: connection.shardIndex) { $0.sessions[connection]?.speaker = .unknown }
  }

  /// Refuses for longer: there is no room for another player, and a connection that waits for it would
  /// only take its place from one who could play.
  private func turnAway(_ command: Wire.CommandID, _ connection: ConnectionID) {
    refuseGreeting(
      .unavailable, .overload, command, connection, detail: "The server is full.",
      retryAfter: .seconds(5))
  }

  // MARK: On the shard of the player

  private func makeGuest(
    _ id: PlayerID, name: String, command: Wire.CommandID, on connection: ConnectionID
  ) {
    guard players.count < configuration.playerCountMax else {
      return turnAway(command, connection)
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

  /// Finds out whether the credentials are right.
  ///
  /// Whoever was here within the last minutes still has a room, and is let in without a look into the
  /// database: when a crowd comes back at once, the disk has other things to do.
  private func recognise(
    _ credentials: ClientCommand.Credentials, command: Wire.CommandID,
    on connection: ConnectionID
  ) {
    if let room = players[credentials.id] {
      if admits(credentials, of: room.record, command: command, on: connection) {
        welcomeBack(room, command: command, on: connection)
      }
      return
    }
    let (id, since) = (credentials.id, now + .seconds(-30 * 24 * 3_600))
    let (index, directory, moment) = (shard.index, directory, now)
    services.store.read { reader throws(StorageError) in
      KnownPlayer(
        record: try reader.player(id), ratings: try reader.ratings(of: id),
        unitsSeen: Set(try reader.unitsAnswered(by: id, since: since)),
        ban: try reader.bans(inForceAt: moment).first { $0.subject == .player(id) })
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
    let ban: BanRecord?
  }

  private func recognised(
    _ known: KnownPlayer, _ credentials: ClientCommand.Credentials, command: Wire.CommandID,
    on connection: ConnectionID
  ) {
    if let ban = known.ban { banOfPlayer[credentials.id] = PlayerBan(ban) }
    guard let record = known.record,
      admits(credentials, of: record, command: command, on: connection)
    else {
      if known.record == nil { refuseGreeting(.badSecret, .badSecret, command, connection) }
      return
    }
    guard players[record.id] != nil || players.count < configuration.playerCountMax else {
      return turnAway(command, connection)
    }
    // Another connection of the same player may have been faster.
    let room =
      players[record.id]
      ?? PlayerRoom(
        record, ratings: known.ratings, unitsSeen: known.unitsSeen, context: self)
    players[record.id] = room
    welcomeBack(room, command: command, on: connection)
  }

  /// Whether the secret is the player's and no ban is in force; if not, the greeting is refused.
  private func admits(
    _ credentials: ClientCommand.Credentials, of record: PlayerRecord, command: Wire.CommandID,
    on connection: ConnectionID
  ) -> Bool {
    guard let hash = try? SHA256.hash(Array(credentials.secret.utf8)),
      constantTimeEquals(hash, record.secretHash)
    else {
      refuseGreeting(.badSecret, .badSecret, command, connection)
      return false
    }
    guard let ban = banOfPlayer[record.id] else { return true }
    if ban.isInForce(at: now) {
      refuseGreeting(.banned, .banned, command, connection, detail: ban.detail(at: now))
      return false
    }
    banOfPlayer[record.id] = nil
    return true
  }

  private func welcomeBack(
    _ room: PlayerRoom, command: Wire.CommandID, on connection: ConnectionID
  ) {
    if let contest = runOfPlayer[room.id] {
      let player = room.id
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
        campaign: services.campaignSummary, limits: CampaignViews.limits))
    count(.success(welcome))
    let frame = Envelope.answer(welcome, to: command, at: now)
    let id = room.id
    directory.post(to: connection.shardIndex) { context in
      // The connection may have gone while the player was looked up.
      guard context.sessions[connection] != nil else {
        return context.post(toPlayer: id) { $0.detach(connection) }
      }
      context.sessions[connection]?.speaker = .player(id)
      context.note("hello", of: connection, ["player": "\(id)"])
      context.counters.withLock { $0.sessions += 1 }
      // It may carry the guest's secret, beside a name that the player chose.
      context.deliver(frame, to: connection, isCompressible: false)
    }
  }
}
