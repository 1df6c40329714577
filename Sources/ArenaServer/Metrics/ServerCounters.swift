import ArenaProtocol
import ArenaTypes

/// What one shard's sessions and rooms have done; several are added when they are read.
struct ServerCounters: Sendable {
  /// Connections on which a player has said `hello`.
  var sessions = 0
  /// Rooms in memory.
  var players = 0
  var duels = 0
  var contests = 0
  /// Commands that were decoded, by what they wish.
  var commands: [ClientCommand.Kind: Int] = [:]
  /// Commands that were done.
  var commandsDone = 0
  /// Commands that were refused, by why.
  var refusals: [ErrorCode: Int] = [:]
  /// Versions of topics that were sent to their followers, by the kind of topic.
  var versions: [TopicName.Kind: Int] = [:]
  /// Times that a version was encoded for all of its followers.
  var encodings: [TopicName.Kind: Int] = [:]
  /// Times that a topic's whole state was encoded, for newcomers and for who has fallen behind.
  var snapshots: [TopicName.Kind: Int] = [:]

  /// Adds `other` to each counter.
  mutating func add(_ other: ServerCounters) {
    sessions += other.sessions
    players += other.players
    duels += other.duels
    contests += other.contests
    commands.merge(other.commands, uniquingKeysWith: +)
    commandsDone += other.commandsDone
    refusals.merge(other.refusals, uniquingKeysWith: +)
    versions.merge(other.versions, uniquingKeysWith: +)
    encodings.merge(other.encodings, uniquingKeysWith: +)
    snapshots.merge(other.snapshots, uniquingKeysWith: +)
  }
}

/// A shard's counters where every thread can read them: a lock that hardly ever has two takers.
typealias ShardCounters = Locked<ServerCounters>

extension TopicName {
  /// The kinds of topics, of which there are a few, while topics come and go.
  enum Kind: String, CaseIterable, Sendable {
    case duel, player, board, lobby, moderation
  }

  /// The kind.
  var kind: Kind {
    switch self {
    case .duel, .mildDuel: .duel
    case .player: .player
    case .board, .boardOf: .board
    case .lobby: .lobby
    case .moderation: .moderation
    }
  }
}
