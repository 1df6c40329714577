import ArenaProtocol
import ArenaRules
import ArenaTypes
import DispatchTransport

/// What watchers see beside a board's rows.
struct BoardSurroundings {
  /// What they are told of again when it has changed.
  enum Face: Equatable {
    case contest(state: Contest.State, closesAt: Timestamp, amendedBecause: String?)
    case standing(Wire.Standing)
  }

  var face: Face
  var contest: Wire.ContestSummary?
  var stage: ArenaRules.ContestStage?
  var wireStage: Wire.ContestStage?

  var standing: Wire.Standing? {
    if case .standing(let standing) = face { standing } else { nil }
  }
}

/// A board that people watch, with the boards of its territories.
///
/// ```
///   put, remove ──▶ pending ──(at most every `boardInterval`)──▶ boards, version + 1
///                                                                  │
///                  a view a watched territory: delta, snapshot, and each watcher's own place
/// ```
///
/// Rows change only when a version is published, so whatever is asked meanwhile, such as a page of
/// ranks, is of the version that everybody has seen. Versions are common to all of its territories; one
/// is passed over where nothing has changed.
final class LiveBoard {
  let name: BoardName
  unowned let context: ShardContext
  let surroundings: () -> BoardSurroundings
  private(set) var boards: BoardFamily
  private(set) var version = 1
  /// What has changed since the last version; nil for who is gone.
  private var pending: [PlayerID: BoardEntry?] = [:]
  /// In which version a territory's rows last changed.
  private var changedIn: [Territory?: Int] = [:]
  private var views: [Territory?: BoardView] = [:]
  private var isStale = false
  private var timer: TimerToken?
  private var notBefore: Timestamp

  /// A board of what stands on `board`, in its first version.
  init(
    _ name: BoardName, _ board: Board, context: ShardContext,
    surroundings: @escaping () -> BoardSurroundings
  ) {
    self.name = name
    self.context = context
    self.surroundings = surroundings
    boards = BoardFamily(board)
    notBefore = context.now + context.configuration.boardInterval
  }

  /// Everybody on it, those of the version to come included.
  var players: [PlayerID] {
    boards.whole.players + pending.filter { $0.value != nil }.keys.sorted()
  }

  // MARK: Changes

  /// Puts an entry into its place in the next version.
  func put(_ entry: BoardEntry) {
    pending[entry.player] = .some(entry)
    changed()
  }

  /// Takes a player off in the next version.
  func remove(_ player: PlayerID) {
    pending[player] = .some(nil)
    changed()
  }

  /// Whether a player stands on it, or will in the next version.
  func holds(_ player: PlayerID) -> Bool {
    if let entry = pending[player] { return entry != nil }
    return boards.whole.entry(of: player) != nil
  }

  /// Starts over with what is on disk.
  func replace(with board: Board) {
    pending = [:]
    for player in boards.whole.players where board.entry(of: player) == nil {
      pending[player] = .some(nil)
    }
    for entry in board.top(board.count) where boards.whole.entry(of: entry.player) != entry {
      pending[entry.player] = .some(entry)
    }
    changed()
  }

  /// Publishes a version now, or as soon as the interval allows.
  ///
  /// - Parameter isUrgent: Whether it can't wait: everybody's question comes at its moment.
  func changed(isUrgent: Bool = false) {
    isStale = true
    guard notBefore > context.now, !isUrgent else { return publish() }
    guard timer == nil else { return }
    timer = context.scheduler.schedule(at: notBefore) { [weak self] in
      self?.timer = nil
      self?.publish()
    }
  }

  private func publish() {
    guard isStale else { return }
    isStale = false
    version += 1
    for (player, entry) in pending {
      let territories = entry.map { boards.put($0) } ?? boards.remove(player)
      guard let territories else { continue }
      changedIn[nil] = version
      for territory in territories { changedIn[territory] = version }
    }
    pending = [:]
    let surroundings = views.isEmpty ? nil : surroundings()
    var deliveryCount = 0
    for territory in views.keys.sorted(by: { ($0?.number ?? 0) < ($1?.number ?? 0) }) {
      guard let surroundings, let view = views[territory] else { continue }
      deliveryCount += view.publish(boards[territory], version, surroundings)
    }
    let configuration = context.configuration
    notBefore =
      context.now
      + max(configuration.boardInterval, configuration.boardRestPerThousand * deliveryCount / 1_000)
  }

  // MARK: Followers

  /// Lets a connection follow the board of a territory: tells it the last version, then its own place.
  func follow(_ request: FollowRequest, _ territory: Territory?) {
    let view = views[territory] ?? makeView(territory)
    views[territory] = view
    if request.isNew { view.publisher.subscriberAdded(onShard: request.connection.shardIndex) }
    let frame = view.snapshot(surroundings)
    let position = TopicPosition(epoch: context.services.epoch, offset: view.version)
    context.directory.post(to: request.connection.shardIndex) {
      $0.followed(request, .latest(frame), as: request.topic, position: position)
    }
    view.followerAdded(request, boards[territory])
  }

  /// Notes that a connection follows the board of a territory no longer.
  func unfollow(_ territory: Territory?, player: PlayerID?, _ connection: ConnectionID) {
    guard let view = views[territory] else { return }
    view.publisher.subscriberRemoved(onShard: connection.shardIndex)
    if let player { view.followerRemoved(player, connection) }
    // The board of everybody stays, so that who comes back within an epoch meets no lower version.
    if view.publisher.subscriberCount == 0, territory != nil { views[territory] = nil }
  }

  private func makeView(_ territory: Territory?) -> BoardView {
    BoardView(name.of(territory), boards[territory], version, surroundings(), context: context)
  }

  // MARK: Questions

  /// Rows of the version that was published last.
  func page(_ wanted: ClientCommand.BoardPage) -> ServerAnswer.BoardPage {
    let territory = wanted.board.territory
    let board = boards[territory]
    var from = wanted.from ?? 1
    var count = wanted.count
    if let player = wanted.around {
      let rank = board.rank(of: player)
      from = max(1, (rank ?? 1) - wanted.count / 2)
      if rank == nil { count = 0 }
    }
    let entries = count > 0 ? board.entries(ranks: from...from + count - 1) : []
    return .init(
      board: wanted.board, epoch: context.services.epoch, version: changedIn[territory] ?? 1,
      count: board.count, from: from, entries: entries.map { Wire.BoardEntry($0.entry) })
  }

  /// Where those are at home who stand on the board, 300 places at most.
  func territories(of country: Territory?) -> [Wire.TerritoryCount] {
    boards.counts(of: country).prefix(300).map {
      Wire.TerritoryCount(territory: $0.territory, count: $0.count)
    }
  }
}
