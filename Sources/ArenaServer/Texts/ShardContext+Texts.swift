import ArenaProtocol
import ArenaRules
import ArenaTypes
import DispatchTransport
import Interpretation
import TransformerEngine

/// How a text goes through the shards:
///
/// ```
///   connection        player's room        its duel, its contests      engine
///  tryText ─────────▶ charge
///  begin   ◀───────────┘ ─────────────────────────────────────────────▶ read
///  take    ◀───────────────────────────────────────────────────────────┘ piece by piece
///    └──────────────▶ askReader ─────────▶ sealed?
///  tell    ◀────────────────────────────────┘
/// ```
extension ShardContext {
  /// Has a text read, in the place of the connection's earlier one.
  func tryText(
    _ question: TextQuestion, player: PlayerID, command: Wire.CommandID,
    on connection: ConnectionID
  ) {
    let trial = TextTrial(question, of: player, command: command)
    for ended in sessions[connection]?.trials.begin(trial) ?? [] {
      answer(.failure(Refusal(.superseded)), to: ended.command, on: connection)
    }
    let handle = trial.handle
    if let refusal = refusal(of: question) {
      return end(handle, .failure(refusal), on: connection)
    }
    directory.post(toOwnerOf: RoomName.player(player)) { context in
      let charge = context.charge(question.cost, to: player)
      context.directory.post(to: connection.shardIndex) {
        $0.begin(handle, charge, on: connection)
      }
    }
  }

  /// Why a question can't be asked here at all.
  private func refusal(of question: TextQuestion) -> Refusal? {
    let served = services.campaigns.holding(question.unit)
    if served.campaign.unit(question.unit) == nil { return Refusal(.notFound) }
    if !served.engine.probe.isAvailable { return Refusal(.noModel) }
    return question.text.isEmpty ? Refusal(.textEmpty, path: "/data/text") : nil
  }

  /// Takes what a question costs from its player's budget; returns what is left of it.
  func charge(_ wanted: Double, to player: PlayerID) -> Result<Int, Refusal> {
    guard let room = players[player] else { return .failure(Refusal(.unavailable)) }
    // What costs more than there ever is takes all.
    let cost = min(wanted, room.texts.capacity)
    let wait = room.texts.take(cost, now: now)
    let left = Int(room.texts.available(now: now))
    guard let wait else { return .success(left) }
    let seconds = Int((wait.inSeconds).rounded(.up))
    return .failure(
      Refusal(
        .textsSpent,
        reason: """
          You have tried many texts just now: \(left) of \(Int(room.texts.capacity)) are left, this \
          one takes \(Int(cost)). Wait \(seconds) s.
          """,
        retryAfter: wait))
  }

  // MARK: On the shard of the connection

  private func begin(
    _ handle: InferenceHandle, _ charge: Result<Int, Refusal>, on connection: ConnectionID
  ) {
    guard let trial = sessions[connection]?.trials.trial(of: handle) else { return }
    switch charge {
    case .failure(let refusal): end(handle, .failure(refusal), on: connection)
    case .success(let left):
      trial.textsLeft = left
      let directory = directory
      // Known before the engine begins: a sealed unit costs it nothing.
      askSeal(of: trial, on: connection) { context in
        guard let trial = context.sessions[connection]?.trials.trial(of: handle) else { return }
        let served = context.services.campaigns.holding(trial.question.unit)
        served.engine.read(trial.question, handle: handle) { event in
          directory.post(to: connection.shardIndex) {
            $0.take(event, of: handle, on: connection)
          }
        }
        context.watch(handle, on: connection)
      }
    }
  }

  /// Ends a trial of which the engine has said nothing for long, so that who waits knows why.
  private func watch(_ handle: InferenceHandle, on connection: ConnectionID) {
    guard let trial = sessions[connection]?.trials.trial(of: handle) else { return }
    let count = trial.eventCount
    scheduler.schedule(after: services.configuration.enginePatience) { [weak self] in
      guard let self, let trial = sessions[connection]?.trials.trial(of: handle) else { return }
      guard trial.eventCount == count else { return watch(handle, on: connection) }
      end(handle, .failure(.engineIsTaken), on: connection)
    }
  }

  private func take(_ event: TextEvent, of handle: InferenceHandle, on connection: ConnectionID) {
    guard let trial = sessions[connection]?.trials.trial(of: handle) else { return }
    trial.eventCount += 1
    trial.untold.append(event)
    if !trial.isAsking { askToTell(trial, on: connection) }
  }

  /// Tells what is there now, if the unit isn't sealed; what comes meanwhile is asked about anew.
  private func askToTell(_ trial: TextTrial, on connection: ConnectionID) {
    let (handle, count) = (trial.handle, trial.untold.count)
    askSeal(of: trial, on: connection) { $0.tell(count, of: handle, on: connection) }
  }

  /// Refuses a trial whose unit is sealed; otherwise goes on with `then`, on this shard.
  private func askSeal(
    of trial: TextTrial, on connection: ConnectionID,
    then: @escaping @Sendable (ShardContext) -> Void
  ) {
    trial.isAsking = true
    let (unit, handle) = (trial.question.unit, trial.handle)
    askReader(trial.player) { context, reader in
      let isSealed = reader.sealedUnits.contains(unit)
      context.directory.post(to: connection.shardIndex) { context in
        guard let trial = context.sessions[connection]?.trials.trial(of: handle) else { return }
        trial.isAsking = false
        if isSealed { return context.end(handle, .failure(Refusal(.sealed)), on: connection) }
        then(context)
      }
    }
  }

  private func tell(_ count: Int, of handle: InferenceHandle, on connection: ConnectionID) {
    guard let trial = sessions[connection]?.trials.trial(of: handle) else { return }
    let unit = trial.question.unit
    let scale = WireViews(services, of: services.campaigns.holding(unit)).scale(of: unit)
    let told = trial.untold.prefix(count)
    trial.untold.removeFirst(told.count)
    for event in told {
      switch event {
      case .piece(let piece, let reading):
        guard let part = trial.part(piece, of: reading, scale: scale) else { continue }
        deliver(Envelope.part(part, of: trial.command, at: now), to: connection)
      case .finished: return end(handle, .success(trial.answer(scale: scale)), on: connection)
      case .refused(let refusal): return end(handle, .failure(refusal), on: connection)
      }
    }
    if !trial.untold.isEmpty { askToTell(trial, on: connection) }
  }

  /// Gives a trial its last frame.
  private func end(
    _ handle: InferenceHandle, _ result: Result<ServerAnswer, Refusal>,
    on connection: ConnectionID
  ) {
    guard let trial = sessions[connection]?.trials.trial(of: handle) else { return }
    handle.cancel()
    sessions[connection]?.trials.end(handle)
    answer(result, to: trial.command, on: connection)
  }
}
