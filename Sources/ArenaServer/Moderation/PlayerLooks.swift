import ArenaProtocol
import ArenaStorage
import ArenaTypes
import DispatchTransport

/// Looking at one player: connections, sanctions, reports, duels.
extension ShardContext {
  /// What the player's own room knows.
  private struct Live: Sendable {
    var connections: [ConnectionID: Timestamp] = [:]
    var duel: DuelID?
    var contests: [ContestID] = []
  }

  /// What is on disk.
  private struct Kept: Sendable {
    let record: PlayerRecord
    let sanctions: [BanRecord]
    let cases: [Wire.ModerationRow]
    let duels: [DuelResultRecord]
  }

  /// Answers with what is known of a player.
  func look(
    at player: PlayerID, by moderator: String?, command: Wire.CommandID,
    on connection: ConnectionID
  ) {
    guard moderator != nil else {
      return answer(.failure(Refusal(.forbidden)), to: command, on: connection)
    }
    directory.post(toOwnerOf: RoomName.player(player)) { context in
      var live = Live()
      if let room = context.players[player] {
        live.connections = room.connections
        live.duel = room.activeDuel
        live.contests = room.runningContests.sorted()
      }
      let known = live
      let (index, directory, moment) = (context.shard.index, context.directory, context.now)
      context.services.store.read { reader throws(StorageError) in
        try Self.kept(player, reader: reader, now: moment)
      } completion: { result in
        directory.post(to: index) { context in
          guard case .success(let kept) = result else {
            return context.answer(
              .failure(Refusal(.unavailable, retryAfter: .seconds(1))), to: command,
              on: connection)
          }
          guard let kept else {
            return context.answer(.failure(Refusal(.notFound)), to: command, on: connection)
          }
          let order = known.connections.sorted {
            ($0.value, $0.key.rawValue) < ($1.value, $1.key.rawValue)
          }
          context.gather(order.map(\.key)[...], known.connections, []) { context, connections in
            context.answer(
              .success(
                .moderateLook(.init(player: Self.look(kept, known, connections)))),
              to: command, on: connection)
          }
        }
      }
    }
  }

  private static func kept(
    _ player: PlayerID, reader: any StoreReader, now: Timestamp
  ) throws(StorageError) -> Kept? {
    guard let record = try reader.player(player) else { return nil }
    var rows: [Wire.ModerationRow] = []
    for kind in [ModerationCase.Kind.report, .flag] {
      for one in try reader.moderationCases(of: kind, openAt: now, before: nil, limit: 500)
      where one.record.player == player {
        let row =
          kind == .report
          ? Wire.ModerationRow(report: one.record) : Wire.ModerationRow(flag: one.record)
        row.map { rows.append($0) }
      }
    }
    return Kept(
      record: record,
      sanctions: try reader.bans(inForceAt: now).filter { $0.subject == .player(player) },
      cases: Array(rows.prefix(20)), duels: try reader.duelResults(of: player, limit: 10))
  }

  /// Asks each connection's shard where it comes from and what it follows.
  private func gather(
    _ rest: ArraySlice<ConnectionID>, _ since: [ConnectionID: Timestamp],
    _ found: [Wire.LiveConnection],
    then: @escaping @Sendable (ShardContext, [Wire.LiveConnection]) -> Void
  ) {
    guard let connection = rest.first else { return then(self, found) }
    directory.post(to: connection.shardIndex) { context in
      var found = found
      if let session = context.sessions[connection] {
        found.append(
          Wire.LiveConnection(
            address: session.peer.host, since: since[connection] ?? context.now,
            topics: session.topics.elements.map(\.wire.description).sorted()))
      }
      context.gather(rest.dropFirst(), since, found, then: then)
    }
  }

  private static func look(
    _ kept: Kept, _ live: Live, _ connections: [Wire.LiveConnection]
  ) -> Wire.PlayerLook {
    Wire.PlayerLook(
      player: kept.record.id, name: kept.record.name, createdAt: kept.record.createdAt,
      roundsPlayed: kept.record.roundsPlayed, connections: connections, duel: live.duel,
      contests: live.contests, sanctions: kept.sanctions.map(Wire.ModerationRow.init(ban:)),
      cases: kept.cases, duels: kept.duels.map { Wire.ModerationRow($0) })
  }
}
