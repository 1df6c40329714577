import ArenaProtocol
import ArenaRules
import ArenaTypes
import DispatchTransport

/// A player's place on a board with the rows around it.
struct OwnPlace: Equatable {
  /// How many rows are told to either side.
  static let radius = 2

  let rank: Int?
  let of: Int
  let neighbours: [PlacedEntry]

  var firstRank: Int { neighbours.first?.rank ?? 1 }

  init(of player: PlayerID, on board: Board) {
    of = board.count
    neighbours = board.neighbours(of: player, radius: Self.radius)
    rank = neighbours.first { $0.entry.player == player }?.rank
  }

  /// Whether two look the same but for how many are on the board, which the board itself tells.
  static func == (left: Self, right: Self) -> Bool { left.neighbours == right.neighbours }
}

/// Who follows a board, and what each was last told of its own place.
///
/// Connections that asked for it get `board.own` with the board; for all others a contest's whole board
/// tells the player's rank as `board.you` on `me`, as the first version of the protocol did.
struct BoardWatchers {
  private struct Watcher {
    var connections: [ConnectionID] = []
    var told: OwnPlace?
  }

  private struct Plain {
    var connections: Set<ConnectionID> = []
    var told: (rank: Int, points: Int)?
  }

  private let name: BoardName
  private var watchers: [PlayerID: Watcher] = [:]
  private var plain: [PlayerID: Plain] = [:]
  /// The players of both, in an order that does not depend on hashes.
  private var watching = DenseSet<PlayerID>()
  private var plainly = DenseSet<PlayerID>()

  init(_ name: BoardName) { self.name = name }

  mutating func add(_ request: FollowRequest) {
    remove(request.player, request.connection)
    if request.wantsOwn {
      watchers[request.player, default: Watcher()].connections.append(request.connection)
      watching.insert(request.player)
    } else {
      plain[request.player, default: Plain()].connections.insert(request.connection)
      plain[request.player]?.told = nil
      plainly.insert(request.player)
    }
  }

  mutating func remove(_ player: PlayerID, _ connection: ConnectionID) {
    watchers[player]?.connections.removeAll { $0 == connection }
    if watchers[player]?.connections.isEmpty == true {
      watchers[player] = nil
      watching.remove(player)
    }
    plain[player]?.connections.remove(connection)
    if plain[player]?.connections.isEmpty == true {
      plain[player] = nil
      plainly.remove(player)
    }
  }

  /// A watcher's place, which is noted as told.
  mutating func place(of player: PlayerID, on board: Board) -> OwnPlace {
    let place = OwnPlace(of: player, on: board)
    watchers[player]?.told = place
    return place
  }

  /// What is to be told of places that have changed, by shard.
  mutating func changed(on board: Board, encode: (OwnPlace) -> SharedFrame) -> [Int: [OwnFrame]] {
    var frames: [Int: [OwnFrame]] = [:]
    for player in watching.elements {
      let place = OwnPlace(of: player, on: board)
      guard let watcher = watchers[player], watcher.told != place else { continue }
      watchers[player]?.told = place
      let frame = encode(place)
      if watcher.connections.count == 1 {
        frames[watcher.connections[0].shardIndex, default: []].append(
          OwnFrame(connections: watcher.connections, frame: frame))
      } else {
        for (shard, connections) in Dictionary(grouping: watcher.connections, by: \.shardIndex) {
          frames[shard, default: []].append(OwnFrame(connections: connections, frame: frame))
        }
      }
    }
    return frames
  }

  // MARK: As the first version told it

  /// Tells all plain followers whose rank or points have changed.
  mutating func tellPlain(on board: Board, _ version: Int, _ context: ShardContext) {
    for player in plainly.elements { tellPlain(player, on: board, version, context) }
  }

  /// Tells a plain follower its rank, if that or its points have changed.
  mutating func tellPlain(
    _ player: PlayerID, on board: Board, _ version: Int, _ context: ShardContext
  ) {
    guard case .contest(let contest) = name.subject, name.territory == nil,
      let rank = board.rank(of: player), let entry = board.entry(of: player)
    else { return }
    let told = plain[player]?.told
    guard told?.rank != rank || told?.points != entry.points else { return }
    plain[player]?.told = (rank, entry.points)
    let place = OwnPlace(of: player, on: board)
    let event = ServerEvent.boardYou(
      .init(
        contest: contest, version: version, rank: rank, of: board.count,
        firstRank: place.firstRank,
        neighbours: place.neighbours.map { Wire.BoardEntry($0.entry) }))
    context.post(toPlayer: player) { $0.publish(event) }
  }
}
