import ArenaCrypto
import ArenaProtocol
import ArenaStorage
import ArenaTypes
import DispatchTransport

extension LobbyRoom {
  /// Answers which contests there are.
  func answerContestList(to command: Wire.CommandID, on connection: ConnectionID) {
    context.answer(
      .success(.contestList(.init(contests: contestList))), to: command, on: connection)
  }
}

extension ShardContext {
  /// Opens a unit's page, unless the unit is in the player's running round.
  func openUnit(
    _ unit: UnitID, player: PlayerID, command: Wire.CommandID, on connection: ConnectionID
  ) {
    directory.post(toOwnerOf: RoomName.player(player)) { context in
      guard let room = context.players[player] else { return }
      let showsExplicit = room.record.showsExplicit
      let contest = room.runningContest
      let open: @Sendable (ShardContext, Bool) -> Void = { context, isSealed in
        context.answerUnit(
          unit, isSealed: isSealed, showsExplicit: showsExplicit, to: command, on: connection)
      }
      // A player may be in a duel and in a run at once.
      let askContest: @Sendable (ShardContext, Bool) -> Void = { context, isSealed in
        guard !isSealed, let contest else { return open(context, isSealed) }
        context.directory.post(toOwnerOf: RoomName.contest(contest)) { context in
          open(context, context.contests[contest]?.isAsking(player, about: unit) ?? false)
        }
      }
      guard let duel = room.activeDuel else { return askContest(context, false) }
      context.directory.post(toOwnerOf: RoomName.duel(duel)) { context in
        askContest(context, context.duels[duel]?.isAsking(about: unit) ?? false)
      }
    }
  }

  private func answerUnit(
    _ unit: UnitID, isSealed: Bool, showsExplicit: Bool, to command: Wire.CommandID,
    on connection: ConnectionID
  ) {
    let views = WireViews(campaign: services.campaign)
    if isSealed {
      answer(.failure(Refusal(.sealed)), to: command, on: connection)
    } else if let page = views.page(unit, showsExplicit: showsExplicit) {
      answer(.success(.unitGet(.init(unit: page))), to: command, on: connection)
    } else {
      answer(.failure(Refusal(.notFound)), to: command, on: connection)
    }
  }

  /// Makes a connection a moderator's, if the token is good.
  ///
  /// A token that crosses a network unencrypted is a token given away, so it is refused unread. TLS up
  /// to here, or up to a trusted proxy that says so, is encrypted.
  func logIn(
    token: String, peer: PeerAddress, command: Wire.CommandID, on connection: ConnectionID
  ) {
    guard peer.isLoopback || peer.isSecure else {
      return answer(.failure(Refusal(.insecure)), to: command, on: connection)
    }
    guard let hash = try? SHA256.hash(Array(token.utf8)) else {
      return answer(.failure(Refusal(.unavailable)), to: command, on: connection)
    }
    let (moment, index, directory) = (now, shard.index, directory)
    services.store.read { reader throws(StorageError) in
      try reader.moderatorToken(hash: hash)
    } completion: { result in
      directory.post(to: index) { context in
        switch result {
        case .success(let record?) where record.isValid(at: moment):
          context.sessions[connection]?.moderator = record.label
          context.answer(
            .success(.moderateLogin(.init(role: .moderator, label: record.label))),
            to: command, on: connection)
        case .success:
          context.answer(.failure(Refusal(.unauthorised)), to: command, on: connection)
        case .failure:
          context.answer(
            .failure(Refusal(.unavailable, retryAfter: .seconds(1))), to: command,
            on: connection)
        }
      }
    }
  }

  /// Answers with a page of the audit log.
  func readAudit(
    _ content: ClientCommand.ModerateAudit, by moderator: String?, command: Wire.CommandID,
    on connection: ConnectionID
  ) {
    guard moderator != nil else {
      return answer(.failure(Refusal(.forbidden)), to: command, on: connection)
    }
    let (index, directory) = (shard.index, directory)
    services.store.read { reader throws(StorageError) in
      try reader.audit(before: content.before.map(Int64.init), limit: content.limit)
    } completion: { result in
      directory.post(to: index) { context in
        guard let entries = try? result.get() else {
          return context.answer(
            .failure(Refusal(.unavailable, retryAfter: .seconds(1))), to: command,
            on: connection)
        }
        context.answer(
          .success(.moderateAudit(.init(entries: entries.map(Wire.AuditEntry.init)))),
          to: command, on: connection)
      }
    }
  }
}

extension Wire.AuditEntry {
  fileprivate init(_ entry: Numbered<AuditRecord>) {
    self.init(
      number: Int(entry.number), at: entry.record.at, moderator: entry.record.who,
      action: entry.record.what, target: entry.record.subject, reason: entry.record.why)
  }
}
