import ArenaProtocol
import ArenaRules
import ArenaTypes
import DispatchTransport
import Interpretation
import TransformerEngine

extension ShardContext {
  /// Looks for units, those of the player's running rounds left out.
  func search(
    _ content: ClientCommand.UnitSearch, player: PlayerID, command: Wire.CommandID,
    on connection: ConnectionID
  ) {
    let search = services.search
    guard content.by == .meaning else {
      let found = search.byWord(content.query)
      return tell(found, isComplete: true, to: player, command: command, on: connection)
    }
    guard search.knowsMeanings else {
      return answer(.failure(Refusal(.noModel)), to: command, on: connection)
    }
    directory.post(toOwnerOf: RoomName.player(player)) { context in
      // An embedding costs what a short text costs.
      switch context.charge(1, to: player) {
      case .failure(let refusal): context.answer(.failure(refusal), to: command, on: connection)
      case .success: context.searchByMeaning(content.query, player, command, connection)
      }
    }
  }

  private func searchByMeaning(
    _ query: String, _ player: PlayerID, _ command: Wire.CommandID, _ connection: ConnectionID
  ) {
    let (search, directory, engine) = (services.search, directory, services.engine)
    let handle = InferenceHandle()
    scheduler.schedule(after: services.configuration.enginePatience) { handle.cancel() }
    engine.worker.submit(priority: .medium, handle: handle) {
      try search.byMeaning(query)
    } completion: { result in
      directory.post(to: connection.shardIndex) { context in
        switch result {
        case .success(let found):
          let isComplete = search.isComplete
          context.tell(
            found, isComplete: isComplete, to: player, command: command, on: connection)
          if !isComplete { engine.learnMeanings(search) }
        case .failure(.busy(let wait)):
          context.answer(
            .failure(Refusal(.busy, retryAfter: wait)), to: command, on: connection)
        case .failure(.cancelled):
          context.answer(.failure(.engineIsTaken), to: command, on: connection)
        case .failure:
          context.answer(
            .failure(Refusal(.unavailable, retryAfter: .seconds(1))), to: command,
            on: connection)
        }
      }
    }
  }

  private func tell(
    _ found: [UnitSearch.Finding], isComplete: Bool, to player: PlayerID,
    command: Wire.CommandID, on connection: ConnectionID
  ) {
    askReaderOfExplanations(player) { context, reader in
      guard let reader else {
        let refusal = Refusal(.unavailable, retryAfter: .seconds(1))
        return context.answer(.failure(refusal), to: command, on: connection)
      }
      let views = WireViews(context.services)
      let open = found.filter { !reader.sealedUnits.contains($0.unit) }
      let hits = open.prefix(UnitSearch.hitCountMax).map {
        views.hit($0, showsExplicit: reader.showsExplicit)
      }
      context.answer(
        .success(.unitSearch(.init(hits: hits, complete: isComplete))), to: command,
        on: connection)
    }
  }
}

extension EngineDesk {
  /// Makes the rest of the meanings known when nobody else needs the engine, a batch at a time.
  func learnMeanings(_ search: UnitSearch) {
    worker.submit(priority: .background) {
      try search.grow()
    } completion: { [self] result in
      // After a failure the next search goes on.
      if case .success = result, !search.isComplete { learnMeanings(search) }
    }
  }
}
