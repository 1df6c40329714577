import ArenaProtocol
import ArenaRules
import ArenaStorage
import ArenaTypes
import DispatchTransport
import Interpretation
import Logging

/// The owner of all boards that are no contest's: of campaigns, ratings and series, by stretches of
/// time.
///
/// It keeps nothing of its own on disk. When something of a player's has changed, it reads all that the
/// player did and counts the lines anew; after a start it does so for everybody, page by page. Boards
/// are therefore always what a recount gives, whatever happened in between.
///
/// Who is banned stands on none of them until the ban ends: bans are read with the rest, and their ends
/// count anew like any change.
final class StandingsRoom {
  /// How many players are counted in one read.
  static let batchCountMax = 100

  unowned let context: ShardContext
  private var boards: [BoardName: LiveBoard] = [:]
  /// Their names as they came, so that no order follows from hashes, which differ from run to run.
  private var names: [BoardName] = []
  private var beside: [BoardName: Set<PlayerID>] = [:]
  private var spans: BoardSpans
  private var waiting = DenseSet<PlayerID>()
  private var isReading = false
  private var timer: TimerToken?
  /// When a ban of a player begins or ends next, for those of whom one does.
  private var sanctionChanges: [PlayerID: Timestamp] = [:]
  private var sanctionTimer: TimerToken?
  /// Whether everybody has been counted since the start.
  private(set) var isReady = false

  init(context: ShardContext) {
    self.context = context
    spans = BoardSpans(at: context.now, zone: context.configuration.boardZone)
  }

  /// The board of that name; nil where there can be none, and before all have been counted.
  ///
  /// A board that nobody stands on yet is there all the same.
  func board(_ name: BoardName) -> LiveBoard? {
    if let board = boards[name] { return isReady ? board : nil }
    guard isReady, isOffered(name) else { return nil }
    return make(name)
  }

  private func make(_ name: BoardName) -> LiveBoard {
    let board = LiveBoard(name, Board(), context: context) { [unowned self] in
      surroundings(of: name)
    }
    boards[name] = board
    names.append(name)
    return board
  }

  /// Whether there may be such a board: of a campaign, a format or a series that the server has.
  private func isOffered(_ name: BoardName) -> Bool {
    switch name.subject {
    case .contest: false
    case .campaign(let id, _): context.services.campaigns.named(id) != nil
    case .rating(let format, _): ArenaRules.DuelFormat(rawValue: format) != nil
    case .series(let prefix, _):
      context.configuration.contests.contains { $0.schedule.prefix == prefix }
    }
  }

  private func surroundings(of name: BoardName) -> BoardSurroundings {
    let (kind, subject): (Wire.StandingKind, String) =
      switch name.subject {
      case .campaign(let id, _): (.campaign, id.rawValue)
      case .rating(let format, _): (.rating, format)
      case .series(let prefix, _): (.series, prefix)
      case .contest(let id): (.series, id.rawValue)
      }
    let span = name.span ?? .all
    return BoardSurroundings(
      face: .standing(
        Wire.Standing(
          kind: kind, subject: subject, span: span, opensAt: spans.opensAt(span),
          closesAt: spans.closesAt(span), zone: spans.zone.name,
          establishedOnly: span.ranksEstablishedOnly, beside: beside[name]?.count ?? 0)))
  }

  // MARK: Counting

  /// Counts everybody, and from then on who has changed.
  func begin() {
    scheduleTurn()
    countAll(after: nil)
  }

  private func countAll(after player: PlayerID?) {
    let (limit, moment) = (Self.batchCountMax, context.now)
    read { reader throws(StorageError) in
      let players = try reader.playersWithDeeds(after: player, limit: limit)
      return try Self.counted(players, reader, now: moment)
    } then: { room, counted in
      guard let counted else { return room.retry { $0.countAll(after: player) } }
      room.take(counted)
      guard let last = counted.last?.player else {
        room.isReady = true
        for name in room.names { room.boards[name]?.changed(isUrgent: true) }
        return room.countNext()
      }
      room.countAll(after: last)
    }
  }

  /// Notes that something of players has changed that counts on boards.
  func noteDeeds(of players: [PlayerID]) {
    for player in players { waiting.insert(player) }
    if isReady { countNext() }
  }

  private func countNext() {
    guard !isReading, !waiting.elements.isEmpty else { return }
    isReading = true
    let players = Array(waiting.elements.prefix(Self.batchCountMax))
    for player in players { waiting.remove(player) }
    let moment = context.now
    read { reader throws(StorageError) in
      try Self.counted(players, reader, now: moment)
    } then: { room, counted in
      room.isReading = false
      guard let counted else {
        for player in players { room.waiting.insert(player) }
        return room.retry { $0.countNext() }
      }
      room.take(counted)
      room.countNext()
    }
  }

