import ArenaCrypto
import ArenaProtocol
import ArenaRules
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
    guard let peer = sessions[connection]?.peer else { return }
    if let ban = services.moderation.ban(ofAddress: peer.host, at: now) {
      return refuseGreeting(.banned, .banned, command, connection, detail: ban.detail(at: now))
    }
    if let credentials = hello.player {
      directory.post(toOwnerOf: RoomName.player(credentials.id)) { context in
        context.recognise(credentials, from: peer, command: command, on: connection)
      }
    } else {
      let id = PlayerID(rawValue: RandomName.make("p", from: services.entropy))
      let name = hello.name.flatMap(PlayerName.cleaned) ?? PlayerName.guest(from: services.entropy)
      directory.post(toOwnerOf: RoomName.player(id)) { context in
        context.makeGuest(id, name: name, from: peer, command: command, on: connection)
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
    _ id: PlayerID, name: String, from peer: PeerAddress, command: Wire.CommandID,
    on connection: ConnectionID
  ) {
    guard players.count < configuration.playerCountMax else {
      return turnAway(command, connection)
    }
    let secret = RandomName.secret(from: services.entropy)
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
        let room = PlayerRoom(record, ratings: [], unitsSeen: [:], context: context)
        context.players[id] = room
        context.welcome(room, secret: secret, from: peer, command: command, on: connection)
      }
    }
  }

  /// Finds out whether the credentials are right.
  ///
  /// Whoever was here within the last minutes still has a room, and is let in without a look into the
  /// database: when a crowd comes back at once, the disk has other things to do.
  private func recognise(
    _ credentials: ClientCommand.Credentials, from peer: PeerAddress, command: Wire.CommandID,
    on connection: ConnectionID
  ) {
    if let room = players[credentials.id] {
      if admits(credentials, of: room.record, command: command, on: connection) {
        welcomeBack(room, from: peer, command: command, on: connection)
      }
      return
    }
    let (id, since) = (credentials.id, now + (.zero - DuelFactory.unitPause))
    let (index, directory) = (shard.index, directory)
    let endedCount = beginLoad(of: id)
    services.store.read { reader throws(StorageError) in
      KnownPlayer(
        record: try reader.player(id), ratings: try reader.ratings(of: id),
        unitsSeen: try reader.unitsMet(by: id, since: since),
        solo: try SoloState.read(reader, of: id))
    } completion: { result in
      directory.post(to: index) { context in
        let isStale = context.endLoad(of: id) != endedCount
        guard case .success(let known) = result else {
          return context.postponeGreeting(command, connection)
        }
        // A duel of the player's has ended meanwhile: ratings and units may be those before it.
        if isStale {
          return context.recognise(credentials, from: peer, command: command, on: connection)
        }
        context.recognised(known, credentials, from: peer, command: command, on: connection)
      }
    }
  }

  /// Notes that a player is being read; returns how many duels have ended since the first who reads.
  private func beginLoad(of player: PlayerID) -> Int {
    loads[player, default: PlayerLoad()].readerCount += 1
    return loads[player]?.endedCount ?? 0
  }

  /// Notes that a player has been read; returns how many duels have ended meanwhile, on the same
  /// count.
  private func endLoad(of player: PlayerID) -> Int {
    guard var load = loads[player] else { return 0 }
    load.readerCount -= 1
    loads[player] = load.readerCount > 0 ? load : nil
    return load.endedCount
  }

  private struct KnownPlayer: Sendable {
    let record: PlayerRecord?
    let ratings: [RatingRecord]
    let unitsSeen: [UnitID: Timestamp]
    let solo: SoloState
  }

  private func recognised(
    _ known: KnownPlayer, _ credentials: ClientCommand.Credentials, from peer: PeerAddress,
    command: Wire.CommandID, on connection: ConnectionID
  ) {
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
        record, ratings: known.ratings, unitsSeen: known.unitsSeen, solo: known.solo, context: self)
    players[record.id] = room
    welcomeBack(room, from: peer, command: command, on: connection)
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
    guard let ban = services.moderation.sanction(.ban, of: record.id, at: now) else { return true }
    refuseGreeting(.banned, .banned, command, connection, detail: ban.detail(at: now))
    return false
  }

  private func welcomeBack(
    _ room: PlayerRoom, from peer: PeerAddress, command: Wire.CommandID,
    on connection: ConnectionID
  ) {
    for contest in room.runningContests {
      let player = room.id
      directory.post(toOwnerOf: RoomName.contest(contest)) {
        $0.contests[contest]?.reportRun(of: player)
      }
    }
    welcome(room, secret: nil, from: peer, command: command, on: connection)
  }

  private func welcome(
    _ room: PlayerRoom, secret: String?, from peer: PeerAddress, command: Wire.CommandID,
    on connection: ConnectionID
  ) {
    guard room.attach(connection, from: peer) else {
      return refuseGreeting(
        .busy, .policyViolation, command, connection,
        detail: "You have too many connections open: close a tab.")
    }
    let welcome = ServerAnswer.hello(
      .init(
        player: room.wire, secret: secret, role: .player, serverTime: now,
        activeDuel: room.activeDuel, activeRun: room.runningContest,
        campaign: services.campaignSummary, limits: CampaignViews.limits,
        campaigns: services.campaigns.all.map(\.summary),
        notices: services.moderation.notices(at: now).map(Wire.HeldNotice.init)))
    count(.success(welcome))
    let frame = Envelope.answer(welcome, to: command, at: now)
    let (id, showsExplicit) = (room.id, room.record.showsExplicit)
    directory.post(to: connection.shardIndex) { context in
      // The connection may have gone while the player was looked up.
      guard context.sessions[connection] != nil else {
        return context.post(toPlayer: id) { $0.detach(connection) }
      }
      context.sessions[connection]?.speaker = .player(id)
      context.sessions[connection]?.showsExplicit = showsExplicit
      context.note("hello", of: connection, ["player": "\(id)"])
      context.counters.withLock { $0.sessions += 1 }
      // It may carry the guest's secret, beside a name that the player chose.
      context.deliver(frame, to: connection, isCompressible: false)
    }
  }
}
