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
    case ghost(Ghost)
  }

  let id: DuelID
  let format: ArenaRules.DuelFormat
  let participants: [Participant]
  let isPrivate: Bool
  let rematchOf: DuelID?
  /// The campaign that is asked about; nil for the main one.
  let campaign: CampaignID?

  /// A wish under a name of its own.
  init(
    format: ArenaRules.DuelFormat, participants: [Participant], isPrivate: Bool,
    rematchOf: DuelID? = nil, campaign: CampaignID? = nil, from entropy: Entropy
  ) {
    id = DuelID(rawValue: RandomName.make("d", from: entropy))
    self.format = format
    self.participants = participants
    self.isPrivate = isPrivate
    self.rematchOf = rematchOf
    self.campaign = campaign
  }

  /// The ghost among the participants.
  var ghost: Ghost? {
    for case .ghost(let ghost) in participants { return ghost }
    return nil
  }

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
  /// When the player last met units, as far as that is a month ago at most or known by chance.
  let unitsSeen: [UnitID: Timestamp]
  /// Where the player's connections come from.
  var households: Set<AddressPrefix> = []
}

/// A duel that is made and not yet on disk.
private struct DuelOpening: Sendable {
  let request: DuelRequest
  let record: DuelRecord
  let duel: Duel
  let events: [DuelEvent]
  let completion: @Sendable (ShardContext, Result<DuelID, Refusal>) -> Void
}

extension ShardContext {
  /// Asks everybody whether they can play, makes the duel, and tells them.
  ///
  /// - Parameter completion: Called on the shard of whoever knows the end.
  func launch(
    _ request: DuelRequest,
    completion: @escaping @Sendable (ShardContext, Result<DuelID, Refusal>) -> Void
  ) {
    guard !services.moderation.isDraining else {
      return completion(self, .failure(Refusal(.draining, retryAfter: .seconds(5))))
    }
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
      let bot = SeatedPlayer(seat: seat, showsExplicit: true, unitsSeen: [:])
      self.seat(request, gathered: gathered + [bot], completion: completion)
    case .ghost(let ghost):
      let seated = SeatedPlayer(seat: ghost.seat, showsExplicit: true, unitsSeen: [:])
      self.seat(request, gathered: gathered + [seated], completion: completion)
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
    guard !ratingsHeld.contains(player) else {
      return .failure(Refusal(.busy, retryAfter: .seconds(1)))
    }
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
    guard makePlaceForDuel() else {
      standUp(request)
      return completion(self, .failure(Refusal(.busy, retryAfter: .seconds(30))))
    }
    let seed = services.entropy.next()
    let setup =
      request.ghost?.setup(request, seated: seated)
      ?? factory(for: request).setup(request, seated: seated, seed: seed, now: now)
    let record = DuelRecord(
      setup: setup, startedAt: now, isPrivate: request.isPrivate, rematchOf: request.rematchOf,
      ghost: request.ghost?.recording)
    let (index, directory) = (shard.index, directory)
    do {
      let (duel, events) = try Duel.start(setup, now: record.startedAt)
      flagSameAddress(request.id, seated)
      let opening = DuelOpening(
        request: request, record: record, duel: duel, events: events, completion: completion)
      services.store.commit([.openRoom(try record.room)]) { result in
        directory.post(to: index) { context in
          switch result {
          case .success: context.opened(opening)
          case .failure(let error): context.openingFailed(opening, error)
          }
        }
      }
    } catch {
      services.log.error("a duel could not be made: \(error)")
      standUp(request)
      completion(self, .failure(Refusal(.unavailable, retryAfter: .seconds(5))))
    }
  }

  /// What chooses the questions of the campaign that is asked about.
  private func factory(for request: DuelRequest) -> DuelFactory {
    let served = services.campaigns.any(request.campaign)
    return DuelFactory(
      shelf: services.moderation.shelf(served.id),
      questions: services.moderation.questions(of: served), timing: configuration.duelTiming,
      goldShare: configuration.goldShare, isRated: !served.isPractice)
  }

  private func opened(_ opening: DuelOpening) {
    begin(opening.record, duel: opening.duel, events: opening.events)
    opening.completion(self, .success(opening.record.setup.id))
  }

  /// Finds out what became of an opening whose commit has failed.
  ///
  /// It may be on disk all the same, and would then be taken up at the next start beside whatever its
  /// players do by then: so they stay seated until the disk has said.
  private func openingFailed(_ opening: DuelOpening, _ error: StorageError) {
    services.log.error("a duel could not be stored: \(error)")
    switch error {
    case .full, .inputOutput: askForOpening(opening)
    default: openingLost(opening)
    }
  }

  private func openingLost(_ opening: DuelOpening) {
    standUp(opening.request)
    opening.completion(self, .failure(Refusal(.unavailable, retryAfter: .seconds(1))))
  }

  private func askForOpening(_ opening: DuelOpening) {
    let (key, index, directory) = (RoomKey.duel(opening.request.id), shard.index, directory)
    services.store.read { reader throws(StorageError) in
      try reader.room(key) != nil
    } completion: { result in
      directory.post(to: index) { context in
        switch result {
        case .success(true): context.opened(opening)
        case .success(false): context.openingLost(opening)
        case .failure:
          context.scheduler.schedule(after: .seconds(1)) { [weak context] in
            context?.askForOpening(opening)
          }
        }
      }
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
