import ArenaRules
import ArenaStorage
import ArenaTypes

/// The boards that are no contest's, counted anew from the results, final boards, players and bans on
/// the disk.
///
/// It adds up by itself; of the rules it takes only where days, weeks and months begin. A rating board
/// shows the rating that is kept of the player, however it came about.
struct StandingsModel {
  /// How long the server may take to show what is on disk.
  private static let settled: Duration = .seconds(10)

  private var people: [PlayerID: PlayerRecord] = [:]
  private var results: [DuelID: DuelResultRecord] = [:]
  private var duelsOf: [PlayerID: Set<DuelID>] = [:]
  private var openings: [ContestID: Timestamp] = [:]
  private var finals: [ContestID: FinalBoardRecord] = [:]
  private var contestsOf: [PlayerID: Set<ContestID>] = [:]
  private var ratings: [DurableWorld.RatingKey: Double] = [:]
  private var lines: [BoardName: [PlayerID: CountedLine]] = [:]
  private var changedAt: [PlayerID: Timestamp] = [:]
  private var turnedAt: Timestamp
  private var spans: BoardSpans
  /// Every line that anybody ever had, by board and by what clients see of it.
  private(set) var history: [BoardName: [LineTopics.Entry: CountedLine]] = [:]

  init(at now: Timestamp) {
    turnedAt = now
    spans = BoardSpans(at: now, zone: .utc)
  }

  /// The result of a duel as it is kept.
  func result(_ duel: DuelID) -> DuelResultRecord? { results[duel] }

  /// Takes a batch that has become durable.
  mutating func apply(_ writes: [StoreWrite], now: Timestamp) {
    turn(now)
    var touched: Set<PlayerID> = []
    for write in writes { touched.formUnion(take(write)) }
    for player in touched { recount(player, now: now) }
  }

  /// Takes a write; returns whose lines it may change.
  private mutating func take(_ write: StoreWrite) -> [PlayerID] {
    switch write {
    case .putPlayer(let player):
      people[player.id] = player
      return [player.id]
    case .putRating(let rating):
      ratings[.init(player: rating.player, format: rating.format)] = rating.rating
      return [rating.player]
    case .putDuelResult(let result):
      results[result.duel] = result
      let players = result.seats.filter { !$0.isBot }.map(\.player)
      for player in players { duelsOf[player, default: []].insert(result.duel) }
      return players
    case .putContest(let contest):
      openings[contest.id] = contest.opensAt
      return []
    case .putFinalBoard(let board):
      let before = finals[board.contest]?.entries.map(\.player) ?? []
      finals[board.contest] = board
      let players = board.entries.map(\.player)
      for player in players { contestsOf[player, default: []].insert(board.contest) }
      return before + players
    case .putBan(let ban):
      if case .player(let player) = ban.subject { return [player] }
      return []
    default: return []
    }
  }

  // MARK: Counting

  private mutating func recount(_ player: PlayerID, now: Timestamp) {
    let before = lines.compactMapValues { $0[player] }
    defer { if before != lines.compactMapValues({ $0[player] }) { changedAt[player] = now } }
    for name in lines.keys { lines[name]?[player] = nil }
    guard let person = people[player] else { return }
    for span in BoardSpan.allCases {
      for (name, sum) in sums(of: player, in: span) {
        let standing = Standing(createdAt: person.createdAt, roundsPlayed: person.roundsPlayed)
        let isKeptOff =
          (span == .day || span == .month) && !standing.isEstablished(at: sum.lastAt)
        guard !isKeptOff else { continue }
        var line = sum.line
        line.name = person.name
        line.territory = person.territory
        lines[name, default: [:]][player] = line
        history[name, default: [:]][line.entry] = line
      }
    }
  }

  private struct Sum {
    var line: CountedLine
    var lastAt: Timestamp
  }

  private func sums(of player: PlayerID, in span: BoardSpan) -> [BoardName: Sum] {
    var sums: [BoardName: Sum] = [:]
    func add(
      _ subject: BoardName.Subject, _ points: Int, at: Timestamp, from: Timestamp, to: Timestamp
    ) {
      let name = BoardName(subject)
      var sum =
        sums[name]
        ?? Sum(
          line: CountedLine(player: player, name: "", finishedAt: to, joinedAt: from), lastAt: at)
      sum.line.points += points
      sum.line.joinedAt = min(sum.line.joinedAt, from)
      sum.line.finishedAt = max(sum.line.finishedAt, to)
      sum.lastAt = max(sum.lastAt, at)
      sums[name] = sum
    }
    for duel in (duelsOf[player] ?? []).compactMap({ results[$0] }) {
      guard duel.outcome != .void, duel.voidedBecause == nil, spans.holds(duel.endedAt, span),
        !duel.seats.contains(where: \.isBot),
        let seat = duel.seats.first(where: { $0.player == player })
      else { continue }
      let at = duel.endedAt
      add(.campaign(duel.campaign, span), seat.points, at: at, from: at, to: at)
      guard duel.isRated, seat.ratingAfter != nil else { continue }
      add(.rating(format: duel.format, span), 0, at: at, from: at, to: at)
      let rating = ratings[.init(player: player, format: duel.format)] ?? 0
      sums[BoardName(.rating(format: duel.format, span))]?.line.points = Int(rating.rounded())
    }
    for contest in contestsOf[player] ?? [] {
      guard let opensAt = openings[contest], spans.holds(opensAt, span),
        let line = finals[contest]?.entries.first(where: { $0.player == player })
      else { continue }
      let series = contest.rawValue.split(separator: "-").dropLast().joined(separator: "-")
      add(
        .series(series, span), line.points, at: opensAt, from: line.joinedAt,
        to: line.finishedAt ?? line.joinedAt)
    }
    return sums
  }

  private mutating func turn(_ now: Timestamp) {
    let next = BoardSpans(at: now, zone: .utc)
    guard next != spans else { return }
    spans = next
    turnedAt = now
    for player in people.keys { recount(player, now: now) }
  }

  // MARK: Questions

  /// The board as a plain sort gives it, without who is banned.
  mutating func recount(
    of name: BoardName, now: Timestamp, bans: some Collection<BanRecord>
  ) -> [CountedLine] {
    turn(now)
    let out = Set(
      bans.compactMap { ban -> PlayerID? in
        guard ban.effect == .ban, ban.isInForce(at: now), case .player(let player) = ban.subject
        else { return nil }
        return player
      })
    return (lines[name.everywhere] ?? [:]).values
      .filter { $0.isOf(name.territory) && !out.contains($0.player) }
      .sorted { $0.precedes($1) }
  }

  /// Whose lines have changed so lately that a board need not show it yet; nil: everybody's.
  func unsettled(at now: Timestamp, bans: some Collection<BanRecord>) -> Set<PlayerID>? {
    func isLate(_ moment: Timestamp) -> Bool { moment <= now && now - moment < Self.settled }
    guard !isLate(turnedAt) else { return nil }
    var players = Set(changedAt.filter { isLate($0.value) }.keys)
    for ban in bans {
      guard case .player(let player) = ban.subject else { continue }
      if isLate(ban.startsAt) || ban.endsAt.map(isLate) == true { players.insert(player) }
    }
    return players
  }
}
