public import ArenaTypes

/// The queue of those who look for a duel.
///
/// The rating gap that a player accepts starts at 100 and widens by 25 a second; two are matched when
/// both accept their gap. Who has waited longest chooses first, and gets the nearest rating. After 8 s
/// a bot is offered, never forced.
public struct Matchmaking: Hashable, Sendable, Codable {
  /// The constants of the queue.
  public struct Limits: Hashable, Sendable, Codable {
    /// The gap accepted at once.
    public var gapAtOnce: Double = 100
    /// How much the accepted gap widens a second.
    public var gapPerSecond: Double = 25
    /// When a bot is offered.
    public var botOfferMilliseconds: Int64 = 8_000
    /// How often gaps are looked at anew while two or more wait.
    public var stepMilliseconds: Int64 = 1_000
    /// The most players that wait at once; every step looks at all of them.
    public var waitingCountMax = 10_000

    /// The usual constants.
    public init() {}
  }

  /// One who waits.
  struct Waiting: Hashable, Sendable, Codable {
    var ticket: Ticket
    var isBotOffered = false
    var reason: WaitReason?
  }

  /// The constants.
  public let limits: Limits
  /// Those who wait, longest first.
  private(set) var waiting: [Waiting] = []
  private var steppedAt: Timestamp?

  /// An empty queue.
  public init(limits: Limits = Limits()) { self.limits = limits }

  /// How many wait for a format.
  public func waitingCount(_ format: DuelFormat) -> Int {
    waiting.count { $0.ticket.format == format }
  }

  /// The ticket of a player who waits.
  public func ticket(of player: PlayerID) -> Ticket? {
    waiting.first { $0.ticket.player == player }?.ticket
  }

  /// The gap that a ticket accepts at `now`.
  public func acceptedGap(_ ticket: Ticket, now: Timestamp) -> Double {
    limits.gapAtOnce + limits.gapPerSecond * max((now - ticket.since).inSeconds, 0)
  }

  /// When the queue next wants a `tick`: for a bot's offer, or while somebody could be matched later.
  public var nextDeadline: Timestamp? {
    let offers = waiting.filter { !$0.isBotOffered }.map {
      $0.ticket.since + limits.botOfferMilliseconds
    }
    let canMatch = DuelFormat.allCases.contains { waitingCount($0) > 1 }
    let step = canMatch ? steppedAt.map { $0 + limits.stepMilliseconds } : nil
    return (offers + [step].compactMap { $0 }).min()
  }

  /// Takes a command, and says what happened.
  ///
  /// - Complexity: O(*n* log *n*) in the number of waiting players, where many ratings are equal or of
  ///   one identity up to O(*n*²).
  /// - Throws: Why the command is refused; the queue is then as it was.
  public mutating func apply(_ command: MatchmakingCommand, now: Timestamp)
    throws(MatchmakingRejection) -> [MatchmakingEvent]
  {
    switch command {
    case .join(let ticket):
      guard self.ticket(of: ticket.player) == nil else { throw .alreadyQueued }
      guard waiting.count < limits.waitingCountMax else { throw .full }
      let position =
        waiting.firstIndex { $0.ticket.since > ticket.since } ?? waiting.endIndex
      waiting.insert(Waiting(ticket: ticket), at: position)
      return step(now: now)
    case .leave(let player):
      guard let position = position(of: player) else { return step(now: now) }
      waiting.remove(at: position)
      return [.left(player: player)] + step(now: now)
    case .acceptBot(let player):
      guard let position = position(of: player) else { throw .notQueued }
      let one = waiting[position]
      guard one.isBotOffered else {
        throw .noBotOffered(offeredAt: one.ticket.since + limits.botOfferMilliseconds)
      }
      waiting.remove(at: position)
      return [.botMatched(ticket: one.ticket)] + step(now: now)
    case .tick: return step(now: now)
    }
  }

  private func position(of player: PlayerID) -> Int? {
    waiting.firstIndex { $0.ticket.player == player }
  }

  /// Matches whom it can, then tells those left why they wait and offers bots.
  private mutating func step(now: Timestamp) -> [MatchmakingEvent] {
    steppedAt = now
    var events: [MatchmakingEvent] = []
    let matches = DuelFormat.allCases.flatMap { self.matches($0, now: now) }
    if !matches.isEmpty {
      let matched = Set(matches.flatMap { [$0.first.player, $0.second.player] })
      waiting.removeAll { matched.contains($0.ticket.player) }
      events += matches.map { .matched(match: $0) }
    }
    var others: [DuelFormat: Int] = [:]
    for one in waiting { others[one.ticket.format, default: -1] += 1 }
    for index in waiting.indices {
      let count = others[waiting[index].ticket.format] ?? 0
      events += tell(index, others: count, now: now)
    }
    return events
  }

  private mutating func tell(_ index: Int, others: Int, now: Timestamp) -> [MatchmakingEvent] {
    let ticket = waiting[index].ticket
    var events: [MatchmakingEvent] = []
    var reason = WaitReason.alone
    if others > 0 {
      // Nearly always the first one looked at is another person.
      let hasStranger = waiting.contains {
        $0.ticket.format == ticket.format && !$0.ticket.mayBeSamePerson(as: ticket)
      }
      reason = hasStranger ? .widening : .sameIdentity
    }
    if waiting[index].reason != reason {
      waiting[index].reason = reason
      let gap = Int(acceptedGap(ticket, now: now))
      events.append(
        .waiting(player: ticket.player, reason: reason, gap: gap, others: others))
    }
    let isDue = ticket.since + limits.botOfferMilliseconds <= now
    if isDue, !waiting[index].isBotOffered {
      waiting[index].isBotOffered = true
      events.append(.botOffered(player: ticket.player))
    }
    return events
  }

  /// The pairs of a format, who waited longest first.
  private func matches(_ format: DuelFormat, now: Timestamp) -> [Match] {
    let queue = waiting.map(\.ticket).filter { $0.format == format }
    let byRating = queue.sorted { ($0.rating, $0.player) < ($1.rating, $1.player) }
    var places: [PlayerID: Int] = [:]
    for (place, ticket) in byRating.enumerated() { places[ticket.player] = place }
    var taken: Set<PlayerID> = []
    var matches: [Match] = []
    for ticket in queue where !taken.contains(ticket.player) {
      guard let place = places[ticket.player] else { continue }
      let candidates = [
        nearest(to: ticket, in: byRating, from: place, step: -1, taken: taken, now: now),
        nearest(to: ticket, in: byRating, from: place, step: 1, taken: taken, now: now),
      ].compactMap { $0 }
      guard
        let partner = candidates.min(by: {
          abs($0.rating - ticket.rating) < abs($1.rating - ticket.rating)
        })
      else { continue }
      taken.formUnion([ticket.player, partner.player])
      matches.append(Match(first: ticket, second: partner))
    }
    return matches
  }

  /// The nearest ticket in one direction that both would accept.
  private func nearest(
    to ticket: Ticket, in byRating: [Ticket], from place: Int, step: Int, taken: Set<PlayerID>,
    now: Timestamp
  ) -> Ticket? {
    let accepted = acceptedGap(ticket, now: now)
    var position = place + step
    while byRating.indices.contains(position) {
      let other = byRating[position]
      let gap = abs(other.rating - ticket.rating)
      if gap > accepted { return nil }
      if !taken.contains(other.player), !other.mayBeSamePerson(as: ticket),
        gap <= acceptedGap(other, now: now)
      {
        return other
      }
      position += step
    }
    return nil
  }
}
