import ArenaProtocol
import ArenaRules
import ArenaStorage
import ArenaTypes
import DispatchTransport
import Interpretation

/// Who looks for a recorded duel to play against.
struct GhostSearch: Sendable {
  /// How many of the latest duels are looked through.
  static let resultCountMax = 200
  /// How many recordings are read at most; reading one replays its duel.
  static let recordingCountMax = 12
  /// How far the ratings may be apart.
  static let gapMax = 200.0

  let player: PlayerID
  let format: ArenaRules.DuelFormat
  /// The campaign that the player waits for a duel on.
  let campaign: CampaignID
  let rating: Double
  /// The units that the player has met lately.
  let unitsSeen: Set<UnitID>
  let showsExplicit: Bool

  /// The nearest recording that suits the player; nil where none does.
  func ghost(
    in reader: any StoreReader, services: ArenaServices
  ) throws(StorageError) -> Ghost? {
    let shown = services.moderation.shown(campaign)
    let results = try reader.playedDuels(
      format: format.rawValue, campaign: campaign, limit: Self.resultCountMax)
    let near = results.filter { result in
      !result.seats.contains { $0.player == player }
    }.flatMap { result in
      result.seats.enumerated().compactMap { seat, side -> Candidate? in
        guard let distance = gap(to: side, in: result), distance <= Self.gapMax else {
          return nil
        }
        return Candidate(duel: result.duel, seat: seat, gap: distance)
      }
    }.sorted { ($0.gap, $0.duel, $0.seat) < ($1.gap, $1.duel, $1.seat) }
    for candidate in near.prefix(Self.recordingCountMax) {
      guard let recorded = try RecordedDuel(.duel(candidate.duel), reader: reader),
        isNear(recorded.record.setup, seat: candidate.seat),
        let ghost = Ghost(
          recorded, seat: candidate.seat, timing: services.configuration.duelTiming,
          decision: { services.moderation.isHidden($0) }),
        unitsSeen.isDisjoint(with: ghost.units)
      else { continue }
      let isPlayable = ghost.excerpts.allSatisfy { id in
        shown.excerpt(id).map { showsExplicit || !$0.isExplicit } ?? false
      }
      if isPlayable { return ghost }
    }
    return nil
  }

  /// How far the searcher's rating is from that of who sat there; nil where no ghost is made of it.
  ///
  /// Of duels that moved no rating only the recording tells it, so they are looked through last.
  private func gap(to side: DuelResultRecord.Seat, in result: DuelResultRecord) -> Double? {
    if let before = side.ratingBefore { return abs(before - rating) }
    return result.isRated || result.outcome == .void ? nil : Self.gapMax
  }

  private func isNear(_ setup: DuelSetup, seat: Int) -> Bool {
    setup.seats.indices.contains(seat)
      && abs(setup.seats[seat].rating.value - rating) <= Self.gapMax
  }

  private struct Candidate {
    let duel: DuelID
    let seat: Int
    let gap: Double
  }
}

extension PlayerRoom {
  /// Looks for a recorded duel to be played against beside the bot; who finds none is told nothing.
  func lookForGhost(_ ticket: Ticket, in campaign: CampaignID) {
    let since = context.now + (.zero - DuelFactory.unitPause)
    let search = GhostSearch(
      player: id, format: ticket.format, campaign: campaign, rating: ticket.rating,
      unitsSeen: Set(unitsSeen.filter { $0.value >= since }.keys),
      showsExplicit: record.showsExplicit)
    let (services, index, directory) = (
      context.services, context.shard.index, context.directory
    )
    services.store.read { reader throws(StorageError) in
      try search.ghost(in: reader, services: services)
    } completion: { result in
      guard let ghost = try? result.get() else { return }
      directory.post(to: index) { context in
        context.postToMatchmaking { $0.offer(ghost, for: ticket, in: campaign) }
      }
    }
  }

  /// Starts a duel against a recording.
  func play(_ ghost: Ghost, in campaign: CampaignID, _ origin: CommandOrigin) {
    let request = DuelRequest(
      format: ghost.format, participants: [.human(id), .ghost(ghost)], isPrivate: false,
      campaign: campaign, from: context.services.entropy)
    context.launch(request) { context, result in
      context.settle(origin, result.map { .queueAcceptGhost(.init(duel: $0)) })
    }
  }
}

extension Ghost {
  /// The recording as it is offered.
  var wire: Wire.GhostOffer {
    Wire.GhostOffer(name: recording.name, rating: recording.rating)
  }
}
