import ArenaProtocol
import ArenaRules
import ArenaStorage
import ArenaTypes
import DispatchTransport
import Logging

/// A wish for a duel, before anybody knows whether both can play.
struct DuelRequest: Sendable {
  /// One of the two.
  enum Participant: Sendable {
    case human(PlayerID)
    case bot(name: String, rating: Double)
  }

  let id = DuelID(rawValue: RandomName.make("d"))
  let format: ArenaRules.DuelFormat
  let participants: [Participant]
  let isPrivate: Bool
  let rematchOf: DuelID?

  /// The people among the participants.
  var people: [PlayerID] {
    participants.compactMap { participant in
      if case .human(let player) = participant { player } else { nil }
    }
  }
}

/// What a duel needs to know of one who sits down.
struct SeatedPlayer: Sendable {
  let seat: Seat
  let showsExplicit: Bool
  /// Units that the player has met lately.
  let unitsSeen: Set<UnitID>
}

extension ShardContext {
  /// Asks everybody whether they can play, makes the duel, and tells them.
  ///
  /// - Parameter completion: Called on the shard of whoever knows the end.
  func launch(
    _ request: DuelRequest,
    completion: @escaping @Sendable (ShardContext, Result<DuelID, Refusal>) -> Void
  ) {
    seat(request, gathered: [], completion: completion)
  }

  private func seat(
    _ request: DuelRequest, gathered: [SeatedPlayer],
    completion: @escaping @Sendable (ShardContext, Result<DuelID, Refusal>) -> Void
  ) {
    guard gathered.count < request.participants.count else {
      return directory.post(toOwnerOf: RoomName.duel(request.id)) {
        $0.open(request, seated: gathered, completion: completion)
      }
    }
    switch request.participants[gathered.count] {
    case .bot(let name, let rating):
      let seat = Seat(
        player: PlayerID(rawValue: "bot"), name: name, kind: .bot,
        rating: Rating(value: rating, deviation: 80))
      let bot = SeatedPlayer(seat: seat, showsExplicit: true, unitsSeen: [])
      self.seat(request, gathered: gathered + [bot], completion: completion)
    case .human(let player):
      directory.post(toOwnerOf: RoomName.player(player)) { context in
        switch context.sitDown(player, request: request) {
        case .success(let seated):
          context.seat(request, gathered: gathered + [seated], completion: completion)
        case .failure(let refusal):
          context.standUp(request)
          completion(context, .failure(refusal))
        }
      }
    }
  }

  private func sitDown(
    _ player: PlayerID, request: DuelRequest
  ) -> Result<SeatedPlayer, Refusal> {
    guard let room = players[player], room.isConnected else {
      return .failure(Refusal(.notFound, reason: "The other player has gone."))
    }
    guard duelOfPlayer[player] == nil else { return .failure(Refusal(.alreadyInDuel)) }
    duelOfPlayer[player] = request.id
    room.leaveQueueQuietly()
    return .success(room.seated(for: request.format))
  }

  /// Frees everybody who sat down for a duel that did not come about.
  private func standUp(_ request: DuelRequest) {
    for player in request.people {
      directory.post(toOwnerOf: RoomName.player(player)) { context in
        if context.duelOfPlayer[player] == request.id { context.duelOfPlayer[player] = nil }
      }
    }
  }

  private func open(
    _ request: DuelRequest, seated: [SeatedPlayer],
    completion: @escaping @Sendable (ShardContext, Result<DuelID, Refusal>) -> Void
  ) {
    guard duels.count < configuration.duelCountMax else {
      standUp(request)
      return completion(self, .failure(Refusal(.busy, retryAfter: .seconds(30))))
    }
    let setup = DuelFactory(
      campaign: services.campaign, timing: configuration.duelTiming
    ).setup(request, seated: seated)
    let record = DuelRecord(
      setup: setup, startedAt: now, isPrivate: request.isPrivate, rematchOf: request.rematchOf)
    let directory = directory
    let index = shard.index
    do {
      let (duel, events) = try Duel.start(setup, now: record.startedAt)
      services.store.commit([.openRoom(try record.room)]) { result in
        directory.post(to: index) { context in
          switch result {
          case .success:
            context.begin(record, duel: duel, events: events)
            completion(context, .success(setup.id))
          case .failure(let error):
            context.services.log.error("a duel could not be stored: \(error)")
            context.standUp(request)
            completion(context, .failure(Refusal(.unavailable, retryAfter: .seconds(1))))
          }
        }
      }
    } catch {
      services.log.error("a duel could not be made: \(error)")
      standUp(request)
      completion(self, .failure(Refusal(.unavailable, retryAfter: .seconds(5))))
    }
  }

  private func begin(_ record: DuelRecord, duel: Duel, events: [DuelEvent]) {
    let room = DuelRoom(record, duel: duel, entryCount: 0, context: self)
    duels[room.id] = room
    let startsAt = record.startedAt + .milliseconds(record.setup.timing.countdownMilliseconds)
    for (index, seat) in record.setup.seats.enumerated() {
      room.tell(
        seat.player,
        .duelMatched(
          .init(
            duel: room.id, format: Wire.DuelFormat(record.setup.format), seat: index,
            opponent: room.views.seat(1 - index, of: duel), startsAt: startsAt,
            isPrivate: record.isPrivate, rematchOf: record.rematchOf)))
    }
    room.begin(events)
  }
}
