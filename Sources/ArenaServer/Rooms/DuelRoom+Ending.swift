import ArenaProtocol
import ArenaRules
import ArenaTypes
import DispatchTransport

extension DuelRoom {
  /// Tells the players that they are free again, and keeps the room for a while for those who still
  /// look at it.
  func finished(_ result: ArenaRules.DuelResult) {
    let format = duel.setup.format
    for (index, seat) in duel.setup.seats.enumerated() where seat.kind == .human {
      let change = result.ratings.indices.contains(index) ? result.ratings[index] : nil
      let (id, player, roundCount) = (id, seat.player, shown.results.count)
      let units = shown.results.map(\.unit) + [shown.question?.unit].compactMap { $0 }
      context.directory.post(toOwnerOf: RoomName.player(player)) { context in
        if context.duelOfPlayer[player] == id { context.duelOfPlayer[player] = nil }
        guard let room = context.players[player] else {
          // Who is being read from the store may have been read as before this duel.
          context.loads[player]?.endedCount += 1
          return
        }
        room.duelEnded(id, format: format, change: change, roundCount: roundCount, units: units)
      }
    }
    announce()
    lookAtMeetings()
    context.postToLobby { $0.casesChanged() }
    context.directory.noteDeeds(of: duel.setup.seats.filter { $0.kind == .human }.map(\.player))
    context.forgetDuel(id, after: context.configuration.finishedDuelKept)
    context.scheduler.schedule(after: Self.finishedHistoryKept) { [weak self] in
      self?.publisher.forgetHistory()
      self?.mildPublisher?.forgetHistory()
    }
  }

  /// How long the events of a finished duel stay in memory.
  ///
  /// A minute: whoever was cut off at the end is back within seconds, and later the snapshot tells all
  /// of it. They are nearly all that a finished duel keeps.
  static let finishedHistoryKept: Duration = .seconds(60)

  // MARK: Rematch

  /// How long after the end a rematch may be wished for.
  static let rematchWindow: Duration = .seconds(120)

  /// Notes that a player would play again; when both would, a new duel starts.
  func wantRematch(_ origin: CommandOrigin) {
    guard let seat = shown.seat(of: origin.player) else {
      return context.refuse(origin, .notYourDuel)
    }
    guard let endedAt = shown.result?.at else { return context.refuse(origin, .wrongState) }
    let expiresAt = endedAt + Self.rematchWindow
    guard context.now < expiresAt, rematch == nil else {
      return context.refuse(origin, .rematchOver)
    }
    guard record.ghost == nil else {
      return context.settle(
        origin,
        .failure(Refusal(.rematchOver, reason: "A recording can't be played against twice.")))
    }
    rematchWishes.insert(seat)
    let other = duel.setup.seats[1 - seat]
    guard other.kind == .bot || rematchWishes.count == 2 else {
      tell(other.player, .duelRematchOffered(.init(duel: id, expiresAt: expiresAt)))
      return context.settle(
        origin, .success(.duelRematch(.init(waiting: true, duel: nil))))
    }
    startRematch(origin)
  }

  private func startRematch(_ origin: CommandOrigin) {
    let request = DuelRequest(
      format: duel.setup.format,
      participants: duel.setup.seats.reversed().map { seat in
        seat.kind == .bot
          ? .bot(name: seat.name, rating: seat.rating.value) : .human(seat.player)
      }, isPrivate: record.isPrivate, rematchOf: id, campaign: duel.setup.campaign,
      from: context.services.entropy)
    rematch = request.id
    let (id, index, directory) = (id, context.shard.index, context.directory)
    context.launch(request) { context, result in
      switch result {
      case .success(let new):
        context.settle(origin, .success(.duelRematch(.init(waiting: false, duel: new))))
      case .failure(let refusal):
        context.settle(origin, .failure(refusal))
        directory.post(to: index) { $0.duels[id]?.rematchFailed() }
      }
    }
  }

  private func rematchFailed() {
    rematch = nil
    rematchWishes = []
  }
}
