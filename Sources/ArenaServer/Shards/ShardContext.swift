import ArenaProtocol
import ArenaRules
import ArenaStorage
import ArenaTypes
import DequeModule
import DispatchTransport
import Logging

/// Everything that one shard owns: its sessions, its subscribers, and the rooms whose names hash to it.
///
/// It is touched on the shard's queue alone. What rooms of different shards have to say to each other
/// goes through `services.directory`.
final class ShardContext {
  let shard: any TransportShard
  let services: ArenaServices
  let hub: TopicHub
  let counters: ShardCounters
  var sessions: [ConnectionID: Session] = [:]
  var players: [PlayerID: PlayerRoom] = [:] {
    didSet { counters.withLock { $0.players = players.count } }
  }
  var duels: [DuelID: DuelRoom] = [:] {
    didSet { counters.withLock { $0.duels = duels.count } }
  }
  /// The duels in `duels` that are over, the one that ended first at the front; some are gone already.
  var finishedDuels: Deque<DuelID> = []
  var contests: [ContestID: ContestRoom] = [:] {
    didSet { counters.withLock { $0.contests = contests.count } }
  }
  /// Present on the shard that owns `RoomName.matchmaking`.
  var matchmaking: MatchmakingRoom?
  /// Present on the shard that owns `RoomName.lobby`.
  var lobby: LobbyRoom?
  /// Present on the shard that owns `RoomName.lobby`.
  var waitingTexts: WaitingTextsRoom?
  /// Present on the shard that owns `RoomName.standings`.
  var standings: StandingsRoom?
  /// The running duels of this shard's players; it outlives their rooms and is there before them after
  /// a restart.
  var duelOfPlayer: [PlayerID: DuelID] = [:]
  /// The contests in which this shard's players have a run going on; kept as `duelOfPlayer` is.
  var runsOfPlayer: [PlayerID: OwnRuns] = [:]
  /// Rooms that are being read from the store, with those who wait for them.
  var recalls: [RoomKey: [(Result<Void, Refusal>) -> Void]] = [:]
  /// Players who are being read from the store.
  var loads: [PlayerID: PlayerLoad] = [:]
  /// Players of this shard whose ratings are being moved back, and who begin no duel meanwhile.
  var ratingsHeld: Set<PlayerID> = []

  init(shard: any TransportShard, services: ArenaServices) {
    self.shard = shard
    self.services = services
    counters = services.metrics.addShard()
    hub = TopicHub(shard: shard)
  }

  /// Tells the log of something about a connection, for who looks for one connection's story.
  func note(
    _ message: StaticString, of connection: ConnectionID,
    _ fields: @autoclosure () -> [String: String] = [:]
  ) {
    guard services.log.logLevel <= .debug else { return }
    var metadata = fields().mapValues { Logger.MetadataValue.string($0) }
    metadata["connection"] = "\(connection)"
    services.log.debug("\(message)", metadata: metadata)
  }

  var scheduler: any Scheduler { shard.scheduler }
  var now: Timestamp { shard.scheduler.now }
  var directory: ShardDirectory { services.directory }
  var configuration: ServerConfiguration { services.configuration }

  /// Runs `work` on the shard that owns `player`.
  func post(toPlayer player: PlayerID, _ work: @escaping @Sendable (PlayerRoom) -> Void) {
    directory.post(toOwnerOf: RoomName.player(player)) { context in
      if let room = context.players[player] { work(room) }
    }
  }

  /// Runs `work` on the room of matchmaking.
  func postToMatchmaking(_ work: @escaping @Sendable (MatchmakingRoom) -> Void) {
    directory.post(toOwnerOf: RoomName.matchmaking) { context in
      if let room = context.matchmaking { work(room) }
    }
  }

  /// Runs `work` on the lobby.
  func postToLobby(_ work: @escaping @Sendable (LobbyRoom) -> Void) {
    directory.post(toOwnerOf: RoomName.lobby) { context in
      if let room = context.lobby { work(room) }
    }
  }
}

/// Where a command came from, and so where its answer belongs.
struct CommandOrigin: Sendable {
  let player: PlayerID
  let command: Wire.CommandID
  /// The label of the moderator's token, if the connection has shown one.
  let moderator: String?
  /// Where the connection comes from.
  var peer: PeerAddress?

  /// The same name as the rules know it.
  var rulesCommand: RulesCommandID { RulesCommandID(rawValue: command.rawValue) }
}

extension ShardContext {
  /// Encodes an event of a topic: a version for all who follow it, or its whole state for those who
  /// come to it.
  ///
  /// The one way from an event to a frame, so what it counts is what was encoded.
  func encode(
    _ event: ServerEvent, on topic: TopicName, at position: TopicPosition,
    isSnapshot: Bool = false
  ) -> [UInt8] {
    counters.withLock { counters in
      if isSnapshot {
        counters.snapshots[topic.kind, default: 0] += 1
      } else {
        counters.encodings[topic.kind, default: 0] += 1
      }
    }
    return Envelope.event(
      event, on: topic.wire, epoch: position.epoch, offset: position.offset, at: now)
  }

  /// Counts what became of a command.
  func count(_ result: Result<ServerAnswer, Refusal>) {
    counters.withLock { counters in
      switch result {
      case .success: counters.commandsDone += 1
      case .failure(let refusal): counters.refusals[refusal.code, default: 0] += 1
      }
    }
  }

  /// Gives a command its answer, wherever its player's connection is by now.
  ///
  /// - Parameter isKept: Whether a repetition of the command gets the same answer; where it isn't kept,
  ///   the command has no second effect by itself.
  func settle(
    _ origin: CommandOrigin, _ result: Result<ServerAnswer, Refusal>, isKept: Bool = true
  ) {
    let frame: [UInt8]
    var isFinal = isKept
    count(result)
    switch result {
    case .success(let answer): frame = Envelope.answer(answer, to: origin.command, at: now)
    case .failure(let refusal):
      frame = Envelope.refusal(refusal, to: origin.command, at: now)
      isFinal = isKept && !refusal.code.isRetryable
    }
    post(toPlayer: origin.player) { [isFinal] in
      $0.settle(origin.command, with: frame, isFinal: isFinal)
    }
  }

  /// Refuses a command.
  func refuse(_ origin: CommandOrigin, _ code: ErrorCode, retryAfter: Duration? = nil) {
    settle(origin, .failure(Refusal(code, retryAfter: retryAfter)))
  }
}