  /// A player and all that counts; without a record nothing does.
  private struct Counted: Sendable {
    let player: PlayerID
    let record: PlayerRecord?
    let deeds: [BoardDeed]
    /// What keeps the player out, now or later.
    let bans: [BanRecord]
  }

  private static func counted(
    _ players: [PlayerID], _ reader: any StoreReader, now: Timestamp
  ) throws(StorageError) -> [Counted] {
    var counted: [Counted] = []
    let bans = try reader.bans(endingAfter: now).filter { $0.effect == .ban }
    for player in players {
      counted.append(
        Counted(
          player: player, record: try reader.player(player),
          deeds: try reader.deeds(of: player), bans: bans.filter { $0.subject == .player(player) }))
    }
    return counted
  }

  private func read(
    _ question: @escaping @Sendable (any StoreReader) throws(StorageError) -> [Counted],
    then: @escaping @Sendable (StandingsRoom, [Counted]?) -> Void
  ) {
    let (index, directory) = (context.shard.index, context.directory)
    context.services.store.read(question) { result in
      directory.post(to: index) { context in
        if let room = context.standings { then(room, try? result.get()) }
      }
    }
  }

  private func retry(_ work: @escaping (StandingsRoom) -> Void) {
    context.services.log.error("boards could not be counted; trying again")
    context.scheduler.schedule(after: .seconds(1)) { [weak self] in
      if let self { work(self) }
    }
  }

  private func take(_ counted: [Counted]) {
    turn()
    for one in counted {
      guard let record = one.record else { continue }
      noteChange(of: one.bans, of: one.player)
      let isOut = one.bans.contains { $0.isInForce(at: context.now) }
      let person = BoardPerson(
        player: one.player, name: record.name, territory: record.territory,
        standing: Standing(createdAt: record.createdAt, roundsPlayed: record.roundsPlayed))
      place(one.player, BoardLines(of: person, isOut ? [] : one.deeds, in: spans))
    }
    scheduleSanctionChange()
  }

  private func place(_ player: PlayerID, _ lines: BoardLines) {
    let new = lines.lines.keys.filter { boards[$0] == nil }
    for name in new.sorted(by: { $0.description < $1.description }) { _ = make(name) }
    let moved = Set(lines.beside.union(beside.keys).filter { moves(player, beside: $0, lines) })
    for name in names {
      guard let board = boards[name] else { continue }
      if let entry = lines.lines[name] {
        board.put(entry)
      } else if board.holds(player) {
        board.remove(player)
      }
      if moved.contains(name) { board.changed() }
    }
  }

  /// Puts a player beside a board or takes it away from there, and tells whether that was a change.
  private func moves(_ player: PlayerID, beside name: BoardName, _ lines: BoardLines) -> Bool {
    lines.beside.contains(name)
      ? beside[name, default: []].insert(player).inserted
      : beside[name]?.remove(player) != nil
  }

  // MARK: Time

  /// Begins the boards of a new day, week or month.
  private func turn() {
    let next = BoardSpans(at: context.now, zone: spans.zone)
    guard next != spans else { return }
    let old = spans
    spans = next
    for name in names {
      guard let board = boards[name], let span = name.span,
        old.opensAt(span) != next.opensAt(span)
      else { continue }
      beside[name] = nil
      board.replace(with: Board())
    }
  }

  // MARK: Bans

  private func noteChange(of bans: [BanRecord], of player: PlayerID) {
    let moments = bans.flatMap { [$0.startsAt, $0.endsAt].compactMap(\.self) }
    sanctionChanges[player] = moments.filter { $0 > context.now }.min()
  }

  /// Counts those anew whose bans begin or end, when they do.
  private func scheduleSanctionChange() {
    sanctionTimer.map { context.scheduler.cancel($0) }
    sanctionTimer = sanctionChanges.values.min().map { at in
      context.scheduler.schedule(at: at) { [weak self] in self?.sanctionsChanged() }
    }
  }

  private func sanctionsChanged() {
    sanctionTimer = nil
    let due = sanctionChanges.filter { $0.value <= context.now }.keys.sorted()
    for player in due { sanctionChanges[player] = nil }
    noteDeeds(of: due)
    scheduleSanctionChange()
  }

  private func scheduleTurn() {
    guard let at = spans.nextChange else { return }
    timer = context.scheduler.schedule(at: at) { [weak self] in
      self?.turn()
      self?.scheduleTurn()
    }
  }
}

extension ShardDirectory {
  /// Tells the boards that something of players is on disk that counts there.
  func noteDeeds(of players: [PlayerID]) {
    post(toOwnerOf: RoomName.standings) { $0.standings?.noteDeeds(of: players) }
  }
}
