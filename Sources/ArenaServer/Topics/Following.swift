import ArenaProtocol
import ArenaTypes
import DispatchTransport

/// A connection's wish to follow a topic, on its way between the connection's shard and the topic's.
struct FollowRequest: Sendable {
  let topic: TopicName
  let connection: ConnectionID
  let player: PlayerID
  let command: Wire.CommandID
  /// How far the client has followed before.
  let position: TopicPosition?
  /// Whether the connection doesn't follow the topic already; a client that has lost its place asks
  /// again.
  let isNew: Bool
}

/// What brings a new follower up to date.
enum FollowStart: Sendable {
  /// Exactly what was missed.
  case missed([SharedFrame])
  /// The state as of the offset.
  case snapshot([UInt8])
  /// The state, in the latest-wins lane.
  case latest(LatestFrame)
}

extension ShardContext {
  // MARK: On the shard of the connection

  /// Asks the owner of a topic to let a connection follow it.
  func subscribe(
    _ content: ClientCommand.Subscribe, player: PlayerID, command: Wire.CommandID,
    on connection: ConnectionID
  ) {
    guard let session = sessions[connection] else { return }
    let topic = TopicName(content.topic, player: player)
    if topic == .moderation, session.moderator == nil {
      return answer(.failure(Refusal(.forbidden)), to: command, on: connection)
    }
    let isNew = !session.topics.contains(topic)
    guard !isNew || session.topics.count < configuration.topicsPerConnectionMax else {
      return answer(.failure(Refusal(.tooManyTopics)), to: command, on: connection)
    }
    sessions[connection]?.topics.insert(topic)
    var position: TopicPosition?
    if let epoch = content.epoch, let offset = content.offset {
      position = TopicPosition(epoch: epoch, offset: offset)
    }
    let request = FollowRequest(
      topic: topic, connection: connection, player: player, command: command,
      position: position, isNew: isNew)
    directory.post(toOwnerOf: topic.roomName) { $0.follow(request) }
  }

  /// Ends a connection's following of a topic.
  func unsubscribe(
    _ topic: TopicName, command: Wire.CommandID, on connection: ConnectionID
  ) {
    if sessions[connection]?.topics.remove(topic) != nil {
      hub.unsubscribe(connection, from: topic)
      unfollow(topic, player: sessions[connection]?.player)
    }
    answer(.success(.unsubscribe), to: command, on: connection)
  }

  /// Tells the owner of a topic that a connection of this shard follows it no longer.
  func unfollow(_ topic: TopicName, player: PlayerID?) {
    let index = shard.index
    directory.post(toOwnerOf: topic.roomName) { context in
      context.publisher(of: topic)?.subscriberRemoved(onShard: index)
      switch topic {
      case .board(let id):
        if let player { context.contests[id]?.followerChanged(player, by: -1) }
      case .duel(let id): if let player { context.duels[id]?.followerChanged(player, by: -1) }
      default: break
      }
    }
  }

  private func followed(
    _ request: FollowRequest, _ start: FollowStart, position: TopicPosition
  ) {
    // The connection may have gone meanwhile; whoever ended it has told the topic's owner.
    guard let session = sessions[request.connection] else { return }
    // So may its wish: then it is answered, and nothing follows.
    let isWanted = session.topics.contains(request.topic)
    if isWanted { hub.subscribe(request.connection, to: request.topic) }
    var isRecovered = false
    if case .missed = start { isRecovered = isWanted }
    answer(
      .success(
        .subscribe(
          .init(
            topic: request.topic.wire, epoch: position.epoch, offset: position.offset,
            recovered: isRecovered))), to: request.command, on: request.connection)
    guard isWanted else { return }
    switch start {
    case .missed(let frames):
      for frame in frames { shard.send(frame, to: request.connection) }
    case .snapshot(let frame): deliver(frame, to: request.connection)
    case .latest(let frame): hub.deliver(frame, on: request.topic, to: request.connection)
    }
  }

  private func followRefused(_ request: FollowRequest, _ code: ErrorCode) {
    if request.isNew { sessions[request.connection]?.topics.remove(request.topic) }
    answer(.failure(Refusal(code)), to: request.command, on: request.connection)
  }

  // MARK: On the shard of the topic

  /// The owner's end of a topic; nil where there is no such room.
  private func publisher(of topic: TopicName) -> TopicPublisher? {
    switch topic {
    case .duel(let id): duels[id]?.publisher
    case .player(let id): players[id]?.publisher
    case .board(let id): contests[id]?.publisher
    case .lobby: lobby?.publisher
    case .moderation: lobby?.moderationPublisher
    }
  }

  private func follow(_ request: FollowRequest) {
    guard let publisher = publisher(of: request.topic) else {
      return directory.post(to: request.connection.shardIndex) {
        $0.followRefused(request, .notFound)
      }
    }
    if request.isNew { publisher.subscriberAdded(onShard: request.connection.shardIndex) }
    let (start, position) = start(request, publisher)
    directory.post(to: request.connection.shardIndex) {
      $0.followed(request, start, position: position)
    }
    switch request.topic {
    case .duel(let id): if request.isNew { duels[id]?.followerChanged(request.player, by: 1) }
    case .board(let id): contests[id]?.followerChanged(request.player, by: request.isNew ? 1 : 0)
    default: break
    }
  }

  private func start(
    _ request: FollowRequest, _ publisher: TopicPublisher
  ) -> (FollowStart, TopicPosition) {
    switch request.topic {
    case .duel(let id):
      if let frames = publisher.frames(since: request.position) {
        return (.missed(frames), publisher.position)
      }
      return (.snapshot(duels[id]?.snapshot(for: request.player) ?? []), publisher.position)
    case .player(let id):
      if let frames = publisher.frames(since: request.position) {
        return (.missed(frames), publisher.position)
      }
      return (.snapshot(players[id]?.snapshot() ?? []), publisher.position)
    case .board(let id):
      guard let (frame, version) = contests[id]?.snapshot() else {
        return (.missed([]), publisher.position)
      }
      return (.latest(frame), TopicPosition(epoch: services.epoch, offset: version))
    case .lobby, .moderation:
      guard let lobby else { return (.missed([]), publisher.position) }
      return (
        .latest(lobby.snapshot(request.topic)),
        TopicPosition(epoch: services.epoch, offset: lobby.position)
      )
    }
  }
}
