import ArenaProtocol
import ArenaTypes

/// Names a stream of events that clients can follow.
enum TopicName: Hashable, Sendable {
  /// What everybody who follows a duel sees.
  case duel(DuelID)
  /// The same for those who want nothing explicit, where the duel holds something explicit.
  case mildDuel(DuelID)
  /// What concerns one player alone.
  case player(PlayerID)
  /// A contest's board and state.
  case board(ContestID)
  /// Any other board: a contest's of one territory, or one of a campaign, of ratings or of a series.
  case boardOf(BoardName)
  /// Who is online, what is played, what is open.
  case lobby
  /// What moderators see.
  case moderation

  /// The topic as clients know it: a player's own is `me` to every client.
  var wire: Topic {
    switch self {
    case .duel(let id), .mildDuel(let id): .duel(id)
    case .player: .me
    case .board(let id): .board(id)
    case .boardOf(let name): .boardOf(name)
    case .lobby: .lobby
    case .moderation: .moderation
    }
  }

  /// The name of the room that owns the topic, which says on which shard it lives.
  var roomName: String {
    switch self {
    case .duel(let id), .mildDuel(let id): RoomName.duel(id)
    case .player(let id): RoomName.player(id)
    case .board(let id): RoomName.contest(id)
    case .boardOf(let name): RoomName.board(name)
    case .lobby, .moderation: RoomName.lobby
    }
  }

  /// The topic that a client of `player` calls `topic`.
  init(_ topic: Topic, player: PlayerID) {
    switch topic {
    case .duel(let id): self = .duel(id)
    case .me: self = .player(player)
    case .board(let id): self = .board(id)
    case .boardOf(let name): self = .boardOf(name)
    case .lobby: self = .lobby
    case .moderation: self = .moderation
    }
  }
}

/// The names under which rooms are placed on shards.
enum RoomName {
  /// The room of the queue, of invitations and of rematches.
  static let matchmaking = "matchmaking"
  /// The room that knows who is online and what goes on.
  static let lobby = "lobby"

  /// The room of all boards that are no contest's.
  static let standings = "standings"

  /// The room that a board belongs to.
  static func board(_ name: BoardName) -> String {
    if case .contest(let id) = name.subject { contest(id) } else { standings }
  }

  static func duel(_ id: DuelID) -> String { "duel/\(id)" }
  static func player(_ id: PlayerID) -> String { "player/\(id)" }
  static func contest(_ id: ContestID) -> String { "contest/\(id)" }
}
