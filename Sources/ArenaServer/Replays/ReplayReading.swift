import ArenaProtocol
import ArenaRules
import ArenaStorage
import ArenaTypes
import DispatchTransport
import Logging

extension ShardContext {
  /// Answers with a page of what happened in a finished duel.
  ///
  /// It tells the truth of its units, so it is sealed for who is being asked about one of them.
  func readReplay(
    _ content: ClientCommand.DuelReplay, player: PlayerID, command: Wire.CommandID,
    on connection: ConnectionID
  ) {
    let key = RoomKey.duel(content.duel)
    let isMild = sessions[connection]?.showsExplicit != true
    let (services, index, directory) = (services, shard.index, directory)
    services.store.read { reader throws(StorageError) -> Result<DuelReplay, Refusal> in
      guard let recorded = try RecordedDuel(key, reader: reader) else {
        return .failure(Refusal(.notFound))
      }
      // Duels from before there were several campaigns tell theirs in the result alone.
      var campaign = recorded.record.setup.campaign
      if campaign == nil { campaign = try reader.duelResult(content.duel)?.campaign }
      let served = services.campaigns.any(campaign)
      var views = WireViews(services, of: served, duel: content.duel, isMild: isMild)
      views.ghost = recorded.record.seatedGhost
      let original = WireViews.original(services, of: served)
      do {
        guard let replay = try DuelReplay(recorded, views: views, original: original) else {
          return .failure(Refusal(recorded.record.isPrivate ? .notFound : .wrongState))
        }
        return replay.isVisible(to: player) ? .success(replay) : .failure(Refusal(.notFound))
      } catch {
        throw .unusable(path: "the journal of \(key)", reason: "\(error)")
      }
    } completion: { result in
      directory.post(to: index) { context in
        switch result {
        case .success(.success(let replay)):
          context.answer(replay, from: content.from, player, to: command, on: connection)
        case .success(.failure(let refusal)):
          context.answer(.failure(refusal), to: command, on: connection)
        case .failure(.unusable):
          context.answer(.failure(Refusal(.notFound)), to: command, on: connection)
        case .failure:
          context.answer(
            .failure(Refusal(.unavailable, retryAfter: .seconds(1))), to: command,
            on: connection)
        }
      }
    }
  }

  private func answer(
    _ replay: DuelReplay, from: Int, _ player: PlayerID, to command: Wire.CommandID,
    on connection: ConnectionID
  ) {
    let units = replay.setup.materials.map(\.unit)
    askWhetherSealed(units, for: player) { context, isSealed in
      context.answer(
        isSealed
          ? .failure(Refusal(.sealed)) : .success(.duelReplay(replay.page(from: from))),
        to: command, on: connection)
    }
  }

  /// Asks whether one of these units is in a player's running duel or in an open question of a run.
  private func askWhetherSealed(
    _ units: [UnitID], for player: PlayerID,
    then: @escaping @Sendable (ShardContext, Bool) -> Void
  ) {
    directory.post(toOwnerOf: RoomName.player(player)) { context in
      let ask: @Sendable (ShardContext) -> Void = { context in
        context.askReader(player) { context, reader in
          then(context, !reader.sealedUnits.isDisjoint(with: units))
        }
      }
      guard let duel = context.duelOfPlayer[player] else { return ask(context) }
      context.directory.post(toOwnerOf: RoomName.duel(duel)) { context in
        let asked = context.duels[duel]?.duel.units ?? []
        if !Set(asked).isDisjoint(with: units) { return then(context, true) }
        ask(context)
      }
    }
  }

  /// Forgets the journals of games that ended long ago, now and every hour; the one shard that owns the
  /// lobby does.
  func forgetOldJournals() {
    let moment = now + (.zero - configuration.replaysKept)
    services.store.commit([.forgetRooms(closedBefore: moment)]) { [log = services.log] result in
      if case .failure(let error) = result {
        log.warning("old journals could not be forgotten: \(error)")
      }
    }
    scheduler.schedule(after: .seconds(3_600)) { [weak self] in self?.forgetOldJournals() }
  }
}
