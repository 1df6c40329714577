import ArenaCrypto
import ArenaProtocol
import ArenaRules
import ArenaStorage
import ArenaTypes
import DispatchTransport
import Interpretation

extension LobbyRoom {
  /// Answers which contests there are.
  func answerContestList(to command: Wire.CommandID, on connection: ConnectionID) {
    context.answer(
      .success(.contestList(.init(contests: contestList))), to: command, on: connection)
  }
}

extension ShardContext {
  /// Opens a unit's page, unless the unit is in the player's running round, or its explanations are
  /// held back in solo play.
  func openUnit(
    _ unit: UnitID, player: PlayerID, command: Wire.CommandID, on connection: ConnectionID
  ) {
    askReaderOfExplanations(player) { context, reader in
      guard let reader else {
        let refusal = Refusal(.unavailable, retryAfter: .seconds(1))
        return context.answer(.failure(refusal), to: command, on: connection)
      }
      context.answerUnit(unit, to: reader, command: command, on: connection)
    }
  }

  private func answerUnit(
    _ unit: UnitID, to reader: UnitReader, command: Wire.CommandID, on connection: ConnectionID
  ) {
    let served = services.campaigns.holding(unit)
    let views = WireViews(services, of: served)
    if reader.sealedUnits.contains(unit) {
      answer(.failure(Refusal(.sealed)), to: command, on: connection)
    } else if let page = views.page(unit, showsExplicit: reader.showsExplicit) {
      let opened = ServerAnswer.UnitOpened(
        unit: page,
        texts: served.engine.probe.isAvailable ? reader.textOffer : nil,
        links: UnitLinks(campaign: views.campaign).links(of: unit))
      answer(.success(.unitGet(opened)), to: command, on: connection)
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
      action: entry.record.what, target: entry.record.subject, reason: entry.record.why,
      undo: ModeratorAct(stored: entry.record.act)?.undoing(entry: entry.record.id)?.wireKind)
  }
}
